"""When a notice has hung long enough, and what bars posting, closing and taking it down. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.notices.tables import NO_TABLE, NoticeTable, check_open_text, check_table
from registry.errors import Conflict, Invalid
from registry.kinds import Sector
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_, Labelled

MAX_TITLE, MAX_BODY, MAX_PLACE, MAX_CONTACT, MAX_REASON = 120, 6000, 200, 40, 500


class NoticeKind(Labelled):
    """What is made public (公告公示). The last two recur by themselves."""

    LEDGER = "LEDGER", N_("资产台账")
    TITLE = "TITLE", N_("确权")
    HAND_OVER = "HAND_OVER", N_("移交")
    OPERATION = "OPERATION", N_("经营招租、合同")
    DISTRIBUTION_PLAN = "DISTRIBUTION_PLAN", N_("收益分配方案")
    DISTRIBUTION_RESULT = "DISTRIBUTION_RESULT", N_("收益分配结果")
    BENEFICIARIES = "BENEFICIARIES", N_("受益对象调整")
    DISPOSAL_PLAN = "DISPOSAL_PLAN", N_("处置方案")
    DISPOSAL_RESULT = "DISPOSAL_RESULT", N_("处置结果")
    STOCKTAKING = "STOCKTAKING", N_("清查结果")
    EVALUATION = "EVALUATION", N_("绩效结果")
    RECTIFICATION = "RECTIFICATION", N_("审计整改")
    RESOLUTION = "RESOLUTION", N_("会议决议")
    PUBLIC_POST = "PUBLIC_POST", N_("公益性岗位")
    VILLAGE_MATTERS = "VILLAGE_MATTERS", N_("村务定期公开")
    COLLECTIVE_ACCOUNTS = "COLLECTIVE_ACCOUNTS", N_("集体财务定期公开")


#: How long a kind hangs where the policy speaks of it; the others hang the days of the village board.
DAYS_OF: dict[NoticeKind, Parameter] = {
    NoticeKind.DISTRIBUTION_PLAN: Parameter.NOTICE_DAYS_PLAN_READING,
    NoticeKind.DISTRIBUTION_RESULT: Parameter.NOTICE_DAYS_PLAN_RESULT,
}


class NoticeState(Labelled):
    """How far a notice has come."""

    POSTED = "POSTED", N_("在公示")
    CLOSED = "CLOSED", N_("公示期满")
    TAKEN_DOWN = "TAKEN_DOWN", N_("提前收回")


class PhotoMoment(Labelled):
    """The two photographs that prove that a notice hung: when it was put up, and when its days were over."""

    FIRST = "FIRST", N_("张贴时的照片")
    LAST = "LAST", N_("期满时的照片")


class FactMissing(Invalid):
    """A notice says what, where and whom to ask."""

    message = N_("这一项必填。")


class TooLong(Invalid):
    """A notice is read standing."""

    message = N_("这一项最多 %(most)s 个字。")


class NoticeTooShort(Invalid):
    """The days of a notice are not over, or would be fewer than the policy demands."""

    message = N_("公示至少要挂到 %(until)s（含），天数不足不能算数。")


class ObjectionOpen(Conflict):
    """A notice with an open objection is not over."""

    message = N_("还有 %(count)s 件异议没有办结，答复并过了转上一级的期限后才能收回。")


class TakenDownEarly(Conflict):
    """What was taken down early counts for nothing: it starts again as a new notice."""

    message = N_("这份公示已提前收回，不再算数。请重新公示，天数从头算起。")


class AlreadyClosed(Conflict):
    """The notice has hung its days and is closed."""

    message = N_("这份公示已经期满收回，不用再办。")


class AlreadyPosted(Conflict):
    """One matter hangs once at a time."""

    message = N_("同一事项的公示正在张贴。内容有变的，请先收回原来那份，再重新公示。")


class PhotoMissing(Invalid):
    """A notice that hung has a photograph of the first day and one of the last."""

    message = N_("缺少%(which)s，不能收回。")


class SamePhoto(Invalid):
    """One picture does not prove two days."""

    message = N_("这张照片张贴时已经传过，请另拍一张。")


class NotAPhoto(Invalid):
    """A board is photographed."""

    message = N_("请传 JPG 或 PNG 照片。")


@dataclass(frozen=True)
class Case:
    """The matter a notice is about: a row of some feature, and the digest of what is decided on."""

    table: str
    id: str
    content_digest: str


@dataclass(frozen=True)
class Period:
    """The stretch of time that a recurring notice speaks of, both days included."""

    first: date
    last: date


@dataclass(frozen=True)
class NoticeFacts:
    """What is posted, where, and whom to ask. ``ends_on`` may lie later than the policy demands, never earlier.

    ``parameter`` says which days of the policy hold (None: those of the kind); ``proposer_id`` is who proposed the
    matter, who therefore answers no objection to it; ``replaces_id`` is the notice taken down that this one repeats.
    """

    kind: NoticeKind
    region_code: str
    title: str
    body: str
    place: str
    contact_name: str
    contact_phone: str
    table: NoticeTable = NO_TABLE
    case: Case | None = None
    sector: Sector | None = None
    parameter: Parameter | None = None
    ends_on: date | None = None
    period: Period | None = None
    proposer_id: int | None = None
    proposer_text: str = ""
    replaces_id: int | None = None


def days_parameter(facts: NoticeFacts) -> Parameter:
    """Return which days of the policy a notice hangs."""
    return facts.parameter or DAYS_OF.get(facts.kind, Parameter.NOTICE_DAYS_VILLAGE)


def check_facts(facts: NoticeFacts) -> None:
    """Raise unless a notice says what it must and nothing that is nobody's business."""
    limits = {
        "title": MAX_TITLE, "body": MAX_BODY, "place": MAX_PLACE, "contact_name": MAX_CONTACT,
        "contact_phone": MAX_CONTACT,
    }  # fmt: skip
    for name, most in limits.items():
        text = str(getattr(facts, name)).strip()
        if not text:
            raise FactMissing(field=name)
        if len(text) > most:
            raise TooLong(field=name, most=most)
    for name in ("title", "body", "place"):
        check_open_text(getattr(facts, name), name)
    check_table(facts.table)


def ends_on_of(facts: NoticeFacts, starts_on: date, policy: Policy) -> date:
    """Return the first day on which the notice will have hung its days. Raises NoticeTooShort."""
    least = policy.notice_ends_on(starts_on, days_parameter(facts))
    if facts.ends_on is not None and facts.ends_on < least:
        raise NoticeTooShort(field="ends_on", until=last_day(least).isoformat())
    return facts.ends_on or least


def last_day(ends_on: date) -> date:
    """Return the last day on which a notice must still hang."""
    return date.fromordinal(ends_on.toordinal() - 1)


def first_day_after(last_day: date | None) -> date | None:
    """Return the first day on which a notice need no longer hang, of the last on which it must."""
    return date.fromordinal(last_day.toordinal() + 1) if last_day else None


def days_left(ends_on: date, on: date) -> int:
    """Return how many days a notice has still to hang."""
    return max((ends_on - on).days, 0)


def is_fulfilled(starts_on: date, ends_on: date, on: date, open_objections: int) -> bool:
    """Say whether a notice has hung its days and no objection to it is open."""
    return starts_on < ends_on <= on and open_objections == 0


def check_running(state: NoticeState) -> None:
    """Raise unless a notice is hanging."""
    if state is NoticeState.TAKEN_DOWN:
        raise TakenDownEarly
    if state is NoticeState.CLOSED:
        raise AlreadyClosed


def check_closing(ends_on: date, on: date, open_objections: int) -> None:
    """Raise unless the days of a notice are over and no objection is open."""
    if on < ends_on:
        raise NoticeTooShort(until=last_day(ends_on).isoformat())
    if open_objections:
        raise ObjectionOpen(count=open_objections)


def check_photos(first: str, last: str) -> None:
    """Raise unless a notice has two different photographs, named by their digests."""
    for digest, moment in ((first, PhotoMoment.FIRST), (last, PhotoMoment.LAST)):
        if not digest:
            raise PhotoMissing(field="file", which=moment.label)
    if first == last:
        raise SamePhoto(field="file")


def check_reason(reason: str) -> None:
    """Raise unless taking a notice down early is explained."""
    if not reason.strip():
        raise FactMissing(field="reason")
    check_open_text(reason, "reason")
