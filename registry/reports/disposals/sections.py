"""What a dossier is made of: chapters of sections, each of one shape. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registry.clock import local
from registry.reports.paper.blocks import Block, BlockColumn
from registry.reports.paper.pen import Align
from registry.text import N_

ABSENT = "—"
#: A cell longer than this goes on in the next row, so that no row is taller than a sheet.
_LONGEST = 900
_LEFT, _MID, _RIGHT = Align.LEFT, Align.CENTER, Align.RIGHT


class Shape(StrEnum):
    """What kind of rows a section has; SHAPES says what their columns are."""

    FACTS = "FACTS"
    TEXTS = "TEXTS"
    ASSETS = "ASSETS"
    CARDS = "CARDS"
    EARLIER = "EARLIER"
    GATES = "GATES"
    VOTES = "VOTES"
    STAGES = "STAGES"
    ANSWERS = "ANSWERS"
    STEPS = "STEPS"
    OPINIONS = "OPINIONS"
    INTERESTS = "INTERESTS"
    QUERIES = "QUERIES"
    LEGS = "LEGS"
    RECEIPTS = "RECEIPTS"
    USES = "USES"
    FILES = "FILES"
    EVENTS = "EVENTS"
    PATHS = "PATHS"
    NODES = "NODES"


@dataclass(frozen=True)
class Columns:
    """The columns of a shape, and which of them are grey."""

    columns: tuple[BlockColumn, ...]
    quiet: tuple[int, ...] = ()


def _columns(*told: tuple[str, int, Align], quiet: tuple[int, ...] = ()) -> Columns:
    return Columns(tuple(BlockColumn(*one) for one in told), quiet)


SHAPES: dict[Shape, Columns] = {
    Shape.FACTS: _columns(("", 15, _LEFT), ("", 35, _LEFT), ("", 15, _LEFT), ("", 35, _LEFT), quiet=(0, 2)),
    Shape.TEXTS: _columns(("", 15, _LEFT), ("", 85, _LEFT), quiet=(0,)),
    Shape.ASSETS: _columns(
        (N_("序号"), 6, _MID), (N_("资产编号"), 24, _MID), (N_("资产名称"), 20, _LEFT), (N_("处置范围"), 14, _LEFT),
        (N_("原值"), 13, _RIGHT), (N_("净值"), 13, _RIGHT), (N_("结论"), 10, _LEFT),
    ),
    Shape.CARDS: _columns(
        (N_("原登记"), 28, _LEFT), (N_("处置的部分"), 24, _MID), (N_("换入、新登记"), 24, _MID), (N_("现状"), 24, _LEFT)
    ),
    Shape.EARLIER: _columns(
        (N_("处置编号"), 40, _MID), (N_("提交日期"), 30, _MID), (N_("本件最高价值"), 30, _RIGHT)
    ),
    Shape.GATES: _columns((N_("关口"), 20, _LEFT), (N_("结论"), 10, _MID), (N_("依据和安排"), 70, _LEFT)),
    Shape.VOTES: _columns(
        (N_("议题和决议"), 42, _LEFT), (N_("同意"), 8, _RIGHT), (N_("反对"), 8, _RIGHT), (N_("弃权"), 8, _RIGHT),
        (N_("要求"), 22, _LEFT), (N_("结果"), 12, _MID),
    ),
    Shape.STAGES: _columns(
        (N_("环节"), 34, _LEFT), (N_("日期"), 18, _MID), (N_("应到"), 16, _RIGHT), (N_("到会"), 16, _RIGHT),
        (N_("同意"), 16, _RIGHT),
    ),
    Shape.ANSWERS: _columns(
        (N_("答复层级"), 14, _LEFT), (N_("结论"), 12, _MID), (N_("答复"), 44, _LEFT), (N_("答复人"), 18, _LEFT),
        (N_("日期"), 12, _MID),
    ),
    Shape.STEPS: _columns(
        (N_("步"), 5, _MID), (N_("层级"), 13, _LEFT), (N_("环节"), 27, _LEFT), (N_("岗位"), 21, _LEFT),
        (N_("状态"), 10, _MID), (N_("收到—办结"), 14, _MID), (N_("用时"), 10, _RIGHT),
    ),
    Shape.OPINIONS: _columns(
        (N_("步"), 5, _MID), (N_("意见人、职务"), 24, _LEFT), (N_("结论"), 10, _MID), (N_("意见"), 25, _LEFT),
        (N_("时间"), 12, _MID), (N_("等候"), 7, _RIGHT), (N_("内容摘要"), 17, _LEFT),
    ),
    Shape.INTERESTS: _columns((N_("姓名"), 30, _LEFT), (N_("身份"), 30, _LEFT), (N_("说明"), 40, _LEFT)),
    Shape.QUERIES: _columns(
        (N_("步"), 5, _MID), (N_("质询人、时间"), 21, _LEFT), (N_("质询"), 24, _LEFT), (N_("期限"), 11, _MID),
        (N_("答复人、时间"), 18, _LEFT), (N_("答复"), 21, _LEFT),
    ),
    Shape.LEGS: _columns(
        (N_("科目"), 30, _LEFT), (N_("事项"), 34, _LEFT), (N_("借方"), 18, _RIGHT), (N_("贷方"), 18, _RIGHT)
    ),
    Shape.RECEIPTS: _columns(
        (N_("到账日期"), 18, _MID), (N_("单据号"), 30, _LEFT), (N_("登记、核对"), 32, _LEFT), (N_("金额"), 20, _RIGHT)
    ),
    Shape.USES: _columns(
        (N_("日期"), 12, _MID), (N_("用途"), 20, _LEFT), (N_("去向和依据"), 30, _LEFT), (N_("登记、确认"), 22, _LEFT),
        (N_("金额"), 16, _RIGHT),
    ),
    Shape.FILES: _columns(
        (N_("序号"), 6, _MID), (N_("文件名、种类"), 27, _LEFT), (N_("附在"), 16, _LEFT), (N_("大小"), 10, _RIGHT),
        (N_("SHA-256"), 29, _LEFT), (N_("收录"), 12, _LEFT),
    ),
    Shape.EVENTS: _columns(
        (N_("序号"), 8, _RIGHT), (N_("时间"), 14, _MID), (N_("事件"), 22, _LEFT), (N_("办理人"), 26, _LEFT),
        (N_("说明"), 30, _LEFT),
    ),
    Shape.PATHS: _columns((N_("序号"), 8, _RIGHT), (N_("事件摘要（叶）"), 46, _LEFT), (N_("证明路径"), 46, _LEFT)),
    Shape.NODES: _columns(("", 7, _RIGHT), ("", 93, _LEFT), quiet=(0,)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table of a dossier: rows of text, in the columns of its shape."""

    shape: str
    title: str
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    def block(self) -> Block:
        """Return it as it is drawn; texts too long for a sheet go on in rows of their own."""
        shape = SHAPES[Shape(self.shape)]
        rows = tuple(row for told in self.rows for row in _even(told))
        return Block(self.title, shape.columns, rows, self.total, shape.quiet)


def _even(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    parts = max(1, *(-(-len(cell) // _LONGEST) for cell in row))
    for part in range(parts):
        yield tuple(cell[part * _LONGEST : (part + 1) * _LONGEST] for cell in row)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; without sections there was nothing of the kind."""

    title: str
    sections: tuple[Section, ...]


def facts(title: str, told: Iterable[tuple[str, str]]) -> Section:
    """Set labels and values two to a row; what has no value is left out."""
    cells = [(label, value) for label, value in told if value]
    if len(cells) % 2:
        cells.append(("", ""))
    return Section(Shape.FACTS, title, tuple((*one, *two) for one, two in zip(cells[::2], cells[1::2], strict=True)))


def texts(title: str, told: Iterable[tuple[str, str]]) -> list[Section]:
    """Set long texts under their labels, paragraph by paragraph; nothing if all are empty."""
    rows = tuple(
        (label if first else "", line.strip())
        for label, value in told
        for first, line in _paragraphs(value)
        if line.strip()
    )
    return [Section(Shape.TEXTS, title, rows)] if rows else []


def _paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    return ((index == 0, line) for index, line in enumerate(lines))


def table(shape: Shape, title: str, rows: Iterable[tuple[str, ...]], total: tuple[str, ...] = ()) -> list[Section]:
    """Set rows under a title; nothing if there are none."""
    held = tuple(rows)
    return [Section(shape, title, held, total)] if held else []


def day(value: date | None) -> str:
    """Write a day; nothing if there is none."""
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> str:
    """Write a moment on a clock in China; nothing if there is none."""
    return f"{local(value):%Y-%m-%d %H:%M}" if value else ""


def digest_text(digest: str, shown: int = 64) -> str:
    """Write hexadecimal digits in groups of eight, so that they can be compared and wrap."""
    return " ".join(digest[start : start + 8] for start in range(0, min(len(digest), shown), 8))
