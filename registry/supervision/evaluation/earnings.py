"""Reading of the register what is frozen of each asset: income, dues, distribution, publicity, findings."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import and_, case, func, or_, select

from registry.approvals.notices.models import Notice
from registry.approvals.notices.recurring import RECURRENCES
from registry.approvals.notices.rules import NoticeState
from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import Publicity
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine
from registry.ledger.distribution.payout.rules import LineStatus
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import EARNED, OUTSTANDING, DueStatus
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE
from registry.ledger.operation.receipts.models import IncomeRow
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.regions import Level, code_range, level_of
from registry.supervision.evaluation.criteria import Criterion, Measured
from registry.supervision.evaluation.evidence import Findings, Span
from registry.supervision.evaluation.figures import (
    Distribution,
    collection_figures,
    distribution_figures,
    months_held,
    openness_figures,
    reach_figures,
    risk_figures,
    yield_figures,
)
from registry.supervision.evaluation.warned import read_warnings
from registry.supervision.findings.models import Finding, FindingAsset
from registry.supervision.findings.rules import FindingStatus

_YEAR = 12
_EARNED = sorted(kind.value for kind in EARNED)
_INCOME = sorted(kind.value for kind in DISTRIBUTABLE)
_NOT_OWED = (DueStatus.VOID.value, DueStatus.UNSTATED.value)
_OWING = sorted(status.value for status in OUTSTANDING)
_AGREED = (PlanStatus.AGREED.value, PlanStatus.PAYING.value, PlanStatus.DONE.value)
#: Of an asset: problems checked off, problems open, overdue fen; of its dues: fen due, fen received.
_Pair = tuple[int, int]
_NONE: _Pair = (0, 0)


def read_earnings(span: Span, benchmark_bp: int) -> Findings:
    """Read income and dues, distribution, publicity and findings of a county in a year."""
    income, dues, arrears = _income(span), _dues(span), _arrears(span)
    plans, owed, findings = _distributions(span), _Owed(span), _findings(span)
    deadline, warned = _deadline(span), read_warnings(span)

    def earned(asset: Asset) -> Measured:
        months = months_held(asset.acquired_on, span.until)
        return yield_figures(income.get(asset.id, 0), asset.original_value_fen, benchmark_bp, months)

    def collected(asset: Asset) -> Measured:
        return collection_figures(*dues.get(asset.id, _NONE))

    def distributed(asset: Asset) -> Measured:
        what = plans.get(asset.region_code, Distribution())
        return distribution_figures(income.get(asset.id, 0), what, deadline, span.on)

    def reached(asset: Asset) -> Measured:
        return reach_figures(income.get(asset.id, 0), plans.get(asset.region_code, Distribution()))

    def openness(asset: Asset) -> Measured:
        return openness_figures(Publicity(asset.publicity), owed.of(asset.region_code))

    def risk(asset: Asset) -> Measured:
        return risk_figures(*findings.get(asset.id, _NONE), arrears.get(asset.id, 0), _of(warned, asset))

    return {
        Criterion.YIELD: earned, Criterion.COLLECTION: collected, Criterion.DISTRIBUTION: distributed,
        Criterion.REACH: reached, Criterion.OPENNESS: openness, Criterion.RISK: risk,
    }  # fmt: skip


def _of(warned: Mapping[int, Mapping[str, int]] | None, asset: Asset) -> Mapping[str, int] | None:
    return None if warned is None else warned.get(asset.id, {})


def _deadline(span: Span) -> date:
    month, _, day = span.policy.text(Parameter.DISTRIBUTION_DEADLINE).partition("-")
    return date(span.first.year + 1, int(month), int(day))


def _income(span: Span) -> Mapping[int, int]:
    rows = (
        select(IncomeRow.asset_id, func.sum(IncomeRow.amount_fen))
        .join(Asset, Asset.id == IncomeRow.asset_id)
        .where(span.here, IncomeRow.kind.in_(_INCOME), IncomeRow.earned_on.between(span.first, span.until))
        .group_by(IncomeRow.asset_id)
    )
    return {asset_id: int(fen) for asset_id, fen in db.session.execute(rows)}


def _dues(span: Span) -> Mapping[int, _Pair]:
    rows = (
        select(DueShare.asset_id, func.sum(DueShare.amount_fen), func.sum(DueShare.settled_fen))
        .join(Due, Due.id == DueShare.due_id)
        .join(Asset, Asset.id == DueShare.asset_id)
        .where(
            span.here, Due.kind.in_(_EARNED), Due.status.not_in(_NOT_OWED), Due.due_on.between(span.first, span.until)
        )
        .group_by(DueShare.asset_id)
    )
    found = db.session.execute(rows)
    return {key: (int(due or 0), int(received or 0)) for key, due, received in found if key is not None}


def _arrears(span: Span) -> Mapping[int, int]:
    """Return what was due up to the last day and is open on the day of freezing, by asset."""
    left = DueShare.amount_fen - DueShare.settled_fen - DueShare.written_off_fen
    rows = (
        select(DueShare.asset_id, func.sum(left))
        .join(Due, Due.id == DueShare.due_id)
        .join(Asset, Asset.id == DueShare.asset_id)
        .where(span.here, Due.kind.in_(_EARNED), Due.status.in_(_OWING), Due.due_on < span.until)
        .group_by(DueShare.asset_id)
    )
    return {key: int(fen or 0) for key, fen in db.session.execute(rows) if key is not None}


def _distributions(span: Span) -> Mapping[str, Distribution]:
    """Return what each unit did with the year's income, as far as it has come on the day of freezing."""
    here = Plan.region_code.between(*code_range(span.region_code))
    agreed = and_(here, Plan.year == span.first.year, Plan.status.in_(_AGREED), Plan.agreed_on.is_not(None))
    plans: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    rows = select(Plan.region_code, Plan.agreed_on, Plan.status).where(agreed).order_by(Plan.id)
    for code, day, status in db.session.execute(rows):
        if day is not None:
            plans[code].append((day, status == PlanStatus.DONE.value))
    paid = case((PayoutLine.status == LineStatus.PAID.value, PlanLine.household_id))
    counted = (
        select(Plan.region_code, func.count(PlanLine.household_id.distinct()), func.count(paid.distinct()))
        .join(PlanLine, PlanLine.plan_id == Plan.id)
        .outerjoin(PayoutLine, PayoutLine.plan_line_id == PlanLine.id)
        .where(agreed, PlanLine.household_id.is_not(None))
        .group_by(Plan.region_code)
    )
    reached = {code: (households, paid) for code, households, paid in db.session.execute(counted)}
    return {code: Distribution(tuple(found), *reached.get(code, _NONE)) for code, found in plans.items()}


class _Owed:
    """Which recurring notices each village owed in the year, and whether each was posted in time."""

    def __init__(self, span: Span) -> None:
        self._span = span
        rows = select(Notice.region_code, Notice.kind, Notice.period_from, Notice.starts_on).where(
            Notice.region_code.between(*code_range(span.region_code)), Notice.period_from.is_not(None),
            Notice.state != NoticeState.TAKEN_DOWN.value,
        )  # fmt: skip
        self._posted = {(code, kind, first): day for code, kind, first, day in db.session.execute(rows)}
        #: When the county began to post them here: what was posted elsewhere before that is unknown, not left undone.
        self._since = min(self._posted.values(), default=None)

    def of(self, region_code: str) -> list[bool]:
        """Return for each notice owed whether it was in time; only villages owe any."""
        if level_of(region_code) is not Level.VILLAGE:
            return []
        return [
            self._is_in_time(region_code, one.kind.value, first, due_on)
            for one in RECURRENCES
            for first, due_on in self._periods(self._span.policy.number(one.months))
        ]

    def _is_in_time(self, code: str, kind: str, first: date, due_on: date) -> bool:
        posted = self._posted.get((code, kind, first))
        return posted is not None and posted <= due_on

    def _periods(self, months: int) -> list[tuple[date, date]]:
        """Return the first day and the last day in time of each period whose notice was due within the year."""
        span, after = self._span, self._span.policy.number(Parameter.PUBLICITY_DAY)
        if self._since is None:
            return []
        first = max(span.first, self._since)
        begins = [date(year, month, 1) for year in (span.first.year - 1, span.first.year)
                  for month in range(1, _YEAR + 1, months)]  # fmt: skip
        dues = [(begin, date.fromordinal(add_months(begin, months).toordinal() - 1 + after)) for begin in begins]
        return [(begin, due_on) for begin, due_on in dues if first <= due_on <= span.until]


def _findings(span: Span) -> Mapping[int, _Pair]:
    """Return problems of the year, or open since before: how many are checked off and how many are not, by asset."""
    over = FindingStatus.CHECKED_OFF.value
    concerns = or_(Finding.found_on >= span.first, Finding.checked_on.is_(None), Finding.checked_on >= span.first)
    is_over = and_(Finding.status == over, Finding.checked_on <= span.until)
    rows = (
        select(FindingAsset.asset_id, func.sum(case((is_over, 1), else_=0)), func.count())
        .join(Finding, Finding.id == FindingAsset.finding_id)
        .join(Asset, Asset.id == FindingAsset.asset_id)
        .where(span.here, Finding.found_on <= span.until, concerns)
        .group_by(FindingAsset.asset_id)
    )
    return {asset_id: (int(done), int(all_) - int(done)) for asset_id, done, all_ in db.session.execute(rows)}
