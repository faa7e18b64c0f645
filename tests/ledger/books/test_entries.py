"""Every deed balances, whatever its amounts; every account it means exists in the chart that a collective keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kinds import Category
from registry.ledger.books.accounts import CHARTS, ChartVersion, Key, NotInChart, account_of, code_of
from registry.ledger.books.entries import BookDeed, Entry, Marks, Needs, NothingToPost, Source
from registry.ledger.books.legs import LINE_BY_LINE, OF_MEMORANDUM, TABLE, lines_of
from registry.ledger.books.rules import check_lines, reversed_lines

SOURCE = Source("receipt", 1)
COLLECTIVE = sorted(set(TABLE) - OF_MEMORANDUM)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    amount = draw(st.integers(1, 10**13))
    return Entry(
        draw(st.sampled_from(COLLECTIVE)), amount, SOURCE, Marks(1, 2, 3), member=draw(st.booleans()),
        category=draw(st.sampled_from([None, *Category])),
        holding=draw(st.sampled_from([Key.FIXED_ASSET, Key.BEARING_STOCK, Key.INTANGIBLE])),
        depreciation_fen=draw(st.integers(0, amount)), agreed_fen=draw(st.integers(1, 10**13)),
    )  # fmt: skip


@given(entries())
def test_every_deed_balances(entry: Entry) -> None:
    lines = lines_of(entry, ChartVersion.C2024)
    assert check_lines(lines) > 0
    assert check_lines(reversed_lines(lines)) == -check_lines(lines)
    assert all(line.account in CHARTS[ChartVersion.C2024] for line in lines)
    assert {line.marks for line in lines} == {Marks(1, 2, 3)}


def test_every_deed_stands_in_the_table_or_is_written_line_by_line() -> None:
    assert set(TABLE) | LINE_BY_LINE == set(BookDeed)
    assert not set(TABLE) & LINE_BY_LINE


def lines(deed: BookDeed, amount: int = 100, chart: ChartVersion = ChartVersion.C2024, **more: object) -> list[str]:
    found = lines_of(Entry(deed, amount, SOURCE, **more), chart)  # type: ignore[arg-type]
    return [
        f"{'借' if line.debit_fen else '贷'}{line.account}{'-' + line.detail if line.detail else ''} "
        f"{line.debit_fen or line.credit_fen}"
        for line in found
    ]


@pytest.mark.parametrize(
    ("deed", "more", "wanted"),
    [
        (BookDeed.INCOME_DUE, {}, ["借112 100", "贷501 100"]),
        (BookDeed.INCOME_DUE, {"member": True}, ["借113 100", "贷501 100"]),
        (BookDeed.DUE_RECEIVED, {}, ["借102 100", "贷112 100"]),
        (BookDeed.DIVIDEND_RECEIVED, {}, ["借102 100", "贷502 100"]),
        (BookDeed.PREPAID, {}, ["借102 100", "贷211-PREPAID 100"]),
        (BookDeed.DEPRECIATION, {"category": Category.OPERATING}, ["借511 100", "贷152 100"]),
        (BookDeed.DEPRECIATION, {"category": Category.PUBLIC_WELFARE}, ["借514 100", "贷152 100"]),
        (BookDeed.FUND_EXTRACTED, {}, ["借322-DISTRIBUTED 100", "贷311-FUND 100"]),
        (BookDeed.DISTRIBUTION_DUE, {"member": True}, ["借322-DISTRIBUTED 100", "贷113 100"]),
        (BookDeed.DISTRIBUTION_DUE, {}, ["借322-DISTRIBUTED 100", "贷211-PAYABLE 100"]),
        (BookDeed.ASSET_TAKEN_ON, {"depreciation_fen": 30}, ["借151 100", "贷152 30", "贷311-FUND 70"]),
        (BookDeed.ASSET_TAKEN_ON, {"depreciation_fen": 100}, ["借151 100", "贷152 100"]),
        (BookDeed.EQUITY_CONTRIBUTED, {"depreciation_fen": 30, "agreed_fen": 90},
         ["借141 90", "借152 30", "贷151 100", "贷311-FUND 20"]),
        (BookDeed.EQUITY_CONTRIBUTED, {"depreciation_fen": 30, "agreed_fen": 50},
         ["借141 50", "借152 30", "贷151 100", "借311-FUND 20"]),
        (BookDeed.DISPOSAL_STARTED, {"depreciation_fen": 30}, ["借154 70", "借152 30", "贷151 100"]),
    ],
)  # fmt: skip
def test_the_entries_of_the_accounting_rules(deed: BookDeed, more: dict[str, object], wanted: list[str]) -> None:
    assert lines(deed, **more) == wanted


def test_clearance_and_construction_swapped_their_codes_between_the_versions() -> None:
    old, new = ChartVersion.C2004, ChartVersion.C2024
    assert (code_of(Key.CLEARANCE, old), code_of(Key.CONSTRUCTION, old)) == ("153", "154")
    assert (code_of(Key.CLEARANCE, new), code_of(Key.CONSTRUCTION, new)) == ("154", "153")
    assert account_of("153", old).name == account_of("154", new).name == "固定资产清理"


def test_the_official_list_has_42_accounts() -> None:
    assert len(CHARTS[ChartVersion.C2024]) == 42


@pytest.mark.parametrize("version", ChartVersion)
def test_every_code_that_is_meant_stands_in_its_chart(version: ChartVersion) -> None:
    for key in Key:
        try:
            assert code_of(key, version) in CHARTS[version]
        except NotInChart:
            assert version is not ChartVersion.C2024


def test_income_of_a_public_owner_is_due_to_the_treasury() -> None:
    memorandum = ChartVersion.MEMORANDUM
    assert lines(BookDeed.INCOME_RECEIVED, chart=memorandum) == ["借B01 100", "贷B11 100"]
    assert lines(BookDeed.TREASURY_PAID, chart=memorandum) == ["借B11 100", "贷B01 100"]


def test_a_collective_pays_nothing_to_the_treasury_and_a_public_owner_distributes_nothing() -> None:
    with pytest.raises(Needs):
        lines(BookDeed.TREASURY_PAID)
    with pytest.raises(NotInChart):
        lines(BookDeed.DISTRIBUTION_DUE, chart=ChartVersion.MEMORANDUM)


@pytest.mark.parametrize(("amount", "depreciation"), [(0, 0), (-1, 0), (100, 101), (100, -1)])
def test_nothing_is_no_entry(amount: int, depreciation: int) -> None:
    with pytest.raises(NothingToPost):
        lines(BookDeed.ASSET_TAKEN_ON, amount, depreciation_fen=depreciation)
