"""The figures of a board, as its page shows them, its paper prints them and its JSON says them."""

from dataclasses import dataclass

from registry.reports.boards.rules import Alarm
from registry.reports.paper.imprint import figures_digest


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit right below, what the unit has itself, or all of it. Amounts are fen."""

    region_code: str
    name: str
    is_own: bool
    #: How much is wrong, in the order of ``Alarm``.
    alarms: tuple[int, ...]
    assets: int
    original_fen: int
    confirmed: int
    handed_over: int
    idle: int
    stopped: int
    income_fen: int
    before_fen: int
    #: What fell due this year in months that are over, and what came of it.
    due_fen: int
    met_fen: int
    #: What fell due in a month that is over, in whichever year, and is open.
    overdue_fen: int
    plans: int
    planned_fen: int
    handed_fen: int
    #: To which plans of the year give something; each is counted once. None where sectors are looked at, as a household
    #: belongs to none, and on papers of earlier days, which did not know it.
    households: int | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.alarms)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither an asset nor money to tell of."""
        told = (self.assets, self.income_fen, self.before_fen, self.due_fen, self.overdue_fen, self.plans)
        return not (any(told) or self.households)

    def wrong(self, alarm: Alarm) -> int:
        """Return how much is wrong of one kind."""
        return self.alarms[list(Alarm).index(alarm)]


@dataclass(frozen=True, slots=True)
class Amount:
    """A count with its value (fen)."""

    count: int
    fen: int


@dataclass(frozen=True, slots=True)
class StockLine:
    """One category: all of it, then by kind of owner in the order of ``Board.owner_kinds``."""

    category: str
    total: Amount
    owners: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class KindLine:
    """Income of one kind in the year so far and in the same months of the year before (fen)."""

    kind: str
    income_fen: int
    before_fen: int


@dataclass(frozen=True, slots=True)
class UseLine:
    """What the plans of the year spend on one use: how many, and how much."""

    use: str
    plans: int
    planned_fen: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """The plans of the year that were agreed to; none where sectors are looked at: a collective distributes as a whole.

    ``households`` is None where sectors are looked at, and on papers of days on which counties did not know it.
    """

    plans: int
    planned_fen: int
    fund_fen: int
    handed_fen: int
    paid_fen: int
    households: int | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Disposals of one kind by state, in the order of ``Board.case_states``."""

    kind: str
    states: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Findings of the year from one source by state, in the order of ``FindingStatus``."""

    source: str
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month (202611): income beside that of the year before, and what fell due in it and was met by now (fen)."""

    month: int
    income_fen: int
    before_fen: int
    due_fen: int
    met_fen: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a board shows of a unit."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    year: int
    sector: str
    on: str
    #: The last month of what fell due; empty in January.
    due_until: str
    units: tuple[UnitLine, ...]
    total: UnitLine
    owner_kinds: tuple[str, ...]
    stock: tuple[StockLine, ...]
    kinds: tuple[KindLine, ...]
    distribution: Distribution
    uses: tuple[UseLine, ...]
    case_states: tuple[str, ...]
    cases: tuple[CaseLine, ...]
    findings: tuple[FindingLine, ...]
    months: tuple[MonthLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show yet."""
        return not (self.total.assets or any(self.total.alarms) or self.total.income_fen or self.cases or self.findings)
