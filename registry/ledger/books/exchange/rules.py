"""Vouchers on their way to the accounting platform and the numbers on their way back: what must agree. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.errors import Invalid
from registry.text import N_, Labelled

MOST_NUMBER = 40
#: What a person reads of everything that is wrong with a file.
MOST_SHOWN = 20


class ExchangeColumn(Labelled):
    """The columns of the file, in order; the last one says which voucher a row belongs to."""

    LABEL = "LABEL", N_("凭证号")
    DAY = "DAY", N_("日期")
    SUMMARY = "SUMMARY", N_("摘要")
    ACCOUNT = "ACCOUNT", N_("科目编码")
    NAME = "NAME", N_("科目名称")
    DETAIL = "DETAIL", N_("明细科目")
    DEBIT = "DEBIT", N_("借方金额")
    CREDIT = "CREDIT", N_("贷方金额")
    MAKER = "MAKER", N_("制单")
    CHECKER = "CHECKER", N_("复核")
    NUMBER = "NUMBER", N_("平台凭证号")
    UID = "UID", N_("识别码")


AMOUNTS = frozenset({ExchangeColumn.DEBIT, ExchangeColumn.CREDIT})
#: Without these nothing can be brought back.
NEEDED = (
    ExchangeColumn.ACCOUNT, ExchangeColumn.DEBIT, ExchangeColumn.CREDIT, ExchangeColumn.NUMBER, ExchangeColumn.UID,
)  # fmt: skip


class NotOurSheet(Invalid):
    """The file lacks columns of our export."""

    message = N_("文件里没有找到“%(column)s”一列。请用本系统导出的文件，填上平台凭证号再传回。")


class NothingBrought(Invalid):
    """No row carries a number that is not kept already."""

    message = N_("文件里没有新的平台凭证号。")


class Mismatched(Invalid):
    """What the platform holds is not what was handed over; nothing is kept."""

    message = N_("有 %(count)s 处与账簿不一致，一张也没有写入：%(findings)s")


class Finding(Labelled):
    """What may be wrong with a voucher that comes back."""

    UNKNOWN = "UNKNOWN", N_("账簿里没有这张凭证")
    LINES = "LINES", N_("科目或金额与账簿不同")
    NUMBERS = "NUMBERS", N_("同一张凭证填了不同的平台凭证号")
    RENUMBERED = "RENUMBERED", N_("平台凭证号与上次导回的不同")
    TOO_LONG = "TOO_LONG", N_("平台凭证号超过 40 个字")


@dataclass(frozen=True)
class BroughtLine:
    """One row of a file that comes back; amounts in fen."""

    row: int
    uid: str
    account: str
    debit_fen: int
    credit_fen: int
    number: str


@dataclass(frozen=True)
class OwnVoucher:
    """A voucher as the book has it: lines as account, debit and credit, and the platform's number if it came back."""

    id: int
    label: str
    lines: tuple[tuple[str, int, int], ...]
    number: str = ""


@dataclass(frozen=True)
class Mismatch:
    """Something that is wrong, and the first row on which it shows."""

    row: int
    label: str
    finding: Finding


@dataclass(frozen=True)
class Reconciled:
    """What a file brings: new numbers by the voucher's id, how many were known, and what does not agree."""

    numbers: Mapping[int, str]
    known: int
    wrong: tuple[Mismatch, ...]


def reconcile(brought: Sequence[BroughtLine], own: Mapping[str, OwnVoucher]) -> Reconciled:
    """Hold a file against the book, voucher by voucher; vouchers without a number are passed over."""
    groups: dict[str, list[BroughtLine]] = {}
    for line in brought:
        groups.setdefault(line.uid, []).append(line)
    numbers: dict[int, str] = {}
    wrong: list[Mismatch] = []
    known = 0
    for uid, lines in groups.items():
        said = {line.number for line in lines} - {""}
        if not said:
            continue
        mine = own.get(uid)
        finding = _finding(lines, said, mine)
        if finding is not None:
            wrong.append(Mismatch(lines[0].row, mine.label if mine else "", finding))
        elif mine is not None and mine.number:
            known += 1
        elif mine is not None:
            numbers[mine.id] = said.pop()
    return Reconciled(numbers, known, tuple(wrong))


def _finding(lines: Sequence[BroughtLine], said: set[str], mine: OwnVoucher | None) -> Finding | None:
    if mine is None:
        return Finding.UNKNOWN
    if Counter((line.account, line.debit_fen, line.credit_fen) for line in lines) != Counter(mine.lines):
        return Finding.LINES
    if len(said) > 1:
        return Finding.NUMBERS
    if max(map(len, said)) > MOST_NUMBER:
        return Finding.TOO_LONG
    return Finding.RENUMBERED if mine.number and said != {mine.number} else None


def check_reconciled(found: Reconciled) -> None:
    """Raise Mismatched if anything disagrees, NothingBrought if there is nothing new."""
    if found.wrong:
        told = [N_("第 %(row)s 行 %(label)s") % {"row": one.row, "label": one.label} + f"：{one.finding.label}"
                for one in found.wrong[:MOST_SHOWN]]  # fmt: skip
        raise Mismatched(field="file", count=len(found.wrong), findings="；".join(told))
    if not found.numbers:
        raise NothingBrought(field="file")
