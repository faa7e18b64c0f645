"""A contract from its draft to its end: decided before it is signed, its dues made, the cards kept true."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.models import ApprovalInterest
from registry.approvals.requests.refusals import NotYourDesk
from registry.approvals.requests.states import RequestStatus, Verdict
from registry.assets.register.rights.operating import find_operator
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.evidence.queries import list_attachments
from registry.evidence.services import KeptFile, take_in
from registry.ledger.operation.contracts.deciding import submit_contract
from registry.ledger.operation.contracts.ending import EndFacts, Result, add_late_fee, end_contract, state_result
from registry.ledger.operation.contracts.kinds import (
    ContractStatus,
    LinkKind,
    OfficerKind,
    ShareBasis,
    UseAfter,
)
from registry.ledger.operation.contracts.queries import (
    contracts_to_renew,
    list_to_sign,
    running_contracts,
)
from registry.ledger.operation.contracts.refusals import (
    AlreadyFollowed,
    DepositBeyond,
    EndAtOddDay,
    NotAgreed,
    NotDraft,
    OwnEntry,
    PaperMissing,
    ResultDiffers,
    SignedBeforeDecided,
)
from registry.ledger.operation.contracts.services import follow_contract, void_contract
from registry.ledger.operation.contracts.signing import confirm_legacy, sign_contract
from registry.ledger.operation.contracts.terms import Legacy, Officer
from registry.ledger.operation.dues.queries import DueFilter, list_dues_of, list_open_dues
from registry.ledger.operation.dues.services import settle_due, unsettle_due
from registry.ledger.operation.kinds import DueKind, DueStatus, RentKind
from tests.assets.title.making import asset_of, picture, storehouse
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.contracts.making import (
    TERMS,
    agreed,
    bring,
    contract_of,
    drafted,
    policy,
    rent,
    request_of,
    running,
    say,
    signed,
    submitted,
    terms,
)


def paper() -> list[KeptFile]:
    return [take_in(picture(), "材料.png")]


def test_a_lease_is_decided_signed_and_runs(any_app: Flask) -> None:
    number = storehouse()
    contract_id = drafted(number)
    request = submitted(contract_id)
    assert [(step.step_kind.value, step.seat_role) for step in request.steps] == [
        ("MEETING", "VILLAGE_CLERK"), ("NOTICE", "VILLAGE_CLERK"), ("COUNTERSIGN", "VILLAGE_SUPERVISORY_COMMITTEE"),
        ("REVIEW", "TOWNSHIP_SUPERVISOR"),
    ]  # fmt: skip
    assert agreed(contract_id).state is ContractStatus.AGREED
    assert [one.id for one in list_to_sign(person("village_clerk"))] == [contract_id]
    contract = signed(contract_id)
    assert contract.state is ContractStatus.RUNNING
    assert request_of(contract_id).state is RequestStatus.EXECUTED
    dues = list_dues_of(contract_id=contract_id)
    assert [(one.kind, one.amount_fen) for one in dues[:3]] == [
        ("RENT", 300_000),
        ("DEPOSIT", 300_000),
        ("RENT", 300_000),
    ]
    assert sum(one.amount_fen or 0 for one in dues) == 3 * 1_200_000 + 300_000
    assert all(sum(share.amount_fen or 0 for share in due.shares) == due.amount_fen for due in dues)
    asset = asset_of(number)
    assert (asset.operating_mode, asset.use_status) == ("LEASE", "LEASED")
    operator = find_operator(asset.id)
    assert operator is not None
    assert (operator.name, operator.basis) == (TERMS.operator.name, contract.number)  # type: ignore[union-attr]
    assert [one.kind for one in list_attachments("contract", str(contract_id))] == ["CONTRACT"]
    assert running_contracts([asset.id], date(2027, 1, 1))[asset.id].id == contract_id
    assert running_contracts([asset.id], TODAY) == {}


def test_nobody_signs_before_the_decision(app: Flask) -> None:
    contract_id = drafted(storehouse())
    with pytest.raises(NotAgreed):
        signed(contract_id)
    submitted(contract_id)
    with pytest.raises(NotAgreed):
        signed(contract_id)
    agreed(contract_id)
    with pytest.raises(SignedBeforeDecided):
        signed(contract_id, on=date(2026, 11, 1))
    with pytest.raises(PaperMissing), transaction(VILLAGE):
        contract = contract_of(contract_id)
        sign_contract(contract, TODAY, "", [], by=person("village_clerk"), on=TODAY, policy=policy())
    db.session.rollback()
    assert list_dues_of(contract_id=contract_id) == []


def test_the_operator_its_officers_and_their_kin_are_told_to_approvals(app: Flask) -> None:
    contract_id = drafted(storehouse())
    request = submitted(contract_id)
    rows = db.session.scalars(select(ApprovalInterest).where(ApprovalInterest.request_id == request.id))
    assert {(one.name, one.capacity) for one in rows} == {
        ("石柱县山蜜冷链有限公司", "OPERATOR"), ("马山蜜", "OFFICER"), ("马小蜜", "KIN"),
    }  # fmt: skip


def test_whoever_is_kin_of_the_operator_does_not_decide(app: Flask) -> None:
    name = person("village_supervisory_committee").name
    contract_id = drafted(storehouse(), said=terms(officers=(Officer(name, OfficerKind.KIN, kin_of="马山蜜"),)))
    submitted(contract_id)
    bring(contract_id)
    bring(contract_id)
    assert request_of(contract_id).desk_role != "VILLAGE_SUPERVISORY_COMMITTEE"
    with pytest.raises(NotYourDesk):
        say(contract_id, Verdict.AGREE, "village_supervisory_committee")


def test_what_was_sent_back_is_a_draft_again_and_is_submitted_anew(app: Flask) -> None:
    contract_id = drafted(storehouse())
    submitted(contract_id)
    bring(contract_id)
    bring(contract_id)
    say(contract_id, Verdict.SEND_BACK, "village_supervisory_committee", "租金偏低", "每年金额")
    assert contract_of(contract_id).state is ContractStatus.DRAFT
    first = request_of(contract_id).id
    assert submitted(contract_id).id == first
    assert agreed(contract_id).state is ContractStatus.AGREED


def test_what_was_rejected_is_void(app: Flask) -> None:
    contract_id = drafted(storehouse())
    submitted(contract_id)
    bring(contract_id)
    bring(contract_id)
    say(contract_id, Verdict.REJECT, "village_supervisory_committee", "程序不合规")
    assert contract_of(contract_id).state is ContractStatus.VOID
    with pytest.raises(NotDraft), transaction(VILLAGE):
        void_contract(contract_of(contract_id), "重复", by=person("village_clerk"))


def test_money_meets_a_due_part_by_part_and_can_be_taken_back(any_app: Flask) -> None:
    contract = running(storehouse())
    wanted = DueFilter(contract_id=contract.id)
    due = list_open_dues(wanted, person("village_clerk"))[0]
    parts: dict[int, int] = {}
    with transaction(VILLAGE):
        due = list_dues_of(contract_id=contract.id, only_open=True)[0]
        for fen in (100_001, 199_999):
            for share, part in settle_due(due, fen):
                parts[share.id] = parts.get(share.id, 0) + part
        record(Action.DUE_ADDED, due, by=person("village_clerk"))
    assert due.state is DueStatus.SETTLED
    with transaction(VILLAGE):
        due = list_dues_of(contract_id=contract.id)[0]
        unsettle_due(due, parts)
        record(Action.DUE_ADDED, due, by=person("village_clerk"))
    assert (due.state, due.settled_fen) == (DueStatus.OPEN, 0)


def test_a_contract_ended_early_owes_by_days_and_what_begins_later_falls(app: Flask) -> None:
    number = storehouse()
    contract_id = running(number, said=terms(starts_on=date(2026, 11, 1), ends_on=date(2027, 10, 31))).id
    facts = EndFacts(date(2026, 11, 20), "经营方退租，双方同意", 0, UseAfter.IDLE)
    with pytest.raises(PaperMissing), transaction(VILLAGE):
        end_contract(contract_of(contract_id), facts, [], by=person("village_clerk"), on=TODAY)
    files = paper()
    with transaction(VILLAGE):
        end_contract(contract_of(contract_id), facts, files, by=person("village_clerk"), on=TODAY)
    contract = contract_of(contract_id)
    assert contract.state is ContractStatus.TERMINATED
    left = [one for one in list_dues_of(contract_id=contract_id, only_open=True) if one.about is DueKind.RENT]
    # Twenty of the thirty days of one of twelve months.
    assert [(one.period_to, one.amount_fen) for one in left] == [(date(2026, 11, 20), 66_667)]
    asset = asset_of(number)
    assert (asset.operating_mode, asset.use_status) == ("NONE", "IDLE")
    assert find_operator(asset.id) is None
    db.session.rollback()


def test_a_contract_does_not_end_tomorrow_and_gives_back_no_more_than_it_holds(app: Flask) -> None:
    contract_id = running(storehouse(), said=terms(starts_on=date(2026, 11, 1))).id
    files = paper()
    for facts, error in (
        (EndFacts(date(2026, 11, 24), "到期", 0, UseAfter.IDLE), EndAtOddDay),
        (EndFacts(date(2026, 11, 20), "到期", 1, UseAfter.IDLE), DepositBeyond),
    ):
        with pytest.raises(error), transaction(VILLAGE):
            end_contract(contract_of(contract_id), facts, files, by=person("village_clerk"), on=TODAY)


def test_arrears_outlive_the_contract(app: Flask) -> None:
    contract_id = running(storehouse(), said=terms(starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 20))).id
    with transaction(VILLAGE):
        facts = EndFacts(date(2026, 11, 20), "合同到期", 0, UseAfter.IN_USE)
        end_contract(contract_of(contract_id), facts, [], by=person("village_clerk"), on=TODAY)
    assert contract_of(contract_id).state is ContractStatus.ENDED
    assert len(list_dues_of(contract_id=contract_id, only_open=True)) == 2


def test_a_renewal_takes_over_the_day_its_paper_is_signed(app: Flask) -> None:
    number = storehouse()
    first = running(number, said=terms(starts_on=date(2026, 3, 1), ends_on=date(2027, 1, 31))).id
    assert [one.id for one in contracts_to_renew(person("village_clerk"), TODAY)] == [first]
    following = terms(name="冷库续租", starts_on=date(2027, 2, 1), ends_on=date(2030, 1, 31))
    with transaction(VILLAGE):
        second = follow_contract(
            contract_of(first), LinkKind.RENEWAL, following, [asset_of(number)], by=person("village_clerk"), on=TODAY,
            policy=policy(),
        ).id  # fmt: skip
    assert contracts_to_renew(person("village_clerk"), TODAY) == []
    with pytest.raises(AlreadyFollowed), transaction(VILLAGE):
        follow_contract(
            contract_of(first), LinkKind.RENEWAL, following, [asset_of(number)], by=person("village_clerk"), on=TODAY,
            policy=policy(),
        )  # fmt: skip
    submitted(second)
    agreed(second)
    signed(second)
    assert contract_of(first).state is ContractStatus.ENDED
    asset_id = asset_of(number).id
    assert running_contracts([asset_id], date(2027, 1, 31))[asset_id].id == first
    assert running_contracts([asset_id], date(2027, 2, 1))[asset_id].id == second


def test_a_result_is_stated_with_its_paper_and_then_due(app: Flask) -> None:
    said = terms(
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        rent=rent(kind=RentKind.SHARE, yearly_fen=0, share_bp=1_250, share_basis=ShareBasis.NET, deposit_fen=0),
    )  # fmt: skip
    contract = running(storehouse(), said=said)
    due = list_dues_of(contract_id=contract.id)[0]
    assert (due.state, due.amount_fen, due.due_on) == (DueStatus.UNSTATED, None, date(2026, 3, 31))
    files, due_id = paper(), due.id
    with pytest.raises(ResultDiffers), transaction(VILLAGE):
        due = list_dues_of(contract_id=contract.id)[0]
        state_result(due, contract_of(contract.id), Result(1_000_001, 100_000), files, by=person("village_clerk"))
    with transaction(VILLAGE):
        due = next(one for one in list_dues_of(contract_id=contract.id) if one.id == due_id)
        state_result(due, contract_of(contract.id), Result(1_000_001, 125_000), files, by=person("village_clerk"))
    assert (due.state, due.amount_fen, due.shares[0].amount_fen) == (DueStatus.OPEN, 125_000, 125_000)


def test_a_late_fee_is_owed_by_contract_only(app: Flask) -> None:
    contract = running(storehouse())
    with transaction(VILLAGE):
        due = add_late_fee(contract_of(contract.id), 5_000, "逾期 10 天", by=person("village_clerk"), on=TODAY)
    assert (due.about, due.amount_fen) == (DueKind.LATE_FEE, 5_000)


def test_history_counts_once_a_second_person_confirmed_it(app: Flask) -> None:
    number = storehouse()
    said = terms(
        starts_on=date(2024, 1, 1), ends_on=date(2027, 12, 31), award_note="",
        legacy=Legacy(date(2023, 12, 20), date(2027, 1, 1), 450_000),
    )  # fmt: skip
    contract_id = drafted(number, said=said)
    with transaction(VILLAGE):
        assert submit_contract(contract_of(contract_id), by=person("village_clerk"), on=TODAY, policy=policy()) is None
    with pytest.raises(OwnEntry), transaction(VILLAGE):
        confirm_legacy(contract_of(contract_id), by=person("village_clerk"), on=TODAY)
    with transaction(VILLAGE):
        confirm_legacy(contract_of(contract_id), by=person("village_head"), on=TODAY)
    dues = list_dues_of(contract_id=contract_id)
    rents = [(one.period_from, one.due_on, one.amount_fen) for one in dues if one.about is DueKind.RENT]
    assert rents[0] == (date(2024, 1, 1), date(2026, 12, 31), 450_000)
    assert rents[1:] == [(date(2027, month, 1), date(2027, month, 1), 300_000) for month in (1, 4, 7, 10)]
