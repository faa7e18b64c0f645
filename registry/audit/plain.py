"""An event in plain words: who, post, unit, when, what, from what to what, why. Pure.

Values are said as people write them; codes and units keep their code here, and the page puts the feature's word to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from registry.audit.actions import Action, Outcome
from registry.audit.canonical import JsonValue, decode
from registry.audit.labels import FACTS, column_label, table_label
from registry.changes import Stored
from registry.clock import local
from registry.money import format_yuan
from registry.text import N_, Labelled

SEALED = N_("已封存")
ABSENT = "—"
#: Columns that tell a reader nothing: the version goes up by itself, ids and digests of search are the machine's own.
QUIET = frozenset({"id", "version_id", "uid", "resident_index"})
_UNITS = frozenset({
    "above_code", "desk_code", "foreign_region", "location_code", "parent_code", "region_code", "seat_code",
    "successor_code", "unit_code",
})  # fmt: skip
#: Months that are kept as one number: counted since year 0 by the books, as 202611 by income.
_MONTHS = frozenset({"closed_month", "month", "plan_from_month"})
_FLAGS = frozenset({"is_legacy", "must_change", "demo", "spans_villages"})
_CODES = frozenset({
    "above_role", "accounting_system", "acquired_precision", "act", "answer_way", "award", "beneficiary_class", "bound",
    "buyer_kind", "capacity", "category", "channel", "chart", "condition", "contribution", "criterion", "days_kind",
    "days_parameter", "decision", "deed", "depreciation_method", "desk_role", "destination", "detail", "duty",
    "end_way", "entitlement", "extent", "frequency", "grade", "ground", "group", "industry_class", "kind", "labour",
    "level", "link", "majority", "matter", "media_type", "method", "mode", "moment", "new_status", "operating_mode",
    "outcome", "owner_kind", "parameter", "parting", "pay_period", "pay_source", "payer", "population", "publicity",
    "recipient_kind", "relation", "rent_kind", "report", "resolved_by", "result", "return_kind", "risk", "role",
    "route", "route_key", "scope", "seat_role", "sector", "severity", "share_basis", "source", "stage", "state",
    "status", "step_kind", "subject", "subtype", "title_status", "use_status", "verdict", "verification", "way",
    "word",
})  # fmt: skip
#: Columns that hold a code in these tables and a person's words in others.
_CODES_OF_TABLE = frozenset({
    ("beneficiary_status", "end_reason"), ("beneficiary_status", "reason"), ("book_reopening", "answer"),
    ("income_row", "basis"), ("objection_answer", "finding"), ("plan_use", "basis"), ("proceeds_use", "purpose"),
    ("receipt", "basis"), ("receipt_check", "answer"), ("roll_change_line", "reason"),
})  # fmt: skip
_NAMES = ("name", "asset_no", "username", "serial", "caption", "file_name")
#: Longer texts (the JSON of a correction, a long remark) are folded away.
LONG = 200
MILLI, PERCENT_BP, MILLIONTH = 1000, 100, 1_000_000
YEAR_MONTHS = 12
#: A month counted since year 0 never comes to 100,000, one written as 202611 never lies below it.
_WRITTEN, _LEAST_WRITTEN = 100, 100_000


class Verb(Labelled):
    """What became of a row."""

    ADDED = "ADDED", N_("新增")
    CHANGED = "CHANGED", N_("修改")
    REMOVED = "REMOVED", N_("删除")


@dataclass(frozen=True)
class Said:
    """One value for reading; ``kind`` is text, long, word (to be translated), code or unit (looked up by the page).

    A month is told as 2026-11; the page writes it out.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One column of one row: from what to what."""

    table: str
    column: str
    label: str
    before: Said
    after: Said


@dataclass(frozen=True)
class RowChange:
    """One changed row: what it is called, and its lines."""

    label: str
    name: str
    verb: Verb
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PlainEvent:
    """One event for reading."""

    log_id: int
    seq: int
    region_code: str
    region_seq: int
    at: str
    action: Action
    outcome: Outcome
    is_system: bool
    who: str
    post: str
    unit_name: str
    thing_label: str
    thing_table: str
    thing_id: str
    reason: str
    request_id: str
    deed_id: str
    rows: tuple[RowChange, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def subject(self) -> str:
        """The name of the thing, where a changed row tells it."""
        return next((row.name for row in self.rows if row.label == self.thing_label and row.name), "")


def plain(payload: str) -> PlainEvent:
    """Say an event's payload in plain words; raises NotCanonical for bytes that are none."""
    event = cast("dict[str, JsonValue]", decode(payload))
    actor, thing = (cast("dict[str, JsonValue]", event[key]) for key in ("actor", "thing"))
    changes = cast("Sequence[Mapping[str, JsonValue]]", event["changes"])
    return PlainEvent(
        log_id=_number(event["log"]),
        seq=_number(event["seq"]),
        region_code=str(event["region"]),
        region_seq=_number(event["region_seq"]),
        at=china_time(str(event["at"])),
        action=Action(str(event["action"])),
        outcome=Outcome(str(event["outcome"])),
        is_system=actor["id"] is None,
        who=str(actor["name"]),
        post=str(actor["post"]),
        unit_name=str(actor["unit_name"]),
        thing_label=table_label(str(thing["table"])),
        thing_table=str(thing["table"]),
        thing_id=str(thing["id"]),
        reason=str(event["reason"]),
        request_id=str(event["request"]),
        deed_id=str(event["deed"]),
        rows=tuple(_row(change) for change in changes),
        facts=tuple(_facts(cast("Mapping[str, JsonValue]", event["facts"]))),
    )


def _number(value: JsonValue) -> int:
    return int(cast("int", value))


def china_time(text: str) -> str:
    """Write a moment of the trail in China's time to the second."""
    return local(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M:%S")


def _row(change: Mapping[str, JsonValue]) -> RowChange:
    table = str(change["table"])
    before = cast("Mapping[str, Stored] | None", change["before"])
    after = cast("Mapping[str, Stored] | None", change["after"])
    verb = Verb.ADDED if before is None else Verb.REMOVED if after is None else Verb.CHANGED
    known = after or before or {}
    name = next((str(known[key]) for key in _NAMES if known.get(key)), "")
    return RowChange(table_label(table), name, verb, tuple(_lines(table, before or {}, after or {})))


def standing_row(table: str, state: Mapping[str, Stored]) -> RowChange:
    """Say a row as it stood, in the words of a row that was added."""
    return _row({"table": table, "before": None, "after": cast("JsonValue", dict(state))})


def _lines(table: str, before: Mapping[str, Stored], after: Mapping[str, Stored]) -> Iterable[Line]:
    for column in {**before, **after}:
        old, new = before.get(column), after.get(column)
        # In a row that came or went whole, a number of another row or an empty column tells a reader nothing.
        told = bool(before and after) or (bool(old or new) and not column.endswith("_id"))
        if told and column not in QUIET and old != new:
            label = column_label(table, column)
            yield Line(table, column, label, say(column, old, table), say(column, new, table))


def say(column: str, value: Stored, table: str = "") -> Said:
    """Say one stored value as people write it."""
    if value is None or value == "":
        return Said("text", ABSENT)
    if isinstance(value, dict):
        return Said("word", SEALED)
    is_code = column in _CODES or (table, column) in _CODES_OF_TABLE
    if is_code or column in _UNITS:
        return Said("code" if is_code else "unit", str(value))
    if column in _FLAGS:
        return Said("word", N_("是") if value else N_("否"))
    if column in _MONTHS and isinstance(value, int) and value:
        return Said("month", _month(value))
    text = _measured(column, value)
    return Said("long" if len(text) > LONG else "text", text)


def _month(number: int) -> str:
    if number >= _LEAST_WRITTEN:
        year, month = divmod(number, _WRITTEN)
        return f"{year}-{month:02d}"
    year, passed = divmod(number, YEAR_MONTHS)
    return f"{year:04d}-{passed + 1:02d}"


def _measured(column: str, value: int | str) -> str:
    """Write amounts, shares, quantities, degrees and moments; everything else is its own text."""
    if isinstance(value, int):
        if column.endswith("_fen"):
            return f"{format_yuan(value)} 元"
        if column.endswith("_bp"):
            whole, part = divmod(value, PERCENT_BP)
            return f"{whole}.{part:02d}%"
        if column.endswith("_milli"):
            whole, part = divmod(value, MILLI)
            return f"{whole:,}.{part:03d}".rstrip("0").rstrip(".")
        if column.endswith("_e6"):
            return f"{Decimal(value) / MILLIONTH:f}"
        return str(value)
    return china_time(value) if column == "at" or column.endswith("_at") else value


def _facts(facts: Mapping[str, JsonValue]) -> Iterable[tuple[str, str]]:
    for key, value in facts.items():
        yield FACTS.get(key, key), _fact(value)


def _fact(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "；".join(f"{key} {_fact(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "、".join(map(_fact, value))
    return ABSENT if value is None else str(value)
