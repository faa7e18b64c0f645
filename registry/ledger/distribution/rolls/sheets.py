"""A sheet of households, one line for each person: every line is in order, or every wrong one is told. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from registry.assets.register.reading.cells import Cell, CellKind, Row, Sheet, cell_at, is_empty
from registry.assets.register.reading.dates import parse_date
from registry.assets.register.reading.problems import Problem
from registry.errors import Invalid, RegistryError
from registry.ledger.distribution.rolls.enrolling import Enrolment
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.rolls.sheet_words import (
    COLUMNS,
    LABOURS,
    NEEDED_COLUMNS,
    NO,
    RELATIONS,
    YES,
    ReliefOnly,
    read_classes,
)
from registry.parties.households.rules import (
    HouseholdFacts,
    PersonFacts,
    Relation,
    check_household,
    check_person,
    parse_shares,
)
from registry.text import N_, Labelled

T = TypeVar("T")
Word = TypeVar("Word", bound=Labelled)
MOST_ROWS = 40_000
_HEAD_ROWS = 20


class NoHeading(Invalid):
    """The sheet says what its columns are."""

    message = N_("没有找到列名。第一行应有“户主身份证号”“姓名”“与户主关系”，可先下载空白模板。")


class SheetTooLong(Invalid):
    """A village is brought in at once, a county is not."""

    message = N_("一次最多导入 %(most)s 人，请按村分开。")


class CellUnread(Invalid):
    """A cell holds what its column cannot mean."""

    message = N_("“%(heading)s”写的“%(text)s”看不懂。")


class WordUnread(Invalid):
    """A cell holds none of the words its column knows."""

    message = N_("“%(heading)s”写的“%(text)s”看不懂，请写其中一种：%(words)s。")


class HeadMissing(Invalid):
    """Every household has its head's line."""

    message = N_("这一户没有户主那一行。")


class DayMissing(Invalid):
    """A class is recognised on a day."""

    message = N_("没有认定日期。")


class SizeTooSmall(Invalid):
    """A household has at least the people listed."""

    message = N_("“家庭人口”比列出的人数少。")


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with a line of the file: its number, counted as the file does, and why."""

    row: int
    error: RegistryError


@dataclass
class Reading:
    """Households read from a sheet with the lines they stand on, and what is wrong."""

    households: list[tuple[int, Enrolment]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    number: int
    texts: Mapping[str, str]
    day: date | None
    person: PersonFacts


def read_sheet(sheet: Sheet, region_code: str, day: date | None, basis: str) -> Reading:
    """Read every household of a sheet; one that cannot be read tells its lines. Raises NoHeading, SheetTooLong."""
    start, columns = _heading(sheet.rows)
    rows = [(number, row) for number, row in enumerate(sheet.rows[start:], start + 1) if not is_empty(row)]
    if len(rows) > MOST_ROWS:
        raise SheetTooLong(field="file", most=MOST_ROWS)
    reading, by_head, broken = Reading(), defaultdict[str, list[_Line]](list), set[str]()
    for number, row in rows:
        head = _digits(cell_at(row, columns["head_id"]).text)
        line = _caught(reading, number, partial(_line, number, row, columns))
        if line is None:
            broken.add(head)
        else:
            by_head[head].append(line)
    for lines in (lines for head, lines in by_head.items() if head not in broken):
        made = _caught(reading, lines[0].number, partial(_enrolment, lines, region_code, day, basis))
        if made is not None:
            reading.households.append((lines[0].number, made))
    reading.problems.sort(key=lambda one: one.row)
    return reading


def _caught(reading: Reading, row: int, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except RegistryError as error:
        reading.problems.append(RowProblem(row, error))
        return None


def _heading(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    """Return the line below the headings and where each column stands."""
    names = {text: key for key, texts in COLUMNS.items() for text in texts}
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            key = names.get("".join(cell.text.split()).partition("（")[0])
            if key is not None:
                found.setdefault(key, place)
        if all(key in found for key in NEEDED_COLUMNS):
            return index + 1, found
    raise NoHeading(field="file")


def _line(number: int, row: Row, columns: Mapping[str, int]) -> _Line:
    cells = {key: cell_at(row, columns[key]) if key in columns else Cell("", CellKind.EMPTY) for key in COLUMNS}
    texts = {key: " ".join(cell.text.split()) for key, cell in cells.items()}
    texts["head_id"] = _digits(texts["head_id"])
    person = PersonFacts(
        name=texts["name"],
        relation=_one_of(RELATIONS, texts, "relation"),
        resident_id=_digits(texts["resident_id"]),
        labour=_one_of(LABOURS, texts, "labour"),
        is_member=_yes(texts, "is_member"),
        share_hundredths=parse_shares(texts["shares"] or "0"),
        assistance_hundredths=parse_shares(texts["assistance"] or "0"),
    )
    if person.relation is Relation.HEAD and not person.resident_id:
        person = PersonFacts(**{**vars(person), "resident_id": texts["head_id"]})
    check_person(person)
    return _Line(number, texts, _day(cells["recognised_on"]), person)


def _digits(text: str) -> str:
    return "".join(text.split()).lstrip("'").upper()


def _one_of(words: Mapping[str, Word], texts: Mapping[str, str], key: str) -> Word:
    text = texts[key].replace("(", "（").replace(")", "）").removeprefix("之")
    found = words.get(text)
    if found is None:
        known = "、".join(dict.fromkeys(one.label for one in words.values()))
        raise WordUnread(heading=COLUMNS[key][0], text=texts[key], words=known)
    return found


def _yes(texts: Mapping[str, str], key: str) -> bool:
    text = texts[key].upper()
    if text not in YES | NO:
        raise CellUnread(heading=COLUMNS[key][0], text=texts[key])
    return text in YES


def _day(cell: Cell) -> date | None:
    if not cell.text.strip():
        return None
    found = parse_date(cell)
    if isinstance(found, Problem):
        raise CellUnread(heading=COLUMNS["recognised_on"][0], text=cell.text)
    return found.day


def _enrolment(lines: list[_Line], region_code: str, day: date | None, basis: str) -> Enrolment:
    head = next((one for one in lines if one.person.relation is Relation.HEAD), None)
    if head is None or head.person.resident_id != head.texts["head_id"]:
        raise HeadMissing
    recognised = head.day or day
    if recognised is None:
        raise DayMissing
    household = HouseholdFacts(
        region_code=region_code,
        group_name=head.texts["group"][:20],
        persons=tuple(one.person for one in lines),
        bank_name=head.texts["bank_name"][:60],
        bank_account=_digits(head.texts["bank_account"]),
        phone=_digits(head.texts["phone"]),
        is_cadre=_yes(head.texts, "is_cadre"),
        unnamed=_unnamed(head.texts["size"], len(lines)),
    )
    check_household(household)
    return Enrolment(household, recognised, basis, *_classes(head.texts))


def _unnamed(text: str, listed: int) -> int:
    """Whoever the household counts and the sheet does not name is counted only."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise CellUnread(heading=COLUMNS["size"][0], text=text)
    if int(text) < listed:
        raise SizeTooSmall
    return int(text) - listed


def _classes(texts: Mapping[str, str]) -> tuple[BeneficiaryClass, frozenset[BeneficiaryClass]]:
    """Return the class in which a household stands, an ordinary one if none is said, and its relief."""
    said = read_classes(COLUMNS["standing"][0], texts["standing"])
    beside = read_classes(COLUMNS["relief"][0], texts["relief"])
    if beside.standing is not None:
        raise ReliefOnly(heading=COLUMNS["relief"][0], text=texts["relief"])
    return said.standing or BeneficiaryClass.ORDINARY, said.relief | beside.relief
