"""Offering custody, the custodian's answer, and the end of it."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from registry.assets.custody.agreements.models import CustodyAgreement, CustodyItem
from registry.assets.custody.agreements.queries import (
    kept_asset,
    list_assets_of,
    list_offered_among,
    list_offers_about,
    list_people_able,
    list_running_items,
    next_number,
)
from registry.assets.custody.agreements.refusals import PostMissing, ReasonMissing, SignatureMissing
from registry.assets.custody.agreements.rules import (
    FREQUENCIES,
    AgreementStatus,
    AnswerWay,
    HandBack,
    Terms,
    check_assets,
    check_begun,
    check_hand_back,
    check_may_end,
    check_offered,
    check_own,
    check_paper,
    check_running,
    check_terms,
)
from registry.assets.custody.kinds import BODIES
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.rules import PostStatus
from registry.assets.custody.standards import standards_text
from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.care import Custodian, set_custodian
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue, encode
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Invalid
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.parties.rules import PartyFacts
from registry.parties.services import ensure_party
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_


class NobodyThere(Invalid):
    """Who is named as custodian has an account and the right in this unit."""

    message = N_("选的人在本单位没有接受管护的权限，请先授权，或者只写姓名、用纸质签字。")


def least_months(assets: Sequence[Asset], policy: Policy) -> int:
    """Return how often at least, in months, the policy has the busiest of these assets patrolled."""
    return min(policy.number(FREQUENCIES[asset.kind]) for asset in assets)


def offer_agreement(
    region_code: str, assets: Sequence[Asset], terms: Terms, *, by: Actor, on: date, policy: Policy
) -> CustodyAgreement:
    """Offer the care of assets of one unit to a custodian; the present custodian stays until it is accepted.

    Raises what check_assets and check_terms raise, NobodyThere, PostMissing.
    """
    check_assets(region_code, [kept_asset(one) for one in assets], list_offered_among(one.id for one in assets))
    check_terms(
        terms, patrol_months=least_months(assets, policy), post_months=policy.number(Parameter.POST_TERM_MONTHS)
    )
    agreement = CustodyAgreement(
        region_code=region_code, number=next_number(region_code, on.year), status=AgreementStatus.OFFERED.value,
        kind=terms.kind.value, custodian_name=_custodian_name(terms, region_code, on), custodian_user_id=terms.user_id,
        party_id=_party_of(terms, region_code), post_id=terms.post_id, frequency_months=terms.frequency_months,
        starts_on=terms.starts_on, ends_on=terms.ends_on, pay_fen=terms.pay_fen, pay_period=terms.pay_period.value,
        pay_source=terms.pay_source.value if terms.pay_source else "", duties=terms.duties.strip(),
        standards=terms.standards.strip() or standards_text(one.subtype for one in assets),
        liability=terms.liability.strip(), hand_over=terms.hand_over.strip(), offered_by_id=by.id,
        offered_by_text=signature(by), offered_at=now(),
        items=[CustodyItem(region_code=region_code, asset_id=one.id) for one in assets],
    )  # fmt: skip
    agreement.content_digest = digest_of(agreement, [one.asset_no for one in assets])
    db.session.add(agreement)
    db.session.flush()
    record(Action.CUSTODY_OFFERED, agreement, by=by, content=agreement.content_digest)
    return agreement


def _custodian_name(terms: Terms, region_code: str, on: date) -> str:
    """Return whose name stands in the agreement: the post holder's, the account's, or what was typed."""
    account = _account_name(terms.user_id, region_code, on, field="user_id") if terms.user_id is not None else ""
    if terms.post_id is None:
        return account or terms.custodian_name.strip()
    post = db.session.get(PublicPost, terms.post_id)
    if post is None or post.region_code != region_code or post.state is not PostStatus.IN_OFFICE:
        raise PostMissing(field="post_id")
    return post.name


def _account_name(user_id: int, region_code: str, on: date, *, field: str) -> str:
    names = {user.id: user.name for user in list_people_able(region_code, on)}
    if user_id not in names:
        raise NobodyThere(field=field)
    return names[user_id]


def _party_of(terms: Terms, region_code: str) -> int | None:
    kind = BODIES.get(terms.kind)
    if kind is None or not terms.credit_code:
        return None
    return ensure_party(PartyFacts(kind, terms.custodian_name, region_code, terms.credit_code)).id


_SIGNED = (
    "number", "kind", "custodian_name", "standards", "frequency_months", "pay_fen", "pay_period", "pay_source",
    "duties", "liability", "hand_over",
)  # fmt: skip


def digest_of(agreement: CustodyAgreement, numbers: Sequence[str]) -> str:
    """Return the digest of what a custodian signs: the terms and the list of assets."""
    content: dict[str, JsonValue] = {name: getattr(agreement, name) for name in _SIGNED}
    term: dict[str, JsonValue] = {
        "starts_on": agreement.starts_on.isoformat(), "ends_on": agreement.ends_on.isoformat(), "assets": [*numbers],
    }  # fmt: skip
    return sha256(encode({**content, **term}).encode()).hexdigest()


def accept_on_screen(agreement: CustodyAgreement, *, by: Actor, on: date) -> None:
    """Accept in person: from today the assets are in the custodian's care. Raises NotTheCustodian, NotYetBegun."""
    check_offered(agreement.state)
    check_own(agreement.custodian_user_id, by)
    check_begun(agreement.starts_on, on)
    _answered(agreement, AgreementStatus.ACCEPTED, AnswerWay.SCREEN, by)
    _take_over(agreement, on=on)
    record(Action.CUSTODY_ACCEPTED, agreement, by=by, content=agreement.content_digest)


def accept_on_paper(
    agreement: CustodyAgreement, signed_on: date, files: list[KeptFile], *, by: Actor, on: date
) -> None:
    """Enter what the custodian signed on paper, with the sheet. Raises OwnPaper, SignatureMissing, SignedAtOddDay."""
    check_offered(agreement.state)
    check_paper(agreement.custodian_user_id, by, signed_on=signed_on, starts_on=agreement.starts_on, on=on)
    if not files:
        raise SignatureMissing(field="file")
    _answered(agreement, AgreementStatus.ACCEPTED, AnswerWay.PAPER, by)
    _take_over(agreement, on=signed_on)
    record(Action.CUSTODY_ACCEPTED, agreement, by=by, content=agreement.content_digest)
    caption = Caption(EvidenceKind.SIGNATURE, agreement.number, signed_on)
    attach(files, caption, to=thing_of(agreement), by=by)


def decline(agreement: CustodyAgreement, reason: str, *, by: Actor, way: AnswerWay = AnswerWay.SCREEN) -> None:
    """Decline custody, in person on screen or as told on paper; everything stays as it was."""
    check_offered(agreement.state)
    if way is AnswerWay.SCREEN:
        check_own(agreement.custodian_user_id, by)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    _answered(agreement, AgreementStatus.DECLINED, way, by)
    agreement.end_reason = reason.strip()
    record(Action.CUSTODY_DECLINED, agreement, by=by, reason=reason.strip())


def withdraw_offer(agreement: CustodyAgreement, *, by: Actor) -> None:
    """Take an offer back that nobody has answered."""
    check_offered(agreement.state)
    agreement.status = AgreementStatus.WITHDRAWN.value
    record(Action.CUSTODY_WITHDRAWN, agreement, by=by)


def _answered(agreement: CustodyAgreement, status: AgreementStatus, way: AnswerWay, by: Actor) -> None:
    agreement.status, agreement.answer_way = status.value, way.value
    agreement.answered_by_id, agreement.answered_by_text, agreement.answered_at = by.id, signature(by), now()


def _take_over(agreement: CustodyAgreement, *, on: date) -> None:
    """Hand the assets to the custodian and let the agreements they stood under end."""
    agreement.taken_on = on
    pairs = list_assets_of(agreement)
    mine = {item.id for item, _asset in pairs}
    _close([one for one in list_running_items(asset.id for _item, asset in pairs) if one.id not in mine], on=on)
    for _item, asset in pairs:
        set_custodian(asset, Custodian(agreement.custodian_name, agreement.number, agreement.custodian_user_id), on=on)


def _close(items: Sequence[CustodyItem], *, on: date) -> None:
    """End lines of earlier agreements; an agreement whose last line ends is over."""
    for item in items:
        item.ended_on = on
    for agreement in {item.agreement_id: item.agreement for item in items}.values():
        if all(item.ended_on is not None for item in agreement.items):
            agreement.status, agreement.ended_on = AgreementStatus.ENDED.value, on
            agreement.end_reason = N_("由新的管护协议接替")


def release_assets(asset_ids: Sequence[int], reason: str, *, by: Actor, on: date) -> None:
    """Let custody of assets that are gone end on a day; offers that name one of them are taken back."""
    items = list_running_items(asset_ids)
    for item in items:
        item.ended_on = on
    for agreement in {item.agreement_id: item.agreement for item in items}.values():
        if all(item.ended_on is not None for item in agreement.items):
            agreement.status, agreement.ended_on = AgreementStatus.ENDED.value, on
            agreement.end_reason = reason
            record(Action.CUSTODY_ENDED, agreement, by=by, reason=reason)
    for agreement in list_offers_about(asset_ids):
        agreement.status, agreement.end_reason = AgreementStatus.WITHDRAWN.value, reason
        record(Action.CUSTODY_WITHDRAWN, agreement, by=by, reason=reason)


def carry_over(asset: Asset, heir: Asset, *, on: date) -> None:
    """Let what came of an asset stand under the agreements under which that one stood."""
    for item in list_running_items([asset.id]):
        item.ended_on = on
        fresh = CustodyItem(agreement_id=item.agreement_id, region_code=heir.region_code, asset_id=heir.id)
        db.session.add(fresh)
    db.session.flush()


def hand_back(agreement: CustodyAgreement, facts: HandBack, *, by: Actor, on: date) -> None:
    """Give the assets back, each with its condition, to whoever looks after them meanwhile.

    The custodian leaves the post (HANDED_BACK); done by the unit, the agreement is ended (ENDED).
    Raises NotRunning, NotTheCustodian and what check_hand_back raises.
    """
    check_running(agreement.state)
    check_may_end(agreement.custodian_user_id, agreement.region_code, by)
    open_items = [(item, asset) for item, asset in list_assets_of(agreement) if item.ended_on is None]
    check_hand_back(
        facts, custodian_name=agreement.custodian_name, user_id=agreement.custodian_user_id,
        kept=frozenset(asset.id for _item, asset in open_items),
    )  # fmt: skip
    meanwhile = Custodian(_meanwhile_name(facts, agreement.region_code, on), agreement.number, facts.meanwhile_user_id)
    for item, asset in open_items:
        item.ended_on, item.condition = on, facts.conditions[asset.id].value
        set_custodian(asset, meanwhile, on=on)
    own = by.id is not None and by.id == agreement.custodian_user_id
    agreement.status = (AgreementStatus.HANDED_BACK if own else AgreementStatus.ENDED).value
    agreement.ended_on, agreement.end_reason, agreement.meanwhile = on, facts.reason.strip(), meanwhile.name
    action = Action.CUSTODY_HANDED_BACK if own else Action.CUSTODY_ENDED
    record(action, agreement, by=by, reason=facts.reason.strip())


def _meanwhile_name(facts: HandBack, region_code: str, on: date) -> str:
    if facts.meanwhile_user_id is None:
        return facts.meanwhile.strip()
    return _account_name(facts.meanwhile_user_id, region_code, on, field="meanwhile_user_id")
