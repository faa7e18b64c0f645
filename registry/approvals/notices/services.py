"""Posting a notice, proving that it hung, taking it down early, and closing it."""

from dataclasses import replace
from datetime import date

from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import (
    count_open_objections,
    find_hanging,
    find_taken_down,
    list_objections,
    list_posted_periods,
)
from registry.approvals.notices.rules import (
    AlreadyPosted,
    Case,
    NotAPhoto,
    NoticeFacts,
    NoticeState,
    PhotoMoment,
    SamePhoto,
    check_closing,
    check_facts,
    check_photos,
    check_reason,
    check_running,
    days_parameter,
    ends_on_of,
)
from registry.approvals.notices.tables import table_text
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Conflict
from registry.evidence.rules import EvidenceKind, MediaType
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import Sector
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy


def post_notice(facts: NoticeFacts, *, by: Actor, on: date, policy: Policy) -> Notice:
    """Put a notice up today for the days that the policy demands here.

    Raises FactMissing, TooLong, NoticeTooShort, PersonalNumber, PersonalColumn, RaggedTable, AlreadyPosted.
    """
    check_facts(facts)
    ends_on, replaced = ends_on_of(facts, on, policy), _replaced(facts)
    _check_once(facts)
    parameter, case = days_parameter(facts), facts.case or Case("", "", "")
    notice = Notice(
        region_code=facts.region_code, kind=facts.kind.value, state=NoticeState.POSTED.value,
        sector=facts.sector.value if facts.sector else None,
        title=facts.title.strip(), body=facts.body.strip(), table_json=table_text(facts.table),
        place=facts.place.strip(), contact_name=facts.contact_name.strip(), contact_phone=facts.contact_phone.strip(),
        hotline=hotline_of(policy), days=policy.number(parameter), days_kind=policy.notice_days_kind.value,
        days_parameter=parameter.value, starts_on=on, ends_on=ends_on,
        case_table=case.table, case_id=case.id, content_digest=case.content_digest,
        period_from=facts.period.first if facts.period else None, period_to=facts.period.last if facts.period else None,
        posted_by_id=by.id, posted_by_text=signature(by), posted_at=now(),
        proposer_id=facts.proposer_id, proposer_text=facts.proposer_text,
        replaces_id=replaced.id if replaced else None,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    moved = _take_over(notice, replaced)
    record(Action.NOTICE_POSTED, notice, by=by, facts={"objections": [*moved]} if moved else None)
    return notice


def repeating(facts: NoticeFacts, notice: Notice) -> NoticeFacts:
    """Return the facts of a notice that repeats one taken down early: same matter, same days, same proposer."""
    return replace(
        facts,
        case=notice.case,
        sector=Sector(notice.sector) if notice.sector else None,
        parameter=Parameter(notice.days_parameter),
        period=facts.period or notice.period,
        proposer_id=notice.proposer_id,
        proposer_text=notice.proposer_text,
        replaces_id=notice.id,
    )


def hotline_of(policy: Policy) -> str:
    """Return the numbers that stand on every notice."""
    numbers = (policy.text(Parameter.HOTLINE), policy.text(Parameter.LOCAL_HOTLINE))
    return "、".join(number for number in numbers if number)


def signature(by: Actor) -> str:
    """Return how a person signs: post and name."""
    return f"{by.post} {by.name}".strip()


def _replaced(facts: NoticeFacts) -> Notice | None:
    """Return the notice taken down early that this one repeats. Raises Conflict if that one still counts."""
    if facts.replaces_id is not None:
        named = db.session.get_one(Notice, facts.replaces_id)
        if named.notice_state is not NoticeState.TAKEN_DOWN or named.region_code != facts.region_code:
            raise Conflict
        return named
    return find_taken_down(facts.case, facts.region_code) if facts.case else None


def _check_once(facts: NoticeFacts) -> None:
    """Raise AlreadyPosted if the matter hangs, or the period has been made public."""
    hanging = find_hanging(facts.case, facts.region_code) if facts.case else None
    posted = facts.period and (facts.kind, facts.period.first) in list_posted_periods(facts.region_code)
    if hanging or posted:
        raise AlreadyPosted


def _take_over(notice: Notice, replaced: Notice | None) -> list[int]:
    """Let what was objected to a notice taken down hold against the one that repeats it: nothing is shed."""
    rows = [one for one in list_objections(replaced.id) if one.state != "CLOSED"] if replaced else []
    for objection in rows:
        objection.notice_id = notice.id
    return [objection.id for objection in rows]


def add_first_photo(notice: Notice, file: KeptFile, *, by: Actor, on: date) -> None:
    """Keep the photograph of the board as it was put up. Raises NotAPhoto, SamePhoto, TakenDownEarly, AlreadyClosed."""
    check_running(notice.notice_state)
    if notice.first_photo:
        raise SamePhoto(field="file")
    notice.first_photo = _photo(file)
    _attach(notice, file, PhotoMoment.FIRST, by, on)


def close_notice(notice: Notice, file: KeptFile | None, *, by: Actor, on: date) -> None:
    """Close a notice that has hung its days, with the photograph of the last one.

    Raises NoticeTooShort, ObjectionOpen, PhotoMissing, SamePhoto, NotAPhoto, TakenDownEarly, AlreadyClosed.
    """
    check_running(notice.notice_state)
    check_closing(notice.ends_on, on, count_open_objections(notice.id, on))
    last = _photo(file) if file else ""
    check_photos(notice.first_photo, last)
    notice.last_photo = last
    _end(notice, NoticeState.CLOSED, by, on)
    if file:
        _attach(notice, file, PhotoMoment.LAST, by, on)
    record(Action.NOTICE_CLOSED, notice, by=by)


def take_down(notice: Notice, reason: str, *, by: Actor, on: date) -> None:
    """Take a notice down early; it counts for nothing, and the matter starts again as a new notice."""
    check_running(notice.notice_state)
    check_reason(reason)
    notice.reason = reason.strip()
    _end(notice, NoticeState.TAKEN_DOWN, by, on)
    record(Action.NOTICE_TAKEN_DOWN, notice, by=by, reason=reason.strip())


def _end(notice: Notice, state: NoticeState, by: Actor, on: date) -> None:
    notice.state, notice.ended_on = state.value, on
    notice.ended_by_id, notice.ended_by_text = by.id, signature(by)


def _photo(file: KeptFile) -> str:
    if file.kind is MediaType.PDF:
        raise NotAPhoto(field="file")
    return file.sha256


def _attach(notice: Notice, file: KeptFile, moment: PhotoMoment, by: Actor, on: date) -> None:
    attach([file], Caption(EvidenceKind.NOTICE, moment.label, on), to=thing_of(notice), by=by)
