"""What may be entered, by whom it is checked, and what a checker should look at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import RegistryError
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, KINDS, IncomeKind
from registry.ledger.operation.receipts.rules import (
    AlreadyCorrecting,
    AmountMissing,
    Basis,
    ContractMissing,
    Difference,
    Entered,
    Expected,
    GoodsMissing,
    NotCorrectable,
    NotInHand,
    NotReported,
    NotSubmitted,
    OwnReceipt,
    PeriodBackwards,
    ReasonMissing,
    ReceiptFacts,
    ReceiptStatus,
    ReceivedInFuture,
    basis_of,
    check_checking,
    check_correction,
    check_in_hand,
    check_receipt,
    differences,
    looks_entered,
)
from registry.permissions import Actor

DAY = date(2026, 11, 23)
RENT = ReceiptFacts(IncomeKind.RENT, 1_200_000, DAY, date(2026, 10, 1), date(2026, 12, 31), bank_reference="20261123-7")


def somebody(number: int) -> Actor:
    """A person by number."""
    return Actor(number, "某某", "会计", "500240213000", "", ())


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"amount_fen": 0}, AmountMissing, "amount"),
        ({"amount_fen": -1}, AmountMissing, "amount"),
        ({"received_on": DAY + timedelta(days=1)}, ReceivedInFuture, "received_on"),
        ({"earned_to": date(2026, 9, 30)}, PeriodBackwards, "earned_to"),
        ({"kind": IncomeKind.IN_KIND}, GoodsMissing, "goods"),
        ({"kind": IncomeKind.DEPOSIT_TAKEN}, ContractMissing, "contract_id"),
        ({"kind": IncomeKind.PREPAYMENT}, ContractMissing, "contract_id"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_beside_its_field(
    changes: dict[str, object], refusal: type[RegistryError], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        check_receipt(replace(RENT, **changes), Basis.OWN, on=DAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_correction_may_say_that_nothing_was_received() -> None:
    check_receipt(replace(RENT, amount_fen=0), Basis.OWN, on=DAY, is_correction=True)


@pytest.mark.parametrize("kind", sorted(set(IncomeKind) - DISTRIBUTABLE))
def test_what_others_earn_is_noted_as_income_only(kind: IncomeKind) -> None:
    facts = replace(RENT, kind=kind, contract_id=1)
    with pytest.raises(NotReported):
        check_receipt(facts, Basis.REPORTED, on=DAY)
    check_receipt(facts, Basis.OWN, on=DAY)


def test_deposits_money_in_advance_principal_compensation_and_insurance_are_never_distributed() -> None:
    kept = set(IncomeKind) - DISTRIBUTABLE
    assert kept == {
        IncomeKind.DEPOSIT_TAKEN, IncomeKind.DEPOSIT_RETURNED, IncomeKind.PREPAYMENT, IncomeKind.PREPAYMENT_RETURNED,
        IncomeKind.PRINCIPAL_RETURNED, IncomeKind.COMPENSATION, IncomeKind.INSURANCE,
    }  # fmt: skip


def test_of_what_is_no_income_only_deposits_and_principal_are_ever_due() -> None:
    settling = {kind for kind, rule in KINDS.items() if rule.settles}
    assert settling - DISTRIBUTABLE == {IncomeKind.DEPOSIT_TAKEN, IncomeKind.PRINCIPAL_RETURNED}


@pytest.mark.parametrize(
    ("is_public", "go_live", "basis"),
    [
        (True, None, Basis.OWN),
        (True, DAY, Basis.OWN),
        (True, DAY + timedelta(days=1), Basis.LEGACY),
        (False, DAY + timedelta(days=1), Basis.REPORTED),
        (False, None, Basis.REPORTED),
    ],
)
def test_only_what_the_public_earned_since_the_books_began_is_posted(
    is_public: bool, go_live: date | None, basis: Basis
) -> None:
    assert basis_of(RENT, is_public=is_public, go_live=go_live) is basis


@given(st.integers(-10, 10), st.booleans(), st.booleans(), st.sampled_from(["", "20261123-7", "other"]))
def test_the_same_bank_reference_or_asset_amount_and_days_look_entered(
    days: int, same_asset: bool, same_amount: bool, reference: str
) -> None:
    other = Entered(
        5, RENT.amount_fen if same_amount else 1, RENT.received_on + timedelta(days=days), reference, same_asset
    )
    twice = reference == RENT.bank_reference or (same_asset and same_amount and -3 <= days <= 3)
    assert (looks_entered(RENT, [other]) is other) == twice


def test_an_empty_bank_reference_is_no_likeness() -> None:
    blank = replace(RENT, bank_reference="")
    assert looks_entered(blank, [Entered(5, 1, DAY, "", same_asset=True)]) is None


@pytest.mark.parametrize("status", sorted(ReceiptStatus))
def test_only_what_waits_is_checked_and_only_by_another_person(status: ReceiptStatus) -> None:
    if status is not ReceiptStatus.SUBMITTED:
        with pytest.raises(NotSubmitted):
            check_checking(status, somebody(2), entered_by_id=1)
        return
    check_checking(status, somebody(2), entered_by_id=1)
    for by in (somebody(1), replace(somebody(1), id=None)):
        with pytest.raises(OwnReceipt):
            check_checking(status, by, entered_by_id=1)


@pytest.mark.parametrize("status", sorted(ReceiptStatus))
def test_what_was_checked_or_taken_back_is_out_of_hand(status: ReceiptStatus) -> None:
    if status in {ReceiptStatus.SUBMITTED, ReceiptStatus.SENT_BACK}:
        check_in_hand(status)
    else:
        with pytest.raises(NotInHand):
            check_in_hand(status)


def test_a_posted_receipt_is_corrected_once_and_with_a_reason() -> None:
    check_correction(ReceiptStatus.POSTED, "金额录错", is_waiting=False)
    with pytest.raises(AlreadyCorrecting):
        check_correction(ReceiptStatus.POSTED, "金额录错", is_waiting=True)
    with pytest.raises(ReasonMissing):
        check_correction(ReceiptStatus.POSTED, " ", is_waiting=False)
    for status in set(ReceiptStatus) - {ReceiptStatus.POSTED}:
        with pytest.raises(NotCorrectable):
            check_correction(status, "金额录错", is_waiting=False)


@pytest.mark.parametrize(
    ("fen", "expected", "found"),
    [
        (100, Expected(due_fen=100, last_fen=90), []),
        (100, Expected(due_fen=120), [(Difference.LESS_THAN_DUE, 20)]),
        (100, Expected(due_fen=80), [(Difference.MORE_THAN_DUE, 20)]),
        (100, Expected(last_fen=100), []),
        (100, Expected(last_fen=130), [(Difference.LESS_THAN_LAST, 30)]),
        (100, Expected(last_fen=70), [(Difference.MORE_THAN_LAST, 30)]),
        (100, Expected(), [(Difference.NO_VOUCHER, 0)]),
        (100, Expected(has_voucher=True), [(Difference.FIRST, 0)]),
        (100, Expected(due_fen=100, looks_entered=True), [(Difference.LOOKS_ENTERED, 0)]),
        (0, Expected(due_fen=0, is_correction=True), [(Difference.CORRECTION, 0)]),
    ],
)
def test_a_checker_is_shown_what_differs_from_the_contract_or_else_from_last_time(
    fen: int, expected: Expected, found: list[tuple[Difference, int]]
) -> None:
    assert differences(fen, expected) == found
