"""A board read: kept sums by unit, category, month and kind, with what is wrong and what the queries add."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import partial

from registry.assets.register.cards.stock import stock_by
from registry.assets.register.categories import TitleStatus, UseStatus
from registry.kinds import Category, OwnerKind, Sector
from registry.ledger.operation.dues.totals import due_by
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.ledger.operation.receipts.totals import income_by
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.regions import Level
from registry.reports.boards import queries
from registry.reports.boards.alarms import LONG_AGO, Alarms, alarms_of, own_of
from registry.reports.boards.figures import Amount, Board, KindLine, MonthLine, StockLine, UnitLine
from registry.reports.boards.reach import View, period_of, view_of
from registry.reports.boards.rules import Alarm, month_text
from registry.reports.covering import Covered, covered
from registry.reports.parameters import Parameters
from registry.text import N_

#: What of a unit line is summed.
_SUMMED = tuple(
    one.name for one in fields(UnitLine) if one.name not in {"region_code", "name", "is_own", "alarms", "households"}
)  # fmt: skip
_EARNED = frozenset(kind.value for kind in DISTRIBUTABLE)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> Board:
    """Read the board of a unit. Raises Missing for what is out of reach."""
    view = view_of(region_code, parameters.sector, parameters.year or on.year, actor=actor, on=on)
    return board_of(view, actor)


def board_of(view: View, actor: Actor) -> Board:
    """Read the board of a view."""
    covers = covered(view.region_code, actor, view.on)
    plans = queries.plans_by_part(view)
    tallies = _tallies(view, plans)
    alarms = alarms_of(view, tallies)
    own, parts, total = _lines(view, tallies, alarms, covers.region_name)
    owner_kinds, stock = _stock(view)
    income = _income(view)
    states, cases = queries.cases_of(view)
    first, last = view.fallen_due
    return Board(
        unit_name=covers.unit_name, region_code=view.region_code, region_name=covers.region_name,
        period_text=_period_text(view), range_text=_range_text(view, covers), year=view.year,
        sector=view.chosen.value if view.chosen else "", on=view.on.isoformat(),
        due_until=month_text(last) if last >= first else "",
        units=(*own, *parts), total=total, owner_kinds=owner_kinds, stock=stock, kinds=_kinds(view, income),
        distribution=queries.distribution_of(view, plans, total.households), uses=queries.uses_of(view),
        case_states=states, cases=cases,
        findings=queries.findings_of(view), months=_months(view, income),
    )  # fmt: skip


def _period_text(view: View) -> str:
    return N_("%(year)s 年，截至 %(day)s") % {"year": view.year, "day": view.on.isoformat()}


def _range_text(view: View, covers: Covered) -> str:
    only = N_("，仅%(sector)s行业") % {"sector": view.chosen.label} if view.chosen else ""
    return covers.range_text if len(view.offered) == 1 else covers.range_text + only


def _tallies(view: View, plans: Mapping[str, Counter[str]]) -> Mapping[str, Counter[str]]:
    """Return the numbers of what the unit has itself and of each part."""
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for sector in view.each_sector:
        _add_stock(view, sector, whole)
        _add_money(view, sector, whole)
    for code, households in queries.households_by_unit(view).items():
        whole[code]["households"] = households
    found = {**whole, view.region_code: own_of(whole, view)}
    for code, numbers in plans.items():
        found.setdefault(code, Counter()).update(numbers)
    return found


def _add_stock(view: View, sector: Sector | None, whole: Mapping[str, Counter[str]]) -> None:
    for stock in stock_by(view.codes, "region_code", "title_status", "use_status", "is_handed_over", sector=sector):
        code, title, use, handed = stock.key
        whole[str(code)].update({
            "assets": stock.assets, "original_fen": stock.original_value_fen,
            "confirmed": stock.assets * (title == TitleStatus.CONFIRMED),
            "handed_over": stock.assets * bool(handed), "idle": stock.assets * (use == UseStatus.IDLE),
            Alarm.IDLE.value: stock.assets * (use == UseStatus.IDLE),
            "stopped": stock.assets * (use == UseStatus.STOPPED),
        })  # fmt: skip


def _add_money(view: View, sector: Sector | None, whole: Mapping[str, Counter[str]]) -> None:
    for name, months in (("income_fen", view.months), ("before_fen", view.months_before)):
        for one in income_by(view.codes, period_of(*months), "region_code", "kind", sector=sector):
            whole[str(one.key[0])][name] += one.amount_fen * (one.key[1] in _EARNED)
    first, last = view.fallen_due
    for due in due_by(view.codes, last, first, "region_code", sector=sector):
        whole[str(due.key[0])].update({"due_fen": due.amount_fen, "met_fen": due.settled_fen})
    for due in due_by(view.codes, view.last_over, LONG_AGO, "region_code", sector=sector):
        whole[str(due.key[0])].update({"overdue_fen": due.open_fen, Alarm.ARREARS.value: due.open_dues})


def _lines(
    view: View, tallies: Mapping[str, Counter[str]], alarms: Alarms, name: str
) -> tuple[list[UnitLine], list[UnitLine], UnitLine]:
    """Return what the unit has itself, if anything, each of its parts in the order of their codes, and all of it."""
    names = names_of(view.parts)
    is_village = view.level is Level.VILLAGE
    line = partial(_line, tallies=tallies, alarms=alarms, tells_households=not view.sectors)
    own = line(view.region_code, name if is_village else N_("本级"), is_own=not is_village)
    parts = [line(code, names.get(code, code)) for code in view.parts]
    every = [own, *parts]
    total = UnitLine(
        view.region_code, name, is_own=False,
        alarms=tuple(map(sum, zip(*(one.alarms for one in every), strict=True))),
        **{field: sum(getattr(one, field) for one in every) for field in _SUMMED},
        households=None if view.sectors else sum(one.households or 0 for one in every),
    )  # fmt: skip
    has_own = not own.is_quiet or any(getattr(own, field) for field in (*_SUMMED, "households"))
    return [own] if has_own or not parts else [], parts, total


def _line(
    code: str, name: str, *, tallies: Mapping[str, Counter[str]], alarms: Alarms, tells_households: bool,
    is_own: bool = False,
) -> UnitLine:  # fmt: skip
    numbers = tallies.get(code, Counter[str]())
    return UnitLine(
        code, name, is_own, alarms.get(code, (0,) * len(Alarm)), **{field: numbers[field] for field in _SUMMED},
        households=numbers["households"] if tells_households else None,
    )  # fmt: skip


def _stock(view: View) -> tuple[tuple[str, ...], tuple[StockLine, ...]]:
    held: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for sector in view.each_sector:
        for stock in stock_by(view.whole, "category", "owner_kind", sector=sector):
            kept = held[str(stock.key[0]), str(stock.key[1])]
            kept[:] = kept[0] + stock.assets, kept[1] + stock.original_value_fen
    owners = tuple(kind.value for kind in OwnerKind if any(one == kind.value for _, one in held))
    lines = []
    for category in Category:
        cells = tuple(Amount(*held.get((category.value, owner), (0, 0))) for owner in owners)
        whole = Amount(sum(one.count for one in cells), sum(one.fen for one in cells))
        lines.append(StockLine(category.value, whole, cells))
    return owners, tuple(lines)


#: Posted income by month and kind (fen).
Income = Mapping[tuple[int, str], int]


def _income(view: View) -> Income:
    """Return the income of all months that a board tells of."""
    found: Counter[tuple[int, str]] = Counter()
    months = [month for pair in view.trend() for month in pair]
    period = period_of(min(*months, *view.months_before), max(months))
    for sector in view.each_sector:
        for one in income_by(view.whole, period, "month", "kind", sector=sector):
            found[int(one.key[0]), str(one.key[1])] += one.amount_fen
    return found


def _kinds(view: View, income: Income) -> tuple[KindLine, ...]:
    lines = (
        KindLine(kind.value, *(_between(months, kind, income) for months in (view.months, view.months_before)))
        for kind in IncomeKind
        if kind in DISTRIBUTABLE
    )
    return tuple(line for line in lines if line.income_fen or line.before_fen)


def _between(months: tuple[int, int], kind: IncomeKind, income: Income) -> int:
    return sum(fen for (month, of), fen in income.items() if of == kind.value and months[0] <= month <= months[1])


def _months(view: View, income: Income) -> tuple[MonthLine, ...]:
    pairs = list(view.trend())
    dues: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for sector in view.each_sector:
        for due in due_by(view.whole, pairs[-1][0], pairs[0][0], "month", sector=sector):
            kept = dues[int(due.key[0])]
            kept[:] = kept[0] + due.amount_fen, kept[1] + due.settled_fen
    earned: Counter[int] = Counter()
    for (month, kind), fen in income.items():
        earned[month] += fen * (kind in _EARNED)
    return tuple(MonthLine(month, earned[month], earned[before], *dues[month]) for month, before in pairs)
