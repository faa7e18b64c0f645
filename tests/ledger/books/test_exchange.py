"""What comes back from the platform is what went out, voucher by voucher; anything else is said and nothing kept."""

import pytest

from registry.assets.register.reading.cells import Cell, CellKind, Sheet
from registry.ledger.books.exchange.reading import read_brought
from registry.ledger.books.exchange.rules import (
    BroughtLine,
    Finding,
    Mismatched,
    NothingBrought,
    NotOurSheet,
    OwnVoucher,
    check_reconciled,
    reconcile,
)

OWN = {
    "a": OwnVoucher(1, "记-2026-0001", (("102", 500, 0), ("501", 0, 500))),
    "b": OwnVoucher(2, "记-2026-0002", (("513", 80, 0), ("102", 0, 80)), "7"),
}
A = (BroughtLine(2, "a", "102", 500, 0, "6"), BroughtLine(3, "a", "501", 0, 500, "6"))
B = (BroughtLine(4, "b", "513", 80, 0, "7"), BroughtLine(5, "b", "102", 0, 80, ""))


def test_new_numbers_are_kept_and_known_ones_passed_over() -> None:
    found = reconcile([*A, *B], OWN)
    assert (dict(found.numbers), found.known, found.wrong) == ({1: "6"}, 1, ())
    check_reconciled(found)


@pytest.mark.parametrize(
    ("brought", "finding"),
    [
        ((BroughtLine(2, "x", "102", 500, 0, "6"),), Finding.UNKNOWN),
        (A[:1], Finding.LINES),
        ((A[0], BroughtLine(3, "a", "502", 0, 500, "6")), Finding.LINES),
        ((A[0], BroughtLine(3, "a", "501", 0, 499, "6")), Finding.LINES),
        ((*A, A[1]), Finding.LINES),
        ((A[0], BroughtLine(3, "a", "501", 0, 500, "8")), Finding.NUMBERS),
        ((BroughtLine(4, "b", "513", 80, 0, "9"), B[1]), Finding.RENUMBERED),
        ((BroughtLine(2, "a", "102", 500, 0, "6" * 41), BroughtLine(3, "a", "501", 0, 500, "")), Finding.TOO_LONG),
    ],
)
def test_whatever_differs_is_named_and_nothing_is_kept(brought: tuple[BroughtLine, ...], finding: Finding) -> None:
    found = reconcile(brought, OWN)
    assert [one.finding for one in found.wrong] == [finding]
    with pytest.raises(Mismatched):
        check_reconciled(found)


def test_vouchers_without_a_number_are_passed_over() -> None:
    with pytest.raises(NothingBrought):
        check_reconciled(reconcile([BroughtLine(2, "a", "102", 1, 0, "")], OWN))


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("x", tuple(tuple(Cell(text, CellKind.TEXT) for text in row) for row in rows))


def test_the_columns_may_stand_in_any_order_below_any_heading() -> None:
    brought = read_brought(sheet(("记账凭证",), ("识别码", "平台凭证号", "科目编码", "贷方金额（元）", "借方金额"),
                                 ("a", "6", "102", "", "5.00"), ("a", "6", "501", "1,005.00", ""), ()))  # fmt: skip
    assert brought == [BroughtLine(3, "a", "102", 500, 0, "6"), BroughtLine(4, "a", "501", 0, 1_005_00, "6")]


@pytest.mark.parametrize(
    "head",
    [
        ("Identifier", "Platform voucher no.", "Account code", "Credit（元）", "Debit（元）"),
        ("identifier", "PLATFORM  VOUCHER NO.", "Account code", "Credit (yuan)", "Debit"),
        ("识别码", "Platform voucher no.", "科目编码", "Credit", "借方金额 （元）"),
    ],
)
def test_headings_are_known_in_both_languages(head: tuple[str, ...]) -> None:
    assert read_brought(sheet(head, ("a", "6", "102", "", "5.00"))) == [BroughtLine(2, "a", "102", 500, 0, "6")]


def test_what_is_no_amount_agrees_with_nothing() -> None:
    head = ("识别码", "平台凭证号", "科目编码", "贷方金额", "借方金额")
    (line,) = read_brought(sheet(head, ("a", "6", "102", "", "五元")))
    assert line.debit_fen == -1


@pytest.mark.parametrize("missing", ["识别码", "平台凭证号", "借方金额"])
def test_a_file_that_is_not_ours_is_refused(missing: str) -> None:
    head = [one for one in ("识别码", "平台凭证号", "科目编码", "贷方金额", "借方金额") if one != missing]
    with pytest.raises(NotOurSheet):
        read_brought(sheet(tuple(head), ("a",) * 4))
