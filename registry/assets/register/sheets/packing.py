"""What a precheck found and what waits to be written, as JSON and back; sealed, for it may hold identity numbers."""

import base64
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from registry.assets.register.amendments.history import PastFact
from registry.assets.register.amendments.rules import LegacyKind
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.reading.problems import CellProblem, Message, Notice, ProblemKind
from registry.assets.register.registration import (
    DatePrecision,
    DepreciationMethod,
    FundingFact,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.assets.register.sheets.planning import Duplicate, Planned, Twin
from registry.assets.register.sheets.rows import RowKind, Skipped
from registry.kinds import Category, OwnerKind, Sector
from registry.sealing import seal, unseal

Json = Any


@dataclass(frozen=True)
class Told:
    """One thing that was decided while reading, and in which rows: the first few, and how many."""

    column: str
    text: Message
    rows: tuple[int, ...] = ()
    count: int = 0


MOST_SHOWN = 5


def gathered(notices: Iterable[Notice]) -> tuple[Told, ...]:
    """Join notices that say the same of a column, in the order in which they first came."""
    groups: dict[tuple[str, Message], list[int]] = {}
    for notice in notices:
        rows = groups.setdefault((notice.column, notice.text), [])
        if notice.row is not None:
            rows.append(notice.row)
    return tuple(Told(column, text, tuple(rows[:MOST_SHOWN]), len(rows)) for (column, text), rows in groups.items())


@dataclass(frozen=True)
class Report:
    """Everything the page of a precheck shows."""

    sheet: str = ""
    columns: int = 0
    unit: str = ""
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[Told, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    other_sheets: tuple[str, ...] = ()


def sealed(value: Json, place: str) -> str:
    """Write a JSON value, compressed and sealed for one place."""
    packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 3)
    return seal(base64.b64encode(packed).decode("ascii"), table="import", row=place, column="content")


def unsealed(stored: str, place: str) -> Json:
    """Read back what sealed() wrote."""
    plain = unseal(stored, table="import", row=place, column="content")
    return json.loads(zlib.decompress(base64.b64decode(plain)))


def sealed_bytes(data: bytes, digest: str) -> bytes:
    """Seal the bytes of a file; its own digest is its place."""
    packed = base64.b64encode(zlib.compress(data, 1)).decode("ascii")
    return seal(packed, table="import", row=digest, column="file").encode("ascii")


def unsealed_bytes(stored: bytes, digest: str) -> bytes:
    """Read back the bytes of a file."""
    plain = unseal(stored.decode("ascii"), table="import", row=digest, column="file")
    return zlib.decompress(base64.b64decode(plain))


def pack_report(report: Report) -> Json:
    """Write a report as JSON values."""
    return {
        "sheet": report.sheet,
        "columns": report.columns,
        "unit": report.unit,
        "problems": [
            [x.row, x.column, x.value, x.kind.value, _message(x.problem), _message(x.remedy), x.index]
            for x in report.problems
        ],
        "notices": [[x.column, _message(x.text), [*x.rows], x.count] for x in report.notices],
        "duplicates": [[x.row, x.name, x.twin.value_fen, x.twin.number, x.twin.row] for x in report.duplicates],
        "skipped": [[x.row, x.kind.value, x.text] for x in report.skipped],
        "other_sheets": [*report.other_sheets],
    }


def unpack_report(plain: Json) -> Report:
    """Read a report back."""
    return Report(
        sheet=plain["sheet"],
        columns=plain["columns"],
        unit=plain["unit"],
        problems=tuple(
            CellProblem(row, column, value, ProblemKind(kind), _said(problem), _said(remedy), index)
            for row, column, value, kind, problem, remedy, index in plain["problems"]
        ),
        notices=tuple(Told(column, _said(text), tuple(rows), n) for column, text, rows, n in plain["notices"]),
        duplicates=tuple(
            Duplicate(row, name, Twin(value, number, other)) for row, name, value, number, other in plain["duplicates"]
        ),
        skipped=tuple(Skipped(row, RowKind(kind), text) for row, kind, text in plain["skipped"]),
        other_sheets=tuple(plain["other_sheets"]),
    )


def _message(message: Message) -> Json:
    return [message.msgid, {name: _param(value) for name, value in message.params}]


def _param(value: object) -> Json:
    return value if isinstance(value, int) else str(value)


def _said(plain: Json) -> Message:
    return Message(plain[0], tuple(plain[1].items()))


def pack_planned(rows: Sequence[Planned]) -> Json:
    """Write planned rows as JSON values; fields that hold their default are left out."""
    return [
        {
            "row": x.row,
            "number": x.number,
            "weighty": x.weighty,
            "facts": _facts(x.facts),
            "past": [
                [one.kind.value, one.fact_on.isoformat(), one.document_no, one.note, one.amount_fen] for one in x.past
            ],
        }
        for x in rows
    ]


def unpack_planned(plain: Json, *, projects: bool) -> list[Planned]:
    """Read planned rows back."""
    facts = _project if projects else _registration
    return [
        Planned(
            x["row"],
            facts(x["facts"]),
            x["number"],
            tuple(
                PastFact(LegacyKind(kind), date.fromisoformat(day), document, note, amount)
                for kind, day, document, note, amount in x["past"]
            ),
            x["weighty"],
        )
        for x in plain
    ]


_DEFAULTS: dict[type, dict[str, object]] = {
    kind: {one.name: one.default for one in fields(kind)} for kind in (Registration, ProjectFacts, InterestFacts)
}


def _facts(facts: Registration | ProjectFacts | InterestFacts) -> Json:
    defaults = _DEFAULTS[type(facts)]
    return {name: _plain(value) for name, default in defaults.items() if (value := getattr(facts, name)) != default}


def _plain(value: object) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, PartialDate):
        return [value.day.isoformat(), value.precision.value]
    if isinstance(value, FundingFact):
        return [value.source.value, value.amount_fen, value.level.value, value.year, value.document_no]
    if isinstance(value, OwnerFact):
        return [
            value.kind.value, value.name, value.share_bp, value.region_code, value.credit_code, value.resident_id,
        ]  # fmt: skip
    return _facts(value) if isinstance(value, InterestFacts) else value


def _registration(plain: Json) -> Registration:
    read = dict(plain)
    for name in ("accepted_on", "in_use_on", "certificate_on"):
        if name in read:
            read[name] = date.fromisoformat(read[name])
    day, precision = read["acquired"]
    read["acquired"] = PartialDate(date.fromisoformat(day), DatePrecision(precision))
    read["category"] = Category(read["category"])
    read["owners"] = tuple(OwnerFact(OwnerKind(one[0]), *one[1:]) for one in read["owners"])
    read["funding"] = _funding(read["funding"])
    read["interest"] = _interest(read.get("interest", {}))
    if "depreciation" in read:
        read["depreciation"] = DepreciationMethod(read["depreciation"])
    return Registration(**read)


def _funding(lines: Json) -> tuple[FundingFact, ...]:
    return tuple(FundingFact(FundingSource(a), fen, FundingLevel(b), year, no) for a, fen, b, year, no in lines)


def _interest(plain: Json) -> InterestFacts:
    dates = {name: date.fromisoformat(plain[name]) for name in ("starts_on", "ends_on") if name in plain}
    return InterestFacts(**{**plain, **dates})


def _project(plain: Json) -> ProjectFacts:
    read = {**plain, "lines": _funding(plain["lines"])}
    if "sector" in read:
        read["sector"] = Sector(read["sector"])
    return ProjectFacts(**read)
