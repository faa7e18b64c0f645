"""Which steps a case takes, chosen by what it does, the category, the owner and the value; defaults [D]. Pure.

Domain rules, sections 3, 4, 7 and 9. A region may change the steps of a route by a dated row; steps marked ``fixed``
stay, because a statute or the plan demands them. A running request keeps the steps it was opened with.
"""

from dataclasses import dataclass

from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind, RollDeed, Subject, TitleDeed
from registry.permissions import Role
from registry.policy.parameters import Parameter
from registry.regions import Level
from registry.text import N_, Labelled


class StepKind(Labelled):
    """What a step asks for; each has its own question "is it done?" in ``approvals/requests/rules.py``."""

    MEETING = "MEETING", N_("会议表决")
    COUNTERSIGN = "COUNTERSIGN", N_("签署意见")
    NOTICE = "NOTICE", N_("公示")
    APPRAISAL = "APPRAISAL", N_("资产评估")
    REVIEW = "REVIEW", N_("审核")
    APPROVAL = "APPROVAL", N_("审批")
    FILING = "FILING", N_("备案")


#: Steps that end with a person's decision at a desk.
DECIDED = frozenset({StepKind.COUNTERSIGN, StepKind.REVIEW, StepKind.APPROVAL})


class Seat(Labelled):
    """Whose desk a step lies on: a role at a level, or clerk or head of the owner's own unit, whatever its level."""

    OWNER_CLERK = "OWNER_CLERK", N_("权利人单位经办员")
    OWNER_HEAD = "OWNER_HEAD", N_("权利人单位负责人")
    SUPERVISORY_COMMITTEE = "SUPERVISORY_COMMITTEE", N_("村务监督委员会")
    SUPERVISORY_BOARD = "SUPERVISORY_BOARD", N_("集体经济组织监事会")
    TOWNSHIP_SUPERVISOR = "TOWNSHIP_SUPERVISOR", N_("乡镇监管员")
    SECTOR = "SECTOR", N_("区县行业主管部门")
    COUNTY_AGRICULTURE = "COUNTY_AGRICULTURE", N_("区县农业农村部门")
    COUNTY_FINANCE = "COUNTY_FINANCE", N_("区县财政部门")
    COUNTY_GOVERNMENT = "COUNTY_GOVERNMENT", N_("区县政府")
    MUNICIPALITY = "MUNICIPALITY", N_("市级监管部门")


_L, _R = Level, Role
#: The role that sits there, by the level of the unit; seats of the owner's own unit exist on three levels.
SEATS: dict[Seat, dict[Level, Role]] = {
    Seat.OWNER_CLERK: {
        _L.VILLAGE: _R.VILLAGE_CLERK, _L.TOWNSHIP: _R.TOWNSHIP_CLERK, _L.COUNTY: _R.COUNTY_CLERK,
        _L.MUNICIPALITY: _R.MUNICIPAL_SUPERVISOR,
    },
    Seat.OWNER_HEAD: {
        _L.VILLAGE: _R.VILLAGE_HEAD, _L.TOWNSHIP: _R.TOWNSHIP_SUPERVISOR, _L.COUNTY: _R.COUNTY_AGRICULTURE,
        _L.MUNICIPALITY: _R.MUNICIPAL_SUPERVISOR,
    },
    Seat.SUPERVISORY_COMMITTEE: {_L.VILLAGE: _R.VILLAGE_SUPERVISORY_COMMITTEE},
    Seat.SUPERVISORY_BOARD: {_L.VILLAGE: _R.SUPERVISORY_BOARD},
    Seat.TOWNSHIP_SUPERVISOR: {_L.TOWNSHIP: _R.TOWNSHIP_SUPERVISOR},
    Seat.SECTOR: {_L.COUNTY: _R.SECTOR_OFFICER},
    Seat.COUNTY_AGRICULTURE: {_L.COUNTY: _R.COUNTY_AGRICULTURE},
    Seat.COUNTY_FINANCE: {_L.COUNTY: _R.COUNTY_FINANCE},
    Seat.COUNTY_GOVERNMENT: {_L.COUNTY: _R.COUNTY_GOVERNMENT},
    Seat.MUNICIPALITY: {_L.MUNICIPALITY: _R.MUNICIPAL_SUPERVISOR},
}  # fmt: skip
#: Who acts one level up when everybody at a desk is barred or nobody sits there, and who is told when a step is late.
ABOVE: dict[Role, Role] = {
    _R.VILLAGE_CLERK: _R.TOWNSHIP_CLERK,
    _R.VILLAGE_HEAD: _R.TOWNSHIP_SUPERVISOR,
    _R.VILLAGE_SUPERVISORY_COMMITTEE: _R.TOWNSHIP_SUPERVISOR,
    _R.SUPERVISORY_BOARD: _R.TOWNSHIP_SUPERVISOR,
    _R.TOWNSHIP_CLERK: _R.COUNTY_CLERK,
    _R.TOWNSHIP_SUPERVISOR: _R.COUNTY_AGRICULTURE,
    _R.COUNTY_CLERK: _R.MUNICIPAL_SUPERVISOR,
    _R.COUNTY_AGRICULTURE: _R.MUNICIPAL_SUPERVISOR,
    _R.COUNTY_FINANCE: _R.MUNICIPAL_SUPERVISOR,
    _R.COUNTY_GOVERNMENT: _R.MUNICIPAL_SUPERVISOR,
    _R.SECTOR_OFFICER: _R.MUNICIPAL_SUPERVISOR,
}


@dataclass(frozen=True)
class StepRule:
    """One step of a procedure: what it asks for, whose desk, its time limit, the papers it needs.

    ``days`` is the parameter that says how long a notice hangs or how long a filed case may be called in; ``limit`` the
    time limit of the desk. ``each_owner``: one such step for every co-owning unit. ``fixed``: no region takes it out.
    """

    kind: StepKind
    seat: Seat
    label: str
    limit: Parameter | None = None
    days: Parameter | None = None
    papers: tuple[EvidenceKind, ...] = ()
    each_owner: bool = False
    fixed: bool = False


Procedure = tuple[StepRule, ...]


@dataclass(frozen=True)
class Circumstances:
    """What chooses the route of a case. ``value_fen`` is the value basis; ``deed`` the subject's own kind of deed."""

    subject: Subject
    deed: str
    category: Category | None = None
    owner_kind: OwnerKind | None = None
    value_fen: int = 0


@dataclass(frozen=True)
class Route:
    """A default procedure and the cases it is for; an empty set means any. The first that fits is taken."""

    key: str
    label: str
    subject: Subject
    procedure: Procedure
    basis: str
    deeds: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    owner_kinds: frozenset[OwnerKind] = frozenset()

    def fits(self, case: Circumstances) -> bool:
        """Say whether a case takes this route."""
        return (
            self.subject is case.subject
            and (not self.deeds or case.deed in self.deeds)
            and (not self.categories or case.category in self.categories)
            and (not self.owner_kinds or case.owner_kind in self.owner_kinds)
        )


_P, _K, _S = Parameter, StepKind, Seat
_COLLECTIVE = frozenset({OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE})
_CHECK = StepRule(_K.COUNTERSIGN, _S.SUPERVISORY_COMMITTEE, N_("村务监督委员会核实"), _P.STEP_DAYS_COUNTERSIGN)
_NOTICE = StepRule(_K.NOTICE, _S.OWNER_CLERK, N_("逐项公示"), days=_P.NOTICE_DAYS_VILLAGE, fixed=True)
_MEETING = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("成员（代表）会议确认"), _P.STEP_DAYS_MEETING, papers=(EvidenceKind.MINUTES,),
    each_owner=True, fixed=True,
)  # fmt: skip
_OWN_DECISION = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("单位集体研究决定"), _P.STEP_DAYS_MEETING, papers=(EvidenceKind.MINUTES,), fixed=True
)
_TOWNSHIP = StepRule(_K.REVIEW, _S.TOWNSHIP_SUPERVISOR, N_("乡镇审核"), _P.STEP_DAYS_REVIEW, fixed=True)
_COUNTY = StepRule(_K.APPROVAL, _S.COUNTY_AGRICULTURE, N_("区县审核登记"), _P.STEP_DAYS_APPROVAL, fixed=True)
_SECTOR = StepRule(_K.REVIEW, _S.SECTOR, N_("行业主管部门审核"), _P.STEP_DAYS_REVIEW, fixed=True)
_RECEIVE = StepRule(_K.COUNTERSIGN, _S.OWNER_HEAD, N_("接收单位签收"), _P.STEP_DAYS_COUNTERSIGN, fixed=True)
_FILED = StepRule(_K.FILING, _S.COUNTY_AGRICULTURE, N_("区县备案"), days=_P.CALL_IN_DAYS)
_STUDY = StepRule(_K.COUNTERSIGN, _S.OWNER_HEAD, N_("村党组织研究"), _P.STEP_DAYS_COUNTERSIGN, fixed=True)
_READING = StepRule(_K.NOTICE, _S.OWNER_CLERK, N_("会前公开方案"), days=_P.NOTICE_DAYS_PLAN_READING, fixed=True)
_PLAN_MEETING = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("成员（代表）会议表决"), _P.STEP_DAYS_MEETING, papers=(EvidenceKind.MINUTES,),
    fixed=True,
)  # fmt: skip
_PLAN_RESULT = StepRule(_K.NOTICE, _S.OWNER_CLERK, N_("会后公示方案"), days=_P.NOTICE_DAYS_PLAN_RESULT, fixed=True)
_SUPERVISED = StepRule(
    _K.COUNTERSIGN, _S.SUPERVISORY_COMMITTEE, N_("村务监督委员会审核"), _P.STEP_DAYS_COUNTERSIGN, fixed=True
)
_APPRAISED = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("入户核查、民主评议"), _P.STEP_DAYS_MEETING, papers=(EvidenceKind.MINUTES,),
    fixed=True,
)  # fmt: skip
_BENEFICIARY_BASIS = N_("渝府办发〔2021〕149号第十一章第二节：受益对象动态调整；村级评议公示、乡镇审核、区县备案")
_MODE_MEETING = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("成员（代表）会议决定经营方式和合同"), _P.STEP_DAYS_MEETING,
    papers=(EvidenceKind.MINUTES,), each_owner=True, fixed=True,
)  # fmt: skip
_OPERATION_NOTICE = StepRule(
    _K.NOTICE, _S.OWNER_CLERK, N_("公示经营方式和合同"), days=_P.NOTICE_DAYS_VILLAGE, fixed=True
)
_COUNTY_REVIEW = StepRule(_K.APPROVAL, _S.COUNTY_AGRICULTURE, N_("区县审核"), _P.STEP_DAYS_APPROVAL, fixed=True)
_TOWNSHIP_BASIS = N_("重庆市农村集体资产管理条例第十条：产权变动报乡镇备案")
_PLAN = N_("渝府办发〔2021〕149号第十一章第一节")

ROUTES: tuple[Route, ...] = (
    Route(
        "TITLE.HOUSEHOLD", N_("到户类资产登记"), Subject.TITLE,
        (StepRule(_K.COUNTERSIGN, _S.OWNER_HEAD, N_("村级核对农户签字"), _P.STEP_DAYS_COUNTERSIGN, fixed=True),),
        N_("渝府办发〔2021〕149号第十一章第一节：到户类资产归农户所有"), categories=frozenset({Category.HOUSEHOLD}),
    ),
    Route(
        "TITLE.HAND_OVER", N_("建成移交"), Subject.TITLE, (_RECEIVE, _TOWNSHIP, _FILED),
        N_("渝府办发〔2021〕149号第十一章第一节：项目建成后及时办理移交手续"), deeds=frozenset({TitleDeed.HAND_OVER}),
    ),
    Route(
        "TITLE.OWNER_NAME", N_("权利人更名、改制"), Subject.TITLE, (_TOWNSHIP, _FILED), _TOWNSHIP_BASIS,
        deeds=frozenset({TitleDeed.OWNER_NAME}),
    ),
    Route(
        "TITLE.ERROR", N_("权属登记错误更正"), Subject.TITLE, (_CHECK, _NOTICE, _TOWNSHIP, _COUNTY), _TOWNSHIP_BASIS,
        deeds=frozenset({TitleDeed.ERROR}), owner_kinds=_COLLECTIVE,
    ),
    Route(
        "TITLE.PUBLIC_WELFARE", N_("公益性资产确权"), Subject.TITLE, (_SECTOR, _NOTICE, _RECEIVE),
        N_("渝府办发〔2021〕149号第十一章第一节：公益性资产按行业要求确权"),
        categories=frozenset({Category.PUBLIC_WELFARE}),
    ),
    Route(
        "TITLE.COLLECTIVE", N_("集体所有的经营性资产确权"), Subject.TITLE,
        (_CHECK, _NOTICE, _MEETING, _TOWNSHIP, _COUNTY), _PLAN, owner_kinds=_COLLECTIVE,
    ),
    Route(
        "TITLE.OTHER", N_("国有、乡镇及其他单位所有的资产确权"), Subject.TITLE, (_OWN_DECISION, _COUNTY), _PLAN,
    ),
    Route(
        "PUBLIC_POST", N_("公益性岗位聘用"), Subject.PUBLIC_POST, (_NOTICE, _TOWNSHIP),
        N_("乡村公益性岗位管理惯例：自愿申请、村级评议、公示、乡镇审批"),
    ),
    Route(
        "DISTRIBUTION", N_("收益分配方案"), Subject.DISTRIBUTION,
        (_STUDY, _READING, _PLAN_MEETING, _PLAN_RESULT, _SUPERVISED, _TOWNSHIP, _FILED),
        N_("农村集体经济组织法第二十六条、第四十二条、第四十六条；光伏扶贫收益分配惯例：村级方案、乡镇审核、区县备案"),
    ),
    Route(
        "BENEFICIARY.CLASSES", N_("受益对象类别调整"), Subject.BENEFICIARY,
        (_APPRAISED, _NOTICE, _CHECK, _TOWNSHIP, _FILED), _BENEFICIARY_BASIS, deeds=frozenset({RollDeed.CLASSES}),
    ),
    Route(
        "BENEFICIARY.EVENTS", N_("受益对象人口变动"), Subject.BENEFICIARY, (_NOTICE, _TOWNSHIP, _FILED),
        _BENEFICIARY_BASIS,
    ),
    Route(
        "WRITE_OFF.COLLECTIVE", N_("集体核销欠款"), Subject.WRITE_OFF, (_CHECK, _MEETING, _NOTICE, _TOWNSHIP, _FILED),
        N_("重庆市农村集体资产管理条例第二十一条：大额债权债务由成员大会决定"), owner_kinds=_COLLECTIVE,
    ),
    Route(
        "WRITE_OFF.OTHER", N_("国有、乡镇及其他单位核销欠款"), Subject.WRITE_OFF, (_OWN_DECISION, _COUNTY),
        N_("本系统默认：单位集体研究，区县审批"),
    ),
    Route(
        "OPERATION.COLLECTIVE", N_("集体所有资产的经营方式和合同"), Subject.OPERATION,
        (_MODE_MEETING, _OPERATION_NOTICE, _CHECK, _TOWNSHIP),
        N_("重庆市农村集体资产管理条例第十三条、第二十一条：经营方式由成员会议决定；先决策、公示、乡镇审核，再签合同"),
        owner_kinds=_COLLECTIVE,
    ),
    Route(
        "OPERATION.OTHER", N_("国有、乡镇及其他单位所有资产的经营方式和合同"), Subject.OPERATION,
        (_OWN_DECISION, _OPERATION_NOTICE, _COUNTY_REVIEW),
        N_("行政事业性国有资产管理条例第十九条：集体决策，按规定报批"),
    ),
)  # fmt: skip
ROUTES_BY_KEY: dict[str, Route] = {route.key: route for route in ROUTES}
