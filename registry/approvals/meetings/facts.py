"""What is told of a meeting: who was due, who came, what was put to the vote and how it went. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from registry.approvals.meetings.kinds import HELD_AT, KINDS, RESOLVING, KindRule, Matter, MeetingKind, StageKind
from registry.approvals.meetings.refusals import NotACount
from registry.regions import Level

MOST_DIGITS = 7


@dataclass(frozen=True)
class Attendance:
    """Heads: due, present (online included), represented by written proxy; households and the body where they count."""

    due: int
    present: int
    proxies: int = 0
    households_due: int = 0
    households_present: int = 0
    representatives: int = 0
    women: int = 0

    @property
    def attending(self) -> int:
        """Those who can vote: present or represented."""
        return self.present + self.proxies


@dataclass(frozen=True)
class Vote:
    """How a vote went."""

    agreed: int
    opposed: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.agreed + self.opposed + self.abstained


@dataclass(frozen=True)
class Case:
    """What a resolution is about: a feature's own row, and the digest of exactly what was decided on."""

    table: str
    id: str
    content_digest: str


@dataclass(frozen=True)
class Item:
    """One item of the agenda with its vote; ``alters_id`` names the earlier resolution it is to replace."""

    matter: Matter
    text: str
    vote: Vote
    case: Case | None = None
    alters_id: int | None = None


@dataclass(frozen=True)
class Stage:
    """One of the discussions before the meeting of 四议两公开."""

    stage: StageKind
    held_on: date
    due: int
    present: int
    agreed: int


@dataclass(frozen=True)
class MeetingFacts:
    """Everything entered of one meeting. ``resolved_by``: which meeting is the fourth of the four discussions."""

    region_code: str
    kind: MeetingKind
    body_name: str
    held_on: date
    notified_on: date | None
    attendance: Attendance
    items: tuple[Item, ...]
    place: str = ""
    chair: str = ""
    recorder: str = ""
    summary: str = ""
    resolved_by: MeetingKind | None = None
    stages: tuple[Stage, ...] = ()
    authority: str = ""
    party_studied_on: date | None = None
    readable_on: date | None = None
    is_history: bool = False

    @property
    def deciding(self) -> MeetingKind:
        """Whose rules of quorum and majority hold."""
        return self.resolved_by or self.kind

    @property
    def rule(self) -> KindRule:
        return KINDS[self.deciding]


@dataclass(frozen=True)
class Sitting:
    """What is chosen before a meeting is entered: the kind and, for 四议两公开, which meeting resolves."""

    kind: MeetingKind
    resolved_by: MeetingKind | None = None

    @property
    def key(self) -> str:
        """How an address names it: A1, FOUR-B2."""
        return f"{self.kind.value}-{self.resolved_by.value}" if self.resolved_by else self.kind.value

    @property
    def deciding(self) -> MeetingKind:
        return self.resolved_by or self.kind

    @property
    def rule(self) -> KindRule:
        return KINDS[self.deciding]


def sittings_at(level: Level, matter: Matter | None = None) -> tuple[Sitting, ...]:
    """Return what a unit of a level can hold, to decide a matter if one is named.

    The four discussions stand once for each meeting that may resolve.
    """
    found = []
    for kind in HELD_AT[level]:
        four = kind is MeetingKind.FOUR_DISCUSSIONS
        found += [Sitting(kind, resolving) for resolving in RESOLVING] if four else [Sitting(kind)]
    return tuple(one for one in found if matter not in one.rule.withheld)


def find_sitting(key: str, level: Level, matter: Matter | None = None) -> Sitting | None:
    """Return what an address names, if a unit of the level can hold it to decide the matter."""
    return next((one for one in sittings_at(level, matter) if one.key == key), None)


def read_count(text: str) -> int:
    """Read a number of people, households or votes as people type it; raises NotACount."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("人").removesuffix("户").removesuffix("票").strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= MOST_DIGITS):
        raise NotACount(text=text)
    return int(plain)
