"""What an import would do, decided before anything is written: add, update, refuse, or leave as a duplicate. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry.assets.register.amendments.history import PastFact
from registry.assets.register.bigrams import folded
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.reading.problems import CellProblem, Message, Notice, Problem, ProblemKind, say
from registry.assets.register.registration import Registration, Stage
from registry.assets.register.rules import needs_second_person
from registry.assets.register.sheets.entry import Entry, Units
from registry.assets.register.sheets.fields import TableKind, label_of
from registry.assets.register.sheets.headings import Column
from registry.assets.register.sheets.past import past_facts, told_of_the_past
from registry.assets.register.sheets.projecting import UNKEPT, project_from
from registry.assets.register.sheets.records import ProjectRow
from registry.assets.register.sheets.registering import own_number, registration_from
from registry.assets.register.sheets.rows import RowKind, Skipped
from registry.assets.register.sheets.tables import ReadRow, Table
from registry.money import format_yuan
from registry.text import N_

#: Two rows with the same unit, folded name and year may be one thing.
Key = tuple[str, str, int]
#: Columns of assets that the register computes itself.
_COMPUTED = ("accumulated_depreciation", "net_value")


@dataclass(frozen=True)
class Twin:
    """Something of the same unit, name and year: its number (or id of a project), its row in the file, its value."""

    value_fen: int
    number: str = ""
    row: int = 0


@dataclass(frozen=True)
class KnownCard:
    """An asset that a row names by its number."""

    facts: Registration
    stage: Stage
    #: A weighty correction of it waits for the level above.
    waiting: bool = False


@dataclass(frozen=True)
class Known:
    """What the register holds already of the things the file may speak of."""

    twins: Mapping[Key, tuple[Twin, ...]] = field(default_factory=dict)
    cards: Mapping[str, KnownCard] = field(default_factory=dict)
    go_live: Mapping[str, date | None] = field(default_factory=dict)
    units: Units = field(default_factory=Units)


@dataclass(frozen=True)
class Planned:
    """One row that would be written: a new thing, or (with a number) a correction of a known asset."""

    row: int
    facts: Registration | ProjectFacts
    number: str = ""
    past: tuple[PastFact, ...] = ()
    #: A correction that waits for the level above.
    weighty: bool = False


@dataclass(frozen=True)
class Duplicate:
    """A row that is left out because the same thing is there already."""

    row: int
    name: str
    twin: Twin


@dataclass(slots=True)
class Plan:
    """What would become of every data row of a table."""

    planned: list[Planned] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    same: list[Skipped] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    invalid_rows: int = 0


def key_of(region_code: str, name: str, year: int) -> Key:
    """Return the key under which duplicates are looked for."""
    return region_code, folded(name), year


def make_plan(table: Table, known: Known, on: date) -> Plan:
    """Decide what becomes of every data row."""
    plan = Plan(notices=list(table.notices))
    columns = {column.field: column for column in table.heading.columns if column.field} if table.heading else {}
    seen: dict[Key, list[Twin]] = {}
    left_out: Counter[str] = Counter()
    for read in table.rows:
        planned = _plan_row(read, columns, known, on, plan, left_out)
        if planned is not None:
            _place(planned, known, seen, plan)
    plan.notices += _left_out(table, left_out)
    return plan


def _plan_row(
    read: ReadRow, columns: Mapping[str, Column], known: Known, on: date, plan: Plan, left_out: Counter[str]
) -> Planned | None:
    """Return what would be written of a row; None when it is refused or says nothing new."""
    if isinstance(read.values, ProjectRow):
        told = (None, [], []) if read.problems else project_from(read, read.values, columns, on.year)
        facts, problems, notices = told
        planned = Planned(read.row, facts) if facts else None
    else:
        unread = frozenset(problem.kind for problem in read.problems)
        entry = Entry(read.row, read.values, columns, on, known.units, unread=unread)
        planned = _plan_asset(entry, known, left_out)
        problems, notices = entry.problems, entry.notices
    if read.problems or problems:
        plan.invalid_rows += 1
        plan.problems += [*read.problems, *problems]
        return None
    if planned is None:
        plan.same.append(Skipped(read.row, RowKind.SAME, read.values.name or ""))
        return None
    plan.notices += [*read.notices, *notices]
    return planned


def _plan_asset(entry: Entry, known: Known, left_out: Counter[str]) -> Planned | None:
    number = own_number(entry.values)
    if number is not None:
        return _plan_update(entry, number, known, left_out)
    facts = registration_from(entry)
    if facts is None:
        return None
    past = past_facts(entry.values, facts, known.go_live.get(facts.region_code))
    told = told_of_the_past(entry.values)
    left_out.update(told if not past else ())
    return Planned(entry.row, facts, past=past)


def _plan_update(entry: Entry, number: str, known: Known, left_out: Counter[str]) -> Planned | None:
    card = known.cards.get(number)
    if card is None:
        _refuse_number(
            entry, number, say(N_("台账里没有这个编号，或不在您能登记的范围")), say(N_("核对编号；新资产把这一格清空"))
        )
        return None
    entry.base = card.facts
    facts = registration_from(entry)
    if facts is None or facts == card.facts:
        return None
    changed = changed_names(card.facts, facts)
    if card.stage is not Stage.CONFIRMED:
        text = say(N_("这项资产现在是“%(stage)s”，不能更正"), stage=card.stage.label)
        _refuse_number(entry, number, text, say(N_("等确认以后再导入更正，或在登记表里直接修改")))
        return None
    weighty = needs_second_person(changed)
    if card.waiting:
        _refuse_number(entry, number, say(N_("已有一件更正在等上一级确认")), say(N_("办完那一件再导入")))
        return None
    left_out.update(told_of_the_past(entry.values))
    labels = "、".join(_CHANGED_LABELS.get(name) or label_of(name) for name in changed)
    said = N_("更正%(fields)s，要等上一级确认") if weighty else N_("更正%(fields)s")
    entry.tell("asset_number", say(said, fields=labels))
    return Planned(entry.row, facts, number, weighty=weighty)


def _refuse_number(entry: Entry, number: str, text: Message, remedy: Message) -> None:
    entry.refuse("asset_number", number, Problem(ProblemKind.OTHER, text, remedy))


def changed_names(old: Registration, new: Registration) -> list[str]:
    """Return the fields in which two registrations differ."""
    return [name for name in Registration.__dataclass_fields__ if getattr(old, name) != getattr(new, name)]


_CHANGED_LABELS = {
    "category": N_("资产类别"), "funding": N_("资金来源"), "owners": N_("产权所有人"), "acquired": N_("购建时间"),
    "interest": N_("投资约定"), "original_value_fen": N_("原值"), "total_investment_fen": N_("总投资"),
    "quantity_milli": N_("数量"), "longitude_e6": N_("经度"), "latitude_e6": N_("纬度"),
    "depreciation": N_("折旧方法"), "location_code": N_("坐落区划代码"), "salvage_bp": N_("残值率"),
}  # fmt: skip


def _place(planned: Planned, known: Known, seen: dict[Key, list[Twin]], plan: Plan) -> None:
    """Keep a row to be written unless the same thing is known or stands above in the file."""
    if planned.number:
        plan.planned.append(planned)
        return
    key, value = thing_of(planned.facts)
    twins = [*known.twins.get(key, ()), *seen.get(key, ())]
    seen.setdefault(key, []).append(Twin(value, row=planned.row))
    same = next((twin for twin in twins if twin.value_fen == value), None)
    if same is not None:
        plan.duplicates.append(Duplicate(planned.row, planned.facts.name, same))
        return
    if twins:
        plan.notices.append(Notice(planned.row, label_of("name"), _alike(twins[0])))
    plan.planned.append(planned)


def _alike(twin: Twin) -> Message:
    where = twin.number or N_("第 %(row)d 行") % {"row": twin.row}
    return say(N_("与%(where)s同村同名同年，原值不同（%(value)s 元），请核对是不是同一项"), where=where,
               value=format_yuan(twin.value_fen))  # fmt: skip


def thing_of(facts: Registration | ProjectFacts) -> tuple[Key, int]:
    """Return the key of a new thing and its value."""
    if isinstance(facts, ProjectFacts):
        return key_of(facts.region_code, facts.name, facts.year), facts.total_fen
    year = facts.project_year or facts.acquired.day.year
    return key_of(facts.region_code, facts.name, year), facts.original_value_fen


def _left_out(table: Table, left_out: Counter[str]) -> list[Notice]:
    """Say which columns are not brought in, and why: nothing is lost without a word."""
    if table.heading is None:
        return []
    spare = [column.text for column in table.heading.columns if column.is_spare]
    notices = [Notice(None, text, say(N_("台账里没有这一栏，没有导入"))) for text in spare]
    by_field = {column.field: column.text for column in table.heading.columns if column.field}
    unkept = UNKEPT if table.kind is TableKind.PROJECTS else ()
    notices += [
        Notice(None, by_field[key], say(N_("没有导入：登记项目用不着这一栏"))) for key in unkept if key in by_field
    ]
    notices += [
        Notice(None, by_field[key], say(N_("由系统按折旧计算，不导入"))) for key in _COMPUTED if key in by_field
    ]
    why = N_("%(rows)d 行没有导入：历史只在登记启用日期以前形成的新资产时补录，其余请在资产页办理")
    return notices + [Notice(None, by_field.get(key, key), say(why, rows=rows)) for key, rows in left_out.items()]
