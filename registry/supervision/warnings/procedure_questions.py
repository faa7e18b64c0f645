"""What is asked of custody agreements, faults and counts, of notices and objections, of disposals and their money."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Date, Select, and_, exists, func, literal, or_
from sqlalchemy.orm import aliased

from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.objecting import ObjectionState
from registry.approvals.notices.recurring import BY_KIND, last_period
from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.queries import expired
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import UNREPAIRED
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import MONTHS, Stage
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalStatus
from registry.disposal.procedure.deed_queries import overdue as loss_overdue
from registry.disposal.proceeds.models import Proceeds
from registry.disposal.proceeds.queries import balance_fen, overdue
from registry.kinds import OwnerKind
from registry.places.models import Region
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.regions import Level
from registry.supervision.stocktaking.models import StockCampaign, StockSheet
from registry.supervision.stocktaking.rules import IN, CampaignStatus
from registry.supervision.warnings.asked import Asked, wrong
from registry.supervision.warnings.figures import Figure

_P, _F, _D = Parameter, Figure, DisposalStatus
_UNREPAIRED = sorted(status.value for status in UNREPAIRED)
_WAITING = [ObjectionState.OPEN.value, ObjectionState.PASSED_ON.value]
_SENT_IN = [status.value for status in (_D.SUBMITTED, _D.APPROVED, _D.CALLED_IN, _D.SUSPENDED, _D.DONE)]
#: From which values on a disposal goes to a higher level, by who owns it.
_THRESHOLDS: dict[OwnerKind, tuple[Parameter, ...]] = {
    OwnerKind.VILLAGE_COLLECTIVE: (_P.DISPOSAL_COLLECTIVE_COUNTY, _P.DISPOSAL_COLLECTIVE_GOVERNMENT),
    OwnerKind.GROUP_COLLECTIVE: (_P.DISPOSAL_COLLECTIVE_COUNTY, _P.DISPOSAL_COLLECTIVE_GOVERNMENT),
    OwnerKind.TOWNSHIP: (_P.DISPOSAL_TOWNSHIP_COUNTY, _P.DISPOSAL_TOWNSHIP_GOVERNMENT),
    OwnerKind.STATE: (_P.DISPOSAL_STATE_FINANCE, _P.DISPOSAL_STATE_GOVERNMENT),
}


def custody_expired(asked: Asked) -> Select[Any]:
    """Agreements past their term that were neither renewed nor handed back."""
    figures = {_F.CUSTODIAN: CustodyAgreement.custodian_name, _F.ENDS_ON: CustodyAgreement.ends_on}
    return wrong(CustodyAgreement.number, CustodyAgreement.id, None, figures).where(*expired(asked.on))


def repair_late(asked: Asked) -> Select[Any]:
    """Faults not repaired by their day."""
    return (
        wrong(Asset.name, Fault.id, Fault.sector, {_F.HAPPENED_ON: Fault.found_on, _F.DUE_ON: Fault.due_on})
        .join(Asset, Asset.id == Fault.asset_id)
        .where(Fault.status.in_(_UNREPAIRED), Fault.due_on < asked.on)
    )


def count_late(asked: Asked) -> Select[Any]:
    """Sheets of a running count that were not reported in time."""
    return (
        wrong(StockCampaign.title, StockSheet.id, None, {_F.DUE_ON: StockCampaign.report_by})
        .join(StockCampaign, StockCampaign.id == StockSheet.campaign_id)
        .where(
            StockCampaign.status == CampaignStatus.OPEN.value, StockCampaign.report_by < asked.on,
            StockSheet.status.not_in([status.value for status in IN]),
        )
    )  # fmt: skip


def _unpublished(kind: NoticeKind) -> Callable[[Asked], Select[Any]]:
    """Ask for villages with assets that did not post the notice of the last period in time."""

    def question(asked: Asked) -> Select[Any]:
        period = last_period(asked.on, asked.number(BY_KIND[kind].months))
        day = asked.number(_P.PUBLICITY_DAY)
        due_on = period.last.fromordinal(period.last.toordinal() + day)
        posted = exists().where(
            Notice.region_code == Region.region_code, Notice.kind == kind.value, Notice.period_from == period.first,
            Notice.state != NoticeState.TAKEN_DOWN.value,
        )  # fmt: skip
        holds = exists().where(Asset.region_code == Region.region_code, Asset.stage == Stage.CONFIRMED.value)
        below_township = func.substr(Region.region_code, Level.TOWNSHIP.width + 1) != "0" * (
            Level.VILLAGE.width - Level.TOWNSHIP.width
        )
        figures = {_F.PERIOD_FROM: literal(period.first, Date), _F.DUE_ON: literal(due_on, Date)}
        return wrong(Region.name, Region.region_code, None, figures).where(
            below_township, Region.ended_on.is_(None), literal(asked.on, Date) > due_on, holds, ~posted
        )

    return question


village_unpublished = _unpublished(NoticeKind.VILLAGE_MATTERS)
accounts_unpublished = _unpublished(NoticeKind.COLLECTIVE_ACCOUNTS)


def notice_short(asked: Asked) -> Select[Any]:
    """Notices taken down within a year before their days were over, and never repeated."""
    again = aliased(Notice)
    return wrong(
        Notice.title, Notice.id, Notice.sector,
        {_F.STARTS_ON: Notice.starts_on, _F.HAPPENED_ON: Notice.ended_on, _F.LIMIT_DAYS: Notice.days,
         _F.REASON: Notice.reason},
    ).where(
        Notice.state == NoticeState.TAKEN_DOWN.value, Notice.ended_on >= add_months(asked.on, -MONTHS),
        ~exists().where(again.replaces_id == Notice.id),
    )  # fmt: skip


def notice_unclosed(asked: Asked) -> Select[Any]:
    """Notices that hang long after their days, so that nobody photographed how they hung to the end."""
    figures = {_F.STARTS_ON: Notice.starts_on, _F.ENDS_ON: Notice.ends_on, **asked.limit(_P.RECALL_DAYS)}
    return wrong(Notice.title, Notice.id, Notice.sector, figures).where(
        Notice.state == NoticeState.POSTED.value, Notice.ends_on < asked.before(_P.RECALL_DAYS)
    )


def objection_late(asked: Asked) -> Select[Any]:
    """Objections not answered by their day."""
    return (
        wrong(Notice.title, Objection.notice_id, Notice.sector, {_F.DUE_ON: Objection.due_on})
        .join(Notice, Notice.id == Objection.notice_id)
        .where(Objection.state.in_(_WAITING), Objection.due_on < asked.on)
    )


def disposal_split(asked: Asked) -> Select[Any]:
    """Cases that stay below a level by themselves, and pass it with what the owner disposed of alike before."""
    passed = [
        and_(
            DisposalCase.owner_kind == kind.value,
            DisposalCase.own_fen < asked.number(one),
            DisposalCase.basis_fen >= asked.number(one),
        )
        for kind, limits in _THRESHOLDS.items()
        for one in limits
    ]
    return wrong(
        DisposalCase.title, DisposalCase.id, DisposalCase.sector,
        {_F.OWN_FEN: DisposalCase.own_fen, _F.SUM_FEN: DisposalCase.basis_fen, _F.SINCE_ON: DisposalCase.window_from,
         **asked.limit(_P.SPLIT_MONTHS)},
    ).where(
        DisposalCase.status.in_(_SENT_IN), DisposalCase.submitted_on >= asked.before(_P.SPLIT_MONTHS),
        or_(*passed),
    )  # fmt: skip


def loss_undecided(asked: Asked) -> Select[Any]:
    """Sudden losses that should have been decided on by now."""
    figures = {_F.HAPPENED_ON: DisposalCase.happened_on, _F.DUE_ON: DisposalCase.decide_by}
    return wrong(DisposalCase.title, DisposalCase.id, DisposalCase.sector, figures).where(*loss_overdue(asked.on))


def proceeds_unpaid(asked: Asked) -> Select[Any]:
    """Prices that did not come in whole in time."""
    return (
        wrong(
            DisposalCase.title, Proceeds.id, DisposalCase.sector,
            {_F.PRICE_FEN: Proceeds.due_fen, _F.RECEIVED_FEN: Proceeds.received_fen, _F.SINCE_ON: Proceeds.opened_on,
             **asked.limit(_P.ARREARS_REMIND_DAYS)},
        )
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .where(Proceeds.received_fen < Proceeds.due_fen, Proceeds.opened_on < asked.before(_P.ARREARS_REMIND_DAYS))
    )  # fmt: skip


def proceeds_unused(asked: Asked) -> Select[Any]:
    """Accounts of which something should have been used by now."""
    return (
        wrong(
            DisposalCase.title, Proceeds.id, DisposalCase.sector,
            {_F.BALANCE_FEN: balance_fen(), _F.SINCE_ON: Proceeds.opened_on, _F.DUE_ON: Proceeds.use_by},
        )
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .where(overdue(asked.on))
    )  # fmt: skip
