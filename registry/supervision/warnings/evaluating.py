"""Asking the questions and keeping the answers: a whole area at night, single things after each event.

The log of an area is locked while its answers are written, one risk after the other, so that no deed falls between a
question and its answer, and no deed waits longer than for one question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from registry import config
from registry.audit.queries import last_seq, list_logs, stream_payloads
from registry.bulk import add_many, chunks
from registry.clock import now
from registry.database import db, transaction
from registry.places.queries import list_children
from registry.policy.queries import policy_for
from registry.regions import CodeRange, Level, ancestor, code_range, level_of, log_of, log_region
from registry.supervision.warnings.asked import Asked
from registry.supervision.warnings.asking import PLACES, Found, ask
from registry.supervision.warnings.models import RiskWarning, WarningHandOff, WarningProgress
from registry.supervision.warnings.queries import regions_handed
from registry.supervision.warnings.risks import RISKS, ROWS, Risk, risks_of
from registry.supervision.warnings.rules import Subject
from registry.supervision.warnings.services import end_gone
from registry.supervision.warnings.sums import StandingSums
from registry.supervision.warnings.touching import Touched, touched_by

#: What stands of a risk, by thing.
Standing = dict[int, RiskWarning]
#: So many events are looked at in one transaction; more touched things than this are cheaper asked with all others.
EVENTS_AT_ONCE = 200
MOST_SINGLY = 5_000


@dataclass
class Tally:
    """What an evaluation came to."""

    opened: int = 0
    closed: int = 0
    changed: int = 0
    standing: int = 0

    def add(self, other: "Tally") -> None:
        """Take in another one."""
        self.opened += other.opened
        self.closed += other.closed
        self.changed += other.changed
        self.standing += other.standing


@dataclass(frozen=True)
class Area:
    """The units of one log, with what is required of them; the municipality's own are an area of their own."""

    code: str

    @property
    def codes(self) -> CodeRange:
        """The codes of its units."""
        if level_of(self.code) is Level.MUNICIPALITY:
            return CodeRange(self.code, self.code)
        return code_range(self.code)

    def asked(self, on: date) -> Asked:
        """Return what a question is given here on a day."""
        return Asked(on, policy_for(self.code, on))


def list_areas() -> list[Area]:
    """Return every area of the municipality, its own first."""
    city = config.current().municipality
    return [Area(city), *(Area(one.region_code) for one in list_children(city))]


# ---- Everything of an area


def evaluate_everything(on: date) -> Tally:
    """Ask every risk of everything, area by area, each in transactions of its own."""
    whole = Tally()
    for area in list_areas():
        whole.add(evaluate_area(area, on))
    return whole


def evaluate_area(area: Area, on: date) -> Tally:
    """Ask every risk of everything in an area, one transaction for each, then note how far its log had come before."""
    with transaction(area.code):
        seq, asked = last_seq(log_of(area.code)), area.asked(on)
    whole = Tally()
    for row in RISKS:
        with transaction(area.code, *_handed_beyond(area, {})):
            whole.add(answer(row.risk, area, asked))
    with transaction(area.code):
        _note(log_of(area.code), seq, on)
    return whole


def evaluate_within(area: Area, on: date) -> Tally:
    """Ask every risk of everything in an area within the running transaction, and note how far its log has come."""
    whole, asked = Tally(), area.asked(on)
    for row in RISKS:
        whole.add(answer(row.risk, area, asked))
    _note(log_of(area.code), last_seq(log_of(area.code)), on)
    return whole


def _note(log_id: int, seq: int, on: date) -> None:
    row = db.session.get(WarningProgress, log_id)
    if row is None:
        row = WarningProgress(log_id=log_id)
        db.session.add(row)
    row.seq, row.whole_on, row.whole_at = seq, on, now()
    db.session.flush()


def answer(risk: Risk, area: Area, asked: Asked) -> Tally:
    """Ask one risk of an area, and bring what stands in line with the answer."""
    found = ask(risk, asked, area.codes)
    inside = RiskWarning.region_code.between(*area.codes)
    # What was found may stand under another unit still.
    beside = [RiskWarning.subject_id.in_(some) for some in chunks(sorted(found))]
    known = _standing(RiskWarning.risk == risk.value, [inside, *beside])
    return _bring_in_line(risk, found, known.get(risk, {}), now())


def _standing(which: ColumnElement[bool], conditions: Sequence[ColumnElement[bool]]) -> dict[Risk, Standing]:
    """Return what stands, by risk and thing."""
    known: dict[Risk, Standing] = {}
    for condition in conditions:
        rows = select(RiskWarning).where(RiskWarning.closed_at.is_(None), which, condition)
        for row in db.session.scalars(rows):
            known.setdefault(Risk(row.risk), {})[row.subject_id] = row
    return known


def _bring_in_line(risk: Risk, found: Mapping[int, Found], standing: Standing, at: datetime) -> Tally:
    gone = [row for key, row in standing.items() if key not in found]
    sums = StandingSums()
    sums.ceases(gone)
    changed = [row for key, row in standing.items() if key in found and _take(row, found[key], sums)]
    fresh = [_opened(risk, one, at) for key, one in found.items() if key not in standing]
    for row in gone:
        row.closed_at = at
    if gone or changed:
        db.session.flush()
    add_many(fresh)
    sums.begins(fresh)
    sums.keep()
    end_gone(gone)
    return Tally(len(fresh), len(gone), len(changed), len(found))


def _take(row: RiskWarning, found: Found, sums: StandingSums) -> bool:
    """Bring what stands in line with what was found; says whether that changed it."""
    said = (found.region_code, found.sector, found.title, found.page_key, found.figures, ROWS[Risk(row.risk)].severity)
    if said == (row.region_code, row.sector, row.title, row.page_key, row.figures, row.severity):
        return False
    sums.ceases([row])
    row.region_code, row.sector, row.title, row.page_key, row.figures, row.severity = said
    sums.begins([row])
    return True


def _opened(risk: Risk, found: Found, at: datetime) -> RiskWarning:
    row = ROWS[risk]
    return RiskWarning(
        region_code=found.region_code, sector=found.sector, risk=risk.value, severity=row.severity.value,
        subject=row.subject.value, subject_id=found.subject_id, title=found.title, page_key=found.page_key,
        figures=found.figures, opened_at=at,
    )  # fmt: skip


def keep_watch(on: date, time_for: timedelta) -> Tally:
    """Follow the events since the last time; then ask everything where that was not done today, as far as time lasts.

    An area that is begun is carried to its end; what is left waits for the next time.
    """
    until, whole = now() + time_for, follow_events(on)
    for area in list_areas():
        if now() >= until:
            break
        progress = db.session.get(WarningProgress, log_of(area.code))
        if progress is None or progress.whole_on != on:
            whole.add(evaluate_area(area, on))
    return whole


# ---- What events touched


def follow_events(on: date) -> Tally:
    """Ask again, log by log, what new events touched."""
    whole = Tally()
    for log_id in list_logs():
        whole.add(follow_log(log_id, on))
    return whole


def follow_log(log_id: int, on: date) -> Tally:
    """Read the new events of a log, some at a time, and ask again what they touched.

    An area that was never asked whole waits for that.
    """
    whole, area = Tally(), Area(log_region(log_id))
    progress = db.session.get(WarningProgress, log_id)
    if progress is None:
        return whole
    seq, head = progress.seq, last_seq(log_id)
    while seq < head:
        whole.add(_follow(area, seq, min(seq + EVENTS_AT_ONCE, head), on))
        seq = db.session.get_one(WarningProgress, log_id).seq
    return whole


def _follow(area: Area, after: int, until: int, on: date) -> Tally:
    happened = touched_by(stream_payloads(log_of(area.code), until, after))
    by_area = _by_area(happened.touched)
    if happened.of_policy:
        return _everything_below(area, on)
    whole, beyond = Tally(), [code for one, touched in by_area.items() for code in _handed_beyond(one, touched)]
    with transaction(area.code, *(one.code for one in by_area), *beyond):
        for one, touched in by_area.items():
            whole.add(ask_again(one, touched, on))
        row = db.session.get_one(WarningProgress, log_of(area.code))
        row.seq = until
    return whole


def _handed_beyond(area: Area, touched: Touched) -> list[str]:
    """Return the units beyond an area that have warnings of it, or of these things: what ends there is theirs to log.

    A unit that went over to another county may have left such a matter with a unit above the old one.
    """
    beyond = ~WarningHandOff.region_code.between(*area.codes)
    which: list[ColumnElement[bool]] = [RiskWarning.region_code.between(*area.codes)]
    for subject, ids in touched.items():
        named = (RiskWarning.subject_id.in_(some) for some in chunks(sorted(ids)))
        which += [and_(RiskWarning.subject == subject.value, one) for one in named]
    return [code for one in which for code in regions_handed(and_(one, beyond))]


def _everything_below(area: Area, on: date) -> Tally:
    """Ask everything anew where a policy changed: in its county, or everywhere under the municipality's."""
    if level_of(area.code) is Level.MUNICIPALITY:
        return evaluate_everything(on)
    return evaluate_area(area, on)


def ask_again(area: Area, touched: Touched, on: date) -> Tally:
    """Ask the risks of these things again, within the running transaction."""
    whole, asked, at = Tally(), area.asked(on), now()
    for subject, ids in touched.items():
        if len(ids) > MOST_SINGLY:
            for risk in risks_of(subject):
                whole.add(answer(risk, area, asked))
            continue
        named = sorted(ids)
        known = _standing(
            RiskWarning.subject == subject.value, [RiskWarning.subject_id.in_(some) for some in chunks(named)]
        )
        for risk in risks_of(subject):
            whole.add(_bring_in_line(risk, ask(risk, asked, area.codes, named), known.get(risk, {}), at))
    return whole


def _by_area(touched: Touched) -> dict[Area, Touched]:
    """Part what was touched by where it stands now; a thing that is no more waits for the night."""
    found: dict[Area, Touched] = {}
    for subject, ids in touched.items():
        regions = _regions_of(subject, ids)
        for key in ids:
            region = regions.get(key)
            if region is not None:
                area = Area(ancestor(region, min(level_of(region), Level.COUNTY, key=lambda level: level.depth)))
                found.setdefault(area, {}).setdefault(subject, set()).add(key)
    return found


def _regions_of(subject: Subject, ids: Iterable[int]) -> dict[int, str]:
    if subject is Subject.UNIT:
        return {key: str(key) for key in ids}
    place, found = PLACES[subject], {}
    for some in chunks(sorted(ids)):
        rows: Any = select(place.key, place.region).where(place.key.in_(some))
        found.update({int(key): str(region) for key, region in db.session.execute(rows)})
    return found
