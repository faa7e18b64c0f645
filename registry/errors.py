"""Refusals: an error named after the broken rule, with a message fit for the page.

A message is a Chinese msgid with ``%(name)s`` placeholders; only pages, prints and the console translate and fill it.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

from registry.text import N_


class RegistryError(Exception):
    """A rule said no. ``status`` is the HTTP answer; ``field`` names the form field it stands beside, if any.

    ``others``: what else is refused of the same thing, told together with it.
    """

    status: ClassVar[int] = 422
    message: ClassVar[str] = N_("这一步没有办成。")

    def __init__(self, message: str | None = None, *, field: str | None = None, **params: object) -> None:
        self.text = message or self.message
        self.field = field
        self.params = params
        self.others: tuple[RegistryError, ...] = ()
        super().__init__(self.text)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text

    def beside(self, others: Iterable["RegistryError"]) -> Self:
        """Return this refusal with others that are told at the same time."""
        self.others = tuple(others)
        return self

    @property
    def all(self) -> "tuple[RegistryError, ...]":
        """Everything that is told at once, this refusal first."""
        return (self, *self.others)


class Invalid(RegistryError):
    """What was typed or sent cannot be accepted (422)."""

    message = N_("填写的内容有问题，请按提示修改。")


class Forbidden(RegistryError):
    """The person lacks the permission, or a rule bars this person (403)."""

    status = 403
    message = N_("您没有办理这件事的权限。")


class Missing(RegistryError):
    """It does not exist, or lies outside the person's scope (404)."""

    status = 404
    message = N_("没有找到，或者不在您的管辖范围内。")


class Conflict(RegistryError):
    """Somebody was faster, or the thing is no longer in the state the deed needs (409)."""

    status = 409
    message = N_("这条记录刚刚被别人改过，请核对后再办。")


class Overtaken(Conflict):
    """What a person decides on is no longer as the page showed it."""

    message = N_("您打开以后，内容或进度已经变了。请按现在的内容重新核对后再办，您写的还在。")


def refuse_all(broken: Iterable[RegistryError]) -> None:
    """Raise the first of these refusals with the others at its side; nothing if no rule is broken."""
    told = [*broken]
    if told:
        raise told[0].beside(told[1:])
