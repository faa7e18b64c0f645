"""How values are written on pages: one filter per kind of value, the same in every template."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import Flask, g
from flask_babel import gettext

from registry.assets.register.categories import BY_CODE
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import MILLI, Stage, ValueKind
from registry.assets.register.rules import percent
from registry.clock import local
from registry.disposal.proceeds.showing import paid_from
from registry.kinds import Category
from registry.ledger.distribution.payout.showing import household_payments
from registry.money import format_wan, format_yuan
from registry.parties.households.rules import shares_text
from registry.permissions import Role
from registry.places.queries import names_of
from registry.policy.parameters import Parameter
from registry.policy.values import say_value
from registry.reports.code_words import code_word, name_of_row
from registry.text import N_, Labelled
from registry.web import BaseForm
from registry.workbench.showing.asset_life import disposal_of, with_more_life

_TONES = {
    Stage.SUBMITTED: "blue",
    Stage.SENT_BACK: "orange",
    Stage.CONFIRMED: "green",
    Stage.WITHDRAWN: "muted",
    Stage.DISPOSED: "muted",
    Stage.SUPERSEDED: "muted",
}


def moment(value: datetime | None) -> str:
    """Write a moment in China's time to the minute."""
    return local(value).strftime("%Y-%m-%d %H:%M") if value else "—"


def moment_text(value: str) -> str:
    """Write a moment that the trail keeps as text in China's time to the minute."""
    return moment(datetime.fromisoformat(value))


def long_date(value: date) -> str:
    """Write a day with its weekday, for the head of the workbench."""
    weekday = gettext(_WEEKDAYS[value.weekday()])
    return str(gettext("%(y)d 年 %(m)d 月 %(d)d 日（%(w)s）", y=value.year, m=value.month, d=value.day, w=weekday))


_WEEKDAYS = (N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"), N_("星期六"), N_("星期日"))


def day(value: datetime | None) -> str:
    """Write the day of a moment in China."""
    return local(value).strftime("%Y-%m-%d") if value else "—"


def month_name(value: str) -> str:
    """Write a month that is told as 2026-11."""
    year, month = value.split("-")
    return str(gettext("%(year)s年%(month)s月", year=int(year), month=int(month)))


def grouped(number: int) -> str:
    """Write a count with separators."""
    return f"{number:,}"


def yuan(fen: int | None) -> str:
    """Write fen as 元 with two decimals; what is absent is a dash."""
    return "—" if fen is None else format_yuan(fen)


def wan(fen: int | None) -> str:
    """Write fen as 万元 with two decimals."""
    return "—" if fen is None else format_wan(fen)


def quantity(milli: int | None) -> str:
    """Write thousandths as a number without needless zeros."""
    if milli is None:
        return ""
    whole, part = divmod(abs(milli), MILLI)
    return ("-" if milli < 0 else "") + f"{whole:,}" + (f".{part:03d}".rstrip("0") if part else "")


def role_label(code: str) -> str:
    """Name a role."""
    return str(gettext(Role(code).label))


def category_label(code: str) -> str:
    """Name a category."""
    return str(gettext(Category(code).label))


def subtype_label(code: str) -> str:
    """Name a subtype."""
    return str(gettext(BY_CODE[code].label))


def stage_label(code: str) -> str:
    """Name a stage."""
    return str(gettext(Stage(code).label))


def stage_tone(code: str) -> str:
    """Return the badge tone of a stage."""
    return _TONES[Stage(code)]


def source_label(code: str) -> str:
    """Name a source of funds."""
    return str(gettext(FundingSource(code).label))


def value_kind_label(code: str) -> str:
    """Name a kind of value change."""
    return str(gettext(ValueKind(code).label))


def policy_value(value: int | str, parameter: str) -> str:
    """Say a value of a policy parameter in plain words."""
    said = say_value(Parameter(parameter), value)
    return str(gettext(said.text, **said.params) if said.params else gettext(said.text))


def trail_word(code: str, table: str, column: str) -> str:
    """Write a code of the trail as its feature calls it."""
    return str(gettext(code_word(code, table, column)))


def worded(text: str) -> str:
    """Translate a text that may be ours or a person's own; ``_()`` would take a person's % for a place-holder."""
    return str(gettext(text)) if text else ""


def thing_name(key: str, table: str) -> str:
    """Return the name of a thing that an event is about, empty where it has none; each is looked up once a request."""
    known: dict[tuple[str, str], str] = g.setdefault("thing_names", {})
    if (table, key) not in known:
        known[table, key] = name_of_row(table, key)
    return known[table, key]


def unit_name(code: str) -> str:
    """Return the short name of a unit; each is looked up once a request."""
    known: dict[str, str] = g.setdefault("unit_names", {})
    if code not in known:
        known.update({code: code, **names_of([code])})
    return known[code]


def choices(members: Iterable[Labelled], every: str = "") -> list[tuple[str, str]]:
    """Return members of an enum as a select offers them, after the choice that sets no condition if it is named."""
    offered = [(one.value, str(gettext(one.label))) for one in members]
    return [("", every), *offered] if every else offered


def know_units(codes: list[str]) -> str:
    """Look up the names of a page's units in one question; writes nothing."""
    known: dict[str, str] = g.setdefault("unit_names", {})
    known.update(names_of(set(codes) - set(known)))
    return ""


FILTERS = (
    moment,
    moment_text,
    long_date,
    day,
    month_name,
    grouped,
    yuan,
    wan,
    quantity,
    role_label,
    category_label,
    subtype_label,
    stage_label,
    stage_tone,
    source_label,
    value_kind_label,
    policy_value,
    choices,
    unit_name,
    know_units,
    trail_word,
    thing_name,
    worded,
    percent,
    shares_text,
    household_payments,
    paid_from,
    with_more_life,
    disposal_of,
)


def register(app: Flask) -> None:
    """Make the filters known to every template, and the form of a button that needs no words of its own."""
    for one in FILTERS:
        app.jinja_env.filters[one.__name__] = one
    app.jinja_env.globals["act_form"] = BaseForm
