"""The duties of the four levels and of the sector departments, and where each is written. Pure.

Chapter 11 of 渝府办发〔2021〕149号 says what each level answers for; a duty here is one sentence of it that one person
of a unit can answer for. The order is the order of the printed list.
"""

from dataclasses import dataclass

from registry.kinds import Sector
from registry.regions import Level
from registry.text import N_

_FIRST = N_("渝府办发〔2021〕149号第十一章第一节")
_SECOND = N_("渝府办发〔2021〕149号第十一章第二节")
_THIRD = N_("渝府办发〔2021〕149号第十一章第三节")
_FOURTH = N_("渝府办发〔2021〕149号第十一章第四节")
_AUDITS = N_("农村集体经济组织法第四十七条")
_VILLAGE_31 = N_("重庆市实施村民委员会组织法办法第三十一条")
_VILLAGE_33 = N_("重庆市实施村民委员会组织法办法第三十三条")
_PROPERTY_20 = N_("重庆市农村集体资产管理条例第二十条")


@dataclass(frozen=True)
class Duty:
    """One duty: at which level, of which sector department (None: of the unit itself), what, and its basis."""

    code: str
    level: Level
    title: str
    text: str
    basis: str
    sector: Sector | None = None


_M, _C, _T, _V = Level.MUNICIPALITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE
_OWN: tuple[Duty, ...] = (
    Duty("M-GUIDE", _M, N_("统筹指导"), N_("统筹指导全市扶贫项目资产后续管理，明确工作要求。"), _FOURTH),
    Duty("M-SUPERVISE", _M, N_("监督检查"), N_("监督区县落实主体责任，督促整改问题。"), _FOURTH),
    Duty("C-LEAD", _C, N_("主体责任"), N_("对全区县扶贫项目资产后续管理负总责，研究解决重大问题。"), _FOURTH),
    Duty("C-LEDGER", _C, N_("总台账"), N_("组织摸清底数，分三类建立总台账，保持更新。"), _FIRST),
    Duty("C-TITLE", _C, N_("确权移交"), N_("组织确权登记和资产移交，纳入相关管理体系。"), _FIRST),
    Duty("C-OPERATION", _C, N_("管护运营"), N_("明确管护标准，指导经营方式，防控经营风险。"), _SECOND),
    Duty("C-FINANCE", _C, N_("资金监管"), N_("监管项目资金、国有资产收益和处置收入的上缴使用。"), _FOURTH),
    Duty("C-DISPOSAL", _C, N_("处置审批"), N_("按权限审核审批资产处置，防止随意处置。"), _FOURTH),
    Duty("C-COUNT", _C, N_("资产清查"), N_("按规定组织资产清查，督促处理账实不符。"), _FOURTH),
    Duty("C-EVALUATE", _C, N_("绩效评估"), N_("组织运行监控和绩效评估，对管得好的加大支持。"), _FOURTH),
    Duty("C-AUDIT", _C, N_("审计和纪律监督"), N_("开展审计监督和纪律监督，跟踪问题整改销号。"), _FOURTH),
    Duty("T-DAILY", _T, N_("日常监管"), N_("负责辖区扶贫项目资产后续运营的日常监管。"), _FOURTH),
    Duty("T-LEDGER", _T, N_("台账审核"), N_("审核各村台账，按期汇总上报。"), _FIRST),
    Duty("T-REVIEW", _T, N_("方案审核"), N_("审核经营方案、合同和收益分配方案。"), _THIRD),
    Duty("T-CHECK", _T, N_("管护抽查"), N_("抽查管护情况，督促维修和整改。"), _SECOND),
    Duty("T-DISPOSAL", _T, N_("处置审核"), N_("审核处置申请，监督处置收入重新安排使用。"), _FOURTH),
    Duty("T-PUBLICITY", _T, N_("公开和异议"), N_("督促公告公示，调查答复转来的异议。"), _VILLAGE_31),
    Duty("T-AUDIT", _T, N_("财务审计"), N_("组织集体财务的定期审计和专项审计。"), _AUDITS),
    Duty("V-OWNER", _V, N_("村级监管"), N_("对确权到村集体的资产负监管责任。"), _FOURTH),
    Duty("V-LEDGER", _V, N_("明细台账"), N_("登记每项资产，变动及时入账。"), _FIRST),
    Duty("V-CUSTODY", _V, N_("日常管护"), N_("落实管护人，按期巡查，损坏及时报修。"), _SECOND),
    Duty("V-OPERATION", _V, N_("经营管理"), N_("民主议定经营方案，签好合同，按期收取收益。"), _SECOND),
    Duty("V-SHARE", _V, N_("收益分配"), N_("民主议定分配方案，按方案发放到位。"), _THIRD),
    Duty("V-BENEFICIARY", _V, N_("受益对象"), N_("随人口变动及时调整受益对象。"), _THIRD),
    Duty("V-PUBLICITY", _V, N_("公告公示"), N_("按期公开台账、收支和分配，答复村民异议。"), _PROPERTY_20),
    Duty("V-WATCH", _V, N_("民主监督"), N_("村务监督委员会、监事会监督决策、公开和收支。"), _VILLAGE_33),
)
_SECTOR_TEXT = N_("按行业制度监管本行业项目资产的确权、移交、管护和安全。")


def _sectors(level: Level, start: str) -> tuple[Duty, ...]:
    return tuple(
        Duty(f"{start}-SECTOR-{sector.value}", level, sector.label, _SECTOR_TEXT, _FOURTH, sector) for sector in Sector
    )


DUTIES: tuple[Duty, ...] = (*_OWN, *_sectors(_M, "M"), *_sectors(_C, "C"))
BY_CODE: dict[str, Duty] = {duty.code: duty for duty in DUTIES}
_AT: dict[Level, tuple[Duty, ...]] = {level: tuple(duty for duty in DUTIES if duty.level is level) for level in Level}


def duties_at(level: Level) -> tuple[Duty, ...]:
    """Return the duties of a level, those of the unit itself before those of its sector departments."""
    return _AT[level]


def find_duty(code: str, level: Level) -> Duty | None:
    """Return a duty of a level by its code, None if the level has no such duty."""
    found = BY_CODE.get(code)
    return found if found is not None and found.level is level else None
