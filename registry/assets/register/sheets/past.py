"""What a ledger tells of the time before go-live: income so far, a contract, a disposal; kept as history. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from registry.assets.register.amendments.history import PastFact
from registry.assets.register.amendments.rules import LegacyKind
from registry.assets.register.registration import Registration
from registry.assets.register.sheets.fields import label_of
from registry.assets.register.sheets.records import AssetRow
from registry.money import format_yuan
from registry.text import N_


@dataclass(frozen=True)
class PastField:
    """A column that tells of the past: its field, what kind of fact it is, and how the cell is read."""

    key: str
    kind: LegacyKind
    text: Callable[[AssetRow], str | None]
    amount: Callable[[AssetRow], int | None] = lambda _row: None


def _money(fen: int | None) -> str | None:
    return None if not fen else N_("%(amount)s 元") % {"amount": format_yuan(fen)}


PAST_FIELDS = (
    PastField(
        "income_total", LegacyKind.INCOME, lambda row: _money(row.income_total_fen), lambda row: row.income_total_fen
    ),
    PastField("income_collective", LegacyKind.INCOME, lambda row: _money(row.income_collective_fen)),
    PastField("income_households", LegacyKind.INCOME, lambda row: _money(row.income_households_fen)),
    PastField("contract_term", LegacyKind.CONTRACT, lambda row: row.contract_term),
    PastField("disposal_method", LegacyKind.DISPOSAL, lambda row: row.disposal_method),
)


def told_of_the_past(row: AssetRow) -> tuple[str, ...]:
    """Return the fields of a row that tell of the past."""
    return tuple(one.key for one in PAST_FIELDS if one.text(row))


def past_facts(row: AssetRow, facts: Registration, go_live: date | None) -> tuple[PastFact, ...]:
    """Return what a row tells of the past, dated the day before go-live; nothing where the unit has no past."""
    if go_live is None or facts.acquired.day >= go_live:
        return ()
    day = go_live - timedelta(days=1)
    found = []
    for one in PAST_FIELDS:
        text = one.text(row)
        if text:
            note = N_("原台账“%(column)s”：%(text)s") % {"column": label_of(one.key), "text": text}
            found.append(PastFact(one.kind, day, "", note, one.amount(row)))
    return tuple(found)
