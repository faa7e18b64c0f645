"""Which body decides what, by which quorum and majority: one table per law, read top to bottom. Pure.

Domain rules, section 6.4. The fractions are the statute's; the days of notice are policy. Regime A: a collective
organisation exists (农村集体经济组织法, in force 2025-05-01). Regime B: none exists, the villagers decide
(村民委员会组织法 and 重庆市实施办法; for property the collective law applies by reference).
"""

from dataclasses import dataclass
from datetime import date

from registry.policy.parameters import Parameter, VoteRule
from registry.regions import Level
from registry.text import N_, Labelled


class Regime(Labelled):
    """Under which law a unit's own people decide."""

    COLLECTIVE = "COLLECTIVE", N_("已成立农村集体经济组织")
    VILLAGE = "VILLAGE", N_("未成立农村集体经济组织，由村民决定")
    UNIT = "UNIT", N_("国有单位、乡镇等单位")


#: The day from which a law's meetings can be held.
IN_FORCE: dict[Regime, date] = {Regime.COLLECTIVE: date(2025, 5, 1)}


class MeetingKind(Labelled):
    """Who meets."""

    MEMBERS = "A1", N_("成员大会")
    DELEGATES = "A2", N_("成员代表大会")
    BOARD = "A3", N_("理事会")
    VILLAGERS = "B1", N_("村民会议")
    REPRESENTATIVES = "B2", N_("村民代表会议")
    GROUP = "B3", N_("村民小组会议")
    FOUR_DISCUSSIONS = "FOUR", N_("四议两公开")
    UNIT = "UNIT", N_("单位集体研究")


class StageKind(Labelled):
    """The four discussions and the two publications."""

    PROPOSED = "PROPOSED", N_("村党组织会议提议")
    DISCUSSED = "DISCUSSED", N_("村“两委”会议商议")
    REVIEWED = "REVIEWED", N_("党员大会审议")
    RESOLVED = "RESOLVED", N_("会议决议")
    RESOLUTION_PUBLISHED = "RESOLUTION_PUBLISHED", N_("决议公开")
    RESULT_PUBLISHED = "RESULT_PUBLISHED", N_("实施结果公开")


#: The discussions that come before the meeting itself, in their order.
BEFORE_MEETING = (StageKind.PROPOSED, StageKind.DISCUSSED, StageKind.REVIEWED)
PUBLICATIONS = (StageKind.RESOLUTION_PUBLISHED, StageKind.RESULT_PUBLISHED)


class Matter(Labelled):
    """What is decided."""

    TITLE_CONFIRMATION = "TITLE_CONFIRMATION", N_("资产确权")
    OPERATING_MODE = "OPERATING_MODE", N_("经营方式及其变更")
    VALUE_RECOGNITION = "VALUE_RECOGNITION", N_("资产价值认定")
    CONTRACT = "CONTRACT", N_("承包、出租、合作合同")
    CUSTODY = "CUSTODY", N_("管护安排")
    DISTRIBUTION_PLAN = "DISTRIBUTION_PLAN", N_("收益分配方案")
    BENEFICIARIES = "BENEFICIARIES", N_("受益对象")
    YEARLY_ACCOUNTS = "YEARLY_ACCOUNTS", N_("年度财务预决算")
    INVESTMENT = "INVESTMENT", N_("投资等重大事项")
    IMPORTANT_DISPOSAL = "IMPORTANT_DISPOSAL", N_("重要资产购置、处置")
    CHARTER = "CHARTER", N_("制定、修改章程")
    MEMBERSHIP = "MEMBERSHIP", N_("确认成员")
    LAND_USE = "LAND_USE", N_("土地承包、宅基地使用")
    SHARE_QUANTIFICATION = "SHARE_QUANTIFICATION", N_("收益权份额量化方案")
    LAND_COMPENSATION = "LAND_COMPENSATION", N_("土地补偿费等的分配、使用")
    MERGER_OR_SPLIT = "MERGER_OR_SPLIT", N_("合并、分立等重大事项")
    STOCKTAKING = "STOCKTAKING", N_("资产清查结果")
    EXECUTION = "EXECUTION", N_("执行已有决议")
    OTHER = "OTHER", N_("其他事项")


_M = Matter
#: 农村集体经济组织法 art. 28: what a members' assembly keeps to itself.
KEPT_BY_MEMBERS = frozenset(
    {_M.CHARTER, _M.MEMBERSHIP, _M.LAND_USE, _M.SHARE_QUANTIFICATION, _M.LAND_COMPENSATION, _M.MERGER_OR_SPLIT}
)
#: Art. 26, last paragraph: the party organisation studies these before the members' assembly. Which matters count as
#: important is left open by the law; this list is the product's.
IMPORTANT = KEPT_BY_MEMBERS | {_M.DISTRIBUTION_PLAN, _M.YEARLY_ACCOUNTS, _M.INVESTMENT, _M.IMPORTANT_DISPOSAL}
#: Art. 46: open to the members before the meeting.
READ_BEFORE = frozenset({_M.DISTRIBUTION_PLAN, _M.YEARLY_ACCOUNTS})


@dataclass(frozen=True)
class Share:
    """A fraction that must be reached (以上, the number itself included) or, if ``strict``, exceeded (过半数)."""

    numerator: int
    denominator: int
    strict: bool = False

    def least(self, whole: int) -> int:
        """Return the smallest whole number that satisfies the fraction."""
        part, rest = divmod(self.numerator * whole, self.denominator)
        return part + (1 if rest or self.strict else 0)

    def is_met(self, count: int, whole: int) -> bool:
        """Say whether so many of the whole are enough."""
        return count >= self.least(whole)


OVER_HALF = Share(1, 2, strict=True)
HALF = Share(1, 2)
ONE_THIRD = Share(1, 3)
TWO_THIRDS = Share(2, 3)
FOUR_FIFTHS = Share(4, 5)
#: Art. 28: more representatives than this, and women among them.
DELEGATES_OVER = 20
WOMEN_AMONG_DELEGATES = 1


class Majority(Labelled):
    """Which votes carry a resolution."""

    TWO_THIRDS_OF_ALL = "TWO_THIRDS_OF_ALL", N_("全体的三分之二以上")
    FOUR_FIFTHS_OF_ALL = "FOUR_FIFTHS_OF_ALL", N_("全体的五分之四以上")
    OVER_HALF_OF_ALL = "OVER_HALF_OF_ALL", N_("全体的过半数")
    OVER_HALF_OF_PRESENT = "OVER_HALF_OF_PRESENT", N_("到会人员的过半数")

    @property
    def share(self) -> Share:
        return _SHARES[self]

    @property
    def is_of_all(self) -> bool:
        return self is not Majority.OVER_HALF_OF_PRESENT


_SHARES: dict[Majority, Share] = {
    Majority.TWO_THIRDS_OF_ALL: TWO_THIRDS,
    Majority.FOUR_FIFTHS_OF_ALL: FOUR_FIFTHS,
    Majority.OVER_HALF_OF_ALL: OVER_HALF,
    Majority.OVER_HALF_OF_PRESENT: OVER_HALF,
}
BY_VOTE_RULE: dict[VoteRule, Majority] = {
    VoteRule.TWO_THIRDS_OF_ALL: Majority.TWO_THIRDS_OF_ALL,
    VoteRule.FOUR_FIFTHS_OF_ALL: Majority.FOUR_FIFTHS_OF_ALL,
}


@dataclass(frozen=True)
class KindRule:
    """The law of one kind of meeting.

    ``majority`` None: the region's vote rule. ``quorum`` None: the law names none. ``households``: the share of
    households that makes a quorum instead. ``withheld`` and ``refusal``: what it may not decide, and why.
    """

    regime: Regime
    members: str
    basis: str
    quorum: Share | None
    quorum_text: str
    majority: Majority | None
    households: Share | None = None
    notice: Parameter | None = None
    proxies: bool = False
    party_first: bool = False
    authority: str = ""
    body_over: int = 0
    representatives: Share | None = None
    women: Share | None = None
    least_women: int = 0
    withheld: frozenset[Matter] = frozenset()
    refusal: str = ""


_K, _P = MeetingKind, Parameter
KINDS: dict[MeetingKind, KindRule] = {
    _K.MEMBERS: KindRule(
        Regime.COLLECTIVE, N_("具有完全民事行为能力的成员"), N_("农村集体经济组织法第二十六条、第二十七条"),
        TWO_THIRDS, N_("三分之二以上的成员参加，可书面委托同户成员"), None,
        notice=_P.MEETING_NOTICE_DAYS, proxies=True, party_first=True,
    ),
    _K.DELEGATES: KindRule(
        Regime.COLLECTIVE, N_("成员代表"), N_("农村集体经济组织法第二十六条、第二十八条"),
        None, N_("法律没有规定到会人数，须经全体代表的规定比例同意"), None,
        authority=N_("章程设立成员代表大会的条款"), body_over=DELEGATES_OVER, least_women=WOMEN_AMONG_DELEGATES,
        withheld=KEPT_BY_MEMBERS,
        refusal=N_("成员代表大会不能决定“%(matter)s”，须由成员大会决定（农村集体经济组织法第二十八条）。"),
    ),
    _K.BOARD: KindRule(
        Regime.COLLECTIVE, N_("理事会成员"), N_("农村集体经济组织法第三十条、第三十一条"),
        TWO_THIRDS, N_("三分之二以上的理事出席"), Majority.OVER_HALF_OF_ALL,
        withheld=frozenset(Matter) - {_M.CONTRACT, _M.CUSTODY, _M.EXECUTION},
        refusal=N_("理事会只办理执行事务，不能决定“%(matter)s”（农村集体经济组织法第二十六条、第三十条）。"),
    ),
    _K.VILLAGERS: KindRule(
        Regime.VILLAGE, N_("十八周岁以上的村民"),
        N_("重庆市实施村民委员会组织法办法第六条、第七条；农村集体经济组织法第六十四条"),
        OVER_HALF, N_("十八周岁以上村民过半数，或者三分之二以上的户的代表参加"), Majority.OVER_HALF_OF_PRESENT,
        households=TWO_THIRDS, notice=_P.MEETING_NOTICE_DAYS,
    ),
    _K.REPRESENTATIVES: KindRule(
        Regime.VILLAGE, N_("村民代表会议组成人员"), N_("重庆市实施村民委员会组织法办法第十条至第十二条"),
        TWO_THIRDS, N_("三分之二以上的组成人员参加"), Majority.OVER_HALF_OF_PRESENT,
        notice=_P.MEETING_NOTICE_DAYS_REPRESENTATIVES, authority=N_("村民会议的授权：事项和期限"),
        representatives=FOUR_FIFTHS, women=ONE_THIRD, withheld=KEPT_BY_MEMBERS,
        refusal=N_("村民代表会议不能决定“%(matter)s”，须由村民会议决定（农村集体经济组织法第六十四条参照第二十八条）。"),
    ),
    _K.GROUP: KindRule(
        Regime.VILLAGE, N_("本组十八周岁以上的村民"), N_("重庆市实施村民委员会组织法办法第二十六条"),
        TWO_THIRDS, N_("三分之二以上的村民或者户的代表参加"), Majority.OVER_HALF_OF_PRESENT, households=TWO_THIRDS,
    ),
    _K.UNIT: KindRule(
        Regime.UNIT, N_("领导班子成员"), N_("本系统默认：应到过半、全体过半同意；本单位议事规则更严的从其规定"),
        OVER_HALF, N_("领导班子成员过半数到会"), Majority.OVER_HALF_OF_ALL, withheld=KEPT_BY_MEMBERS,
        refusal=N_("单位集体研究不能决定“%(matter)s”，这是集体成员的权利（农村集体经济组织法第二十六条）。"),
    ),
}  # fmt: skip
#: The meeting of the party's members: ≥ 2/3 of those due come, ≥ half of those due agree. Practice of 四议两公开.
REVIEW_QUORUM, REVIEW_MAJORITY = TWO_THIRDS, HALF
DISCUSSIONS_BASIS = N_("村党组织领导的“四议两公开”工作法")
#: Which meetings may be the fourth discussion.
RESOLVING = (_K.VILLAGERS, _K.REPRESENTATIVES, _K.MEMBERS, _K.DELEGATES)
#: Which meetings a unit of each level holds.
HELD_AT: dict[Level, tuple[MeetingKind, ...]] = {
    Level.VILLAGE: tuple(kind for kind in MeetingKind if kind is not _K.UNIT),
    Level.TOWNSHIP: (_K.UNIT, _K.MEMBERS, _K.DELEGATES, _K.BOARD),
    Level.COUNTY: (_K.UNIT,),
    Level.MUNICIPALITY: (_K.UNIT,),
}
#: Whose meeting may alter what a meeting resolved: the same body, or the one whose will it carries out.
ALTERED_BY: dict[MeetingKind, frozenset[MeetingKind]] = {
    _K.MEMBERS: frozenset({_K.MEMBERS}),
    _K.DELEGATES: frozenset({_K.DELEGATES, _K.MEMBERS}),
    _K.BOARD: frozenset({_K.BOARD, _K.DELEGATES, _K.MEMBERS}),
    _K.VILLAGERS: frozenset({_K.VILLAGERS, _K.MEMBERS}),
    _K.REPRESENTATIVES: frozenset({_K.REPRESENTATIVES, _K.VILLAGERS, _K.DELEGATES, _K.MEMBERS}),
    _K.GROUP: frozenset({_K.GROUP, _K.MEMBERS}),
    _K.UNIT: frozenset({_K.UNIT}),
}
