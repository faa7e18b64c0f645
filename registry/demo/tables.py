"""Reading the tables of the demo county: one row, one tuple; the headings are for people."""

import csv
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import FundingFact
from registry.money import Unit, parse_fen
from registry.text import Labelled

#: The day on which the demo is told: nothing in it is later.
DEMO_TODAY = date(2026, 11, 23)
#: The day from which the county works in this register.
GO_LIVE = date(2021, 7, 1)
#: Between several entries of one cell, between a unit and what stands in it, and between the parts of one entry.
SEPARATOR, COLON, DOT = "；", "：", "·"

_L = TypeVar("_L", bound=Labelled)
_R = TypeVar("_R", bound=tuple[str, ...])


def read(name: str, row: type[_R]) -> tuple[_R, ...]:
    """Return the rows of a table, each with the fields of ``row`` in the order of its columns."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        _headings, *lines = csv.reader(file)
    return tuple(row(*cells) for cells in lines)


def labelled(kind: type[_L], label: str) -> _L:
    """Return the member that bears this Chinese label; raises KeyError."""
    return {member.label: member for member in kind}[label]


def day_of(text: str) -> date | None:
    """Return the day a cell names, None for an empty one."""
    return date.fromisoformat(text) if text else None


def told_day(text: str, today: date) -> date:
    """Read a day as stories tell it: a date, or so many days before (-) or after (+) the day of the telling."""
    return today + timedelta(days=int(text)) if text[0] in "+-" else date.fromisoformat(text)


def split(cell: str) -> list[str]:
    """Return the entries of a cell."""
    return cell.split(SEPARATOR) if cell else []


def quantity_milli(text: str) -> tuple[int, str]:
    """Read 4.1公里 as 4100 thousandths and its unit."""
    match = re.fullmatch(r"(\d+)(?:\.(\d{1,3}))?(.*)", text)
    if match is None:
        raise ValueError(text)
    whole, part, unit = match.groups()
    return int(whole) * 1000 + int((part or "").ljust(3, "0")), unit


class DocumentRow(NamedTuple):
    """Money of one source and year, by the short name that other tables use."""

    key: str
    source: str
    level: str
    year: str
    number: str


@cache
def documents() -> dict[str, DocumentRow]:
    """Return the funding documents by their short name."""
    return {row.key: row for row in read("documents", DocumentRow)}


def money(cell: str) -> tuple[FundingFact, ...]:
    """Read lines of money: the short name of a document and 万元."""
    return tuple(_line(*entry.split(" ")) for entry in split(cell))


def _line(key: str, amount: str) -> FundingFact:
    row = documents()[key]
    return FundingFact(
        labelled(FundingSource, row.source), parse_fen(amount, Unit.WAN), labelled(FundingLevel, row.level),
        int(row.year) if row.year else None, row.number,
    )  # fmt: skip
