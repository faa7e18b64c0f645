"""The tables of a board as paper and spreadsheet hold them, in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.kinds import Category, OwnerKind
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.reports.boards.figures import Board, UnitLine
from registry.reports.boards.rules import Alarm, month_text, percent_text
from registry.spreadsheet import Cell
from registry.supervision.findings.rules import FindingStatus, Source
from registry.text import N_


class Kind(Enum):
    """What a column holds; a share is text that stands on the right."""

    TEXT = auto()
    SHARE = auto()
    COUNT = auto()
    AMOUNT = auto()


_TEXT, _SHARE, _COUNT, _AMOUNT = Kind
#: Label and kind of each column.
Heads = tuple[tuple[str, Kind], ...]
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Part:
    """One table: its title on paper, the short name of its sheet, columns, rows, and the row of all of them."""

    title: str
    name: str
    heads: Heads
    rows: Rows
    total: tuple[Cell, ...] = ()


def parts_of(board: Board) -> tuple[Part, ...]:
    """Return the tables of a board."""
    return (
        _wrong(board), _stock(board), _progress(board), _money(board), _months(board), _kinds(board), _uses(board),
        _cases(board), _findings(board),
    )  # fmt: skip


def _wrong(board: Board) -> Part:
    heads = ((N_("单位"), _TEXT), *((alarm.label, _COUNT) for alarm in Alarm))
    rows: Rows = tuple((line.name, *line.alarms) for line in board.units if not line.is_quiet)
    return Part(N_("哪里有问题"), N_("问题"), heads, rows, (N_("合计"), *board.total.alarms))


def _stock(board: Board) -> Part:
    heads = ((N_("类别"), _TEXT), (N_("产权归属"), _TEXT), (N_("项数"), _COUNT), (N_("原值"), _AMOUNT))
    rows = tuple(
        (Category(line.category).label, OwnerKind(kind).label, one.count, one.fen)
        for line in board.stock
        for kind, one in zip(board.owner_kinds, line.owners, strict=True)
        if one.count
    )
    total = (N_("合计"), "", board.total.assets, board.total.original_fen)
    return Part(N_("资产：类别和产权归属"), N_("资产"), heads, rows, total)


def _progress(board: Board) -> Part:
    heads = (
        (N_("单位"), _TEXT), (N_("资产"), _COUNT), (N_("原值"), _AMOUNT), (N_("已确权"), _COUNT),
        (N_("确权率"), _SHARE), (N_("已移交"), _COUNT), (N_("移交率"), _SHARE), (N_("闲置"), _COUNT),
        (N_("停用"), _COUNT),
    )  # fmt: skip
    rows = tuple(_progress_row(line) for line in board.units if not line.is_empty)
    return Part(N_("确权、移交、闲置"), N_("确权移交"), heads, rows, _progress_row(board.total))


def _progress_row(line: UnitLine) -> tuple[Cell, ...]:
    return (
        line.name, line.assets, line.original_fen, line.confirmed, percent_text(line.confirmed, line.assets),
        line.handed_over, percent_text(line.handed_over, line.assets), line.idle, line.stopped,
    )  # fmt: skip


def _money(board: Board) -> Part:
    households = () if board.total.households is None else ((N_("受益户数"), _COUNT),)
    heads = (
        (N_("单位"), _TEXT), (N_("收益"), _AMOUNT), (N_("上年同期"), _AMOUNT), (N_("到期应收"), _AMOUNT),
        (N_("已收"), _AMOUNT), (N_("收缴率"), _SHARE), (N_("逾期欠款"), _AMOUNT), (N_("分配方案"), _COUNT),
        (N_("发放和列支"), _AMOUNT), *households,
    )  # fmt: skip
    until = N_("收益、收缴、分配（应收算到 %(month)s 底）") % {"month": board.due_until}
    title = until if board.due_until else N_("收益、收缴、分配")
    return Part(
        title,
        N_("收益"),
        heads,
        tuple(_money_row(line) for line in board.units if not line.is_empty),
        _money_row(board.total),
    )


def _money_row(line: UnitLine) -> tuple[Cell, ...]:
    return (
        line.name, line.income_fen, line.before_fen, line.due_fen, line.met_fen,
        percent_text(line.met_fen, line.due_fen), line.overdue_fen, line.plans, line.handed_fen,
        *(() if line.households is None else (line.households,)),
    )  # fmt: skip


def _months(board: Board) -> Part:
    heads = (
        (N_("月份"), _TEXT), (N_("收益"), _AMOUNT), (N_("上年同月"), _AMOUNT), (N_("当月应收"), _AMOUNT),
        (N_("已收"), _AMOUNT), (N_("收缴率"), _SHARE),
    )  # fmt: skip
    rows = tuple(
        (
            month_text(one.month), one.income_fen, one.before_fen, one.due_fen, one.met_fen,
            percent_text(one.met_fen, one.due_fen),
        )
        for one in board.months
    )  # fmt: skip
    return Part(N_("逐月收益和收缴"), N_("逐月"), heads, rows)


def _kinds(board: Board) -> Part:
    heads = ((N_("种类"), _TEXT), (N_("收益"), _AMOUNT), (N_("上年同期"), _AMOUNT))
    rows = tuple((IncomeKind(one.kind).label, one.income_fen, one.before_fen) for one in board.kinds)
    return Part(N_("收益种类"), N_("收益种类"), heads, rows)


def _uses(board: Board) -> Part:
    heads = ((N_("用途"), _TEXT), (N_("方案"), _COUNT), (N_("安排"), _AMOUNT))
    rows = tuple((UseKind(one.use).label, one.plans, one.planned_fen) for one in board.uses)
    given = board.distribution
    words = N_("分配用途（受益 %(n)s 户）") % {"n": f"{given.households or 0:,}"}
    return Part(words if given.households is not None else N_("分配用途"), N_("分配"), heads, rows)


def _cases(board: Board) -> Part:
    heads = ((N_("处置方式"), _TEXT), (N_("办理状态"), _TEXT), (N_("件数"), _COUNT), (N_("原值"), _AMOUNT))
    rows = tuple(
        (DisposalKind(line.kind).label, DisposalStatus(state).label, one.count, one.fen)
        for line in board.cases
        for state, one in zip(board.case_states, line.states, strict=True)
        if one.count
    )
    return Part(N_("处置：在办的，和本年执行的"), N_("处置"), heads, rows)


def _findings(board: Board) -> Part:
    heads = ((N_("来源"), _TEXT), *((status.label, _COUNT) for status in FindingStatus))
    rows: Rows = tuple((Source(line.source).label, *line.states) for line in board.findings)
    return Part(N_("本年发现的问题"), N_("整改"), heads, rows, tuple(_sums(board)) if rows else ())


def _sums(board: Board) -> Iterator[Cell]:
    yield N_("合计")
    yield from map(sum, zip(*(line.states for line in board.findings), strict=True))
