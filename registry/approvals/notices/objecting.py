"""Who answers an objection, by when, and how long it stays open. Pure: a question of dates, no job closes anything."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from registry.approvals.notices.rules import NoticeState
from registry.errors import Conflict, Forbidden, Invalid, RegistryError
from registry.permissions import GRANTS, Actor, Permission
from registry.policy.parameters import Parameter
from registry.regions import Level, ancestor, level_of
from registry.text import N_, Labelled

MAX_TEXT, MAX_NAME, MAX_CONTACT, MAX_ANSWER, MAX_REASON = 1000, 40, 60, 2000, 500
#: Enough for everybody who has something to say, too few to drown a village in paper.
OBJECTIONS_AN_HOUR_FROM_ADDRESS, OBJECTIONS_AN_HOUR_TO_NOTICE = 5, 30
#: Letters and digits that nobody mistakes for each other on a handwritten slip.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RECEIPT_LENGTH, _GROUP = 12, 4


class ObjectionState(Labelled):
    """How far an objection has come; whether an answered one is still open is a question of the day."""

    OPEN = "OPEN", N_("待答复")
    ANSWERED = "ANSWERED", N_("已答复")
    PASSED_ON = "PASSED_ON", N_("已转上一级")
    CLOSED = "CLOSED", N_("已办结")


class Ground(Labelled):
    """What an objection says is wrong; breaches go to the government at once (重庆办法第四十条)."""

    CONTENT = "CONTENT", N_("公示的内容不对、不公平")
    BREACH = "BREACH", N_("没有按规定开会、公开")


class Channel(Labelled):
    """How an objection came in."""

    PAGE = "PAGE", N_("公示网页")
    PAPER = "PAPER", N_("书面")
    TELEPHONE = "TELEPHONE", N_("电话")
    VISIT = "VISIT", N_("当面")


class Finding(Labelled):
    """What the answer comes to."""

    UPHELD = "UPHELD", N_("异议成立，予以纠正")
    EXPLAINED = "EXPLAINED", N_("异议不成立，说明理由")


class Bar(Enum):
    """Why a person may not answer an objection."""

    NOT_ONES_LEVEL = N_("这件异议不在您这一级。")
    OWN_PROPOSAL = N_("这份公示由您提出或张贴，异议由别人答复。")
    ANSWERED_BELOW = N_("下一级的答复是您作的，上一级由别人答复。")


class MayNotAnswer(Forbidden):
    """An objection is answered by somebody of the level at which it lies who did not propose the matter."""

    message = N_("这件异议不能由您答复。")


class TextMissing(Invalid):
    """An objection says what is wrong; an answer says why."""

    message = N_("请写明情况。")


class TextTooLong(Invalid):
    """What is longer belongs on paper."""

    message = N_("最多 %(most)s 个字。")


class NotHanging(Conflict):
    """Objections are taken while the notice hangs."""

    message = N_("这份公示已经收回，不再从这里收异议。有情况请打监督电话。")


class AlreadyAnswered(Conflict):
    """Each level answers once."""

    message = N_("这件异议已经答复过了。")


class CannotPassOn(Conflict):
    """An answer can be taken to the level above once, within the days."""

    message = N_("现在不能转上一级：要在答复之后的期限内，而且只能转一次。")


class TooManyObjections(RegistryError):
    """The door is open to all and does not let itself be blocked."""

    status = 429
    message = N_("提得太频繁了，请一小时后再试，或者打监督电话。")


@dataclass(frozen=True)
class ObjectionFacts:
    """What somebody objects; name and contact may be left out. ``key`` makes sending it twice one objection."""

    text: str
    key: str
    ground: Ground = Ground.CONTENT
    name: str = ""
    contact: str = ""
    channel: Channel = Channel.PAGE


def check_objection(facts: ObjectionFacts) -> None:
    """Raise unless an objection says something, within limits."""
    if not facts.text.strip() or not facts.key:
        raise TextMissing(field="text")
    for name, most in (("text", MAX_TEXT), ("name", MAX_NAME), ("contact", MAX_CONTACT)):
        if len(getattr(facts, name)) > most:
            raise TextTooLong(field=name, most=most)


def check_hanging(state: NoticeState) -> None:
    """Raise NotHanging unless a notice still hangs."""
    if state is not NoticeState.POSTED:
        raise NotHanging


def first_level(region_code: str, ground: Ground) -> Level:
    """Return the level at which an objection to a unit's notice lies first: its own, or for a breach the one above."""
    own = level_of(region_code)
    return own if ground is Ground.CONTENT else level_above(own) or own


def level_above(level: Level) -> Level | None:
    """Return the level above; None above the municipality."""
    return None if level is Level.MUNICIPALITY else list(Level)[level.depth - 1]


def days_to_answer(level: Level, ground: Ground) -> Parameter:
    """Return which days of the policy a level has to answer."""
    if ground is Ground.BREACH:
        return Parameter.OBJECTION_DAYS_BREACH
    return Parameter.OBJECTION_DAYS_VILLAGE if level is Level.VILLAGE else Parameter.OBJECTION_DAYS_GOVERNMENT


def is_open(state: ObjectionState, pass_on_until: date | None, on: date) -> bool:
    """Say whether an objection is open on a day: not answered for good, and days to pass it on not yet over."""
    if state is ObjectionState.ANSWERED:
        return pass_on_until is not None and on <= pass_on_until
    return state is not ObjectionState.CLOSED


def state_on(state: ObjectionState, pass_on_until: date | None, on: date) -> ObjectionState:
    """Return the state as a reader of that day sees it."""
    return state if is_open(state, pass_on_until, on) else ObjectionState.CLOSED


def waits_for_answer(state: ObjectionState) -> bool:
    """Say whether it is a level's turn to answer."""
    return state in {ObjectionState.OPEN, ObjectionState.PASSED_ON}


def is_final(state: ObjectionState, level: Level) -> bool:
    """Say whether an answer given now ends the matter: it came from the level above, or there is none."""
    return state is ObjectionState.PASSED_ON or level_above(level) is None


def can_pass_on(state: ObjectionState, pass_on_until: date | None, on: date) -> bool:
    """Say whether the objector may still take the answer to the level above."""
    return state is ObjectionState.ANSWERED and is_open(state, pass_on_until, on)


def seat(region_code: str, level: Level) -> str:
    """Return the unit that answers objections to a unit's notice at a level."""
    return ancestor(region_code, level)


def seats_of(by: Actor) -> tuple[str, ...]:
    """Return the very units for which a person answers; the units below answer for themselves."""
    return tuple(sorted({g.region_code for g in by.grants if Permission.OBJECTION_ANSWER in GRANTS[g.role]}))


def why_barred(
    by: Actor, region_code: str, level: Level, proposers: frozenset[int | None], answered_by: frozenset[int | None]
) -> Bar | None:
    """Return why a person may not answer an objection that lies at a level; None if they may."""
    if seat(region_code, level) not in seats_of(by):
        return Bar.NOT_ONES_LEVEL
    if by.id in proposers:
        return Bar.OWN_PROPOSAL
    return Bar.ANSWERED_BELOW if by.id in answered_by else None


def receipt_of(key_digest: str) -> str:
    """Return the code an objector keeps, made of the keyed digest of the form's one-time key."""
    number, letters = int(hashlib.sha256(key_digest.encode()).hexdigest(), 16), ""
    for _ in range(_RECEIPT_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return "-".join(letters[i : i + _GROUP] for i in range(0, _RECEIPT_LENGTH, _GROUP))


def typed_receipt(text: str) -> str:
    """Bring a code as people type it into its one form; empty if it cannot be one."""
    plain = re.sub(r"[\s\-－—]", "", text).upper()
    if len(plain) != _RECEIPT_LENGTH or not set(plain) <= set(_LETTERS):
        return ""
    return "-".join(plain[i : i + _GROUP] for i in range(0, _RECEIPT_LENGTH, _GROUP))
