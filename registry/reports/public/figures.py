"""What the public page of a unit says; every value is one that anybody may read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Link:
    """A unit above or below: code, short name, and how many notices hang there and beneath."""

    region_code: str
    name: str
    hanging: int = 0


@dataclass(frozen=True)
class PublicNotice:
    """A notice on the board, or a result that was published."""

    id: int
    kind: str
    title: str
    starts_on: date
    last_day: date
    days_left: int = 0


@dataclass(frozen=True)
class Held:
    """How many assets, and their original value; nothing held is 0."""

    count: int = 0
    original_fen: int = 0


@dataclass(frozen=True)
class AssetRow:
    """A category: all of it, and by level of owner where the unit is small enough to be told so."""

    category: str
    whole: Held
    owners: tuple[tuple[str, Held], ...]


@dataclass(frozen=True)
class YearRow:
    """A year: what came in, what was distributed to what, and what the plans carry over to later years."""

    year: int
    income_fen: int
    fund_fen: int = 0
    uses: tuple[tuple[str, int], ...] = ()
    carried_fen: int = 0

    @property
    def distributed_fen(self) -> int:
        """What the plans of the year set apart or pay out."""
        return self.fund_fen + sum(fen for _label, fen in self.uses)


@dataclass(frozen=True)
class Care:
    """How many assets are to be looked after, and for how many somebody does."""

    assets: int
    cared: int

    @property
    def percent(self) -> int:
        """Whole per cent, never more than there are."""
        return self.cared * 100 // self.assets if self.assets else 0


@dataclass(frozen=True)
class PublicAnswer:
    """What one level answered."""

    level: str
    finding: str
    text: str
    answered_on: date


@dataclass(frozen=True)
class PublicObjection:
    """An objection without its objector: to which notice, what kind, how it stands, the answers."""

    notice_id: int
    notice_title: str
    ground: str
    raised_on: date
    state: str
    due_on: date
    is_open: bool
    answers: tuple[PublicAnswer, ...]


@dataclass(frozen=True)
class PublicPage:
    """One unit's page. What the county does not show is None."""

    region_code: str
    name: str
    full_name: str
    level: str
    on: date
    above: tuple[Link, ...]
    below: tuple[Link, ...]
    notices: tuple[PublicNotice, ...]
    results: tuple[PublicNotice, ...]
    hotlines: tuple[str, ...]
    assets: tuple[AssetRow, ...] | None
    care: Care | None
    closed_until: int | None
    years: tuple[YearRow, ...] | None
    objections: tuple[PublicObjection, ...] | None
