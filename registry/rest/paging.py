"""Where a list goes on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from flask import Response

from registry.errors import Invalid
from registry.rest.calls import Body, listed
from registry.text import N_


class Numbered(Protocol):
    """A row with a number of its own."""

    @property
    def id(self) -> int: ...


T = TypeVar("T")
N = TypeVar("N", bound=Numbered)
_LONGEST = 15


class NotAPlace(Invalid):
    """The address names no place in this list."""

    message = N_("after 看不懂，请用上一页 Link 头里的地址。")


def number_after(args: Mapping[str, Any]) -> int:
    """Return the number of the row after which a list goes on, 0 for its beginning; raises NotAPlace."""
    text = str(args.get("after", "") or "0")
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
        raise NotAPlace(field="after")
    return int(text)


def paged(found: Sequence[N], limit: int, say: Callable[[N], Body]) -> Response:
    """Answer with a page of numbered rows, of which one more was read than fits."""
    rows, after = cut(found, limit, lambda one: one.id)
    return listed([say(one) for one in rows], after)


def cut(found: Sequence[T], limit: int, key: Callable[[T], object]) -> tuple[Sequence[T], str | None]:
    """Return a page of rows of which one more was read than fits, and where the next one begins; None at the end."""
    rows = found[:limit]
    return rows, str(key(rows[-1])) if len(found) > limit else None
