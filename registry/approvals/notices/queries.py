"""Questions about notices and objections; one outside the asker's reach does not exist (404)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.objecting import ObjectionState, typed_receipt
from registry.approvals.notices.recurring import RECURRENCES
from registry.approvals.notices.rules import Case, NoticeKind, NoticeState, is_fulfilled
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import Level, ancestor, code_range, level_of
from registry.scope import within
from registry.sealing import blind_index, masked_name, masked_phone, unseal
from registry.text import N_, Labelled

PAGE_ROWS = 20
_POSTED, _TAKEN_DOWN = NoticeState.POSTED.value, NoticeState.TAKEN_DOWN.value


class Tab(Labelled):
    """The three heaps of notices."""

    RUNNING = "running", N_("在公示")
    OVER = "over", N_("待收回")
    ENDED = "ended", N_("已结束")


@dataclass(frozen=True)
class Wanted:
    """Which notices a list shows."""

    tab: Tab = Tab.RUNNING
    region_code: str = ""
    kind: NoticeKind | None = None
    text: str = ""


@dataclass(frozen=True)
class NoticePage:
    """One page of a list, newest first: its rows, and how many stand before and after them."""

    rows: Sequence[Notice]
    before: int
    after: int


@dataclass(frozen=True)
class Objector:
    """Who objected, whole or masked; either may be empty."""

    name: str
    contact: str


# ---- Notices


def get_notice(notice_id: int, actor: Actor, permission: Permission = Permission.ASSET_READ) -> Notice:
    """Return a notice within the actor's reach; raises Missing."""
    notice = db.session.scalar(select(Notice).where(Notice.id == notice_id, within(Notice, actor, permission)))
    if notice is None:
        raise Missing
    return notice


def get_posted_notice(notice_id: int) -> Notice:
    """Return a notice for whoever stands before the board; raises Missing."""
    notice = db.session.get(Notice, notice_id)
    if notice is None:
        raise Missing
    return notice


def find_notice(case_table: str, case_id: str, content_digest: str, region_code: str) -> Notice | None:
    """Return the latest notice of exactly this content of a case in a unit, unless it was taken down early."""
    rows = select(Notice).where(
        Notice.case_table == case_table,
        Notice.case_id == case_id,
        Notice.content_digest == content_digest,
        Notice.region_code == region_code,
        Notice.state != _TAKEN_DOWN,
    )
    return db.session.scalar(rows.order_by(Notice.id.desc()).limit(1))


def list_notices_of(case_table: str, case_id: str) -> list[Notice]:
    """Return every notice of a case, in whatever unit and state, oldest first."""
    rows = select(Notice).where(Notice.case_table == case_table, Notice.case_id == case_id)
    return list(db.session.scalars(rows.order_by(Notice.id)))


def find_hanging(case: Case, region_code: str) -> Notice | None:
    """Return the notice of a case that hangs in a unit, whatever content it shows."""
    rows = [one for one in list_notices_of(case.table, case.id) if one.region_code == region_code]
    return next((one for one in reversed(rows) if one.notice_state is NoticeState.POSTED), None)


def find_taken_down(case: Case, region_code: str) -> Notice | None:
    """Return the notice of a case in a unit that was taken down last, if nothing has replaced it yet."""
    rows = [one for one in list_notices_of(case.table, case.id) if one.region_code == region_code]
    return rows[-1] if rows and rows[-1].notice_state is NoticeState.TAKEN_DOWN else None


def titles_of(notice_ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of these notices, for a page of rows."""
    rows = select(Notice.id, Notice.title).where(Notice.id.in_(notice_ids))
    return {number: str(title) for number, title in db.session.execute(rows)}


def find_replacement(notice_id: int) -> Notice | None:
    """Return the notice that repeats one taken down early."""
    return db.session.scalar(select(Notice).where(Notice.replaces_id == notice_id).order_by(Notice.id).limit(1))


def list_posted_periods(region_code: str) -> frozenset[tuple[NoticeKind, date]]:
    """Return the kinds and first days of periods that a unit has made public."""
    rows = select(Notice.kind, Notice.period_from).where(
        Notice.region_code == region_code,
        Notice.kind.in_([one.kind.value for one in RECURRENCES]),
        Notice.period_from.is_not(None),
        Notice.state != _TAKEN_DOWN,
    )
    return frozenset((NoticeKind(kind), first) for kind, first in db.session.execute(rows) if first)


def _in_tab(tab: Tab, on: date) -> ColumnElement[bool]:
    if tab is Tab.ENDED:
        return Notice.state.in_((NoticeState.CLOSED.value, _TAKEN_DOWN))
    over = Notice.ends_on <= on if tab is Tab.OVER else Notice.ends_on > on
    return and_(Notice.state == _POSTED, over)


def _matching(wanted: Wanted, actor: Actor, on: date) -> list[ColumnElement[bool]]:
    found = [within(Notice, actor, Permission.ASSET_READ), _in_tab(wanted.tab, on)]
    if wanted.region_code:
        found.append(Notice.region_code.between(*code_range(wanted.region_code)))
    if wanted.kind is not None:
        found.append(Notice.kind == wanted.kind.value)
    if wanted.text:
        found.append(Notice.title.contains(wanted.text, autoescape=True))
    return found


def list_notices(
    wanted: Wanted, actor: Actor, on: date, *, after: int = 0, before: int = 0, limit: int = PAGE_ROWS
) -> NoticePage:
    """Return a page of notices, newest first: those after a notice in the list, or those before one."""
    return _page(_matching(wanted, actor, on), after, before, limit)


def _page(here: Sequence[ColumnElement[bool]], after: int, before: int, limit: int) -> NoticePage:
    rows = select(Notice).where(*here)
    if before:
        found = list(db.session.scalars(rows.where(Notice.id > before).order_by(Notice.id).limit(limit)))[::-1]
    else:
        rows = rows.where(Notice.id < after) if after else rows
        found = list(db.session.scalars(rows.order_by(Notice.id.desc()).limit(limit)))
    if not found:
        return NoticePage([], 0, 0)
    count = select(func.count()).select_from(Notice).where(*here)
    newer = db.session.scalar(count.where(Notice.id > found[0].id)) or 0
    older = db.session.scalar(count.where(Notice.id < found[-1].id)) or 0
    return NoticePage(found, newer, older)


def count_notices(tab: Tab, actor: Actor, on: date) -> int:
    """Return how many notices lie on a heap within the actor's reach."""
    rows = select(func.count()).select_from(Notice).where(*_matching(Wanted(tab), actor, on))
    return db.session.scalar(rows) or 0


def list_on_board(region_code: str, limit: int) -> list[Notice]:
    """Return what hangs on a unit's own board, the latest first."""
    rows = select(Notice).where(Notice.region_code == region_code, Notice.state == _POSTED)
    return list(db.session.scalars(rows.order_by(Notice.id.desc()).limit(limit)))


def count_running_below(region_code: str) -> dict[str, int]:
    """Return for each unit right below how many notices hang on its board and the boards under it."""
    level = level_of(region_code)
    if level is Level.VILLAGE:
        return {}
    child = list(Level)[level.depth + 1]
    inside = (Notice.state == _POSTED, Notice.region_code.between(*code_range(region_code)))
    rows = select(Notice.region_code, func.count()).where(*inside).group_by(Notice.region_code)
    found: Counter[str] = Counter()
    for code, count in db.session.execute(rows):
        found[ancestor(code, child)] += count
    return found


def list_past_of_board(region_code: str, *, after: int = 0, before: int = 0, limit: int = PAGE_ROWS) -> NoticePage:
    """Return a page of what hung on a unit's own board, the latest first."""
    return _page((Notice.region_code == region_code, Notice.state == NoticeState.CLOSED.value), after, before, limit)


# ---- Objections


def still_open(on: date) -> ColumnElement[bool]:
    """Return the condition that an objection is open on a day (objecting.is_open, said to the database)."""
    return or_(
        Objection.state.in_((ObjectionState.OPEN.value, ObjectionState.PASSED_ON.value)),
        and_(Objection.state == ObjectionState.ANSWERED.value, Objection.pass_on_until >= on),
    )


def count_open_objections(notice_id: int, on: date) -> int:
    """Return how many objections to a notice are open on a day."""
    rows = select(func.count()).select_from(Objection).where(Objection.notice_id == notice_id, still_open(on))
    return db.session.scalar(rows) or 0


def count_objections(notice_id: int) -> int:
    """Return how many objections to a notice came in."""
    return db.session.scalar(select(func.count()).select_from(Objection).filter_by(notice_id=notice_id)) or 0


def has_hung(notice: Notice, on: date) -> bool:
    """Say whether a step that waits for this notice may go on: not taken down, days over, no objection open."""
    if notice.notice_state is NoticeState.TAKEN_DOWN:
        return False
    return is_fulfilled(notice.starts_on, notice.ends_on, on, count_open_objections(notice.id, on))


def get_objection(objection_id: int, actor: Actor, permission: Permission) -> Objection:
    """Return an objection to a notice within the actor's reach; raises Missing."""
    rows = select(Objection).where(Objection.id == objection_id, within(Objection, actor, permission))
    objection = db.session.scalar(rows)
    if objection is None:
        raise Missing
    return objection


def find_objection(receipt: str) -> Objection | None:
    """Return the objection of whoever holds the code, however they typed it."""
    code = typed_receipt(receipt)
    return db.session.scalar(select(Objection).where(Objection.receipt_index == blind_index(code))) if code else None


def list_objections(notice_id: int) -> list[Objection]:
    """Return the objections to a notice the caller has been allowed to see, oldest first."""
    return list(db.session.scalars(select(Objection).filter_by(notice_id=notice_id).order_by(Objection.id)))


def list_answers(objection_ids: Sequence[int]) -> list[ObjectionAnswer]:
    """Return what was answered to these objections, oldest first."""
    rows = select(ObjectionAnswer).where(ObjectionAnswer.objection_id.in_(objection_ids))
    return list(db.session.scalars(rows.order_by(ObjectionAnswer.id)))


def unsealed(objection: Objection) -> Objector:
    """Return who objected; only for a reveal that is recorded, or to be masked at once."""
    return Objector(*(_plain(objection, column) for column in ("name", "contact")))


def _plain(objection: Objection, column: str) -> str:
    stored = getattr(objection, column)
    return unseal(stored, table="objection", row=objection.uid, column=column) if stored else ""


def masked_of(objection: Objection) -> Objector:
    """Return what any member of staff sees of who objected."""
    whole = unsealed(objection)
    return Objector(masked_name(whole.name) if whole.name else "", masked_phone(whole.contact))


def find_last_notice(region_code: str) -> Notice | None:
    """Return the notice a unit posted last: where it hung and whom to ask is what the next one begins with."""
    return db.session.scalar(
        select(Notice).where(Notice.region_code == region_code).order_by(Notice.id.desc()).limit(1)
    )
