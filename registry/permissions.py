"""Who may do what: one table from role to permissions. Conditions on the thing itself are rules, not permissions."""

from dataclasses import dataclass, field, replace
from datetime import date

from registry.kinds import Sector
from registry.regions import CodeRange, code_range, covers
from registry.text import N_, Labelled


class Permission(Labelled):
    """A named right. Pages name the one they need; GRANTS says which roles hold it."""

    OWN_ACCOUNT = "OWN_ACCOUNT", N_("使用本人账号")
    ASSET_READ = "ASSET_READ", N_("查看资产台账")
    ASSET_ENTER = "ASSET_ENTER", N_("登记资产、申请更正")
    ASSET_CONFIRM = "ASSET_CONFIRM", N_("确认登记（第二人）")
    CORRECTION_CONFIRM = "CORRECTION_CONFIRM", N_("确认重要更正（上一级）")
    ASSET_EXPORT = "ASSET_EXPORT", N_("导出台账")
    PROJECT_ENTER = "PROJECT_ENTER", N_("登记项目和资金")
    EVIDENCE_ADD = "EVIDENCE_ADD", N_("上传附件")
    COMMENT = "COMMENT", N_("批注")
    PRINT = "PRINT", N_("打印台账和报表")
    REVEAL_PERSONAL = "REVEAL_PERSONAL", N_("查看未遮盖的个人信息")
    GO_LIVE_SET = "GO_LIVE_SET", N_("设定启用日期")
    TRAIL_READ = "TRAIL_READ", N_("查看操作日志")
    TRAIL_VERIFY = "TRAIL_VERIFY", N_("校验操作日志")
    TRAIL_EXPORT = "TRAIL_EXPORT", N_("导出操作日志、签署检查点")
    REGION_CHANGE = "REGION_CHANGE", N_("变更区划")
    USER_MANAGE = "USER_MANAGE", N_("管理账号")
    GRANT_MANAGE = "GRANT_MANAGE", N_("授予和收回角色")
    STATUS_READ = "STATUS_READ", N_("查看系统状态")
    POLICY_PROPOSE = "POLICY_PROPOSE", N_("提出政策参数和流程")
    POLICY_CONFIRM = "POLICY_CONFIRM", N_("确认政策参数和流程（第二人）")
    CASE_DECIDE = "CASE_DECIDE", N_("审核、审批、签署")
    MEETING_ENTER = "MEETING_ENTER", N_("登记会议和决议")
    NOTICE_POST = "NOTICE_POST", N_("张贴和收回公示")
    OBJECTION_ENTER = "OBJECTION_ENTER", N_("代录异议")
    OBJECTION_ANSWER = "OBJECTION_ANSWER", N_("答复异议")
    TITLE_ENTER = "TITLE_ENTER", N_("办理确权、移交")
    TITLE_REGISTER = "TITLE_REGISTER", N_("登记证书、限制和争议")
    CUSTODY_MANAGE = "CUSTODY_MANAGE", N_("安排管护")
    CUSTODY_ACCEPT = "CUSTODY_ACCEPT", N_("接受或交还管护")
    PATROL_RECORD = "PATROL_RECORD", N_("巡查、报修")
    PATROL_CHECK = "PATROL_CHECK", N_("抽查管护、验收维修")
    LEDGER_READ = "LEDGER_READ", N_("查看账簿、合同、收益和分配")
    VOUCHER_MAKE = "VOUCHER_MAKE", N_("制单、申请结账和反结账")
    VOUCHER_CHECK = "VOUCHER_CHECK", N_("复核记账、结账")
    PERIOD_REOPEN = "PERIOD_REOPEN", N_("同意反结账（上一级）")
    CONTRACT_ENTER = "CONTRACT_ENTER", N_("登记经营方案、合同和股权")
    INCOME_ENTER = "INCOME_ENTER", N_("登记收益")
    INCOME_CHECK = "INCOME_CHECK", N_("审核收益")
    BENEFICIARY_ENTER = "BENEFICIARY_ENTER", N_("登记受益对象、申请调整")
    DISTRIBUTION_ENTER = "DISTRIBUTION_ENTER", N_("起草分配方案、制作发放表")
    PAYOUT_RELEASE = "PAYOUT_RELEASE", N_("复核发放（第二人）")
    PAYOUT_PAY = "PAYOUT_PAY", N_("发放、登记发放结果")
    DISPOSAL_ENTER = "DISPOSAL_ENTER", N_("申请处置，登记成交和处置收入的用途")
    DISPOSAL_CARRY_OUT = "DISPOSAL_CARRY_OUT", N_("执行处置、核对处置收入（第二人）")
    STOCKTAKE_OPEN = "STOCKTAKE_OPEN", N_("部署和结束清查")
    STOCKTAKE_COUNT = "STOCKTAKE_COUNT", N_("盘点资产")
    STOCKTAKE_CONFIRM = "STOCKTAKE_CONFIRM", N_("复核、接收盘点结果（第二人）")
    WARNING_HAND_OFF = "WARNING_HAND_OFF", N_("交办预警、核实办理情况")
    WARNING_ANSWER = "WARNING_ANSWER", N_("办理交办的预警")
    DUTY_READ = "DUTY_READ", N_("查看责任清单")
    DUTY_ENTER = "DUTY_ENTER", N_("登记责任清单的责任人")
    DUTY_CONFIRM = "DUTY_CONFIRM", N_("确认责任清单的责任人（第二人）")
    FINDING_ENTER = "FINDING_ENTER", N_("登记问题")
    FINDING_MEND = "FINDING_MEND", N_("上报整改")
    FINDING_CHECK = "FINDING_CHECK", N_("核查销号（上一级）")
    SAMPLE_DRAW = "SAMPLE_DRAW", N_("抽样检查、委托第三方")
    EVALUATION_ENTER = "EVALUATION_ENTER", N_("开展绩效评价、登记专家评分")
    EVALUATION_CONFIRM = "EVALUATION_CONFIRM", N_("复核绩效评价（第二人）")


class Role(Labelled):
    """What a person is in the unit that the grant names."""

    VILLAGE_CLERK = "VILLAGE_CLERK", N_("村报账员")
    VILLAGE_HEAD = "VILLAGE_HEAD", N_("村负责人")
    CASHIER = "CASHIER", N_("出纳")
    VILLAGE_SUPERVISORY_COMMITTEE = "VILLAGE_SUPERVISORY_COMMITTEE", N_("村务监督委员会")
    SUPERVISORY_BOARD = "SUPERVISORY_BOARD", N_("集体经济组织监事会")
    CUSTODIAN = "CUSTODIAN", N_("管护员")
    RESIDENT_WORK_TEAM = "RESIDENT_WORK_TEAM", N_("驻村工作队")
    TOWNSHIP_CLERK = "TOWNSHIP_CLERK", N_("乡镇经办员")
    TOWNSHIP_ACCOUNTANT = "TOWNSHIP_ACCOUNTANT", N_("乡镇代理会计")
    TOWNSHIP_SUPERVISOR = "TOWNSHIP_SUPERVISOR", N_("乡镇监管员")
    COUNTY_CLERK = "COUNTY_CLERK", N_("区县经办员")
    COUNTY_AGRICULTURE = "COUNTY_AGRICULTURE", N_("区县农业农村监管员")
    COUNTY_FINANCE = "COUNTY_FINANCE", N_("区县财政监管员")
    COUNTY_GOVERNMENT = "COUNTY_GOVERNMENT", N_("区县政府负责人")
    SECTOR_OFFICER = "SECTOR_OFFICER", N_("行业主管部门监管员")
    DISCIPLINE_INSPECTOR = "DISCIPLINE_INSPECTOR", N_("纪检监督员")
    MUNICIPAL_SUPERVISOR = "MUNICIPAL_SUPERVISOR", N_("市级监管员")
    AUDITOR = "AUDITOR", N_("审计员")
    DEPUTY = "DEPUTY", N_("代办人")
    SYSTEM_ADMINISTRATOR = "SYSTEM_ADMINISTRATOR", N_("系统管理员")
    SECURITY_ADMINISTRATOR = "SECURITY_ADMINISTRATOR", N_("安全管理员")
    AUDIT_ADMINISTRATOR = "AUDIT_ADMINISTRATOR", N_("审计管理员")


_P, _R = Permission, Role
_WATCH = frozenset({_P.OWN_ACCOUNT, _P.ASSET_READ, _P.PRINT, _P.TRAIL_READ, _P.LEDGER_READ, _P.DUTY_READ})
_ENTER = frozenset({_P.ASSET_ENTER, _P.EVIDENCE_ADD, _P.ASSET_EXPORT, _P.PROJECT_ENTER})
_SUPERVISE = frozenset({_P.ASSET_EXPORT, _P.COMMENT, _P.CORRECTION_CONFIRM, _P.REVEAL_PERSONAL, _P.WARNING_HAND_OFF})
#: What a clerk does for the unit's own cases.
_CASES = frozenset(
    {
        _P.TITLE_ENTER, _P.MEETING_ENTER, _P.NOTICE_POST, _P.OBJECTION_ENTER, _P.CUSTODY_MANAGE, _P.PATROL_RECORD,
        _P.DISPOSAL_ENTER, _P.STOCKTAKE_COUNT, _P.WARNING_ANSWER, _P.DUTY_ENTER, _P.FINDING_MEND,
    }
)  # fmt: skip
#: What whoever keeps a unit's money matters enters; a second person checks it.
_MONEY = frozenset({_P.VOUCHER_MAKE, _P.CONTRACT_ENTER, _P.INCOME_ENTER, _P.BENEFICIARY_ENTER, _P.DISTRIBUTION_ENTER})
_CHECK_MONEY = frozenset({_P.VOUCHER_CHECK, _P.INCOME_CHECK, _P.PAYOUT_RELEASE})
#: What heads of units do as the second person of a disposal.
_CARRY_OUT = frozenset({_P.DISPOSAL_CARRY_OUT})
#: What the second person of a count does, and who takes it in above.
_COUNTED = frozenset({_P.STOCKTAKE_CONFIRM})
_ANSWER = frozenset({_P.CASE_DECIDE, _P.OBJECTION_ANSWER})
#: What the head of a unit does as its second person.
_HEAD = _ANSWER | _CHECK_MONEY | _CARRY_OUT | _COUNTED | {_P.WARNING_ANSWER, _P.DUTY_CONFIRM}
#: Whoever supervises enters what they find.
_FIND = frozenset({_P.FINDING_ENTER})
#: Who supervises from above, or from outside, draws samples, and checks off what was mended.
_FOLLOW_UP = _FIND | {_P.FINDING_CHECK, _P.SAMPLE_DRAW}
#: What a county sets for everybody below it.
_COUNTY = frozenset({_P.GO_LIVE_SET, _P.POLICY_PROPOSE, _P.STOCKTAKE_OPEN})

#: Role → permissions, read top to bottom.
GRANTS: dict[Role, frozenset[Permission]] = {
    _R.VILLAGE_CLERK: _WATCH | _ENTER | _CASES | _MONEY | {_P.CUSTODY_ACCEPT},
    _R.VILLAGE_HEAD: _WATCH
    | _HEAD
    | {_P.ASSET_CONFIRM, _P.EVIDENCE_ADD, _P.ASSET_EXPORT, _P.OBJECTION_ENTER, _P.CUSTODY_ACCEPT, _P.PATROL_CHECK}
    | {_P.FINDING_MEND},
    _R.CASHIER: _WATCH | {_P.PAYOUT_PAY},
    _R.VILLAGE_SUPERVISORY_COMMITTEE: _WATCH | _FIND | {_P.COMMENT, _P.CASE_DECIDE, _P.OBJECTION_ENTER},
    _R.SUPERVISORY_BOARD: _WATCH | _FIND | {_P.COMMENT, _P.CASE_DECIDE},
    _R.CUSTODIAN: frozenset(
        {_P.OWN_ACCOUNT, _P.ASSET_READ, _P.EVIDENCE_ADD, _P.CUSTODY_ACCEPT, _P.PATROL_RECORD, _P.STOCKTAKE_COUNT}
    ),
    _R.RESIDENT_WORK_TEAM: _WATCH | _FIND | {_P.COMMENT},
    _R.TOWNSHIP_CLERK: _WATCH | _ENTER | _CASES | _MONEY | {_P.ASSET_CONFIRM, _P.TITLE_REGISTER, _P.CUSTODY_ACCEPT},
    # Makes and checks vouchers of the villages it keeps books for; never both of one voucher.
    _R.TOWNSHIP_ACCOUNTANT: _WATCH | _CHECK_MONEY | {_P.ASSET_EXPORT, _P.VOUCHER_MAKE, _P.INCOME_ENTER, _P.PAYOUT_PAY},
    _R.TOWNSHIP_SUPERVISOR: _WATCH
    | _SUPERVISE
    | _HEAD
    | _FOLLOW_UP
    | {_P.ASSET_CONFIRM, _P.EVIDENCE_ADD, _P.OBJECTION_ENTER, _P.PATROL_CHECK, _P.PERIOD_REOPEN}
    | {_P.EVALUATION_ENTER},
    _R.COUNTY_CLERK: _WATCH
    | _ENTER
    | _CASES
    | _MONEY
    | _COUNTY
    | {_P.ASSET_CONFIRM, _P.TITLE_REGISTER, _P.CUSTODY_ACCEPT, _P.EVALUATION_ENTER},
    _R.COUNTY_AGRICULTURE: _WATCH
    | _SUPERVISE
    | _HEAD
    | _FOLLOW_UP
    | _COUNTY
    | {_P.PERIOD_REOPEN, _P.ASSET_CONFIRM, _P.TRAIL_VERIFY, _P.OBJECTION_ENTER, _P.POLICY_CONFIRM, _P.PATROL_CHECK}
    | {_P.EVALUATION_CONFIRM},
    _R.COUNTY_FINANCE: _WATCH
    | _FIND
    | {_P.ASSET_EXPORT, _P.COMMENT, _P.CASE_DECIDE, _P.PERIOD_REOPEN, _P.WARNING_HAND_OFF, _P.SAMPLE_DRAW},
    _R.COUNTY_GOVERNMENT: _WATCH | {_P.ASSET_EXPORT, _P.COMMENT, _P.CASE_DECIDE, _P.POLICY_CONFIRM, _P.DUTY_CONFIRM},
    _R.SECTOR_OFFICER: _WATCH
    | _FIND
    | {_P.ASSET_EXPORT, _P.COMMENT, _P.CASE_DECIDE, _P.TITLE_ENTER, _P.PATROL_CHECK, _P.WARNING_HAND_OFF},
    _R.DISCIPLINE_INSPECTOR: _WATCH | _FOLLOW_UP | {_P.ASSET_EXPORT, _P.COMMENT, _P.TRAIL_VERIFY},
    _R.MUNICIPAL_SUPERVISOR: _WATCH
    | _SUPERVISE
    | _FOLLOW_UP
    | _ANSWER
    | _CARRY_OUT
    # A municipality has no clerk: one of its supervisors enters who answers for what, another confirms.
    | {_P.TRAIL_VERIFY, _P.POLICY_PROPOSE, _P.POLICY_CONFIRM, _P.PERIOD_REOPEN, _P.DUTY_ENTER, _P.DUTY_CONFIRM},
    _R.AUDITOR: _WATCH | _FOLLOW_UP | {_P.ASSET_EXPORT, _P.REVEAL_PERSONAL, _P.TRAIL_VERIFY, _P.TRAIL_EXPORT},
    # Sees the unit's cases and decides only for a person who delegated to them.
    _R.DEPUTY: _WATCH | {_P.CASE_DECIDE},
    _R.SYSTEM_ADMINISTRATOR: frozenset({_P.OWN_ACCOUNT, _P.USER_MANAGE, _P.REGION_CHANGE, _P.STATUS_READ}),
    _R.SECURITY_ADMINISTRATOR: frozenset({_P.OWN_ACCOUNT, _P.GRANT_MANAGE, _P.STATUS_READ}),
    _R.AUDIT_ADMINISTRATOR: frozenset(
        {_P.OWN_ACCOUNT, _P.TRAIL_READ, _P.TRAIL_VERIFY, _P.TRAIL_EXPORT, _P.STATUS_READ}
    ),
}

ADMINISTRATORS = frozenset({_R.SYSTEM_ADMINISTRATOR, _R.SECURITY_ADMINISTRATOR, _R.AUDIT_ADMINISTRATOR})
#: A custodian sees the assets in their own care, nothing else of the unit.
OWN_ONLY = frozenset({_R.CUSTODIAN})


@dataclass(frozen=True)
class Grant:
    """A role held in a unit, for one sector where the role is a sector department's."""

    role: Role
    region_code: str
    sector: Sector | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts, with name, post and unit as they are at this moment, and the grants that hold today."""

    id: int | None
    name: str
    post: str
    unit_code: str
    unit_name: str
    grants: tuple[Grant, ...] = field(default=())

    @property
    def is_administrator(self) -> bool:
        return any(grant.role in ADMINISTRATORS for grant in self.grants)


@dataclass(frozen=True)
class Reach:
    """One stretch of regions in which a permission holds; ``own_only`` narrows it to things in the actor's own care."""

    codes: CodeRange
    sector: Sector | None
    own_only: bool


def system_actor(unit_code: str) -> Actor:
    """Return the actor under which the system itself acts (migration, demo, worker)."""
    return Actor(id=None, name=N_("系统"), post=N_("自动任务"), unit_code=unit_code, unit_name="")


def may(actor: Actor, permission: Permission, region_code: str | None = None) -> bool:
    """Say whether the actor holds the permission anywhere, or in the unit named."""
    return any(
        permission in GRANTS[grant.role] and (region_code is None or covers(grant.region_code, region_code))
        for grant in actor.grants
    )


def reaches(actor: Actor, permission: Permission) -> tuple[Reach, ...]:
    """Return the stretches of regions in which the actor holds the permission, without those that lie in another."""
    held = {
        Reach(code_range(g.region_code), g.sector, g.role in OWN_ONLY)
        for g in actor.grants
        if permission in GRANTS[g.role]
    }
    return tuple(
        sorted(
            (one for one in held if not any(_swallows(other, one) for other in held if other != one)),
            key=lambda reach: (reach.codes, reach.sector or "", reach.own_only),
        )
    )


def _swallows(outer: Reach, inner: Reach) -> bool:
    wider = outer.codes.low <= inner.codes.low and inner.codes.high <= outer.codes.high
    return wider and outer.sector in {None, inner.sector} and (not outer.own_only or inner.own_only)


def narrowed(actor: Actor, unit_code: str) -> Actor:
    """Return the actor with no more than what their grants give within one unit."""
    kept = [
        grant if covers(unit_code, grant.region_code) else replace(grant, region_code=unit_code)
        for grant in actor.grants
        if covers(unit_code, grant.region_code) or covers(grant.region_code, unit_code)
    ]
    return replace(actor, grants=tuple(dict.fromkeys(kept)))


def holds_on(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Say whether a dated fact holds on a day: from the first day on, up to but not including the last."""
    return valid_from <= on and (valid_to is None or on < valid_to)
