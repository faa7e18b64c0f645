"""The whole reading of a sheet: every row of the file is importable, to be put right, or skipped with a reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from registry.assets.register.reading.amounts import Amount, amount_problem
from registry.assets.register.reading.cells import Cell, CellKind, Row, Sheet, cell_at, trimmed
from registry.assets.register.reading.problems import CellProblem, Notice, ProblemKind, say
from registry.assets.register.sheets.checks import settle
from registry.assets.register.sheets.fields import Reader, TableKind
from registry.assets.register.sheets.headings import Column, Heading, find_heading
from registry.assets.register.sheets.places import RegionIndex
from registry.assets.register.sheets.readers import (
    COUNTED,
    ColumnReader,
    RowReading,
    clean_text,
    column_readers,
    read_row,
)
from registry.assets.register.sheets.records import AssetRow, Defaults, ProjectRow
from registry.assets.register.sheets.rows import Lent, RowKind, Skipped, check_totals, classify_rows, excerpt, lend
from registry.text import N_


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One data row: what it says, what is wrong with it, what was decided while reading it."""

    row: int
    values: AssetRow | ProjectRow
    problems: tuple[CellProblem, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet read through; ``row_count`` = importable + invalid + skipped."""

    sheet: str
    kind: TableKind
    heading: Heading | None
    rows: tuple[ReadRow, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[Notice, ...]
    row_count: int

    @property
    def importable(self) -> tuple[ReadRow, ...]:
        """The rows without a problem."""
        return tuple(row for row in self.rows if not row.problems)

    @property
    def invalid(self) -> tuple[ReadRow, ...]:
        """The rows that must be put right."""
        return tuple(row for row in self.rows if row.problems)

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """All problems in the order of the file."""
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def problem_counts(self) -> tuple[tuple[ProblemKind, int], ...]:
        """How many problems there are of each kind that occurs, in the order of the report."""
        counts = Counter(problem.kind for problem in self.problems)
        return tuple((kind, counts[kind]) for kind in ProblemKind if counts[kind])

    @property
    def skipped_counts(self) -> tuple[tuple[RowKind, int], ...]:
        """How many rows were skipped for each reason that occurs."""
        counts = Counter(skipped.kind for skipped in self.skipped)
        return tuple((kind, counts[kind]) for kind in RowKind if counts[kind])


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is the same for all rows of a table."""

    kind: TableKind
    readers: tuple[ColumnReader, ...]
    columns: dict[str, Column]
    spare: tuple[Column, ...]
    regions: RegionIndex
    defaults: Defaults
    lent: Lent


def read_table(
    sheet: Sheet,
    regions: RegionIndex,
    *,
    remembered: Mapping[str, str] | None = None,
    defaults: Defaults | None = None,
    kind: TableKind | None = None,
) -> Table:
    """Read a sheet of assets or projects.

    ``remembered`` maps heading texts to fields, ``defaults`` stand where the table says nothing, ``kind`` is a
    person's decision about what the sheet lists.
    """
    rows, chosen = trimmed(list(sheet.rows)), defaults or Defaults()
    heading = find_heading(rows, remembered, sheet.merged, kind)
    if heading is None or heading.kind is TableKind.UNKNOWN:
        return _unread(sheet.name, rows, heading)
    return _table(sheet, rows, heading, regions, chosen)


def _table(sheet: Sheet, rows: tuple[Row, ...], heading: Heading, regions: RegionIndex, chosen: Defaults) -> Table:
    kinds = classify_rows(rows, heading)
    readers = column_readers(heading.columns, heading.unit or chosen.unit, heading.kind)
    plan = _Plan(
        kind=heading.kind,
        readers=readers,
        columns={reader.key: reader.column for reader in readers},
        spare=tuple(column for column in heading.columns if column.is_spare),
        regions=regions,
        defaults=chosen,
        lent=lend(sheet.merged, rows, kinds),
    )
    data = (number for number, kind in enumerate(kinds, 1) if kind is RowKind.DATA)
    settled = tuple(_settled(_read(number, rows[number - 1], plan), plan) for number in data)
    texts = {str(reader.column.index): reader.column.text for reader in readers}
    notices = check_totals(kinds, _amounts(rows, kinds, plan), texts)
    return Table(sheet.name, heading.kind, heading, settled, _skipped(rows, kinds), notices, len(rows))


def _unread(name: str, rows: tuple[Row, ...], heading: Heading | None) -> Table:
    """Skip every row of a sheet that lists neither assets nor projects, so that the counts still add up."""
    kinds = classify_rows(rows, heading) if heading else (RowKind.DATA,) * len(rows)
    unread = tuple(RowKind.UNREAD if kind is RowKind.DATA else kind for kind in kinds)
    return Table(name, TableKind.UNKNOWN, heading, (), _skipped(rows, unread), (), len(rows))


def _skipped(rows: tuple[Row, ...], kinds: tuple[RowKind, ...]) -> tuple[Skipped, ...]:
    return tuple(
        Skipped(number, kind, excerpt(row))
        for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), 1)
        if kind is not RowKind.DATA
    )


def _read(number: int, row: Row, plan: _Plan) -> RowReading:
    lent = plan.lent.to(number)
    reading = read_row(number, row, plan.readers, plan.columns, lent)
    for column in plan.spare:
        text = clean_text(cell_at(row, column.index).text)
        if text:
            reading.extras.append((column.text, text))
    if plan.lent.first_rows:
        _judge_merged(reading, row, plan)
    return reading


def _judge_merged(reading: RowReading, row: Row, plan: _Plan) -> None:
    """Refuse amounts and quantities of merged cells; say which texts were taken from a row above."""
    for reader in plan.readers:
        first = plan.lent.first_rows.get((reading.row, reader.column.index))
        if first is None:
            continue
        if reader.reader in COUNTED:
            text = say(N_("从第 %(row)d 行起几行合并成一格，分不出各行是多少"), row=first)
            problem = amount_problem(text, say(N_("取消合并，每行各填各的")))
            reading.refuse(reader.key, reader.column.text, problem, column=reader.column)
        elif first != reading.row and reader.reader is not Reader.NUMERAL:
            cell = reading.cells.get(reader.key)
            text = say(N_("与第 %(row)d 行合并，也按“%(value)s”读"), row=first, value=cell.text if cell else "")
            reading.notices.append(Notice(reading.row, reader.column.text, text))


def _settled(reading: RowReading, plan: _Plan) -> ReadRow:
    values = settle(reading, plan.kind, plan.regions, plan.defaults)
    return ReadRow(reading.row, values, tuple(reading.problems), tuple(reading.notices))


def _amounts(rows: tuple[Row, ...], kinds: tuple[RowKind, ...], plan: _Plan) -> dict[int, dict[str, int | None]]:
    """Return every amount of the data, subtotal and total rows; nothing when no row adds up others."""
    if RowKind.SUBTOTAL not in kinds and RowKind.TOTAL not in kinds:
        return {}
    money = [reader for reader in plan.readers if reader.reader is Reader.MONEY]
    wanted = {RowKind.DATA, RowKind.SUBTOTAL, RowKind.TOTAL}
    return {
        number: {str(reader.column.index): _fen(reader, cell) for reader in money if (cell := _filled(row, reader))}
        for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), 1)
        if kind in wanted
    }


def _filled(row: Row, reader: ColumnReader) -> Cell | None:
    cell = cell_at(row, reader.column.index)
    return cell if cell.kind is not CellKind.EMPTY else None


def _fen(reader: ColumnReader, cell: Cell) -> int | None:
    value = reader.seen[cell] if cell in reader.seen else reader.read(cell)
    if value is None:
        return 0
    return value.fen if isinstance(value, Amount) else None
