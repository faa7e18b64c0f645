"""What is wrong with a cell, and how to put it right: sentences with parameters, grouped by kind for the page."""

from dataclasses import dataclass

from registry.errors import RegistryError
from registry.text import N_, Labelled


class ProblemKind(Labelled):
    """The groups of the import report."""

    AMOUNT = "AMOUNT", N_("金额看不懂")
    DATE = "DATE", N_("日期看不懂")
    REGION = "REGION", N_("村名找不到")
    FUNDING = "FUNDING", N_("资金不等于原值")
    CATEGORY = "CATEGORY", N_("类别看不懂")
    SHARES = "SHARES", N_("份额不足100%")
    CREDIT_CODE = "CREDIT_CODE", N_("信用代码不对")
    REQUIRED = "REQUIRED", N_("必填是空的")
    QUANTITY = "QUANTITY", N_("数量看不懂")
    OTHER = "OTHER", N_("其他")


@dataclass(frozen=True, slots=True)
class Message:
    """A marked Chinese sentence and its parameters; ``str()`` gives the Chinese text."""

    msgid: str
    params: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.msgid % dict(self.params) if self.params else self.msgid


def say(msgid: str, **params: object) -> Message:
    """Compose a message from a sentence already marked with N_()."""
    return Message(msgid, tuple(params.items()))


def said_by(error: RegistryError) -> Message:
    """Turn a refusal of a pure module into a message."""
    return Message(error.text, tuple(error.params.items()))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be accepted (``text``) and what to write instead (``remedy``)."""

    kind: ProblemKind
    text: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem where it stands; ``column`` is the heading as written, ``index`` the 0-based column or None."""

    row: int
    column: str
    value: str
    kind: ProblemKind
    problem: Message
    remedy: Message
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something decided while reading that a person should see; it stops nothing. ``row`` None: the whole table."""

    row: int | None
    column: str
    text: Message
