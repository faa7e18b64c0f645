"""What of a unit is public, in which state, and on what basis. Pure.

A page that anybody may read shows what a second person has confirmed, what is posted and closed, and what was
published by notice; nothing that is still being drafted, and nothing about a person.
"""

from dataclasses import dataclass
from datetime import date

from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.approvals.notices.tables import without_numbers
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.policy.parameters import PublicScope
from registry.regions import Level
from registry.sealing import masked_name
from registry.text import N_, Labelled

_MONTHS = 12
_SHORTEST_NAME = 2


class Section(Labelled):
    """The parts of the public page."""

    NOTICES = "NOTICES", N_("正在公示")
    RESULTS = "RESULTS", N_("公示过的结果")
    ASSETS = "ASSETS", N_("资产概况")
    CUSTODY = "CUSTODY", N_("有没有人管")
    OBJECTIONS = "OBJECTIONS", N_("异议和答复")
    INCOME = "INCOME", N_("收益和分配")
    COMPLAINTS = "COMPLAINTS", N_("有问题找谁")


@dataclass(frozen=True)
class Openness:
    """Which state of a thing is public, in words for the reader, and on what basis."""

    state: str
    basis: str


_BOARD = N_("重庆市实施村民委员会组织法办法第二十八条至第三十一条")
_PROPERTY = N_("重庆市农村集体资产管理条例第二十条")
_COLLECTIVE = N_("农村集体经济组织法关于财务公开的规定、重庆市农村集体资产管理条例第二十条")
_PLAN = N_("渝府办发〔2021〕149号第十一章第四节：严格落实公告公示制度")
#: What holds for each part; the page prints the words, the manual repeats them.
OPENNESS: dict[Section, Openness] = {
    Section.NOTICES: Openness(N_("张贴了、没有提前收回的公示"), _BOARD),
    Section.RESULTS: Openness(N_("分配、处置、清查的结果，以公示为准"), _PLAN),
    Section.ASSETS: Openness(N_("第二人确认过、还在册的资产"), _PROPERTY),
    Section.CUSTODY: Openness(N_("在册的经营性、公益性资产里，现在有管护人的"), _PLAN),
    Section.OBJECTIONS: Openness(N_("异议的种类和各级的答复；不公布谁提的、原话怎么说"), _BOARD),
    Section.INCOME: Openness(N_("已结账月份入账的收益，通过并公示过的分配方案"), _COLLECTIVE),
    Section.COMPLAINTS: Openness(N_("监督电话"), _BOARD),
}
_ALWAYS = frozenset({Section.NOTICES, Section.RESULTS, Section.COMPLAINTS})
_SUMMARY = _ALWAYS | {Section.ASSETS, Section.CUSTODY, Section.OBJECTIONS}
#: What a county lets the page show.
SHOWN: dict[PublicScope, frozenset[Section]] = {
    PublicScope.NOTICES: _ALWAYS,
    PublicScope.SUMMARY: _SUMMARY,
    PublicScope.FULL: _SUMMARY | {Section.INCOME},
}
#: A collective publishes its own accounts; a level above would add up what some have closed and others have not.
_OF_VILLAGES = frozenset({Section.INCOME, Section.OBJECTIONS})
#: The municipality's page leads to its counties; who looks after an asset is asked there.
_BELOW_MUNICIPALITY = frozenset({Section.CUSTODY})

#: Cards that a second person has confirmed.
PUBLIC_STAGE = Stage.CONFIRMED
#: What a unit looks after; household assets are looked after by their households.
IN_CARE = (Category.OPERATING, Category.PUBLIC_WELFARE)
#: Plans that were agreed to; those replaced by another plan are history.
PUBLIC_PLANS = (PlanStatus.AGREED, PlanStatus.PAYING, PlanStatus.DONE)
#: Notices that count: what was taken down early never did.
PUBLIC_NOTICES = (NoticeState.POSTED, NoticeState.CLOSED)
RESULTS = (NoticeKind.DISTRIBUTION_RESULT, NoticeKind.DISPOSAL_RESULT, NoticeKind.STOCKTAKING)


def sections_of(scope: PublicScope, level: Level) -> frozenset[Section]:
    """Return the parts that the page of a unit of a level shows under what its county lets it show."""
    hidden = frozenset() if level is Level.VILLAGE else _OF_VILLAGES
    if level is Level.MUNICIPALITY:
        hidden |= _BELOW_MUNICIPALITY
    return SHOWN[scope] - hidden


def closed_until(closed_months: list[int | None]) -> int | None:
    """Return the last month (YYYYMM) that every book of a unit has closed; None while one has closed nothing.

    Books count months since year 0.
    """
    months = [month for month in closed_months if month is not None]
    if not months or len(months) < len(closed_months):
        return None
    year, month = divmod(min(months), _MONTHS)
    return year * 100 + month + 1


def first_month(on: date, years: int) -> int:
    """Return the first month (YYYYMM) of so many years up to this one."""
    return (on.year - years + 1) * 100 + 1


def public_text(text: str, names: tuple[str, ...] = ()) -> str:
    """Return an official's answer as anybody may read it: no personal numbers, the objector's own name masked."""
    plain = without_numbers(text)
    for name in names:
        if len(name) >= _SHORTEST_NAME:
            plain = plain.replace(name, masked_name(name))
    return plain
