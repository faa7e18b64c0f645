"""Notices and objections with sensible defaults: 华溪村 puts up what its meeting is to confirm."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from registry.approvals.notices.answering import AnswerFacts, Raised, answer_objection, pass_on, raise_objection
from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.objecting import Finding, Ground, ObjectionFacts
from registry.approvals.notices.rules import Case, NoticeFacts, NoticeKind
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice, take_down
from registry.approvals.notices.tables import parse_table
from registry.database import db, transaction
from registry.evidence.services import KeptFile, take_in
from registry.policy.queries import policy_for
from registry.regions import ancestor
from tests.factories import TODAY, VILLAGE, person

CASE = Case("title_case", "7", "d" * 64)
LIST = "姓名\t村民小组\t面积\n谭正国\t一组\t12\n秦大芳\t二组\t8\n马兴华\t三组\t20"
DAYS = 10


def notice_facts(**changes: object) -> NoticeFacts:
    """The first title of a cold store and two workshops."""
    facts = NoticeFacts(
        kind=NoticeKind.TITLE, region_code=VILLAGE, title="中益冷链仓库等 3 项资产确权",
        body="经核实，下列资产拟确权给华溪村股份经济合作社。\n有不同意见的，请在公示期内提出。",
        place="村务公开栏、三组院坝", contact_name="陈书记", contact_phone="023-73301234", table=parse_table(LIST),
    )  # fmt: skip
    return replace(facts, **changes)  # type: ignore[arg-type]


def posted(on: date = TODAY, by: str = "village_clerk", **changes: object) -> int:
    """A notice that hangs since a day; returns its number."""
    facts = notice_facts(**changes)
    with transaction(facts.region_code):
        policy = policy_for(facts.region_code, on)
        return post_notice(facts, by=person(by), on=on, policy=policy).id


def notice_of(notice_id: int) -> Notice:
    return db.session.get_one(Notice, notice_id)


def objection_of(objection_id: int) -> Objection:
    return db.session.get_one(Objection, objection_id)


def photograph(colour: str = "white") -> bytes:
    """A small picture; another colour is another picture."""
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def kept(colour: str = "white") -> KeptFile:
    return take_in(photograph(colour), f"{colour}.jpg")


def photographed(notice_id: int, on: date = TODAY) -> None:
    """Add the first photograph."""
    file = kept("white")
    with transaction(VILLAGE):
        add_first_photo(notice_of(notice_id), file, by=person("village_clerk"), on=on)


def closed(notice_id: int, on: date) -> None:
    """Close a notice with its last photograph."""
    file = kept("grey")
    with transaction(VILLAGE):
        close_notice(notice_of(notice_id), file, by=person("village_clerk"), on=on)


def taken_down(notice_id: int, on: date = TODAY, reason: str = "名单漏了两户") -> None:
    with transaction(VILLAGE):
        take_down(notice_of(notice_id), reason, by=person("village_clerk"), on=on)


def objected(notice_id: int, on: date = TODAY, key: str = "k", by: str = "village_clerk", **changes: object) -> Raised:
    """An objection to a notice."""
    facts = replace(ObjectionFacts("三组的面积不对", key), **changes)  # type: ignore[arg-type]
    region = notice_of(notice_id).region_code
    with transaction(region):
        notice = notice_of(notice_id)
        return raise_objection(notice, facts, by=person(by), on=on, policy=policy_for(region, on))


def breach(notice_id: int) -> Raised:
    """A complaint that the rules of meeting and publicity were broken."""
    return objected(notice_id, ground=Ground.BREACH, text="没有开会就贴出来了", key="breach")


def answered(objection_id: int, by: str, on: date = TODAY, finding: Finding = Finding.EXPLAINED) -> None:
    """Answer an objection as a person."""
    with transaction(ancestor(VILLAGE, objection_of(objection_id).lies_at), VILLAGE):
        facts = AnswerFacts(finding, "已到现场量过，面积无误。")
        answer_objection(objection_of(objection_id), facts, by=person(by), on=on, policy=policy_for(VILLAGE, on))


def passed_on(objection_id: int, on: date = TODAY) -> None:
    with transaction(VILLAGE):
        row = objection_of(objection_id)
        pass_on(row, "没有去现场", by=person("village_clerk"), on=on, policy=policy_for(VILLAGE, on))


def after(days: int) -> date:
    """The day so many days after the test's today."""
    return TODAY + timedelta(days=days)
