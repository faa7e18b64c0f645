"""Notices that fall due by the calendar: which, for what period, until when, and how they begin. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.approvals.notices.rules import NoticeKind, Period
from registry.approvals.notices.tables import NO_TABLE, Column, NoticeTable
from registry.money import format_yuan
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_

_YEAR = 12


@dataclass(frozen=True)
class Recurrence:
    """A kind of notice that a village posts for every period, and how it is called on paper."""

    kind: NoticeKind
    months: Parameter
    title: str
    body: str


#: 重庆办法第二十九条 and 集体资产管理条例第二十条.
RECURRENCES: tuple[Recurrence, ...] = (
    Recurrence(
        NoticeKind.VILLAGE_MATTERS, Parameter.PUBLICITY_MONTHS_VILLAGE, N_("%(unit)s村务公开（%(first)s 至 %(last)s）"),
        N_("现将 %(first)s 至 %(last)s 的村务和扶贫项目资产情况公布如下。"),
    ),
    Recurrence(
        NoticeKind.COLLECTIVE_ACCOUNTS, Parameter.PUBLICITY_MONTHS_COLLECTIVE,
        N_("%(unit)s集体财务和资产公开（%(first)s 至 %(last)s）"),
        N_("现将 %(first)s 至 %(last)s 的集体财务收支和扶贫项目资产情况公布如下。"),
    ),
)  # fmt: skip
BY_KIND: dict[NoticeKind, Recurrence] = {one.kind: one for one in RECURRENCES}


@dataclass(frozen=True)
class Due:
    """A recurring notice that a unit owes: of which period, and the last day on which it is in time."""

    kind: NoticeKind
    region_code: str
    period: Period
    due_on: date


@dataclass(frozen=True)
class Figure:
    """What the register knows of a unit's assets of one category, as the caller read it."""

    label: str
    count: int
    value_fen: int


@dataclass(frozen=True)
class Prefilled:
    """How the form of a recurring notice begins."""

    due: Due
    title: str
    body: str
    table: NoticeTable


def last_period(on: date, months: int) -> Period:
    """Return the latest period of so many months, counted from January, that is over on a day."""
    index = (on.year * _YEAR + on.month - 1) // months * months
    after = date(index // _YEAR, index % _YEAR + 1, 1)
    return Period(add_months(after, -months), date.fromordinal(after.toordinal() - 1))


def due_publications(
    region_code: str, on: date, policy: Policy, posted: frozenset[tuple[NoticeKind, date]]
) -> list[Due]:
    """Return what a unit owes on a day; ``posted`` are the kinds and first days of periods already made public."""
    found = []
    for one in RECURRENCES:
        period = last_period(on, policy.number(one.months))
        day = policy.number(Parameter.PUBLICITY_DAY)
        due_on = date.fromordinal(period.last.toordinal() + day)
        if (one.kind, period.first) not in posted:
            found.append(Due(one.kind, region_code, period, due_on))
    return sorted(found, key=lambda due: (due.due_on, due.kind))


def prefilled(due: Due, unit_name: str, figures: Sequence[Figure] = ()) -> Prefilled:
    """Write title, text and figures of a recurring notice, for a person to complete."""
    one = BY_KIND[due.kind]
    values = {"unit": unit_name, "first": due.period.first.isoformat(), "last": due.period.last.isoformat()}
    rows = [(figure.label, str(figure.count), format_yuan(figure.value_fen)) for figure in figures]
    if rows:
        total = format_yuan(sum(figure.value_fen for figure in figures))
        rows.append((N_("合计"), str(sum(figure.count for figure in figures)), total))
    columns = (Column(N_("资产类别")), Column(N_("项数")), Column(N_("原值（元）")))
    table = NoticeTable(columns, tuple(rows)) if rows else NO_TABLE
    return Prefilled(due, one.title % values, one.body % values, table)
