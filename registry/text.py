"""Chinese text marked for translation, and enums that carry a Chinese label."""

from enum import StrEnum
from typing import Self, TypeVar


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a Chinese string for translation and return it unchanged; pages, prints and templates translate it."""
    return message


class Labelled(StrEnum):
    """A string enum whose members are written ``NAME = "NAME", N_("标签")``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # a look-up by value gives no label
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


T = TypeVar("T", bound=Labelled)


def chosen(text: str | None, kind: type[T]) -> T | None:
    """Return the member that an address names, None where it names none."""
    return kind(text) if text in set(kind) else None
