"""What a page of a notice shows, gathered: the notice, its photographs, objections and answers, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.objecting import ObjectionState, seat, seats_of, state_on, waits_for_answer
from registry.approvals.notices.queries import Objector, count_open_objections, list_answers, list_objections, masked_of
from registry.approvals.notices.rules import NoticeState, days_left
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.permissions import Actor


@dataclass(frozen=True)
class ShownObjection:
    """One objection as a reader of a day sees it; ``masked`` is for staff only."""

    row: Objection
    state: ObjectionState
    seat: str
    days_left: int
    answers: Sequence[ObjectionAnswer]
    masked: Objector | None = None
    is_mine: bool = False

    @property
    def waits(self) -> bool:
        """Whether a level has still to answer."""
        return waits_for_answer(self.state)

    @property
    def may_pass_on(self) -> bool:
        """Whether the answer can still be taken to the level above."""
        return self.state is ObjectionState.ANSWERED


@dataclass(frozen=True)
class ShownNotice:
    """One notice as a reader of a day sees it."""

    row: Notice
    days_left: int
    open_objections: int

    @property
    def state(self) -> NoticeState:
        return self.row.notice_state

    @property
    def is_running(self) -> bool:
        return self.state is NoticeState.POSTED

    @property
    def is_over(self) -> bool:
        """Whether its days are over and nobody has closed it yet."""
        return self.is_running and self.days_left == 0


def shown(notice: Notice, on: date) -> ShownNotice:
    """Return how a notice stands on a day."""
    return ShownNotice(notice, days_left(notice.ends_on, on), count_open_objections(notice.id, on))


def shown_objection(objection: Objection, on: date, reader: Actor | None = None) -> ShownObjection:
    """Return one objection with its answers; who objected is masked for staff and left out for the objector's page."""
    return _shown([objection], list_answers([objection.id]), on, reader)[0]


def shown_objections(notice_id: int, on: date, reader: Actor) -> list[ShownObjection]:
    """Return the objections to a notice with their answers, for staff."""
    rows = list_objections(notice_id)
    return _shown(rows, list_answers([row.id for row in rows]), on, reader)


def _shown(
    rows: Sequence[Objection], answers: Sequence[ObjectionAnswer], on: date, reader: Actor | None
) -> list[ShownObjection]:
    mine = seats_of(reader) if reader else ()
    return [
        ShownObjection(
            row,
            state_on(row.objection_state, row.pass_on_until, on),
            seat(row.region_code, row.lies_at),
            (_last_day(row) - on).days,
            [one for one in answers if one.objection_id == row.id],
            masked_of(row) if reader else None,
            seat(row.region_code, row.lies_at) in mine,
        )
        for row in rows
    ]


def _last_day(row: Objection) -> date:
    """Return the last day of whoever's turn it is: the level's to answer, or the objector's to pass it on."""
    return row.pass_on_until or row.due_on


def photos_of(notice: Notice) -> list[Attachment]:
    """Return the photographs of the board, the first one first."""
    kept = {notice.first_photo, notice.last_photo}
    return [one for one in list_attachments("notice", str(notice.id)) if one.sha256 in kept]
