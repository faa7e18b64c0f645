"""Handing a warning to a unit, its answer, what the desk says to it, taking it back, the end when the cause is gone."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from registry import config
from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.bulk import chunks
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor, system_actor
from registry.places.queries import get_region
from registry.regions import moved_with
from registry.supervision.warnings.causes import cause_stands
from registry.supervision.warnings.models import RiskWarning, WarningHandOff, WarningWord
from registry.supervision.warnings.queries import answered_by, find_open_hand_off, words_of
from registry.supervision.warnings.refusals import AlreadyHanded, NotYourAnswer
from registry.supervision.warnings.rules import (
    Answered,
    EndWay,
    HandingOff,
    HandOffState,
    Verdict,
    Word,
    above,
    check_answer,
    check_handing,
    check_verdict,
    check_withdrawal,
    desk_over,
)


def hand_off(warning: RiskWarning, said: HandingOff, *, by: Actor, on: date) -> WarningHandOff:
    """Hand a warning to its unit, or to a level between. Raises AlreadyHanded and what check_handing raises."""
    check_handing(said, warning.region_code, is_over=warning.closed_at is not None, by=by, on=on)
    lies = find_open_hand_off(warning.id)
    if lies is not None:
        raise AlreadyHanded(unit=get_region(lies.region_code).short)
    desk = desk_over(said.to_code, by)
    handed = WarningHandOff(
        warning_id=warning.id, region_code=said.to_code, sector=warning.sector, risk=warning.risk,
        title=warning.title, figures=warning.figures, state=HandOffState.OPEN.value, from_code=desk,
        above_code=above(desk), text=said.text.strip(), due_on=said.due_on, handed_by_id=by.id,
        handed_by_text=signature(by), handed_at=now(), warning=warning,
    )  # fmt: skip
    db.session.add(handed)
    db.session.flush()
    record(Action.WARNING_HANDED_OFF, handed, by=by, reason=handed.text)
    return handed


def answer_hand_off(
    handed: WarningHandOff, text: str, files: Sequence[KeptFile] = (), *, by: Actor, on: date
) -> WarningWord:
    """Say for the unit what was done, with what proves it. Raises what check_answer raises."""
    check_answer(handed.stands, handed.region_code, text, by=by)
    word = _say(handed, Word.ANSWER, text, by)
    handed.state, handed.answered_at = HandOffState.ANSWERED.value, now()
    record(Action.WARNING_ANSWERED, handed, by=by, reason=word.text)
    _prove(word, files, by, on)
    return word


def prove_answer(handed: WarningHandOff, word: WarningWord, files: Sequence[KeptFile], *, by: Actor, on: date) -> None:
    """Add what proves an answer that waits to be judged, as whoever gave it. Raises NotYourAnswer."""
    waits = handed.stands is HandOffState.ANSWERED and words_of([handed.id])[-1].id == word.id
    if not waits or by.id is None or word.by_id != by.id:
        raise NotYourAnswer
    _prove(word, files, by, on)


def _prove(word: WarningWord, files: Sequence[KeptFile], by: Actor, on: date) -> None:
    if files:
        attach([*files], Caption(EvidenceKind.OTHER, word.kind.label, on), to=thing_of(word), by=by)


def withdraw_hand_off(handed: WarningHandOff, reason: str, *, by: Actor) -> None:
    """Take back what was handed on by mistake. Raises what check_withdrawal raises."""
    check_withdrawal(handed.stands, handed.from_code, reason, by=by)
    _say(handed, Word.WITHDRAWN, reason, by)
    _end(handed, EndWay.WITHDRAWN)
    record(Action.WARNING_WITHDRAWN, handed, by=by, reason=reason.strip())


def judge_answer(handed: WarningHandOff, verdict: Verdict, *, by: Actor, on: date) -> None:
    """Take an answer, which ends the matter, or send it back with a new day. Raises what check_verdict raises."""
    matter = Answered(
        handed.stands, handed.from_code, handed.version_id, answered_by(words_of([handed.id])),
        cause_stands(handed.warning, on),
    )  # fmt: skip
    check_verdict(matter, verdict, by=by, on=on)
    if verdict.takes:
        _say(handed, Word.TAKEN, verdict.opinion, by)
        _end(handed, EndWay.TAKEN)
        record(Action.WARNING_TAKEN, handed, by=by, reason=verdict.opinion.strip())
        return
    _say(handed, Word.RETURNED, verdict.opinion, by)
    handed.state, handed.due_on = HandOffState.OPEN.value, verdict.due_on or handed.due_on
    record(Action.WARNING_RETURNED, handed, by=by, reason=verdict.opinion.strip())


def _say(handed: WarningHandOff, word: Word, text: str, by: Actor) -> WarningWord:
    """Write a word down before the matter follows it: the database looks for the word when the state changes."""
    said = WarningWord(
        region_code=handed.region_code, hand_off_id=handed.id, word=word.value, text=text.strip(), by_id=by.id,
        by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(said)
    db.session.flush()
    return said


def _end(handed: WarningHandOff, way: EndWay) -> None:
    handed.state, handed.end_way, handed.ended_at = HandOffState.ENDED.value, way.value, now()


def end_gone(warnings: Sequence[RiskWarning]) -> None:
    """End what was handed on because of warnings whose cause is gone: the system says so."""
    by = system_actor(config.current().municipality)
    for some in chunks([one.id for one in warnings]):
        rows = select(WarningHandOff).where(WarningHandOff.warning_id.in_(some), WarningHandOff.ended_at.is_(None))
        for handed in db.session.scalars(rows.order_by(WarningHandOff.id)):
            _end(handed, EndWay.GONE)
            record(Action.WARNING_GONE, handed, by=by)


def move_desks(old: str, new: str) -> None:
    """Let what an ended unit handed on, or watched over, lie with its heir, or with the unit above that."""
    rows = select(WarningHandOff).where(
        or_(WarningHandOff.from_code == old, WarningHandOff.above_code == old, WarningHandOff.region_code == new)
    )
    for handed in db.session.scalars(rows):
        handed.from_code = moved_with(handed.from_code, old, new)
        handed.above_code = moved_with(handed.above_code, old, new)
