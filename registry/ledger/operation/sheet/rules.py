"""The sheet of a village's income: its periods, what is typed in a row, and what a row says. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.dates import parse_date
from registry.assets.register.registration import DatePrecision, PartialDate
from registry.errors import Invalid
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.money import parse_fen
from registry.text import N_

_MONTHS, _QUARTER = 12, 3
_PERIOD = re.compile(r"(?P<year>20[0-9]{2})-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2]))")
#: More rows than this are no longer one village's sheet.
MOST_ROWS = 500


class NotAPeriod(Invalid):
    """The text names neither a month nor a quarter."""

    message = N_("“%(text)s”不是月份或季度，请填如 2026-11 或 2026-Q4。")


class NotADay(Invalid):
    """The text is no date to the day."""

    message = N_("“%(text)s”不是日期，请填如 2026-11-23。")


class NegativeAmount(Invalid):
    """What was paid back is a correction, not income of another sign."""

    message = N_("金额不能是负数；录错的请在原来那一笔上更正。")


@dataclass(frozen=True)
class Period:
    """A month or a quarter."""

    first: date
    last: date

    @property
    def is_quarter(self) -> bool:
        return self.first.month != self.last.month

    @property
    def key(self) -> str:
        """How an address names it."""
        quarter = f"Q{(self.first.month - 1) // _QUARTER + 1}"
        return f"{self.first.year}-{quarter if self.is_quarter else f'{self.first.month:02d}'}"

    @property
    def before(self) -> "Period":
        """The period before this one, of the same length."""
        return _months(self.first, -self._length, self._length)

    @property
    def after(self) -> "Period":
        """The period after this one, of the same length."""
        return _months(self.first, self._length, self._length)

    @property
    def _length(self) -> int:
        return _QUARTER if self.is_quarter else 1


def _months(first: date, shift: int, length: int) -> Period:
    start = first.year * _MONTHS + first.month - 1 + shift
    end = start + length - 1
    year, month = divmod(end, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return Period(date(start // _MONTHS, start % _MONTHS + 1, 1), date(year, month + 1, last))


def quarter_of(day: date) -> Period:
    """Return the quarter a day lies in."""
    return _months(date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1), 0, _QUARTER)


def parse_period(text: str) -> Period:
    """Read 2026-11 or 2026-Q4. Raises NotAPeriod."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise NotAPeriod(field="period", text=text)
    year = int(match["year"])
    if match["month"]:
        return _months(date(year, int(match["month"]), 1), 0, 1)
    return _months(date(year, (int(match["quarter"]) - 1) * _QUARTER + 1, 1), 0, _QUARTER)


@dataclass(frozen=True)
class Typed:
    """What stands in a row, as typed or pasted."""

    amount: str = ""
    received_on: str = ""
    reference: str = ""
    payer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """What a row begins with: the asset, what is due or was received last, from whom and of which kind."""

    asset_id: int
    asset_no: str
    name: str
    kind: IncomeKind
    contract_id: int | None = None
    due_fen: int | None = None
    last_fen: int | None = None
    payer: str = ""
    #: What of the period has been entered already.
    entered_fen: int = 0
    is_quiet: bool = False

    @property
    def suggested_fen(self) -> int | None:
        """What the row begins with: what is due, else what came last time; nothing once the period was entered."""
        if self.entered_fen or self.is_quiet:
            return None
        return self.due_fen if self.due_fen is not None else self.last_fen


def read_row(typed: Typed, offer: Offer, period: Period, on: date) -> ReceiptFacts | None:
    """Return what a row says of its asset, None for an empty row; an amount of 0 is answered for as nothing earned.

    Without a day of its own a row was received on the period's last day, or today if that is to come.
    """
    if not typed.amount.strip():
        return None
    amount = parse_amount(typed.amount)
    day = parse_day(typed.received_on) if typed.received_on.strip() else min(period.last, on)
    payer = typed.payer.strip() or offer.payer
    return ReceiptFacts(
        offer.kind, amount, day, period.first, period.last, payer, typed.reference.strip(), note=typed.note.strip(),
        contract_id=offer.contract_id,
    )  # fmt: skip


def parse_amount(text: str) -> int:
    """Read an amount that is not negative. Raises NegativeAmount, and what parse_fen raises, beside the amount."""
    try:
        fen = parse_fen(text)
    except Invalid as error:
        error.field = "amount"
        raise
    if fen < 0:
        raise NegativeAmount(field="amount")
    return fen


def parse_day(text: str) -> date:
    """Read a date to the day as people write it. Raises NotADay."""
    found = parse_date(Cell(text.strip(), CellKind.TEXT))
    if not isinstance(found, PartialDate) or found.precision is not DatePrecision.DAY:
        raise NotADay(field="received_on", text=text)
    return found.day
