"""Cells that hold money: one exact amount, or a problem that says why not. Nothing is guessed."""

import re
import unicodedata
from dataclasses import dataclass

from registry.assets.register.reading.cells import Cell
from registry.assets.register.reading.numerals import letter_among_digits, written_fen
from registry.assets.register.reading.problems import Message, Problem, ProblemKind, said_by, say
from registry.errors import Invalid
from registry.money import MAX_FEN, AmountTooLarge, FinerThanFen, Unit, parse_fen, plain_yuan
from registry.text import N_

UNIT_WORDS = {Unit.YUAN: N_("元"), Unit.WAN: N_("万元"), Unit.YI: N_("亿元")}
#: Nothing says 元 or 万元: the problem that choosing a unit for the file solves.
NO_UNIT = N_("表头和单元格都没写“元”还是“万元”")
#: What people write in a cell to say that there is nothing.
NOTHING = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "没有", "暂无", "N/A", "n/a"})

_VAGUE = re.compile(
    r"约|近|余|左右|上下|以上|以下|不足|超过|超|至少|大概|大约|预计|[多几数][元万亿]|多$|[≥≤><≈~+]$|^[≥≤><≈~]"
)
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WRITTEN_UNIT = re.compile(r"(?:[0-9.])(?P<unit>万亿元?|亿元?|万元?|[元圆])$")
_UNIT_MEANT = {"亿": Unit.YI, "万": Unit.WAN, "元": Unit.YUAN, "圆": Unit.YUAN}
_NOTE = re.compile(r"^(?P<amount>[^(]+)\((?P<note>[^()]*)\)$")
_NOTE_UNIT = re.compile(r"(?:单位:?)?(?P<unit>亿元|万元|元)")
_COVERED = re.compile(r"[*＊×xX█■]+(?:万?元)?")
_SIZE = re.compile(r"[0-9]\D{0,3}[×xX*][0-9]")
_OTHER_MEASURE = re.compile(r"[0-9](?:千米|公里|平方米|立方米|米|亩|公顷|户|人|头|只|台|套|座|个|处|吨|㎡|m2?|km)$")
_TRILLION = ("万亿元", "万亿")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen and the note that stood in the cell beside it."""

    fen: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NoUnit(Problem):
    """The one problem a person can solve for the whole column: neither heading nor cell names a unit."""


def amount_problem(text: Message, remedy: Message) -> Problem:
    """Compose a problem of the kind AMOUNT."""
    return Problem(ProblemKind.AMOUNT, text, remedy)


def parse_amount(cell: Cell, unit: Unit | None) -> Amount | Problem:
    """Read the amount of a filled cell; ``unit`` is what the heading says, None where nothing says it."""
    text = folded(cell.text)
    if unit is not None and _PLAIN.fullmatch(text):
        return _exact(text, unit, cell.text)
    return _unclear(text) or _with_note(text, unit, cell.text)


def folded(text: str) -> str:
    """Fold full-width characters, leave out blanks and the currency words before an amount."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for word in ("人民币", "RMB", "¥"):
        plain = plain.removeprefix(word)
    return plain


def _unclear(text: str) -> Problem | None:
    if _COVERED.fullmatch(text):
        return amount_problem(say(N_("数字被“*”遮住了，等于没有填")), say(N_("对照原件填上金额")))
    if _VAGUE.search(text.partition("(")[0]):
        return amount_problem(say(N_("是约数，不是确切的金额")), say(N_("对照凭证填确切的金额，如 2900000.00")))
    if _SIZE.search(text) or _OTHER_MEASURE.search(text):
        return amount_problem(say(N_("是尺寸或数量，不是金额")), say(N_("核对是不是填错了列，这里填金额")))
    return None


def _with_note(text: str, unit: Unit | None, raw: str) -> Amount | Problem:
    match = _NOTE.match(text)
    if not match:
        return _bare(text, unit, raw)
    note_unit = _NOTE_UNIT.fullmatch(match["note"])
    if note_unit:
        return _bare(match["amount"] + note_unit["unit"], unit, raw)
    main = _bare(match["amount"], unit, raw)
    if isinstance(main, Problem):
        return main
    return _beside(main, match["note"], unit)


def _beside(main: Amount, note: str, unit: Unit | None) -> Amount | Problem:
    """Judge what stands in brackets: the same amount again, another amount, or a note."""
    again = _bare(folded(note), None, note)
    if isinstance(again, NoUnit):
        again = _bare(folded(note), unit, note)
    if isinstance(again, Problem):
        return Amount(main.fen, note)
    if again.fen == main.fen:
        return main
    return amount_problem(
        say(N_("一格里有两个金额：%(one)s 元和 %(two)s 元"), one=plain_yuan(main.fen), two=plain_yuan(again.fen)),
        say(N_("只留一个，另一个写到备注")),
    )


def _bare(text: str, unit: Unit | None, raw: str) -> Amount | Problem:
    written = written_fen(text)
    if written is not None:
        return Amount(written) if written <= MAX_FEN else _refused(AmountTooLarge(text=raw))
    if text.endswith(_TRILLION):
        return _exact(text.removesuffix("元").removesuffix("亿").removesuffix("万"), Unit.YI, raw, times=10_000)
    match = _WRITTEN_UNIT.search(text)
    own = _UNIT_MEANT[match["unit"][0]] if match else None
    if own and unit and own is not unit:
        return _two_units(text, own, unit, raw)
    if own is None and unit is None:
        return _without_unit(text, raw)
    return _exact(text, own or unit or Unit.YUAN, raw)


def _without_unit(text: str, raw: str) -> Amount | Problem:
    value = _exact(text, Unit.YUAN, raw)
    if value == Amount(0):
        return value
    if isinstance(value, Problem) and not isinstance(_exact(text, Unit.WAN, raw), Amount):
        return value
    return NoUnit(
        ProblemKind.AMOUNT,
        say(NO_UNIT),
        say(N_("在“对列名”里选单位，或在表头写明（元）（万元）")),
    )


def _two_units(text: str, own: Unit, unit: Unit, raw: str) -> Problem:
    value = _exact(text, own, raw)
    if isinstance(value, Problem):
        return value
    named = say(
        N_("表头是“%(heading)s”，单元格写“%(cell)s”，拿不准单位"), heading=UNIT_WORDS[unit], cell=_unit_of(text)
    )
    whole, rest = divmod(value.fen, unit // Unit.YUAN)
    if rest:
        return amount_problem(named, say(N_("把表头改成“%(unit)s”"), unit=UNIT_WORDS[own]))
    better = plain_yuan(whole)
    return amount_problem(named, say(N_("填 %(value)s，或把表头改成“%(unit)s”"), value=better, unit=UNIT_WORDS[own]))


def _unit_of(text: str) -> str:
    match = _WRITTEN_UNIT.search(text)
    return match["unit"] if match else ""


def _exact(text: str, unit: Unit, raw: str, *, times: int = 1) -> Amount | Problem:
    try:
        fen = parse_fen(text, unit) * times
    except (FinerThanFen, AmountTooLarge) as refused:
        refused.params["text"] = raw
        return _refused(refused)
    except Invalid:
        return _not_an_amount(text)
    if fen < 0:
        return amount_problem(say(N_("金额是负数")), say(N_("填正数；冲减的金额请在系统里办理变更")))
    return Amount(fen) if fen <= MAX_FEN else _refused(AmountTooLarge(text=raw))


def _refused(error: Invalid) -> Problem:
    return amount_problem(said_by(error), say(N_("对照凭证核实后再填，最多到分")))


def _not_an_amount(text: str) -> Problem:
    letter = letter_among_digits(text)
    if letter:
        place, found, mended = letter
        return amount_problem(
            say(N_("第 %(place)d 个字符是字母 %(letter)s，不是数字"), place=place, letter=found),
            say(N_("核实后改成 %(value)s"), value=mended),
        )
    return amount_problem(say(N_("不是金额")), say(N_("只填数字，如 486000.00；别的话写到备注")))
