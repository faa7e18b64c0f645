"""The bank's file and its answer: who is paid how much to which account, and what became of each line."""

from collections.abc import Sequence
from io import BytesIO

from registry.assets.register.reading.cells import Row, Sheet
from registry.assets.register.sheets.exporting import ExportForm
from registry.assets.register.sheets.workbooks import read_workbook
from registry.audit.actions import Action
from registry.audit.services import record
from registry.errors import Invalid
from registry.ledger.distribution.payout.accounts import accounts_of, accounts_waiting, paid_household
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.payout.queries import all_order_lines
from registry.ledger.distribution.payout.rules import (
    PAYABLE,
    UNPAID,
    NotPayable,
    ReasonMissing,
    ResultFacts,
    ResultKind,
    check_pay,
)
from registry.ledger.distribution.plans.models import PlanLine
from registry.money import parse_fen
from registry.permissions import Actor
from registry.spreadsheet import Cell, CellKind, SheetColumn, WorkSheet, write_csv, write_xlsx
from registry.text import N_

SERIAL, RESULT, REASON, REFERENCE, AMOUNT = N_("序号"), N_("结果"), N_("失败原因"), N_("流水号"), N_("金额")
COLUMNS = (
    SheetColumn(SERIAL, CellKind.COUNT, 8),
    SheetColumn(N_("收款人")),
    SheetColumn(N_("开户行"), width=26),
    SheetColumn(N_("账号"), width=24),
    SheetColumn(AMOUNT, CellKind.AMOUNT),
    SheetColumn(N_("用途"), width=24),
    SheetColumn(RESULT, width=10, choices=tuple(kind.label for kind in ResultKind)),
    SheetColumn(REFERENCE, width=20),
    SheetColumn(REASON, width=24),
)
#: How banks write the three answers; an English word of ours is as good.
_WORDS: dict[ResultKind, tuple[str, ...]] = {
    ResultKind.PAID: ("成功", "已发放", "交易成功", "已入账", "处理成功", "succeeded"),
    ResultKind.FAILED: ("失败", "交易失败", "处理失败", "未成功", "failed"),
    ResultKind.RETURNED: ("退票、退回", "退票", "退回", "退汇", "已退回", "returned by the bank"),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}
_HEADS = {
    "serial": ("序号", "明细序号", "编号", "no."),
    "kind": ("结果", "处理结果", "交易结果", "状态", "处理状态", "result"),
    "reference": ("流水号", "交易流水", "交易流水号", "凭证号", "serial number"),
    "reason": ("失败原因", "原因", "备注", "摘要", "错误信息", "reason for failure"),
    "amount": ("金额", "金额（元）", "金额(元)", "交易金额", "发放金额", "amount", "amount (yuan)", "amount（元）"),
}
_NEEDED = ("serial", "kind")


class HeadsMissing(Invalid):
    """A file of results says which line and what became of it."""

    message = N_("文件里没有找到“序号”和“结果”两列，请用导出的代发文件填好结果再传上来。")


class ResultUnread(Invalid):
    """A result is one of three."""

    message = N_("第 %(row)s 行的“%(text)s”看不懂：序号要是数字，结果写成功、失败或退票。")


def bank_file(order: PayoutOrder, form: ExportForm, reason: str, *, by: Actor) -> bytes:
    """Return the file for the bank of what is still to be paid, into the accounts in force, unsealed.

    Who took it out is recorded, and how many changes of accounts waited then; whoever prepared or released the order
    does not take it out, as they do not tell its results.

    Raises NotPayable, OwnOrder, ReasonMissing.
    """
    check_pay(order.state, by, hands=order.hands)
    if order.state not in PAYABLE:
        raise NotPayable
    if not reason.strip():
        raise ReasonMissing(field="reason")
    rows = [pair for pair in all_order_lines(order.id) if pair[0].state in UNPAID]
    out, cells = BytesIO(), _rows(rows)
    if form is ExportForm.CSV:
        write_csv(COLUMNS, cells, out)
    else:
        write_xlsx([WorkSheet(N_("代发明细"), COLUMNS, cells)], out)
    waiting = len(accounts_waiting(order))
    facts: dict[str, int | str] = {"lines": len(rows), "form": form.value, "accounts_waiting": waiting}
    record(Action.PAYOUT_EXPORTED, order, by=by, reason=reason.strip(), facts={**facts})
    return out.getvalue()


def _rows(pairs: Sequence[tuple[PayoutLine, PlanLine]]) -> list[tuple[Cell, ...]]:
    accounts = accounts_of(agreed for _, agreed in pairs)
    return [
        (line.serial, agreed.payee_name, *accounts.get(paid_household(agreed), ("", "")), line.amount_fen,
         agreed.use.label, "", "", "")
        for line, agreed in pairs
    ]  # fmt: skip


def read_results(data: bytes, filename: str) -> list[ResultFacts]:
    """Read the bank's answers out of a file; rows without a result are left out.

    Raises HeadsMissing, ResultUnread, and what read_workbook raises.
    """
    for sheet in read_workbook(data, filename):
        head = _head(sheet)
        if head is not None:
            return _read(sheet, *head)
    raise HeadsMissing(field="file")


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and where each stands."""
    for number, row in enumerate(sheet.rows[:10]):
        texts = [_plain(cell.text) for cell in row]
        places = {
            name: next(place for place, text in enumerate(texts) if text in words)
            for name, words in _HEADS.items()
            if any(text in words for text in texts)
        }
        if all(name in places for name in _NEEDED):
            return number, places
    return None


def _plain(text: str) -> str:
    """Return a word of a file in small letters, a Chinese one without blanks in it."""
    return (" " if text.isascii() else "").join(text.split()).casefold()


def _read(sheet: Sheet, head: int, places: dict[str, int]) -> list[ResultFacts]:
    found = []
    for number, row in enumerate(sheet.rows[head + 1 :], head + 2):
        texts = {name: _text(row, place) for name, place in places.items()}
        if texts["kind"]:
            found.append(_fact(number, texts))
    return found


def _text(row: Row, place: int) -> str:
    return row[place].text.strip() if place < len(row) else ""


def _fact(number: int, texts: dict[str, str]) -> ResultFacts:
    serial, kind = texts["serial"].removesuffix(".0"), _KINDS.get(_plain(texts["kind"]))
    if not (serial.isascii() and serial.isdigit()) or kind is None:
        raise ResultUnread(field="file", row=number, text=f"{texts['serial']} {texts['kind']}")
    amount = parse_fen(texts["amount"]) if texts.get("amount") else None
    return ResultFacts(int(serial), kind, texts.get("reference", "")[:60], texts.get("reason", "")[:200], amount)
