"""A cell that holds all money of an asset, line by line: 来源/级次/年度/文号/金额, as exported workbooks have it."""

import re
from collections.abc import Iterable

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.reading.amounts import Amount, parse_amount
from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.problems import Message, Problem, ProblemKind, say
from registry.assets.register.reading.values import squeezed
from registry.assets.register.registration import FundingFact
from registry.money import Unit, plain_yuan
from registry.text import N_

MOST_DOCUMENT = 80
_BETWEEN = re.compile(r"[；;\n]")
_YEAR = re.compile(r"[0-9]{4}")
_SOURCES = {squeezed(member.label): member for member in FundingSource}
_LEVELS = {squeezed(member.label): member for member in FundingLevel}
_EXAMPLE = N_("财政专项扶贫资金/中央/2019/渝财农〔2019〕36号/800000.00；自筹资金/村///86400.00")


def lines_text(lines: Iterable[FundingFact]) -> str:
    """Write the money of an asset in one cell; parse_lines() reads the same lines back."""
    return "；".join(
        "/".join((x.source.label, x.level.label, str(x.year or ""), _plain(x.document_no), plain_yuan(x.amount_fen)))
        for x in lines
    )


def _plain(document: str) -> str:
    return _BETWEEN.sub("，", document)


def parse_lines(cell: Cell) -> tuple[FundingFact, ...] | Problem:
    """Read every line of the cell; one that cannot be read refuses the cell."""
    found: list[FundingFact] = []
    for piece in filter(str.strip, _BETWEEN.split(cell.text)):
        line = _line(piece)
        if isinstance(line, Problem):
            return line
        found.append(line)
    return tuple(found)


def _line(piece: str) -> FundingFact | Problem:
    parts = [part.strip() for part in piece.split("/")]
    if len(parts) < 5:
        return _problem(say(N_("“%(text)s”不是五段"), text=piece.strip()))
    source, level = _SOURCES.get(squeezed(parts[0])), _LEVELS.get(squeezed(parts[1]))
    if source is None or level is None:
        return _problem(say(N_("“%(text)s”不是资金来源和级次"), text="/".join(parts[:2])))
    if parts[2] and not _YEAR.fullmatch(parts[2]):
        return _problem(say(N_("“%(text)s”不是年度"), text=parts[2]))
    amount = parse_amount(Cell(parts[-1], CellKind.TEXT), Unit.YUAN)
    if not isinstance(amount, Amount):
        return amount
    year, document = int(parts[2]) if parts[2] else None, "/".join(parts[3:-1])
    if len(document) > MOST_DOCUMENT:
        return _problem(say(N_("文号“%(text)s”太长"), text=document[:20]))
    return FundingFact(source, amount.fen, level, year, document)


def _problem(text: Message) -> Problem:
    return Problem(ProblemKind.FUNDING, text, say(N_("每笔写成 %(example)s"), example=_EXAMPLE))
