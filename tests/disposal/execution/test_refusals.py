"""What is not carried out: without every level, by one's own hand, changed after it was decided, half told."""

from datetime import date, timedelta

import pytest
from flask import Flask

from registry.approvals.requests.states import Verdict
from registry.assets.custody.agreements.queries import list_running_items
from registry.assets.register.cards.care import current_custodian
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import current_owners
from registry.assets.register.registration import OwnerFact
from registry.assets.title.certificates.queries import certificates_of, list_certificates
from registry.assets.title.execution.services import Registration, register_title
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.disposal.cases.models import DisposalCase
from registry.disposal.gates.kinds import Moment
from registry.disposal.gates.queries import find_asked
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent
from registry.disposal.procedure.deed_queries import find_execution
from registry.disposal.procedure.execution import Execution
from registry.disposal.procedure.refusals import (
    EarlierThanDecided,
    HandOverMissing,
    IncomeBeyond,
    MayNotHold,
    NoIncome,
    PaidOnMissing,
    SheetMissing,
)
from registry.disposal.refusals import ContentChanged, GateClosed, NotCleared, SamePersonTwice, ShareStays
from registry.disposal.rules import Part, Recipient
from registry.errors import RegistryError
from registry.kinds import Category, OwnerKind
from registry.ledger.books.models import Voucher
from tests.assets.custody.keeping import accepted
from tests.assets.title.making import case_of as title_of
from tests.assets.title.making import policy, storehouse, titled
from tests.disposal.execution.doing import book_opened, carried_out, execute, told
from tests.disposal.scenery import (
    EFFECTIVE_ON,
    approved_case,
    asset_of,
    case_of,
    lead,
    machine,
    opened_case,
    request_of,
    say,
    submitted_case,
)
from tests.disposal.selling import priced, sold_case
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.books.keeping import closed_until

pytestmark = pytest.mark.usefixtures("app")


def refused(case_id: int, refusal: type[RegistryError], by: str = "", **changes: object) -> RegistryError:
    """Try to carry a case out; nothing of it must have been done."""
    vouchers = db.session.query(Voucher).count()
    with pytest.raises(refusal) as told_of:
        carried_out(case_id, by, **changes)  # type: ignore[arg-type]
    assert find_execution(case_id) is None
    assert db.session.query(Voucher).count() == vouchers
    assert case_of(case_id).done_on is None
    return told_of.value


def test_nothing_is_carried_out_before_every_level_agreed() -> None:
    case_id = submitted_case()
    lead(case_id, until="TOWNSHIP_SUPERVISOR")
    refused(case_id, NotCleared)


def test_what_was_called_in_waits() -> None:
    case_id = approved_case(DisposalKind.SCRAP)
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", date(2026, 11, 10), "抽查")
    assert case_of(case_id).state is DisposalStatus.CALLED_IN
    refused(case_id, NotCleared)


@pytest.mark.parametrize("who", ["village_clerk", "township_clerk", "cashier", "county_finance"])
def test_whoever_asked_and_whoever_is_no_head_does_not_carry_out(who: str) -> None:
    case_id = sold_case()
    refused(case_id, SamePersonTwice, who)


def test_a_head_above_may_carry_out(app: Flask) -> None:
    case_id = sold_case()
    assert carried_out(case_id, "township_supervisor").by_id == person("township_supervisor").id


def test_a_sale_without_a_price_is_stopped_by_its_gate() -> None:
    case_id = approved_case()
    assert "price" in {one.field for one in refused(case_id, GateClosed).all}


def test_what_was_changed_after_it_was_decided_is_not_carried_out() -> None:
    case_id = sold_case()
    with transaction(VILLAGE):
        case = db.session.get_one(DisposalCase, case_id)
        case.reason = "另有买家，价高一些。"
        record(Action.DISPOSAL_CHANGED, case, by=person("village_clerk"))
    refused(case_id, ContentChanged)


def test_every_gate_is_asked_again_and_the_answers_are_kept() -> None:
    case_id = sold_case()
    assert find_asked(case_id, Moment.EXECUTE) is None
    carried_out(case_id)
    kept = find_asked(case_id, Moment.EXECUTE)
    assert kept is not None
    assert (kept.failed, kept.passed) == (0, 19)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"signed_by": ""}, HandOverMissing),
        ({"handed_over_on": None}, HandOverMissing),
        ({"sheet": False}, SheetMissing),
        ({"paid_on": None}, PaidOnMissing),
        ({"receipt_no": ""}, PaidOnMissing),
        ({"income_fen": 1}, NoIncome),
        ({"effective_on": EFFECTIVE_ON - timedelta(days=1)}, EarlierThanDecided),
    ],
)  # fmt: skip
def test_what_is_not_told_is_asked_for(changes: dict[str, object], refusal: type[RegistryError]) -> None:
    refused(sold_case(), refusal, **changes)


def test_a_closed_month_is_not_booked_into_but_a_later_day_is_open() -> None:
    number = machine()
    book = book_opened()
    case_id = approved_case(DisposalKind.SCRAP, number, effective_on=date(2026, 10, 20))
    closed_until(book.id, 2026 * 12 + 9)
    assert "books" in {one.field for one in refused(case_id, GateClosed, sheet=False).all}
    assert execute(case_id, Execution(effective_on=EFFECTIVE_ON)).effective_on == EFFECTIVE_ON
    assert asset_of(number).closed_on == EFFECTIVE_ON


def test_no_more_is_compensated_than_was_lost() -> None:
    number = machine()
    book_opened()
    case_id = approved_case(DisposalKind.LOSS, number)
    refused(case_id, IncomeBeyond, income_fen=1_233_335)
    carried_out(case_id, income_fen=1_233_334)


def test_a_household_takes_no_share_of_a_public_work() -> None:
    owners = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 6_000),
        OwnerFact(OwnerKind.GROUP_COLLECTIVE, "华溪村三组", 4_000),
    )
    number = machine("路灯", category=Category.PUBLIC_WELFARE, subtype="LIGHTING", owners=owners)
    holder = db.session.get_one(Asset, asset_of(number).id)
    parts = {number: Part(Extent.SHARE, holder_id=_holder(holder.id), share_bp=1_000)}
    to = Recipient(OwnerKind.HOUSEHOLD, "谭正国")
    case_id = approved_case(DisposalKind.DONATION, number, parts=parts, recipient=to)
    refused(case_id, MayNotHold)


def _holder(asset_id: int) -> int:
    return current_owners(asset_id)[0].party_id


def test_a_share_is_given_to_somebody_not_lost() -> None:
    number = machine(
        owners=(
            OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 6_000),
            OwnerFact(OwnerKind.GROUP_COLLECTIVE, "华溪村三组", 4_000),
        )
    )
    parts = {number: Part(Extent.SHARE, holder_id=_holder(asset_of(number).id), share_bp=1_000)}
    with pytest.raises(ShareStays):
        opened_case(DisposalKind.LOSS, number, parts=parts)


def test_certificate_and_custody_end_with_the_hand_over_and_the_sibling_keeps_both() -> None:
    gone, stays = storehouse("旧仓", 4_000_000, subtype="MACHINERY"), storehouse("新仓", subtype="MACHINERY")
    case = titled(gone, stays)
    with transaction(VILLAGE):
        register_title(title_of(case), Registration(TODAY), by=person("township_clerk"), on=TODAY, policy=policy())
    accepted(asset_of(gone), asset_of(stays))
    case_id = approved_case(DisposalKind.SALE, gone, plans={"CUSTODY": "随移交结束"})
    priced(case_id, 4_200_000)
    carried_out(case_id)
    asset = asset_of(gone)
    void = list_certificates(asset.id)[0]
    assert (void.void_on, case_of(case_id).number in void.void_reason) == (EFFECTIVE_ON, True)
    assert asset.certificate_number == void.number
    assert certificates_of([asset_of(stays).id])
    assert current_custodian(asset.id) is None
    assert [one.asset_id for one in list_running_items([asset.id, asset_of(stays).id])] == [asset_of(stays).id]


def test_what_is_done_is_done_once() -> None:
    case_id = sold_case()
    carried_out(case_id)
    with pytest.raises(NotCleared):
        execute(case_id, told(), files=[])
