"""What the pages of an import show, worked out of the report of its precheck."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from registry.assets.register.reading.amounts import UNIT_WORDS
from registry.assets.register.reading.cells import CellKind, Sheet, cell_at
from registry.assets.register.reading.problems import CellProblem, Message, ProblemKind
from registry.assets.register.sheets.choosing import Choices, missing_fields
from registry.assets.register.sheets.fields import label_of
from registry.assets.register.sheets.headings import Column, Heading
from registry.assets.register.sheets.models import ImportUpload
from registry.assets.register.sheets.packing import Report
from registry.assets.register.sheets.rows import RowKind
from registry.money import Unit

PAGE = 100


class View(StrEnum):
    """Which rows of a precheck are looked at."""

    INVALID = "invalid"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    NEW = "new"


def said(message: Message) -> str:
    """Translate a sentence of the reading for the reader."""
    params = {name: _(value) if isinstance(value, str) else value for name, value in message.params}
    return str(_(message.msgid, **params) if params else _(message.msgid))


def counted(kinds: Sequence[tuple[RowKind, int]]) -> str:
    """Write how many rows there are of each kind: 标题 2、单位说明 1."""
    return "、".join(f"{_(kind.label)} {count}" for kind, count in kinds)


@dataclass(frozen=True)
class Shown:
    """One page of rows: (row, column, value, problem, remedy) or fewer cells, and the place in the whole."""

    rows: Sequence[Any]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str


def page_of(items: Sequence[Any], start: int, endpoint: str, **values: Any) -> Shown:
    """Return one page of a list that is held whole."""
    shown = items[start : start + PAGE]
    before = url_for(endpoint, start=max(start - PAGE, 0), **values) if start else ""
    after = url_for(endpoint, start=start + PAGE, **values) if start + PAGE < len(items) else ""
    return Shown(shown, min(start + 1, len(items)), start + len(shown), len(items), before, after)


def skipped_sentence(upload: ImportUpload, report: Report) -> str:
    """Say why rows are skipped, and that the four counts add up."""
    counts = Counter(one.kind for one in report.skipped)
    reasons = counted([(kind, counts[kind]) for kind in RowKind if counts[kind]])
    if not reasons:
        return str(_("没有跳过的行。三项相加 %(rows)s 行。", rows=upload.rows))
    return str(
        _(
            "另跳过 %(count)s 行：%(reasons)s。四项相加 %(rows)s 行。",
            count=upload.skipped,
            reasons=reasons,
            rows=upload.rows,
        )
    )


def file_sentence(upload: ImportUpload, report: Report, unknown: int) -> str:
    """Say how the file was read."""
    recognised = _("全部认出") if not unknown else _("%(count)s 列没有导入", count=unknown)
    unit = _(UNIT_WORDS[Unit[report.unit]]) if report.unit else ""
    money = _("金额按“%(unit)s”读取。", unit=unit) if unit else _("金额按各列的单位读取。")
    return str(
        _(
            "工作表“%(sheet)s”，%(rows)s 行，%(columns)s 列，%(recognised)s。%(money)s预检用时 %(seconds)s 秒",
            sheet=report.sheet, rows=upload.rows, columns=report.columns, recognised=recognised, money=money,
            seconds=f"{upload.checked_ms / 1000:.1f}",
        )
    )  # fmt: skip


def counter_items(upload: ImportUpload, report: Report, view: View) -> list[tuple[Any, ...]]:
    """Return the three counters of the page."""
    inside = sum(1 for one in report.duplicates if one.twin.row)
    known = upload.duplicate - inside
    remarks = {
        View.NEW: _("新增 %(added)s 行，更正 %(corrected)s 行", added=upload.added, corrected=upload.corrected),
        View.INVALID: _("共 %(count)s 处问题，下面逐条列出", count=len(report.problems)),
        View.DUPLICATE: _("与台账重复 %(known)s 行，文件内重复 %(inside)s 行", known=known, inside=inside),
    }
    looks = (
        ("green", "check-circle", _("可导入"), upload.importable, View.NEW),
        ("red", "x-circle", _("需修改"), upload.invalid, View.INVALID),
        ("orange", "files", _("重复"), upload.duplicate, View.DUPLICATE),
    )
    return [
        (tone, symbol, label, f"{number:,}", remarks[which], _url(upload, which), which is view)
        for tone, symbol, label, number, which in looks
    ]


def _url(upload: ImportUpload, view: View, **values: Any) -> str:
    return url_for("sheets.precheck", upload_id=upload.id, view=view.value, **values)


def kind_links(upload: ImportUpload, report: Report, chosen: ProblemKind | None) -> list[tuple[str, int, str, bool]]:
    """Return the groups of problems as label, count, address and whether it is shown."""
    counts = Counter(problem.kind for problem in report.problems)
    links = [(_("全部"), len(report.problems), _url(upload, View.INVALID), chosen is None)]
    return links + [
        (_(kind.label), counts[kind], _url(upload, View.INVALID, kind=kind.value), kind is chosen)
        for kind in ProblemKind
        if counts[kind]
    ]


def problem_rows(problems: Sequence[CellProblem], kind: ProblemKind | None) -> list[tuple[int, str, str, str, str]]:
    """Return the lines of the table: 行号, 列, 单元格原值, 问题, 怎么改."""
    return [
        (one.row, one.column, one.value, said(one.problem), said(one.remedy))
        for one in problems
        if kind is None or one.kind is kind
    ]


@dataclass(frozen=True)
class ColumnLine:
    """One column on the mapping page: its heading, how sure we are, a few of its cells."""

    column: Column
    sure: bool
    samples: tuple[str, ...]


def column_lines(sheet: Sheet, heading: Heading | None) -> Iterator[ColumnLine]:
    """Return the columns with up to three different cells below each heading."""
    if heading is None:
        return
    unsure = set(heading.to_map)
    for column in heading.columns:
        cells = (cell_at(row, column.index) for row in sheet.rows[heading.last_row : heading.last_row + 50])
        texts = dict.fromkeys(cell.text.strip()[:20] for cell in cells if cell.kind is not CellKind.EMPTY)
        yield ColumnLine(column, column not in unsure, tuple(texts)[:3])


def missing_labels(heading: Heading | None, choices: Choices) -> list[str]:
    """Return the names of the required fields that no column holds and nobody chose."""
    if heading is None:
        return []
    return [_(label_of(key)) for key in missing_fields(heading, choices)]
