"""The ledger's papers, drawn from figures made by hand: sums, balances, red ink, masked names, the same bytes."""

import dataclasses
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from registry.money import capital_amount, format_yuan, parse_fen
from registry.reports import (
    account_ledger,
    arrears_ledger,
    beneficiary_roll,
    contract_register,
    distribution_sheet,
    fund_account,
    household_statement,
    income_ledger,
    journal,
    payout_sheet,
    roll_change_sheet,
    statement_batch,
    trial_balance,
    voucher_sheet,
)
from registry.reports.account_ledger import standing
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.paper.sheet import LANDSCAPE
from registry.reports.paper.table import Line, Table
from tests.reports import ledger_figures as made
from tests.reports.test_paper import IMPRINT, read_back

PAPERS: dict[str, tuple[ModuleType, Callable[[], Any]]] = {
    "journal": (journal, made.journal),
    "account_ledger": (account_ledger, made.account_ledger),
    "voucher_sheet": (voucher_sheet, made.voucher_sheet),
    "trial_balance": (trial_balance, made.trial_balance),
    "contract_register": (contract_register, made.contract_register),
    "income_ledger": (income_ledger, made.income_ledger),
    "arrears_ledger": (arrears_ledger, made.arrears_ledger),
    "distribution_sheet": (distribution_sheet, made.distribution_sheet),
    "payout_sheet": (payout_sheet, made.payout_sheet),
    "beneficiary_roll": (beneficiary_roll, made.beneficiary_roll),
    "roll_change_sheet": (roll_change_sheet, made.roll_change_sheet),
    "household_statement": (household_statement, made.household_statement),
    "statement_batch": (statement_batch, made.statement_batch),
    "fund_account": (fund_account, made.fund_account),
}
each_paper = pytest.mark.parametrize("name", PAPERS)


def drawn(name: str, folder: Path) -> list[str]:
    module, figures = PAPERS[name]
    return read_back(module.draw(figures(), IMPRINT), folder)


def plain(text: str) -> str:
    return "".join(text.split())


def red_dots(pdf: bytes, page: int = 0) -> int:
    """Count the dots of a page that are clearly red."""
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=1.5).to_pil().convert("RGB")
    return sum(r > 150 and g < 90 and b < 90 for r, g, b in picture.get_flattened_data())


def sheet_rows(data: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()]


@each_paper
def test_every_page_says_its_number_its_unit_and_who_signs(name: str, tmp_path: Path) -> None:
    pages = drawn(name, tmp_path)
    for number, page in enumerate(pages, 1):
        assert f"第{number}页/共{len(pages)}页" in page
        assert plain(made.UNIT) in page
        assert "单位（盖章）" in page


@each_paper
def test_the_same_figures_give_the_same_bytes_and_read_back_as_they_were(name: str) -> None:
    module, figures = PAPERS[name]
    held = figures()
    kept = read_figures(type(held), figures_text(held))
    assert kept == held
    assert held.digest() == figures().digest()
    assert module.draw(kept, IMPRINT) == module.draw(held, IMPRINT)


def tables() -> list[Table]:
    return [each for module, _ in PAPERS.values() for each in vars(module).values() if isinstance(each, Table)]


@pytest.mark.parametrize("table", tables())
def test_a_table_is_as_wide_as_its_sheet(table: Table) -> None:
    assert table.edges[-1] == pytest.approx(LANDSCAPE.inner, abs=0.01)


@pytest.mark.parametrize(
    ("name", "lines"),
    [("journal", 80), ("account_ledger", 59), ("trial_balance", 5), ("contract_register", 25), ("income_ledger", 40),
     ("arrears_ledger", 21), ("distribution_sheet", 59), ("payout_sheet", 25), ("beneficiary_roll", 30),
     ("fund_account", 3)],
)  # fmt: skip
def test_a_spreadsheet_has_a_row_for_every_line(name: str, lines: int) -> None:
    module, figures = PAPERS[name]
    rows = sheet_rows(module.sheet(figures(), IMPRINT))
    opening = {"account_ledger": 1, "fund_account": 1}.get(name, 0)
    head = next(index for index, row in enumerate(rows) if all(row[:3]))
    assert len(rows) - head - 1 == lines + opening


def test_every_line_of_a_journal_copies_back(tmp_path: Path) -> None:
    text = "".join(drawn("journal", tmp_path))
    for line in made.journal().books[0].lines:
        fen = line.debit_fen if line.debit_fen is not None else line.credit_fen
        row = f"{line.day}{line.voucher}{line.summary}{line.code}{line.account}{line.detail}{format_yuan(fen or 0)}"
        assert plain(row + line.maker + line.checker) in text


def test_a_journal_adds_up_each_month_and_the_year(tmp_path: Path) -> None:
    text = "".join(drawn("journal", tmp_path))
    lines = made.journal().books[0].lines
    for month in {line.day[:7] for line in lines}:
        held = sum(line.debit_fen or 0 for line in lines if line.day.startswith(month))
        assert f"{month}本月合计{format_yuan(held)}{format_yuan(held)}" in text
    year = format_yuan(sum(line.debit_fen or 0 for line in lines))
    assert f"本年累计{year}{year}" in text
    assert "本期没有凭证" in text


def balances(ledger: account_ledger.AccountLedger) -> list[int]:
    """The balance after each entry, reckoned anew."""
    balance, found = ledger.accounts[0].opening_fen, []
    for entry in ledger.accounts[0].entries:
        balance += (entry.debit_fen or 0) - (entry.credit_fen or 0)
        found.append(balance)
    return found


@pytest.mark.parametrize(("balance", "side"), [(5, "借"), (-5, "贷"), (0, "平")])
def test_a_balance_says_on_which_side_it_stands(balance: int, side: str) -> None:
    assert standing(balance) == (side, abs(balance))


def test_an_account_carries_sums_and_balance_from_page_to_page(tmp_path: Path) -> None:
    amount = r"(-?[\d,]+?\.\d\d)"
    pages = drawn("account_ledger", tmp_path)
    carried = [re.search(rf"过次页（累计(\d+)笔）{amount}{amount}(借|贷|平){amount}", page) for page in pages[:-1]]
    brought = [re.search(rf"承前页（第\d+页，(\d+)笔）{amount}{amount}(借|贷|平){amount}", page) for page in pages[1:]]
    assert len(pages) > 3
    assert [one and one.groups() for one in carried] == [one and one.groups() for one in brought]
    reckoned = balances(made.account_ledger())
    for one in carried:
        assert one
        assert parse_fen(one[5]) == reckoned[int(one[1]) - 1]


def test_an_account_begins_with_what_it_stood_at_and_each_entry_says_its_balance(tmp_path: Path) -> None:
    ledger = made.account_ledger(4, opening_fen=-500)
    text = "".join(read_back(account_ledger.draw(ledger, IMPRINT), tmp_path))
    assert "2026-01-01上年结转贷5.00" in text
    for entry, balance in zip(ledger.accounts[0].entries, balances(ledger), strict=True):
        assert f"{plain(entry.summary)}{entry.against}" in text
        assert f"借{format_yuan(balance)}" in text


@pytest.mark.parametrize(
    ("name", "page", "red"),
    [("journal", 1, True), ("journal", 2, False), ("voucher_sheet", 0, True), ("voucher_sheet", 1, False),
     ("fund_account", 0, True)],
)  # fmt: skip
def test_reversals_are_printed_in_red_and_nothing_else_is(name: str, page: int, red: bool) -> None:
    module, figures = PAPERS[name]
    assert bool(red_dots(module.draw(figures(), IMPRINT), page)) is red


def test_a_trial_balance_is_even_and_a_month_opened_again_stands_in_red(tmp_path: Path) -> None:
    (page,) = drawn("trial_balance", tmp_path)
    assert "试算平衡" in page
    assert "2026-09结账后又反结账" in page
    quiet = dataclasses.replace(made.trial_balance().books[0], reopened=())
    again = dataclasses.replace(made.trial_balance(), books=(quiet,))
    assert red_dots(trial_balance.draw(made.trial_balance(), IMPRINT))
    assert not red_dots(trial_balance.draw(again, IMPRINT))


def test_a_trial_balance_that_is_uneven_says_so(tmp_path: Path) -> None:
    pdf = trial_balance.draw(made.trial_balance(off_fen=1), IMPRINT)
    assert "试算不平衡" in read_back(pdf, tmp_path)[0]
    assert red_dots(pdf)


def test_only_accounts_of_the_first_level_add_up() -> None:
    book = made.trial_balance().books[0]
    assert trial_balance.sums_of(book) == (
        12_345_678, 12_345_678, 700_000, 700_000, 2_200_000, 2_200_000, 12_845_678, 12_845_678,
    )  # fmt: skip


def test_a_voucher_says_its_amount_in_words_its_people_and_its_papers(tmp_path: Path) -> None:
    first, second = drawn("voucher_sheet", tmp_path)
    assert f"合计（大写）{capital_amount(4_860_050)}48,600.5048,600.50" in first
    assert "复核：马某某" in first
    assert "制单：谭某某" in first
    assert "附单据2张" in first
    assert "已被记字第0013号红字冲销" in first
    assert "负肆万捌仟陆佰元伍角整" in first
    assert "记字第0014号（1/2）" in second
    assert "接下页" in second
    assert second.count("叁仟陆佰元整") == 1


def test_an_income_ledger_keeps_money_that_passes_through_apart(tmp_path: Path) -> None:
    lines = made.income_ledger().parts[0].lines
    text = "".join(drawn("income_ledger", tmp_path))
    income, passing = sum(one.income_fen or 0 for one in lines), sum(one.passing_fen or 0 for one in lines)
    assert f"华溪村合计（40笔）{format_yuan(income)}{format_yuan(passing)}" in text
    for village in ("华溪村", "盐井村"):
        held = [one for one in lines if one.village_name == village]
        assert f"{village}小计（{len(held)}笔）{format_yuan(sum(one.income_fen or 0 for one in held))}" in text
    assert "没有已审核入账的收益" in text


def test_arrears_are_added_up_by_class(tmp_path: Path) -> None:
    text = "".join(drawn("arrears_ledger", tmp_path))
    late = [one for one in made.arrears_ledger().lines if one.late_class]
    owed = format_yuan(sum(one.owed_fen for one in late))
    assert f"其中：书面催收（{len(late)}笔）" in text
    assert text.endswith(owed) or owed in text
    assert "乡镇督办（" not in text


def test_a_plan_comes_down_to_what_can_be_used_and_adds_up_to_the_fen(tmp_path: Path) -> None:
    text = "".join(drawn("distribution_sheet", tmp_path))
    figures = made.distribution_sheet()
    assert "可安排使用92,000.00" in text
    assert f"合计{format_yuan(9_200_000)}100.00%" in text
    assert f"合计{format_yuan(sum(one.amount_fen for one in figures.shares))}" in text
    assert capital_amount(9_200_000) in text


def test_a_result_says_what_was_paid_and_what_was_not(tmp_path: Path) -> None:
    figures = made.distribution_sheet()
    text = "".join(read_back(distribution_sheet.draw_result(figures, IMPRINT), tmp_path))
    paid = sum(one.paid_fen for one in figures.uses)
    assert f"合计92,000.00{format_yuan(paid)}{format_yuan(9_200_000 - paid)}" in text
    assert "账号有误" in text


def test_a_payout_sheet_leaves_room_to_sign(tmp_path: Path) -> None:
    pages = drawn("payout_sheet", tmp_path)
    assert all("签名按手印领款日期" in page for page in pages)
    assert len(pages) == 3
    total = sum(one.amount_fen for one in made.payout_sheet().rows)
    assert f"合计（大写）：{capital_amount(total)}" in pages[-1]


def test_a_long_line_is_never_lower_than_its_table_asks() -> None:
    height = payout_sheet._TABLE.row_height
    assert height > 28
    assert isinstance(next(iter(payout_sheet._rows(made.payout_sheet()))), Line)


def test_a_statement_says_what_was_withheld_and_the_sum_in_words(tmp_path: Path) -> None:
    (page,) = drawn("household_statement", tmp_path)
    assert "300.13900.37300.132026-11-20" in page
    assert capital_amount(30_013) in page


def test_every_household_of_a_village_gets_a_sheet_of_its_own(tmp_path: Path) -> None:
    pages = drawn("statement_batch", tmp_path)
    assert len(pages) == 2
    assert all("300.13900.37300.132026-11-20" in page for page in pages)


def test_a_fund_ends_with_what_is_left(tmp_path: Path) -> None:
    (page,) = drawn("fund_account", tmp_path)
    assert "上年结转86,000.00" in page
    assert "本年累计和结余23,000.000.00109,000.00" in page
    assert made.fund_account().funds[0].closing_fen == 10_900_000
