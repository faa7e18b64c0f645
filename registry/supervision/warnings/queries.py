"""Questions about warnings and what was handed on: what stands in my reach, why, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.changes import Audited
from registry.database import db
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.kinds import Sector
from registry.permissions import Actor, Permission, reaches
from registry.regions import code_range
from registry.scope import within
from registry.supervision.warnings.models import RiskWarning, WarningHandOff, WarningProgress, WarningWord
from registry.supervision.warnings.risks import MONEY, Risk, risks_under
from registry.supervision.warnings.rules import HandOffState, Severity, Topic, Word

PAGE_ROWS = 20
WORD_TABLE = "warning_word"
_P = Permission


def seen(actor: Actor, permission: Permission = _P.ASSET_READ) -> ColumnElement[bool]:
    """Keep the warnings in reach with a permission; those about money only where the books may be read as well."""
    model = cast("type[Audited]", RiskWarning)
    here = within(model, actor, permission)
    if reaches(actor, _P.LEDGER_READ) == reaches(actor, _P.ASSET_READ):
        return here
    return and_(here, or_(RiskWarning.risk.not_in(MONEY), within(model, actor, _P.LEDGER_READ)))


@dataclass(frozen=True)
class WarningFilter:
    """Which warnings a list shows: of a unit and below; those that stand, unless those mended are wanted."""

    region_code: str
    topic: Topic | None = None
    risk: Risk | None = None
    severity: Severity | None = None
    sector: Sector | None = None
    closed: bool = False
    handed: bool | None = None
    #: All but the gravest.
    lighter: bool = False


def conditions(wanted: WarningFilter, actor: Actor) -> list[ColumnElement[bool]]:
    """Return what keeps the warnings of a list that are in reach."""
    found = [
        seen(actor),
        RiskWarning.region_code.between(*code_range(wanted.region_code)),
        RiskWarning.closed_at.is_not(None) if wanted.closed else RiskWarning.closed_at.is_(None),
    ]
    if wanted.topic:
        found.append(RiskWarning.risk.in_([risk.value for risk in risks_under(wanted.topic)]))
    if wanted.risk:
        found.append(RiskWarning.risk == wanted.risk.value)
    if wanted.severity:
        found.append(RiskWarning.severity == wanted.severity.value)
    if wanted.lighter:
        found.append(RiskWarning.severity != Severity.HIGH.value)
    if wanted.sector:
        found.append(RiskWarning.sector == wanted.sector.value)
    if wanted.handed is not None:
        lies = select(WarningHandOff.id).where(
            WarningHandOff.warning_id == RiskWarning.id, WarningHandOff.ended_at.is_(None)
        )
        found.append(lies.exists() if wanted.handed else ~lies.exists())
    return found


def list_warnings(wanted: WarningFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS) -> list[RiskWarning]:
    """Return what stands, the gravest first and the longest standing of these; of what is mended, the latest found.

    One more than a page, to show that there are more. ``after`` is the last one of the page before; raises Missing if
    there is none.
    """
    rows = select(RiskWarning).where(*conditions(wanted, actor))
    if wanted.closed:
        rows = rows.where(RiskWarning.id < after) if after else rows
        return list(db.session.scalars(rows.order_by(RiskWarning.id.desc()).limit(limit + 1)))
    found: list[RiskWarning] = []
    # One weight after the other: each is a stretch of the index that holds them in this order.
    for weight, last in _weights_after(wanted, after):
        here = rows.where(RiskWarning.severity == weight.value, RiskWarning.id > last).order_by(RiskWarning.id)
        found += db.session.scalars(here.limit(limit + 1 - len(found)))
        if len(found) > limit:
            break
    return found


def _weights_after(wanted: WarningFilter, after: int) -> list[tuple[Severity, int]]:
    """Return the weights that a list still has to show, the gravest first, each with the last one shown of it."""
    weights = [one for one in Severity if wanted.severity in {None, one}]
    if not after:
        return [(one, 0) for one in weights]
    place = db.session.get(RiskWarning, after)
    if place is None:
        raise Missing
    order = list(Severity)
    left = [one for one in weights if order.index(one) >= order.index(place.weight)]
    return [(one, after if one is place.weight else 0) for one in left]


def get_warning(warning_id: int, actor: Actor, permission: Permission = _P.ASSET_READ) -> RiskWarning:
    """Return a warning in reach; raises Missing."""
    found = db.session.scalar(select(RiskWarning).where(RiskWarning.id == warning_id, seen(actor, permission)))
    if found is None:
        raise Missing
    return found


def list_episodes(warning: RiskWarning, limit: int = PAGE_ROWS) -> list[RiskWarning]:
    """Return when the same was found before of the same thing, the latest first, this time too."""
    rows = select(RiskWarning).where(
        RiskWarning.subject == warning.subject, RiskWarning.subject_id == warning.subject_id,
        RiskWarning.risk == warning.risk,
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(RiskWarning.id.desc()).limit(limit)))


def find_progress(log_id: int) -> WarningProgress | None:
    """Return how far the events of a log were looked at."""
    return db.session.get(WarningProgress, log_id)


# ---- Handed on


def get_hand_off(hand_off_id: int, actor: Actor, permission: Permission = _P.ASSET_READ) -> WarningHandOff:
    """Return what was handed on, in reach; raises Missing."""
    rows = select(WarningHandOff).where(WarningHandOff.id == hand_off_id, within(WarningHandOff, actor, permission))
    found = db.session.scalar(rows)
    if found is None or (found.risk in MONEY and not reaches(actor, _P.LEDGER_READ)):
        raise Missing
    return found


@dataclass(frozen=True)
class HandOffFilter:
    """Which matters handed on a list shows: of a unit and below; ``late_on`` keeps what is overdue on a day."""

    region_code: str
    state: HandOffState | None = None
    sector: Sector | None = None
    late_on: date | None = None
    #: The desk that handed it on.
    from_code: str = ""


def list_hand_offs(
    wanted: HandOffFilter, actor: Actor, *, before: int = 0, limit: int = PAGE_ROWS
) -> list[WarningHandOff]:
    """Return what was handed on, the latest first; one more than a page to show that there are more."""
    rows = select(WarningHandOff).where(*_handed(wanted, actor))
    rows = rows.where(WarningHandOff.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(WarningHandOff.id.desc()).limit(limit + 1)))


def count_hand_offs(wanted: HandOffFilter, actor: Actor) -> int:
    """Return how many matters handed on a list shows."""
    return db.session.scalar(select(func.count()).select_from(WarningHandOff).where(*_handed(wanted, actor))) or 0


def _handed(wanted: HandOffFilter, actor: Actor) -> list[ColumnElement[bool]]:
    found = [
        within(WarningHandOff, actor, _P.ASSET_READ),
        WarningHandOff.region_code.between(*code_range(wanted.region_code)),
    ]
    if not reaches(actor, _P.LEDGER_READ):
        found.append(WarningHandOff.risk.not_in(MONEY))
    if wanted.state:
        found.append(WarningHandOff.state == wanted.state.value)
    if wanted.sector:
        found.append(WarningHandOff.sector == wanted.sector.value)
    if wanted.late_on:
        found += [WarningHandOff.state == HandOffState.OPEN.value, WarningHandOff.due_on < wanted.late_on]
    if wanted.from_code:
        found.append(WarningHandOff.from_code == wanted.from_code)
    return found


def find_open_hand_off(warning_id: int) -> WarningHandOff | None:
    """Return with whom a warning lies."""
    rows = select(WarningHandOff).where(WarningHandOff.warning_id == warning_id, WarningHandOff.ended_at.is_(None))
    return db.session.scalar(rows)


def regions_handed(which: ColumnElement[bool]) -> list[str]:
    """Return the units that have warnings of these which stand."""
    rows = select(WarningHandOff.region_code).join(RiskWarning, RiskWarning.id == WarningHandOff.warning_id)
    rows = rows.where(WarningHandOff.ended_at.is_(None), RiskWarning.closed_at.is_(None), which)
    return list(db.session.scalars(rows.distinct().order_by(WarningHandOff.region_code)))


def hand_offs_of(warning_ids: Sequence[int], actor: Actor) -> list[WarningHandOff]:
    """Return what was handed on in reach because of these warnings, the latest first."""
    here = within(WarningHandOff, actor, _P.ASSET_READ)
    rows = select(WarningHandOff).where(WarningHandOff.warning_id.in_(warning_ids), here)
    return list(db.session.scalars(rows.order_by(WarningHandOff.id.desc())))


def words_of(hand_off_ids: Sequence[int]) -> list[WarningWord]:
    """Return what was said of these matters, in order."""
    rows = select(WarningWord).where(WarningWord.hand_off_id.in_(hand_off_ids))
    return list(db.session.scalars(rows.order_by(WarningWord.id)))


def answered_by(words: Sequence[WarningWord]) -> set[int | None]:
    """Return who gave the answers among these words; they judge none of them."""
    return {word.by_id for word in words if word.kind is Word.ANSWER}


def get_word(word_id: int, handed: WarningHandOff) -> WarningWord:
    """Return what was said of a matter; raises Missing."""
    rows = select(WarningWord).where(WarningWord.id == word_id, WarningWord.hand_off_id == handed.id)
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def files_of(word_ids: Sequence[int]) -> list[Attachment]:
    """Return what proves these words, the oldest first."""
    rows = select(Attachment).where(
        Attachment.thing_table == WORD_TABLE, Attachment.thing_id.in_([str(key) for key in word_ids])
    )
    return list(db.session.scalars(rows.order_by(Attachment.id)))
