"""The four levels of a disposal (domain rules, section 7): by owner, kind, value and what makes it weighty. Pure.

Thresholds are examples that a county must settle. Every case is filed with the municipality, which may call it in
before it is carried out; it approves only what its own units own and what crosses districts.
"""

from registry.evidence.rules import EvidenceKind
from registry.kinds import OwnerKind, Subject
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Route, Seat, StepKind, StepRule, Weight
from registry.text import N_

_P, _K, _S, _W = Parameter, StepKind, Seat, Weight
_MINUTES = (EvidenceKind.MINUTES,)
_COLLECTIVE = frozenset({OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE})
_TOWNSHIP_OWNED = frozenset({OwnerKind.TOWNSHIP})
_STATE_OWNED = frozenset({OwnerKind.STATE})
_GOVERNED = frozenset({_W.REAL_ESTATE, _W.WHOLE_PROJECT, _W.EQUITY})

_MEETING = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("成员（代表）会议决定、认定价值"), _P.STEP_DAYS_MEETING, papers=_MINUTES,
    each_owner=True, fixed=True,
)  # fmt: skip
_NOTICE = StepRule(_K.NOTICE, _S.OWNER_CLERK, N_("公示处置方案"), days=_P.NOTICE_DAYS_VILLAGE, fixed=True)
_COMMITTEE = StepRule(
    _K.COUNTERSIGN, _S.SUPERVISORY_COMMITTEE, N_("村务监督委员会审核"), _P.STEP_DAYS_COUNTERSIGN, fixed=True
)
_TOWNSHIP = StepRule(_K.APPROVAL, _S.TOWNSHIP_SUPERVISOR, N_("乡镇审批"), _P.STEP_DAYS_APPROVAL, fixed=True)
_OWN_DECISION = StepRule(
    _K.MEETING, _S.OWNER_CLERK, N_("单位集体研究决定"), _P.STEP_DAYS_MEETING, papers=_MINUTES, fixed=True
)
_AGRICULTURE = StepRule(_K.REVIEW, _S.COUNTY_AGRICULTURE, N_("区县农业农村部门审核"), _P.STEP_DAYS_REVIEW, fixed=True)
_DEPARTMENT = StepRule(_K.APPROVAL, _S.COUNTY_AGRICULTURE, N_("区县主管部门审批"), _P.STEP_DAYS_APPROVAL, fixed=True)
_FINANCE = StepRule(_K.APPROVAL, _S.COUNTY_FINANCE, N_("区县财政部门同意"), _P.STEP_DAYS_APPROVAL, fixed=True)
_GOVERNMENT = StepRule(_K.APPROVAL, _S.COUNTY_GOVERNMENT, N_("区县政府审批"), _P.STEP_DAYS_APPROVAL, fixed=True)
_MUNICIPAL = StepRule(_K.APPROVAL, _S.MUNICIPALITY, N_("市级审批"), _P.STEP_DAYS_APPROVAL, fixed=True)
_COUNTY_FILED = StepRule(_K.FILING, _S.COUNTY_AGRICULTURE, N_("区县备案"), days=_P.CALL_IN_DAYS, fixed=True)
_FINANCE_FILED = StepRule(_K.FILING, _S.COUNTY_FINANCE, N_("区县财政备案"), days=_P.CALL_IN_DAYS, fixed=True)
_FILED = StepRule(_K.FILING, _S.MUNICIPALITY, N_("市级备案"), days=_P.CALL_IN_DAYS, fixed=True)
_VILLAGE: Procedure = (_MEETING, _NOTICE, _COMMITTEE, _TOWNSHIP)

_BASIS_COLLECTIVE = N_(
    "渝府办发〔2021〕149号第十一章第四节：不得随意处置；重庆市农村集体资产管理条例第十条、第十七条、第二十一条；价值档次为示例"
)
_BASIS_STATE = N_("行政事业性国有资产管理条例第十九条、第二十一条：集体决策，按权限报批；价值档次为示例")
_BASIS_CONSUMED = N_("公开的核销公告惯例：村民代表大会、村级公示、乡镇会议、区县公告；从未形成固定资产的不要求确权")
_BASIS_ABOVE = N_("本系统默认：市级单位所有、跨区县的由市级审批")
_BASIS_CHANGE = N_("渝府办发〔2021〕149号第十一章第二节：经营方式由成员会议决定；转产、报停不改变权属")
_BASIS_OTHER = N_("渝府办发〔2021〕149号第十一章第三节：归农户和其他经营主体的，尊重其财产权利；含财政资金的须审核备案")


def _disposal(key: str, label: str, steps: Procedure, basis: str, **chosen: object) -> Route:
    return Route(f"DISPOSAL.{key}", label, Subject.DISPOSAL, steps, basis, **chosen)  # type: ignore[arg-type]


#: Deeds as ``disposal/kinds.py`` names them; a test keeps the words the same.
_CONSUMED = frozenset({"CONSUMED"})
_CHANGES = frozenset({"CONVERSION", "STOP_USE"})
DISPOSAL_ROUTES: tuple[Route, ...] = (
    _disposal(
        "MUNICIPAL", N_("市级单位所有资产的处置"), (_OWN_DECISION, _MUNICIPAL), _BASIS_ABOVE,
        weights=frozenset({_W.MUNICIPAL}),
    ),
    _disposal(
        "CONSUMED", N_("未形成固定资产的种苗、物资核销"),
        (_MEETING, _NOTICE, _COMMITTEE, _TOWNSHIP, _DEPARTMENT, _FILED), _BASIS_CONSUMED, deeds=_CONSUMED,
    ),
    _disposal(
        "CROSS_DISTRICT", N_("跨区县资产的处置"), (*_VILLAGE, _AGRICULTURE, _FINANCE, _GOVERNMENT, _MUNICIPAL),
        _BASIS_ABOVE, owner_kinds=_COLLECTIVE, weights=frozenset({_W.CROSS_DISTRICT}),
    ),
    _disposal(
        "CROSS_DISTRICT_OTHER", N_("跨区县的国有、乡镇及其他单位资产的处置"),
        (_OWN_DECISION, _AGRICULTURE, _FINANCE, _GOVERNMENT, _MUNICIPAL), _BASIS_ABOVE,
        weights=frozenset({_W.CROSS_DISTRICT}),
    ),
    _disposal(
        "CHANGE", N_("集体资产转产、报停"), (*_VILLAGE, _COUNTY_FILED, _FILED), _BASIS_CHANGE, deeds=_CHANGES,
        owner_kinds=_COLLECTIVE,
    ),
    _disposal(
        "COLLECTIVE.3", N_("三档：村集体资产，报区县政府审批"),
        (*_VILLAGE, _AGRICULTURE, _FINANCE, _GOVERNMENT, _FILED), _BASIS_COLLECTIVE, owner_kinds=_COLLECTIVE,
        floor=_P.DISPOSAL_COLLECTIVE_GOVERNMENT, weights=_GOVERNED,
    ),
    _disposal(
        "COLLECTIVE.2", N_("二档：村集体资产，区县农业农村部门审核、财政同意"),
        (*_VILLAGE, _AGRICULTURE, _FINANCE, _FILED), _BASIS_COLLECTIVE, owner_kinds=_COLLECTIVE,
        floor=_P.DISPOSAL_COLLECTIVE_COUNTY,
    ),
    _disposal(
        "COLLECTIVE.1", N_("一档：村集体资产，乡镇审批、区县备案"), (*_VILLAGE, _COUNTY_FILED, _FILED),
        _BASIS_COLLECTIVE, owner_kinds=_COLLECTIVE,
    ),
    _disposal(
        "TOWNSHIP.3", N_("三档：乡镇资产，报区县政府审批"),
        (_OWN_DECISION, _AGRICULTURE, _FINANCE, _GOVERNMENT, _FILED), _BASIS_STATE, owner_kinds=_TOWNSHIP_OWNED,
        floor=_P.DISPOSAL_TOWNSHIP_GOVERNMENT, weights=_GOVERNED,
    ),
    _disposal(
        "TOWNSHIP.2", N_("二档：乡镇资产，区县部门审核、财政部门同意"), (_OWN_DECISION, _AGRICULTURE, _FINANCE, _FILED),
        _BASIS_STATE, owner_kinds=_TOWNSHIP_OWNED, floor=_P.DISPOSAL_TOWNSHIP_COUNTY,
    ),
    _disposal(
        "TOWNSHIP.1", N_("一档：乡镇资产，乡镇集体研究、审批"), (_OWN_DECISION, _TOWNSHIP, _COUNTY_FILED, _FILED),
        _BASIS_STATE, owner_kinds=_TOWNSHIP_OWNED,
    ),
    _disposal(
        "STATE.3", N_("三档：国有资产，报区县政府审批"), (_OWN_DECISION, _AGRICULTURE, _FINANCE, _GOVERNMENT, _FILED),
        _BASIS_STATE, owner_kinds=_STATE_OWNED, floor=_P.DISPOSAL_STATE_GOVERNMENT,
        weights=frozenset({_W.WHOLE_PROJECT, _W.EQUITY}),
    ),
    _disposal(
        "STATE.2", N_("二档：国有资产，区县财政部门审批"), (_OWN_DECISION, _AGRICULTURE, _FINANCE, _FILED),
        _BASIS_STATE, owner_kinds=_STATE_OWNED, floor=_P.DISPOSAL_STATE_FINANCE, weights=frozenset({_W.REAL_ESTATE}),
    ),
    _disposal(
        "STATE.1", N_("一档：国有资产，主管部门审批、财政备案"), (_OWN_DECISION, _DEPARTMENT, _FINANCE_FILED, _FILED),
        _BASIS_STATE, owner_kinds=_STATE_OWNED,
    ),
    _disposal(
        "OTHER", N_("合作社、企业等所有的资产处置"), (_OWN_DECISION, _TOWNSHIP, _AGRICULTURE, _FILED), _BASIS_OTHER,
    ),
)  # fmt: skip
