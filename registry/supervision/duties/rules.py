"""When a person answers for a duty, how a duty stands, and what bars naming and confirming. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from registry.supervision.duties.refusals import (
    BeforeTheLast,
    DayOdd,
    NameMissing,
    NotWaiting,
    OpinionMissing,
    OwnEntry,
    PostMissing,
)
from registry.text import N_, Labelled

MAX_NAME, MAX_POST, MAX_DOCUMENT, MAX_OPINION = 40, 80, 200, 500
#: Assets are registered from the Eighteenth Congress on; nobody answered for them before.
FIRST_DAY = date(2012, 11, 8)
#: How far ahead a person is named who has not begun yet.
MOST_DAYS_AHEAD = 90


class HolderStatus(Labelled):
    """How far the entry of a person has come."""

    WAITING = "WAITING", N_("待确认")
    CONFIRMED = "CONFIRMED", N_("已确认")
    SENT_BACK = "SENT_BACK", N_("已退回")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


class Standing(Labelled):
    """How a duty of a unit stands on a day."""

    NAMED = "NAMED", N_("已明确")
    LEFT = "LEFT", N_("待更换")
    WAITING = "WAITING", N_("待确认")
    MISSING = "MISSING", N_("未明确")


@dataclass(frozen=True)
class Naming:
    """Who is to answer for a duty: an account of the unit, or a name and a post; from when, on which paper."""

    user_id: int | None
    name: str
    post: str
    valid_from: date
    document: str = ""


@dataclass(frozen=True)
class Tally:
    """How the duties of some units stand: how many there are, named, to be replaced; ``waiting`` entries wait."""

    duties: int = 0
    named: int = 0
    left: int = 0
    waiting: int = 0

    @property
    def missing(self) -> int:
        """For how many nobody answers."""
        return self.duties - self.named - self.left

    @property
    def is_whole(self) -> bool:
        """Whether somebody present answers for every duty."""
        return self.named == self.duties

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.duties + other.duties, self.named + other.named, self.left + other.left, self.waiting + other.waiting
        )


def standing_of(*, held: bool, left: bool, waiting: bool) -> Standing:
    """Say how a duty stands: who answers for it and is still there counts before what waits."""
    if held:
        return Standing.LEFT if left else Standing.NAMED
    return Standing.WAITING if waiting else Standing.MISSING


def check_naming(naming: Naming, on: date, last_from: date | None) -> None:
    """Raise NameMissing, PostMissing, DayOdd, or BeforeTheLast if it does not follow who was named last."""
    if naming.user_id is None and not naming.name:
        raise NameMissing(field="name")
    if naming.user_id is None and not naming.post:
        raise PostMissing(field="post")
    last = on + timedelta(days=MOST_DAYS_AHEAD)
    if not FIRST_DAY <= naming.valid_from <= last:
        raise DayOdd(field="valid_from", first=FIRST_DAY, last=last)
    if last_from is not None and naming.valid_from <= last_from:
        raise BeforeTheLast(field="valid_from", day=last_from)


def check_waiting(status: HolderStatus) -> None:
    """Raise NotWaiting unless an entry waits."""
    if status is not HolderStatus.WAITING:
        raise NotWaiting(status=status.label)


def check_second(entered_by_id: int | None, decider_id: int | None) -> None:
    """Raise OwnEntry if whoever entered a person would confirm it."""
    if decider_id is not None and decider_id == entered_by_id:
        raise OwnEntry


def check_opinion(*, agrees: bool, opinion: str) -> None:
    """Raise OpinionMissing if an entry is sent back without a word."""
    if not agrees and not opinion.strip():
        raise OpinionMissing(field="opinion")
