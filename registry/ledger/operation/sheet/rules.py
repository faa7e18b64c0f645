"""The sheet of a village's income: what a row is offered, what is typed in it, and what it says. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.dates import parse_date
from registry.assets.register.registration import DatePrecision, PartialDate
from registry.errors import Invalid
from registry.ledger.operation.periods import Period
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.offering import SETTLED_ANEW
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.money import parse_fen
from registry.text import N_, Labelled

#: More rows than this are no longer one village's sheet.
MOST_ROWS = 500


class NotADay(Invalid):
    """The text is no date to the day."""

    message = N_("“%(text)s”不是日期，请填如 2026-11-23。")


class NegativeAmount(Invalid):
    """What was paid back is a correction, not income of another sign."""

    message = N_("金额不能是负数；录错的请在原来那一笔上更正。")


@dataclass(frozen=True)
class Typed:
    """What stands in a row, as typed or pasted."""

    amount: str = ""
    received_on: str = ""
    reference: str = ""
    payer: str = ""
    note: str = ""


class Unchanged(Labelled):
    """What becomes of a row when somebody says that nothing changed."""

    AS_DUE = "AS_DUE", N_("按应收登记")
    NOTHING = "NOTHING", N_("本期没有收益")
    #: Under a contract, but nothing (more) of it falls due in the period: there is nothing to say.
    NOT_DUE = "NOT_DUE", N_("没有另外到期的应收，不登记")
    #: Earned last time, by no due: how much it is this time has to be looked up.
    OPEN = "OPEN", N_("金额每次不同，不登记；到账后请在登记表里填")


#: What is recorded; other rows stay open.
RECORDED = frozenset({Unchanged.AS_DUE, Unchanged.NOTHING})


@dataclass(frozen=True)
class Offer:
    """What a row begins with: the asset, what falls due in the period or was received in the last one, from whom.

    ``entered_fen`` is what of the period has been entered already, ``arrears_fen`` what was due before it.
    """

    asset_id: int
    asset_no: str
    name: str
    kind: IncomeKind
    contract_id: int | None = None
    equity_id: int | None = None
    due_fen: int | None = None
    last_fen: int | None = None
    payer: str = ""
    entered_fen: int = 0
    arrears_fen: int = 0
    is_quiet: bool = False

    @property
    def suggested_fen(self) -> int | None:
        """What the row begins with: what a due says. What came last time is only shown, nobody enters it unawares."""
        return self.due_fen or None

    @property
    def unchanged(self) -> Unchanged | None:
        """What saying that nothing changed records of the row; None once the period was entered."""
        if self.entered_fen or self.is_quiet:
            return None
        if self.due_fen:
            return Unchanged.AS_DUE
        if self.contract_id is not None or self.equity_id is not None:
            return Unchanged.NOT_DUE
        return Unchanged.OPEN if self.last_fen or self.kind in SETTLED_ANEW else Unchanged.NOTHING


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
        contract_id=offer.contract_id, equity_id=offer.equity_id,
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
