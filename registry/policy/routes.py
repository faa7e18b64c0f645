"""Which steps a case takes, chosen by what it does, the category, the owner and the value; defaults [D]. Pure.

Read top to bottom: the first route that fits is taken. Those of disposal stand in ``disposal_routes.py``.
"""

from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind, RollDeed, Subject, TitleDeed
from registry.policy.disposal_routes import DISPOSAL_ROUTES
from registry.policy.parameters import Parameter
from registry.policy.procedures import Route, Seat, StepKind, StepRule
from registry.text import N_

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
    *DISPOSAL_ROUTES,
)  # fmt: skip
ROUTES_BY_KEY: dict[str, Route] = {route.key: route for route in ROUTES}
