"""The notices of the demo county: posted, photographed, objected to, taken in or taken down, posted again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from registry.approvals.notices.answering import AnswerFacts, answer_objection, pass_on, raise_objection, stranger
from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.objecting import Channel, Finding, Ground, ObjectionFacts
from registry.approvals.notices.recurring import BY_KIND, Due, Figure, last_period, prefilled
from registry.approvals.notices.rules import NoticeFacts, NoticeKind
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice, repeating, take_down
from registry.approvals.notices.tables import NO_TABLE, NoticeTable, parse_table
from registry.assets.register.registration import STANDING
from registry.database import db
from registry.demo.places import CLERKS, UnitRow, units, units_by_code
from registry.demo.tables import SEPARATOR, labelled, read
from registry.demo.telling import Telling
from registry.kinds import Category
from registry.permissions import Actor
from registry.policy.parameters import Parameter

#: A recurring publication is posted so long after its period is over.
_AFTER = timedelta(days=10)
PHONE = "023-00000000"


class NoticeRow(NamedTuple):
    """A notice of its own, not of a case, and how it ended; one without a text recurs."""

    key: str
    unit_name: str
    kind: str
    title: str
    body: str
    people: str
    posted_on: str
    closed_on: str
    taken_down_on: str
    reason: str
    repeats: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


class ObjectionRow(NamedTuple):
    """What somebody objected, and what was answered at one level and at the next."""

    notice: str
    raised_on: str
    channel: str
    ground: str
    text: str
    name: str
    contact: str
    answered_on: str
    answered_by: str
    finding: str
    answer: str
    passed_on_on: str
    passed_on_reason: str
    above_on: str
    above_by: str
    above_finding: str
    above_answer: str


@cache
def objections() -> Mapping[str, list[ObjectionRow]]:
    """Return the objections by the notice they are to."""
    found: dict[str, list[ObjectionRow]] = defaultdict(list)
    for row in read("objections", ObjectionRow):
        found[row.notice].append(row)
    return found


def tell_notice(row: NoticeRow, told: Telling) -> None:
    """Post a notice with its first photo, let people object, and let it end as the table says."""
    by = told.staff.holding(CLERKS[row.unit.level], row.unit)
    notice = _repeated(row, by, told) if row.title else _recurring(row, by, told)
    told.notices[row.key] = notice
    tell_objections(row.key, notice, told)
    if row.closed_on:
        take_in_notice(notice, told, by=by, on=told.day(row.closed_on))
    if row.taken_down_on:
        take_down(notice, row.reason, by=by, on=told.day(row.taken_down_on))


def hang(facts: NoticeFacts, told: Telling, *, by: Actor, on: date) -> Notice:
    """Post a notice and photograph the board."""
    notice = post_notice(facts, by=by, on=on, policy=told.policy(facts.region_code, on))
    add_first_photo(notice, told.pictures["张贴"], by=by, on=on)
    return notice


def take_in_notice(notice: Notice, told: Telling, *, by: Actor, on: date) -> None:
    """Take a notice in that has hung its days."""
    close_notice(notice, told.pictures["期满"], by=by, on=on)


def facts_of(
    unit: UnitRow, kind: NoticeKind, text: tuple[str, str], by: Actor, table: NoticeTable = NO_TABLE
) -> NoticeFacts:
    """Return what a notice of a unit says, where it hangs and whom to ask; ``text`` is title and body."""
    place = f"{unit.name}{'村务公开栏' if unit.groups else '政务公开栏'}"
    return NoticeFacts(kind, unit.code, *text, place, by.name, PHONE, table)


def _repeated(row: NoticeRow, by: Actor, told: Telling) -> Notice:
    table = parse_table(row.people.replace(SEPARATOR, "\n").replace("|", "\t"))
    facts = facts_of(row.unit, labelled(NoticeKind, row.kind), (row.title, row.body), by, table)
    if row.repeats:
        facts = repeating(facts, told.notices[row.repeats])
    return hang(facts, told, by=by, on=told.day(row.posted_on))


def _recurring(row: NoticeRow, by: Actor, told: Telling) -> Notice:
    """Publish the last whole period with what the register knows of the unit's assets."""
    kind, policy = labelled(NoticeKind, row.kind), told.policy(row.unit.code, told.today)
    period = last_period(told.today, policy.number(BY_KIND[kind].months))
    posted_on = min(period.last + _AFTER, told.today)
    due = Due(kind, row.unit.code, period, period.last + timedelta(days=policy.number(Parameter.PUBLICITY_DAY)))
    begun = prefilled(due, row.unit.name, _figures(row.unit, told))
    facts = replace(facts_of(row.unit, kind, (begun.title, begun.body), by, begun.table), period=period)
    notice = hang(facts, told, by=by, on=posted_on)
    if notice.ends_on <= told.today:
        take_in_notice(notice, told, by=by, on=notice.ends_on)
    return notice


def _figures(unit: UnitRow, told: Telling) -> list[Figure]:
    standing = [one for one in told.assets.values() if one.region_code == unit.code and one.state in STANDING]
    by_kind = {kind: [one.original_value_fen for one in standing if one.kind is kind] for kind in Category}
    return [Figure(kind.label, len(values), sum(values)) for kind, values in by_kind.items() if values]


def tell_objections(key: str, notice: Notice, told: Telling) -> None:
    """Let people object to a notice, and let the levels answer as the table says."""
    for number, row in enumerate(objections().get(key, ())):
        _tell_objection(row, f"{key}-{number}", notice, told)


def _tell_objection(row: ObjectionRow, key: str, notice: Notice, told: Telling) -> None:
    channel, on = labelled(Channel, row.channel), told.day(row.raised_on)
    unit = units_by_code()[notice.region_code]
    clerk = told.staff.holding(CLERKS[unit.level], unit)
    by = stranger(unit.code) if channel is Channel.PAGE else clerk
    facts = ObjectionFacts(row.text, key, labelled(Ground, row.ground), row.name, row.contact, channel)
    policy = told.policy(unit.code, on)
    objection = raise_objection(notice, facts, by=by, on=on, policy=policy).objection
    if row.answered_on:
        _answer(objection, (row.answered_on, row.answered_by, row.finding, row.answer), told)
    if row.passed_on_on:
        passed_on = told.day(row.passed_on_on)
        pass_on(objection, row.passed_on_reason, by=stranger(unit.code), on=passed_on, policy=policy)
    if row.above_on:
        _answer(objection, (row.above_on, row.above_by, row.above_finding, row.above_answer), told)
    db.session.flush()


def _answer(objection: Objection, said: tuple[str, str, str, str], told: Telling) -> None:
    day, username, finding, text = said
    on = told.day(day)
    facts = AnswerFacts(labelled(Finding, finding), text)
    policy = told.policy(objection.region_code, on)
    answer_objection(objection, facts, by=told.staff.named(username), on=on, policy=policy)
