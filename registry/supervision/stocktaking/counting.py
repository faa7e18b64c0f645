"""Marks on lines, what stands on no list, and the second person: one function per deed."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue, encode
from registry.audit.services import record, thing_of
from registry.clock import local, now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor
from registry.supervision.stocktaking.models import StockDifference, StockLine, StockMark, StockSheet
from registry.supervision.stocktaking.queries import count_uncounted, counters_of, differences_of, lacking_assets
from registry.supervision.stocktaking.refusals import (
    AlreadySettled,
    ListBehind,
    NotSubmitted,
    OpinionMissing,
    Uncounted,
)
from registry.supervision.stocktaking.rules import (
    Count,
    DifferenceState,
    Outcome,
    SheetStatus,
    Surplus,
    check_count,
    check_counting,
    check_open,
    check_second,
    check_surplus,
    counted_at,
)


def count_line(line: StockLine, count: Count, files: Sequence[KeptFile] = (), *, by: Actor) -> StockMark:
    """Mark a line. Of several marks the one counted last counts; the others stay. Raises what check_count raises."""
    sheet = line.sheet
    check_open(sheet.campaign.state)
    check_counting(sheet.state)
    check_count(count, listed=line.is_listed, expected_milli=line.quantity_milli, photos=len(files))
    mark = _add_mark(line, count, by)
    if line.counted_at is None or mark.counted_at >= line.counted_at:
        line.take(count.outcome, count.counted_milli, count.note.strip())
        line.counted_at, line.counted_by_text = mark.counted_at, mark.by_text
    record(Action.STOCKTAKE_COUNTED, line, by=by, reason=mark.note)
    _keep_photos(mark, files, by)
    return mark


def _add_mark(line: StockLine, count: Count, by: Actor) -> StockMark:
    moment = now()
    mark = StockMark(
        sheet_id=line.sheet_id, line_id=line.id, region_code=line.region_code, outcome=count.outcome.value,
        counted_milli=count.counted_milli, note=count.note.strip(), way=count.way.value, by_id=by.id,
        by_text=signature(by), at=moment,
        counted_at=counted_at(count.tapped_at, opened_at=line.sheet.campaign.opened_at, now=moment),
    )  # fmt: skip
    db.session.add(mark)
    db.session.flush()
    return mark


def _keep_photos(mark: StockMark, files: Sequence[KeptFile], by: Actor) -> None:
    if files:
        caption = Caption(EvidenceKind.PHOTO, mark.result.label, _day(mark.counted_at))
        attach([*files], caption, to=thing_of(mark), by=by)


def _day(moment: datetime) -> date:
    return local(moment).date()


def add_surplus(sheet: StockSheet, surplus: Surplus, files: Sequence[KeptFile] = (), *, by: Actor) -> StockLine:
    """Put something on a sheet that stands on no list, with its first mark. Raises what check_surplus raises."""
    check_open(sheet.campaign.state)
    check_counting(sheet.state)
    check_surplus(surplus)
    line = StockLine(
        campaign_id=sheet.campaign_id, sheet_id=sheet.id, region_code=sheet.region_code, sheet=sheet,
        name=surplus.name.strip(), category=surplus.category, unit=surplus.unit.strip(),
        place=surplus.place.strip(), outcome=Outcome.UNEXPECTED.value,
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()
    mark = _add_mark(line, Count(Outcome.UNEXPECTED, surplus.quantity_milli, surplus.note), by)
    line.take(Outcome.UNEXPECTED, surplus.quantity_milli, surplus.note.strip())
    line.counted_at, line.counted_by_text = mark.counted_at, mark.by_text
    record(Action.STOCKTAKE_SURPLUS_FOUND, line, by=by, reason=line.note)
    _keep_photos(mark, files, by)
    return line


def submit_sheet(sheet: StockSheet, *, by: Actor, on: date) -> None:
    """Hand a counted sheet to the second person. Raises NotCounting, Uncounted, ListBehind."""
    check_open(sheet.campaign.state)
    check_counting(sheet.state)
    check_list(sheet, on)
    left = count_uncounted(sheet.id)
    if left:
        raise Uncounted(count=left)
    sheet.status = SheetStatus.SUBMITTED.value
    sheet.submitted_by_id, sheet.submitted_by_text, sheet.submitted_at = by.id, signature(by), now()
    sheet.confirmed_by_id, sheet.confirmed_by_text, sheet.confirmed_at = None, "", None
    record(Action.STOCKTAKE_SUBMITTED, sheet, by=by)


def check_list(sheet: StockSheet, on: date) -> None:
    """Raise ListBehind if the register has grown since the list was made."""
    lacking = len(lacking_assets(sheet, on))
    if lacking:
        raise ListBehind(count=lacking)


def confirm_sheet(sheet: StockSheet, opinion: str, *, by: Actor) -> None:
    """Confirm a sheet as somebody who did not count on it: every difference becomes a thing to settle.

    Raises NotSubmitted, OwnCount.
    """
    _check_second(sheet, by)
    sheet.status, sheet.opinion = SheetStatus.CONFIRMED.value, opinion.strip()
    sheet.confirmed_by_id, sheet.confirmed_by_text, sheet.confirmed_at = by.id, signature(by), now()
    lines = _lines(sheet)
    sheet.digest = digest_of(sheet, lines)
    db.session.add_all(_difference(line) for line in lines if line.is_different)
    record(Action.STOCKTAKE_CONFIRMED, sheet, by=by, reason=sheet.opinion, content=sheet.digest)


def send_back(sheet: StockSheet, opinion: str, *, by: Actor) -> None:
    """Let a sheet be counted again: before it is confirmed, or after that while no difference has been settled.

    Raises NotSubmitted, OwnCount, OpinionMissing, AlreadySettled.
    """
    if not opinion.strip():
        raise OpinionMissing(field="opinion")
    _check_second(sheet, by, also=SheetStatus.CONFIRMED)
    for one in differences_of(sheet.id):
        if one.settled is not None:
            raise AlreadySettled(way=one.settled.label)
        db.session.delete(one)
    sheet.status, sheet.opinion, sheet.digest = SheetStatus.COUNTING.value, opinion.strip(), ""
    record(Action.STOCKTAKE_SENT_BACK, sheet, by=by, reason=sheet.opinion)


def _check_second(sheet: StockSheet, by: Actor, also: SheetStatus | None = None) -> None:
    check_open(sheet.campaign.state)
    if sheet.state not in {SheetStatus.SUBMITTED, also}:
        raise NotSubmitted(status=sheet.state.label)
    check_second(by, {*counters_of(sheet.id), sheet.submitted_by_id})


def _lines(sheet: StockSheet) -> list[StockLine]:
    return list(db.session.scalars(select(StockLine).where(StockLine.sheet_id == sheet.id).order_by(StockLine.id)))


def _difference(line: StockLine) -> StockDifference:
    return StockDifference(
        campaign_id=line.campaign_id, sheet_id=line.sheet_id, line_id=line.id, region_code=line.region_code,
        sector=line.sector, outcome=line.outcome, state=DifferenceState.OPEN.value, found_at=now(),
    )  # fmt: skip


def digest_of(sheet: StockSheet, lines: Sequence[StockLine]) -> str:
    """Return the digest of a result: what was found of every line, and nothing that may still change."""
    said: list[JsonValue] = [
        {"name": one.name, "asset_no": one.asset_no, "outcome": one.outcome, "counted": one.counted_milli,
         "value_fen": one.value_fen} for one in lines
    ]  # fmt: skip
    content: JsonValue = {"campaign": sheet.campaign.number, "sheet": sheet.id, "lines": said}
    return sha256(encode(content).encode()).hexdigest()
