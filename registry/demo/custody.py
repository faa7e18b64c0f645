"""Who looks after the assets of the demo county: agreements and their answers, and how they ended."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.rules import AgreementStatus, AnswerWay, Condition, HandBack, Terms
from registry.assets.custody.agreements.services import (
    accept_on_paper,
    accept_on_screen,
    decline,
    hand_back,
    offer_agreement,
    withdraw_offer,
)
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.assets.register.cards.models import Asset
from registry.demo.places import CLERKS, UnitRow, credit_code_of, units
from registry.demo.tables import labelled, split
from registry.demo.telling import Telling
from registry.money import parse_fen
from registry.permissions import Actor


class AgreementRow(NamedTuple):
    """An agreement, the custodian's answer, and how each asset was handed back."""

    key: str
    unit_name: str
    kind: str
    custodian: str
    username: str
    post: str
    names: str
    starts_on: str
    ends_on: str
    months: str
    pay: str
    period: str
    source: str
    duties: str
    offered_on: str
    answered_on: str
    answer: str
    reason: str
    ended_on: str
    end_reason: str
    meanwhile: str
    conditions: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


def tell_agreement(row: AgreementRow, told: Telling) -> None:
    """Offer an agreement, let the custodian answer, and let it end as the table says."""
    unit, on = row.unit, told.day(row.offered_on)
    clerk, assets = told.staff.holding(CLERKS[unit.level], unit), told.assets_of(unit, row.names)
    policy = told.policy(unit.code, on)
    agreement = offer_agreement(unit.code, assets, _terms(row, told), by=clerk, on=on, policy=policy)
    told.agreements[row.key] = agreement
    _ANSWERS[row.answer](agreement, row, told, clerk)
    if row.ended_on:
        _hand_back(agreement, row, assets, told)


def _terms(row: AgreementRow, told: Telling) -> Terms:
    return Terms(
        kind=labelled(CustodianKind, row.kind),
        custodian_name=row.custodian,
        starts_on=told.day(row.starts_on),
        ends_on=told.day(row.ends_on),
        frequency_months=int(row.months),
        user_id=told.staff.named(row.username).id if row.username else None,
        credit_code=credit_code_of(row.custodian) if row.custodian else "",
        post_id=told.posts[row.post].id if row.post else None,
        pay_fen=parse_fen(row.pay),
        pay_period=labelled(PayPeriod, row.period),
        pay_source=labelled(PaySource, row.source) if row.source else None,
        duties=row.duties,
    )


Answer = Callable[[CustodyAgreement, AgreementRow, Telling, Actor], None]


def _on_screen(agreement: CustodyAgreement, row: AgreementRow, told: Telling, _clerk: Actor) -> None:
    accept_on_screen(agreement, by=told.staff.named(row.username), on=told.day(row.answered_on))


def _on_paper(agreement: CustodyAgreement, row: AgreementRow, told: Telling, clerk: Actor) -> None:
    on = told.day(row.answered_on)
    accept_on_paper(agreement, on, [told.pictures["协议"]], by=clerk, on=on)


def _declined(agreement: CustodyAgreement, row: AgreementRow, told: Telling, _clerk: Actor) -> None:
    decline(agreement, row.reason, by=told.staff.named(row.username))


def _withdrawn(agreement: CustodyAgreement, _row: AgreementRow, _told: Telling, clerk: Actor) -> None:
    withdraw_offer(agreement, by=clerk)


def _waiting(_agreement: CustodyAgreement, _row: AgreementRow, _told: Telling, _clerk: Actor) -> None:
    """Leave it to the custodian who tries the demo."""


_ANSWERS: dict[str, Answer] = {
    AgreementStatus.ACCEPTED.label: _on_screen,
    AnswerWay.PAPER.label: _on_paper,
    AgreementStatus.DECLINED.label: _declined,
    AgreementStatus.WITHDRAWN.label: _withdrawn,
    AgreementStatus.OFFERED.label: _waiting,
}


def _hand_back(agreement: CustodyAgreement, row: AgreementRow, assets: Sequence[Asset], told: Telling) -> None:
    states = [labelled(Condition, label) for label in split(row.conditions)]
    conditions = dict(zip((asset.id for asset in assets), states, strict=True))
    facts = HandBack(row.end_reason, row.meanwhile, conditions)
    hand_back(agreement, facts, by=told.staff.named(row.username), on=told.day(row.ended_on))
