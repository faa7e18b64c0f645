"""The warnings of the demo county, asked at the end of the story; some of them handed to units by desks above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from registry.assets.register.categories import IndustryClass
from registry.database import db
from registry.demo.places import units_by_code
from registry.demo.telling import Telling
from registry.ledger.operation.reviews.rules import ReviewFacts
from registry.ledger.operation.reviews.services import review_asset
from registry.permissions import Role
from registry.regions import Level, ancestor
from registry.supervision.warnings.evaluating import Area, evaluate_within
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandingOff
from registry.supervision.warnings.services import answer_hand_off, hand_off


@dataclass(frozen=True)
class Handed:
    """A warning that a desk hands on: whose, to which level, since and until when, and what the unit says."""

    risk: Risk
    desk: Role
    level: Level
    days_ago: int
    days: int
    text: str
    answer: str = ""
    by: Role = Role.VILLAGE_CLERK


#: One lies with a village, one was answered by a township, one was not answered in time.
HANDED = (
    Handed(Risk.CONTRACT_EXPIRED, Role.TOWNSHIP_SUPERVISOR, Level.VILLAGE, 0, 15,
           "合同已经到期，承租方还在使用烘干房。请尽快召开成员代表会议，定下续签还是收回。"),
    Handed(Risk.DISTRIBUTION_LATE, Role.COUNTY_AGRICULTURE, Level.TOWNSHIP, 12, 30,
           "请督促村集体补做上年度收益分配方案。", "已约谈村负责人，方案草稿已写好，下周提交成员会议。",
           Role.TOWNSHIP_CLERK),
    Handed(Risk.PROCEEDS_UNUSED, Role.COUNTY_FINANCE, Level.VILLAGE, 40, 30,
           "处置收入超期没有使用，请提出用途并登记。"),
)  # fmt: skip
#: Assets that a review of this year found idle: village, name, since when, how long before the day it should be over.
IDLE = (
    (
        "卧龙村",
        "卧龙村服装帮扶车间",
        date(2024, 3, 1),
        "订单流失，承租企业撤走后没有再出租。",
        "联系同类企业，公开招租。",
    ),
    ("龙河村", "龙河村农产品初加工房", date(2023, 6, 1), "设备老化，没有人承租。", "更新设备后招租，或改作仓储。"),
)


def tell_warnings(codes: Sequence[str], told: Telling) -> None:
    """Tell what a review found idle, ask every risk of these logs' units, and hand some of what is wrong to units."""
    for unit_name, name, since, finding, measures in IDLE:
        _tell_idle(told, (unit_name, name), ReviewFacts(
            told.today.year, IndustryClass.REVIVE, finding, measures, since, told.today - timedelta(days=30)
        ))  # fmt: skip
    db.session.flush()
    for code in codes:
        evaluate_within(Area(code), told.today)
    for one in HANDED:
        _hand_on(one, told)


def _tell_idle(told: Telling, key: tuple[str, str], facts: ReviewFacts) -> None:
    asset = told.assets[key]
    unit = units_by_code()[ancestor(asset.region_code, Level.TOWNSHIP)]
    on, policy = told.today, told.policy(asset.region_code, told.today)
    review_asset(asset, facts, by=told.staff.holding(Role.TOWNSHIP_SUPERVISOR, unit), on=on, policy=policy)


def _hand_on(one: Handed, told: Telling) -> None:
    rows = select(RiskWarning).where(RiskWarning.risk == one.risk.value, RiskWarning.closed_at.is_(None))
    warning = db.session.scalars(rows.order_by(RiskWarning.id).limit(1)).one()
    unit = units_by_code()[warning.region_code]
    to = units_by_code()[ancestor(warning.region_code, one.level)]
    on = told.today - timedelta(days=one.days_ago)
    said = HandingOff(to.code, one.text, on + timedelta(days=one.days))
    handed = hand_off(warning, said, by=told.staff.holding(one.desk, unit), on=on)
    if one.answer:
        answer_hand_off(handed, one.answer, by=told.staff.holding(one.by, to), on=on)
