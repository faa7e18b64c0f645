"""Every risk that is watched: one row each, read top to bottom. Pure.

Domain rules, section 8.3: the rule list of the supervision system for collective assets, findings of audits, and what
Chapter 11 adds. What is asked of the database for each stands in ``asking.py``; limits are parameters of the policy.
"""

from dataclasses import dataclass

from registry.supervision.warnings.rules import Duty, Severity, Subject, Topic
from registry.text import N_, Labelled


class Risk(Labelled):
    """One thing that may be wrong."""

    UNCONFIRMED = "UNCONFIRMED", N_("登记后未按时确认")
    PROJECT_UNCOVERED = "PROJECT_UNCOVERED", N_("项目资金没有资产支撑")
    TITLE_LATE = "TITLE_LATE", N_("确权超期")
    HAND_OVER_LATE = "HAND_OVER_LATE", N_("移交超期")
    OWNER_DISPUTED = "OWNER_DISPUTED", N_("产权有争议")
    UNDOCUMENTED = "UNDOCUMENTED", N_("没有照片和证明材料")
    CUSTODIAN_MISSING = "CUSTODIAN_MISSING", N_("没有管护人")
    CUSTODY_EXPIRED = "CUSTODY_EXPIRED", N_("管护协议到期未续")
    PATROL_LATE = "PATROL_LATE", N_("巡查超期")
    REPAIR_LATE = "REPAIR_LATE", N_("维修超期")
    COUNT_LATE = "COUNT_LATE", N_("清查结果未上报")
    RENT_WITHOUT_CONTRACT = "RENT_WITHOUT_CONTRACT", N_("有租无合同")
    CONTRACT_LONG = "CONTRACT_LONG", N_("合同期限过长")
    CONTRACT_EXPIRED = "CONTRACT_EXPIRED", N_("合同到期未续")
    RENT_LOW = "RENT_LOW", N_("低价出租")
    RENT_UNDER_LOSS = "RENT_UNDER_LOSS", N_("租金低于年折旧")
    NO_TENDER = "NO_TENDER", N_("有合同未公开竞标")
    KIN_OPERATOR = "KIN_OPERATOR", N_("经营主体涉及利益回避")
    OPERATOR_LOSING = "OPERATOR_LOSING", N_("经营主体连年亏损")
    IDLE = "IDLE", N_("资产闲置")
    IDLE_UNREVIVED = "IDLE_UNREVIVED", N_("闲置资产到期未盘活")
    YIELD_LOW = "YIELD_LOW", N_("收益率连年偏低")
    ARREARS = "ARREARS", N_("租金未按时收取")
    ARREARS_LONG = "ARREARS_LONG", N_("租金长期拖欠")
    DIVIDEND_LATE = "DIVIDEND_LATE", N_("股权分红未按时收取")
    BOOK_UNCLOSED = "BOOK_UNCLOSED", N_("月账未结")
    CASH_HIGH = "CASH_HIGH", N_("现金超限")
    DEBT_HIGH = "DEBT_HIGH", N_("项目账负债率过高")
    DISTRIBUTION_LATE = "DISTRIBUTION_LATE", N_("上年度收益未按时分配")
    PAYOUT_LATE = "PAYOUT_LATE", N_("分配方案通过后未发放")
    DECEASED_PAID = "DECEASED_PAID", N_("人员去世、销户后仍列为受益对象")
    VILLAGE_UNPUBLISHED = "VILLAGE_UNPUBLISHED", N_("村务未按期公开")
    ACCOUNTS_UNPUBLISHED = "ACCOUNTS_UNPUBLISHED", N_("集体财务未按期公开")
    NOTICE_SHORT = "NOTICE_SHORT", N_("公示天数不足")
    NOTICE_UNCLOSED = "NOTICE_UNCLOSED", N_("公示期满未取证")
    OBJECTION_LATE = "OBJECTION_LATE", N_("异议答复超期")
    DISPOSAL_SPLIT = "DISPOSAL_SPLIT", N_("疑似拆分处置")
    LOSS_UNDECIDED = "LOSS_UNDECIDED", N_("突发损失未按期补办")
    PROCEEDS_UNPAID = "PROCEEDS_UNPAID", N_("处置价款未收齐")
    PROCEEDS_UNUSED = "PROCEEDS_UNUSED", N_("处置收入超期未用")


@dataclass(frozen=True)
class RiskRow:
    """What is said of a risk: heading, weight, who sees to it, of what kind of thing, by which basis, what to do.

    ``is_money``: it is told only to whoever may read the books.
    """

    risk: Risk
    topic: Topic
    severity: Severity
    duty: Duty
    subject: Subject
    basis: str
    remedy: str
    is_money: bool = False


_PLAN_1 = N_("渝府办发〔2021〕149号第十一章第一节：摸清底数、确权登记")
_PLAN_2 = N_("渝府办发〔2021〕149号第十一章第二节：落实管护、规范经营")
_PLAN_3 = N_("渝府办发〔2021〕149号第十一章第三节：收益分配")
_PLAN_4 = N_("渝府办发〔2021〕149号第十一章第四节：规范处置、加强监管")
_LEDGER = N_("农村集体“三资”监管规则：应登记未登记")
_CONTRACTS = N_("农村集体“三资”监管规则：合同清理规范")
_TENDER = N_("重庆市农村集体资产管理条例第十五条：公开竞标")
_PUBLISHED = N_("重庆市农村集体资产管理条例第二十条；村民委员会组织法第三十条")
_HUNG = N_("重庆市实施村民委员会组织法办法第三十条：不少于十日，否则重新公布")
_ANSWERED = N_("重庆市实施村民委员会组织法办法第三十一条")
_TERM = N_("民法典第七百零五条；渝府办发〔2021〕149号第十一章第二节")
_COUNTED = N_("农村集体资产清产核资惯例：次年三月底前上报")
_IDLE = N_("农规发〔2024〕26号：两年左右盘活闲置低效项目")
_CLOSED = N_("农村集体“三资”监管规则：月账未结；财会〔2023〕14号")
_CASH = N_("农村集体“三资”监管规则：现金超限")
_DEBT = N_("农村集体“三资”监管规则：资产负债率")
_AUDITED = N_("审计发现的常见问题：租金收取不及时、随意定价")
_KIN = N_("农村集体“三资”监管规则：利益回避")

_T, _S, _D, _U, _R = Topic, Severity, Duty, Subject, Risk
RISKS: tuple[RiskRow, ...] = (
    RiskRow(_R.UNCONFIRMED, _T.REGISTER, _S.MEDIUM, _D.UNIT, _U.ASSET, _LEDGER, N_("由第二人核对确认，或退回修改。")),
    RiskRow(_R.PROJECT_UNCOVERED, _T.REGISTER, _S.HIGH, _D.COUNTY, _U.PROJECT, _LEDGER,
            N_("补登记项目形成的资产；没有形成资产的，写明原因。")),
    RiskRow(_R.TITLE_LATE, _T.REGISTER, _S.MEDIUM, _D.TOWNSHIP, _U.ASSET, _PLAN_1, N_("办理首次确权。")),
    RiskRow(_R.HAND_OVER_LATE, _T.REGISTER, _S.MEDIUM, _D.SECTOR, _U.ASSET, _PLAN_1, N_("办理移交，双方签字。")),
    RiskRow(_R.OWNER_DISPUTED, _T.REGISTER, _S.MEDIUM, _D.TOWNSHIP, _U.ASSET, _PLAN_1,
            N_("先协商，再由乡镇、区县调处。")),
    RiskRow(_R.UNDOCUMENTED, _T.REGISTER, _S.LOW, _D.UNIT, _U.ASSET, _PLAN_1, N_("上传照片、验收或权属材料。")),
    RiskRow(_R.CUSTODIAN_MISSING, _T.CUSTODY, _S.MEDIUM, _D.UNIT, _U.ASSET, _PLAN_2, N_("落实管护人，签订管护协议。")),
    RiskRow(_R.CUSTODY_EXPIRED, _T.CUSTODY, _S.LOW, _D.UNIT, _U.AGREEMENT, _PLAN_2, N_("续签或交还管护。")),
    RiskRow(_R.PATROL_LATE, _T.CUSTODY, _S.LOW, _D.UNIT, _U.ASSET, _PLAN_2, N_("到现场巡查并登记。")),
    RiskRow(_R.REPAIR_LATE, _T.CUSTODY, _S.MEDIUM, _D.TOWNSHIP, _U.FAULT, _PLAN_2, N_("完成维修并验收。")),
    RiskRow(_R.COUNT_LATE, _T.CUSTODY, _S.MEDIUM, _D.TOWNSHIP, _U.SHEET, _COUNTED, N_("完成盘点、复核并上报。")),
    RiskRow(_R.RENT_WITHOUT_CONTRACT, _T.OPERATION, _S.HIGH, _D.TOWNSHIP, _U.ASSET, _CONTRACTS,
            N_("补签并登记合同；没有出租的，更正使用状况。")),
    RiskRow(_R.CONTRACT_LONG, _T.OPERATION, _S.LOW, _D.TOWNSHIP, _U.CONTRACT, _TERM, N_("到期前重新商定期限和租金。"),
            is_money=True),
    RiskRow(_R.CONTRACT_EXPIRED, _T.OPERATION, _S.HIGH, _D.UNIT, _U.CONTRACT, _CONTRACTS,
            N_("续签，或结束合同收回资产。"),
            is_money=True),
    RiskRow(_R.RENT_LOW, _T.OPERATION, _S.HIGH, _D.TOWNSHIP, _U.CONTRACT, _AUDITED, N_("说明原因，协商调整租金。"),
            is_money=True),
    RiskRow(_R.RENT_UNDER_LOSS, _T.OPERATION, _S.MEDIUM, _D.TOWNSHIP, _U.CONTRACT, _AUDITED,
            N_("租金补不上资产的损耗：说明原因，到期按年折旧和评估重新定价。"), is_money=True),
    RiskRow(_R.NO_TENDER, _T.OPERATION, _S.LOW, _D.TOWNSHIP, _U.CONTRACT, _TENDER,
            N_("核对不竞标的理由；下次发包公开竞标。"),
            is_money=True),
    RiskRow(_R.KIN_OPERATOR, _T.OPERATION, _S.MEDIUM, _D.TOWNSHIP, _U.CONTRACT, _KIN,
            N_("核对决策时是否回避、租金是否公允。"),
            is_money=True),
    RiskRow(_R.OPERATOR_LOSING, _T.OPERATION, _S.HIGH, _D.TOWNSHIP, _U.CONTRACT, _PLAN_2,
            N_("查明经营情况，必要时更换经营主体。"),
            is_money=True),
    RiskRow(_R.IDLE, _T.OPERATION, _S.MEDIUM, _D.TOWNSHIP, _U.ASSET, _IDLE,
            N_("招租、改用途，或写明闲置原因和盘活办法。")),
    RiskRow(_R.IDLE_UNREVIVED, _T.OPERATION, _S.HIGH, _D.COUNTY, _U.ASSET, _IDLE, N_("启用资产，或按程序处置。")),
    RiskRow(_R.YIELD_LOW, _T.OPERATION, _S.MEDIUM, _D.COUNTY, _U.ASSET, _AUDITED,
            N_("查明收益低的原因，改进经营。"), is_money=True),
    RiskRow(_R.ARREARS, _T.MONEY, _S.MEDIUM, _D.UNIT, _U.CONTRACT, _AUDITED, N_("书面催缴。"), is_money=True),
    RiskRow(_R.ARREARS_LONG, _T.MONEY, _S.HIGH, _D.TOWNSHIP, _U.CONTRACT, _AUDITED,
            N_("乡镇督办，依法追缴。"), is_money=True),
    RiskRow(_R.DIVIDEND_LATE, _T.MONEY, _S.HIGH, _D.TOWNSHIP, _U.EQUITY, _PLAN_3, N_("催收分红、保底收益和到期本金。"),
            is_money=True),
    RiskRow(_R.BOOK_UNCLOSED, _T.MONEY, _S.MEDIUM, _D.TOWNSHIP, _U.BOOK, _CLOSED, N_("逐月结账。"), is_money=True),
    RiskRow(_R.CASH_HIGH, _T.MONEY, _S.MEDIUM, _D.TOWNSHIP, _U.BOOK, _CASH, N_("把多余现金存入银行。"), is_money=True),
    RiskRow(_R.DEBT_HIGH, _T.MONEY, _S.MEDIUM, _D.TOWNSHIP, _U.BOOK, _DEBT,
            N_("与集体总账核对负债来源，不再举债；制定化解办法，报乡镇。"), is_money=True),
    RiskRow(_R.DISTRIBUTION_LATE, _T.MONEY, _S.MEDIUM, _D.TOWNSHIP, _U.OWNER, _PLAN_3, N_("起草并通过收益分配方案。"),
            is_money=True),
    RiskRow(_R.PAYOUT_LATE, _T.MONEY, _S.MEDIUM, _D.UNIT, _U.PLAN, _PLAN_3, N_("制作发放表并发放。"), is_money=True),
    RiskRow(_R.DECEASED_PAID, _T.MONEY, _S.HIGH, _D.UNIT, _U.HOUSEHOLD, _PLAN_3, N_("申请调整受益对象；多发的收回。"),
            is_money=True),
    RiskRow(_R.VILLAGE_UNPUBLISHED, _T.PROCEDURE, _S.LOW, _D.UNIT, _U.UNIT, _PUBLISHED, N_("张贴村务公开。")),
    RiskRow(_R.ACCOUNTS_UNPUBLISHED, _T.PROCEDURE, _S.MEDIUM, _D.UNIT, _U.UNIT, _PUBLISHED, N_("张贴集体财务公开。")),
    RiskRow(_R.NOTICE_SHORT, _T.PROCEDURE, _S.MEDIUM, _D.UNIT, _U.NOTICE, _HUNG, N_("重新公示满规定天数。")),
    RiskRow(_R.NOTICE_UNCLOSED, _T.PROCEDURE, _S.LOW, _D.UNIT, _U.NOTICE, _HUNG, N_("拍期满照片，收回公示。")),
    RiskRow(_R.OBJECTION_LATE, _T.PROCEDURE, _S.HIGH, _D.TOWNSHIP, _U.OBJECTION, _ANSWERED, N_("马上调查答复。")),
    RiskRow(_R.DISPOSAL_SPLIT, _T.DISPOSAL, _S.HIGH, _D.COUNTY, _U.DISPOSAL, _PLAN_4, N_("按合并价值的审批层级核对。")),
    RiskRow(_R.LOSS_UNDECIDED, _T.DISPOSAL, _S.HIGH, _D.TOWNSHIP, _U.DISPOSAL, _PLAN_4, N_("补齐材料，报上级审批。")),
    RiskRow(_R.PROCEEDS_UNPAID, _T.DISPOSAL, _S.HIGH, _D.TOWNSHIP, _U.PROCEEDS, _PLAN_4,
            N_("催收价款，登记到账。"), is_money=True),
    RiskRow(_R.PROCEEDS_UNUSED, _T.DISPOSAL, _S.MEDIUM, _D.COUNTY, _U.PROCEEDS, _PLAN_4,
            N_("重新安排用于乡村振兴项目，登记用途。"),
            is_money=True),
)  # fmt: skip
ROWS: dict[Risk, RiskRow] = {row.risk: row for row in RISKS}
#: What is told only to whoever may read the books.
MONEY = tuple(row.risk.value for row in RISKS if row.is_money)


def risks_of(subject: Subject) -> tuple[Risk, ...]:
    """Return what is asked of one kind of thing."""
    return tuple(row.risk for row in RISKS if row.subject is subject)


def risks_under(topic: Topic) -> tuple[Risk, ...]:
    """Return the risks under a heading."""
    return tuple(row.risk for row in RISKS if row.topic is topic)
