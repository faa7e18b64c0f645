"""抽样检查工作底稿: what was drawn and how, per item what is known and room for what is found, lines to sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.errors import Missing
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.places.queries import names_of
from registry.reports.covering import names_on
from registry.reports.glances import Glance
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.supervision.sampling.models import Sample, SampleItem
from registry.supervision.sampling.queries import get_sample, list_items
from registry.supervision.sampling.rules import DrawMethod, ItemResult
from registry.text import N_

TITLE = N_("抽样检查工作底稿")
_SIGNERS = (N_("检查人："), N_("复核人："), N_("被查单位负责人："))
_BOXES = N_("□无问题 □有问题")
_SURE = N_("必抽")
_OF_VALUE = N_("，必抽 %(sure)s 项，其余共 %(rest)s 元中再抽 %(left)s 项")
_OF_RISK = N_("，必抽 %(sure)s 项，其余共 %(rest)s 分中再抽 %(left)s 项")


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One item: what is known of it, why it was drawn, and the result if there is one."""

    key: str
    unit_name: str
    number: str
    name: str
    value_fen: int
    facts: str
    why: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """The worksheet of a sample."""

    unit_name: str
    region_code: str
    number: str
    purpose: str
    drawn_text: str
    proof_text: str
    lines: tuple[SampleLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> SampleSheet:
    """Read a sample. Raises Missing."""
    sample = get_sample(parameters.sample_id, actor, Permission.PRINT)
    if sample.region_code != region_code:
        raise Missing
    names, items = names_on(region_code, on), list_items(sample.id)
    units = names_of({one.unit_code for one in items})
    return SampleSheet(
        unit_name="　".join(names[1:] or names), region_code=region_code, number=sample.number,
        purpose=sample.purpose, drawn_text=_drawn(sample), proof_text=_proof(sample, sum(one.is_sure for one in items)),
        lines=tuple(_line(one, units) for one in items),
    )  # fmt: skip


def _drawn(sample: Sample) -> str:
    words = N_("%(day)s 由%(who)s从 %(total)s 项%(what)s（共 %(value)s 元）中%(how)s抽取 %(n)s 项")
    return words % {
        "day": sample.drawn_on.isoformat(), "who": sample.drawn_by_text, "total": f"{sample.population_size:,}",
        "what": sample.out_of.label, "value": format_yuan(sample.population_fen), "how": sample.way.label,
        "n": sample.drawn,
    }  # fmt: skip


def _proof(sample: Sample, sure: int) -> str:
    words = N_("抽样种子 %(seed)s，总体摘要 %(digest)s")
    text = words % {"seed": sample.seed, "digest": sample.population_digest}
    if sample.way is DrawMethod.RANDOM:
        return text
    rest = format_yuan(sample.rest_weight) if sample.way is DrawMethod.VALUE else f"{sample.rest_weight:,}"
    words = {DrawMethod.VALUE: _OF_VALUE, DrawMethod.RISK: _OF_RISK}[sample.way]
    return text + words % {"sure": sure, "rest": rest, "left": sample.drawn - sure}


def _line(one: SampleItem, units: dict[str, str]) -> SampleLine:
    why = "、".join([*([_SURE] if one.is_sure else []), *(sign.label for sign in one.why)])
    result = one.found.label if one.found else ""
    return SampleLine(
        one.draw_key,
        units.get(one.unit_code, ""),
        one.number,
        one.name,
        one.value_fen,
        one.facts,
        why,
        result,
        one.note,
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 24, Align.CENTER, Kind.CODE),
        Column(N_("抽样键"), 62, Align.CENTER, Kind.CODE),
        Column(N_("单位"), 52),
        Column(N_("编号"), 117, Align.CENTER, Kind.CODE),
        Column(N_("名称"), 96),
        Column(N_("金额"), 70, Align.RIGHT, Kind.AMOUNT),
        Column(N_("登记的情况"), 96),
        Column(N_("抽中原因"), 54),
        Column(N_("检查结果"), 92, Align.CENTER),
        Column(N_("检查情况"), 112.89),
    ),
    summed=(5,),
    counted=N_("项"),
)


def draw(figures: SampleSheet, imprint: Imprint) -> bytes:
    """Draw the worksheet: what is known, and columns to fill in by hand where no result stands."""
    facts = ((N_("抽样编号"), figures.number), (N_("目的"), figures.purpose))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: SampleSheet) -> Iterator[Row]:
    for ordinal, one in enumerate(figures.lines, 1):
        yield Line((
            str(ordinal), one.key, one.unit_name, one.number, one.name, one.value_fen, one.facts or None,
            one.why or None, one.result or _BOXES, one.note,
        ))  # fmt: skip
    yield Note(f"{figures.drawn_text}。")
    yield Note(f"{figures.proof_text}。")
    yield Note(N_("按“种子|抽样键”的 SHA-256 排号，任何人都可以用同一份名单重新抽出同样的结果。"))


_SHEET_COLUMNS = (
    SheetColumn(N_("抽样键"), width=16),
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("编号"), width=26),
    SheetColumn(N_("名称"), width=30),
    SheetColumn(N_("金额"), CellKind.AMOUNT, 16),
    SheetColumn(N_("登记的情况"), width=40),
    SheetColumn(N_("抽中原因"), width=20),
    SheetColumn(N_("检查结果"), width=14, choices=tuple(one.label for one in ItemResult)),
    SheetColumn(N_("检查情况"), width=50),
)


def sheet(figures: SampleSheet, imprint: Imprint) -> bytes:
    """Write the same worksheet as a spreadsheet."""
    rows = (
        (one.key, one.unit_name, one.number, one.name, one.value_fen, one.facts, one.why, one.result, one.note)
        for one in figures.lines
    )
    said = sheet_heading(figures.unit_name, figures.number, figures.purpose, imprint)
    heading = (TITLE, *said, figures.drawn_text, figures.proof_text)
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()


def glance(figures: SampleSheet) -> Glance:
    """Return what a reader compares of a worksheet."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("抽样编号"), figures.number),
        (N_("抽出"), N_("%(count)s 项") % {"count": len(figures.lines)}),
        (N_("金额（元）"), format_yuan(sum(one.value_fen for one in figures.lines))),
    )
