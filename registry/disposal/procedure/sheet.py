"""Everything the page of a case and the page of its approver show, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import list_notices_of
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE
from registry.disposal.cases.queries import list_lines
from registry.disposal.gates.gathering import Gathered, gather
from registry.disposal.gates.kinds import Asked, Moment
from registry.disposal.gates.queries import answers_of, list_asked
from registry.disposal.gates.questions import ask
from registry.disposal.kinds import DisposalStatus, Pricing
from registry.disposal.prices.kinds import CARRIES, PriceVerdict
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.queries import list_prices
from registry.disposal.prices.services import TABLE as PRICE_TABLE
from registry.disposal.procedure.deed_queries import find_execution
from registry.disposal.procedure.materials import Material, materials_of
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.procedure.progress import LevelShown, levels_of
from registry.disposal.procedure.showing import GateShown, amount_text, figures_of, gates_shown, tally_of
from registry.disposal.proceeds.models import Proceeds
from registry.parties.models import Party
from registry.policy.disposal_routes import DISPOSAL_ROUTES
from registry.policy.rules import Policy
from registry.text import N_

#: How many lines a page shows.
LINES = 100
_BP = 10_000
_LIVE = {
    DisposalStatus.DRAFT: Moment.SUBMIT,
    DisposalStatus.SENT_BACK: Moment.SUBMIT,
    DisposalStatus.SUBMITTED: Moment.DECIDE,
    DisposalStatus.APPROVED: Moment.EXECUTE,
    DisposalStatus.CALLED_IN: Moment.EXECUTE,
    DisposalStatus.SUSPENDED: Moment.EXECUTE,
}
_NOTES = {
    Moment.SUBMIT: N_("刚刚核过；提交、每次审批、执行时都再核"),
    Moment.DECIDE: N_("刚刚重新核过；执行时再核一次"),
    Moment.EXECUTE: N_("刚刚按执行的要求核过"),
}


@dataclass(frozen=True)
class GatesShown:
    """The gates in words, how many answered how, and when they were asked; ``blocks``: one of them stops the case."""

    rows: list[GateShown]
    tally: list[tuple[str, int, str]]
    note: str
    asked_at: datetime
    blocks: bool


@dataclass(frozen=True)
class PriceShown:
    """One result of a trade against the value it is measured by, in figures and percent."""

    row: DisposalPrice
    verdict: PriceVerdict
    percent: str
    gap_fen: int
    #: What the price is measured by: the appraised value, else what was recognised, else the net value.
    base: str
    request: ApprovalRequest | None

    @property
    def tone(self) -> str:
        if self.verdict in CARRIES:
            return "green"
        return "orange" if self.verdict is PriceVerdict.WAITING else "red"


@dataclass(frozen=True)
class LineShown:
    """One line of a case and how much of its asset it takes, in words."""

    row: DisposalLine
    amount: str


@dataclass(frozen=True)
class CaseSheet:
    """A case as its pages show it."""

    case: DisposalCase
    found: Gathered
    route_label: str
    figures: list[tuple[str, str]]
    lines: list[LineShown]
    count: int
    next_after: int
    gates: GatesShown
    materials: list[Material]
    levels: list[LevelShown]
    prices: list[PriceShown]
    execution: DisposalExecution | None
    proceeds: Sequence[Proceeds]
    notices: Sequence[Notice]

    @property
    def only(self) -> LineShown | None:
        """The asset of a case about one."""
        return self.lines[0] if self.count == len(self.lines) == 1 else None

    @property
    def waits_for_price(self) -> bool:
        """Whether a trade's result may be told of it now."""
        is_priced = self.case.meaning.pricing is Pricing.OPENED
        state = self.case.state in {DisposalStatus.APPROVED, DisposalStatus.SUSPENDED}
        return is_priced and state and not (self.prices and self.prices[-1].verdict in _STANDING)

    @property
    def is_cleared(self) -> bool:
        """Whether the second person may carry it out now, for all that its own state says."""
        is_priced = self.case.meaning.pricing is Pricing.OPENED
        carries = not is_priced or bool(self.prices and self.prices[-1].verdict in CARRIES)
        return self.case.state is DisposalStatus.APPROVED and carries


_STANDING = CARRIES | {PriceVerdict.WAITING}


def sheet_of(case: DisposalCase, *, on: date, policy: Policy, mine: bool = False, after: int = 0) -> CaseSheet:
    """Read a case for its pages; the gates are asked anew while it is open."""
    found = gather(case, on=on, policy=policy)
    (shown, next_after), request = list_shown(case.id, after), found.request
    return CaseSheet(
        case, found, route_label_of(case, found), figures_of(case, found.facts.worth, found.facts.basis_fen), shown,
        len(found.lines), next_after, _gates(case, found, on),
        materials_of(case, request), levels_of(request, on, mine=mine) if request else [],
        prices_of(case), find_execution(case.id), _proceeds(case.id), list_notices_of(TABLE, str(case.id)),
    )  # fmt: skip


def route_label_of(case: DisposalCase, found: Gathered) -> str:
    """Return the route a case took when it was submitted, else the one of its value today."""
    labels = {route.key: route.label for route in DISPOSAL_ROUTES}
    return str(_(labels.get(case.route_key, found.facts.route_label)))


def list_shown(case_id: int, after: int) -> tuple[list[LineShown], int]:
    """Return a page of the lines of a case, and after which one the next page begins (0: there is none)."""
    rows = list_lines(case_id, after=after, limit=LINES + 1)
    return _lines(rows[:LINES]), rows[LINES - 1].id if len(rows) > LINES else 0


def _lines(rows: Sequence[DisposalLine]) -> list[LineShown]:
    ids = {row.holder_id for row in rows if row.holder_id is not None}
    holders = dict(db.session.execute(select(Party.id, Party.name).where(Party.id.in_(ids))).all()) if ids else {}
    return [LineShown(row, amount_text(row, holders)) for row in rows]


def _gates(case: DisposalCase, found: Gathered, on: date) -> GatesShown:
    moment = _LIVE.get(case.state)
    if moment is not None:
        return _told(ask(found.facts, moment, on), moment, _(_NOTES[moment]), now())
    kept = list_asked(case.id)
    if not kept:
        return GatesShown([], [], "", now(), blocks=False)
    last = kept[-1]
    moment = Moment(last.moment)
    return _told(answers_of(last), moment, _("%(moment)s的核验，留存备查", moment=_(moment.label)), last.asked_at)


def _told(asked: Sequence[Asked], moment: Moment, note: str, at: datetime) -> GatesShown:
    return GatesShown(gates_shown(asked, moment), tally_of(asked), note, at, any(one.blocks for one in asked))


def prices_of(case: DisposalCase) -> list[PriceShown]:
    """Return the results of trades of a case, the oldest first."""
    base = N_("评估价") if case.appraised_fen is not None else N_("认定价值") if case.agreed_fen else N_("净值")
    return [_price(row, _(base)) for row in list_prices(case.id)]


def _price(row: DisposalPrice, base: str) -> PriceShown:
    bp = row.price_fen * _BP // row.base_fen if row.base_fen else 0
    percent = f"{bp // 100}.{bp % 100:02d}" if row.base_fen else ""
    request = find_request(PRICE_TABLE, str(row.id))
    return PriceShown(row, PriceVerdict(row.verdict), percent, row.price_fen - row.base_fen, base, request)


def _proceeds(case_id: int) -> list[Proceeds]:
    return list(db.session.scalars(select(Proceeds).where(Proceeds.case_id == case_id).order_by(Proceeds.id)))
