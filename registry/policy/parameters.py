"""Every number, day and choice that a region may set: its unit, default, bounds and legal basis. Pure.

Domain rules, section 11. A default without a statute behind it is an example that the county must settle (示例，须由区县核定).
"""

from dataclasses import dataclass

from registry.kinds import NoticeDays
from registry.text import N_, Labelled

FEN_PER_WAN = 1_000_000
WHOLE_BP = 10_000


class Measure(Labelled):
    """What kind of value a parameter has, and in what it is counted."""

    DAYS = "DAYS", N_("天")
    MONTHS = "MONTHS", N_("个月")
    YEARS = "YEARS", N_("年")
    PERCENT = "PERCENT", N_("%")
    MONEY = "MONEY", N_("元")
    POINTS = "POINTS", N_("分")
    FLAG = "FLAG", N_("是或否")
    CHOICE = "CHOICE", N_("选项")
    DATE = "DATE", N_("日期")
    MONTH_DAY = "MONTH_DAY", N_("每年的月日")
    DAY_OF_MONTH = "DAY_OF_MONTH", N_("日（每月）")
    TEXT = "TEXT", N_("文字")
    CALENDAR = "CALENDAR", N_("节假日表")


#: Measures whose value is a whole number: days, months, years, basis points, fen, points, 0 or 1.
COUNTED = frozenset(
    {
        Measure.DAYS, Measure.MONTHS, Measure.YEARS, Measure.PERCENT, Measure.MONEY, Measure.POINTS, Measure.FLAG,
        Measure.DAY_OF_MONTH,
    }
)  # fmt: skip
Value = int | str


class Group(Labelled):
    """Under which heading the policy page shows a parameter."""

    SCOPE = "SCOPE", N_("登记范围")
    NOTICE = "NOTICE", N_("公示与异议")
    MEETING = "MEETING", N_("会议与表决")
    TITLE = "TITLE", N_("入账、确权和移交")
    CUSTODY = "CUSTODY", N_("管护")
    OPERATION = "OPERATION", N_("经营")
    DISTRIBUTION = "DISTRIBUTION", N_("收益分配")
    DISPOSAL = "DISPOSAL", N_("处置")
    SUPERVISION = "SUPERVISION", N_("清查、公开与评价")
    APPROVAL = "APPROVAL", N_("办理时限")


class HouseholdRegistration(Labelled):
    """How far household assets are registered."""

    LIGHT = "LIGHT", N_("简要登记")
    FULL = "FULL", N_("完整登记")
    NONE = "NONE", N_("不登记")


class VoteRule(Labelled):
    """Which share of all members or representatives carries a resolution of the collective."""

    TWO_THIRDS_OF_ALL = "TWO_THIRDS_OF_ALL", N_("全体的三分之二以上")
    FOUR_FIFTHS_OF_ALL = "FOUR_FIFTHS_OF_ALL", N_("全体的五分之四以上")


class Parameter(Labelled):
    """What a region may set."""

    SCOPE_START = "scope_start", N_("纳入登记的起始日期")
    INCLUDE_RELOCATION = "include_relocation_assets", N_("易地搬迁资产纳入登记")
    REGISTER_HOUSEHOLD = "register_household_assets", N_("到户类资产登记方式")
    NOTICE_DAYS_VILLAGE = "notice_days_village", N_("村级公示天数")
    NOTICE_DAYS_KIND = "notice_days_kind", N_("公示天数按什么算")
    NOTICE_DAYS_PLAN_READING = "notice_days_plan_reading", N_("分配方案会前公开天数")
    NOTICE_DAYS_PLAN_RESULT = "notice_days_plan_result", N_("分配方案会后公示天数")
    HOLIDAYS = "holidays", N_("节假日和调休上班日")
    OBJECTION_DAYS_VILLAGE = "objection_reply_days_village", N_("村级答复异议的天数")
    OBJECTION_DAYS_GOVERNMENT = "objection_reply_days_government", N_("乡镇、区县调查答复异议的天数")
    OBJECTION_DAYS_BREACH = "objection_reply_days_breach", N_("反映违反议事、公开规定的答复天数")
    OBJECTION_PASS_ON_DAYS = "objection_pass_on_days", N_("对答复不服、转上一级的期限")
    COMMITTEE_OBJECTION_DAYS = "supervision_committee_check_days", N_("村务监督委员会提出意见的天数")
    COMMITTEE_REPLY_DAYS = "supervision_committee_reply_days", N_("村委会答复监督委员会的天数")
    HOTLINE = "hotline", N_("监督电话")
    LOCAL_HOTLINE = "local_hotline", N_("本地监督电话")
    MEETING_NOTICE_DAYS = "meeting_notice_days", N_("成员大会、村民会议提前通知天数")
    MEETING_NOTICE_DAYS_REPRESENTATIVES = "meeting_notice_days_representatives", N_("村民代表会议提前通知天数")
    VOTE_RULE = "vote_rule", N_("成员大会、成员代表大会的通过比例")
    LEDGER_ENTRY_DAYS = "ledger_entry_days", N_("验收后登记入账的期限")
    TRANSFER_DAYS = "transfer_days", N_("验收后移交的期限")
    ALERT_PERCENT = "alert_percent", N_("期限过多少时提醒")
    FINAL_ACCOUNTS_DAYS = "final_accounts_max", N_("竣工决算的最长期限")
    FINAL_ACCOUNTS_ALERT_DAYS = "final_accounts_alert", N_("竣工决算提醒天数")
    PATROL_MONTHS_PUBLIC = "patrol_months_public", N_("公益性资产巡查周期")
    PATROL_MONTHS_OPERATING = "patrol_months_operating", N_("经营性资产巡查周期")
    PATROL_MONTHS_HOUSEHOLD = "patrol_months_household", N_("到户类资产走访周期")
    CHECK_MONTHS_TOWNSHIP = "check_months_township", N_("乡镇抽查周期")
    CHECK_MONTHS_COUNTY = "check_months_county", N_("区县抽查周期")
    SUPPORT_MONTHS_HOUSEHOLD = "support_months_household", N_("到户类资产帮扶期")
    REPAIR_DAYS_A = "repair_days_a", N_("甲类问题整修期限")
    REPAIR_DAYS_B = "repair_days_b", N_("乙类问题整修期限")
    REPAIR_DAYS_C = "repair_days_c", N_("丙类问题整修期限")
    POST_TERM_MONTHS = "post_term_months", N_("公益性岗位协议最长期限")
    LEASE_WARN_MONTHS = "lease_warn_months", N_("合同期限提醒线")
    LEASE_MAX_MONTHS = "lease_max_months", N_("合同期限上限")
    LEASE_WRITTEN_MONTHS = "lease_written_min_months", N_("必须签书面合同的期限")
    PUBLIC_TENDER = "public_tender_required", N_("对外发包、出租须公开竞标")
    VALUE_RECOGNITION = "value_recognition_by_meeting", N_("价值须经成员会议认定")
    FUND_MIN_PERCENT = "fund_min_pct", N_("公积公益金最低提取比例")
    BENEFICIARY_REVIEW = "beneficiary_review", N_("受益对象年度复核截止")
    BENEFICIARY_DELAY_MONTHS = "beneficiary_effect_months", N_("受益对象变动后多久生效")
    EQUAL_SPLIT_PERCENT = "cash_equal_split_warn", N_("平均发钱占比提醒线")
    APPRAISAL_THRESHOLD = "appraisal_threshold", N_("须评估的价值起点")
    APPRAISAL_MONTHS = "appraisal_max_age", N_("评估报告有效期")
    APPRAISAL_FILE_YEARS = "appraisal_file_years", N_("评估档案保存年限")
    APPRAISAL_FILE_YEARS_STATUTORY = "appraisal_file_years_statutory", N_("法定评估档案保存年限")
    MIN_PRICE_PERCENT = "min_price_ratio", N_("成交价低于评估价须重新审批的比例")
    SUSPEND_PRICE_PERCENT = "suspend_price_ratio", N_("成交价低于评估价须中止的比例")
    DISPOSAL_COLLECTIVE_COUNTY = "disposal_collective_county", N_("村集体资产处置须区县部门审核的价值起点")
    DISPOSAL_COLLECTIVE_GOVERNMENT = "disposal_collective_government", N_("村集体资产处置须区县政府审批的价值起点")
    DISPOSAL_TOWNSHIP_COUNTY = "disposal_township_county", N_("乡镇资产处置须区县部门审核的价值起点")
    DISPOSAL_TOWNSHIP_GOVERNMENT = "disposal_township_government", N_("乡镇资产处置须区县政府审批的价值起点")
    DISPOSAL_STATE_FINANCE = "disposal_state_finance", N_("国有资产处置须区县财政审批的价值起点")
    DISPOSAL_STATE_GOVERNMENT = "disposal_state_government", N_("国有资产处置须区县政府审批的价值起点")
    SPLIT_MONTHS = "split_window_months", N_("同类处置合并计算的期间")
    INVENTORY_CUTOFF = "inventory_cutoff", N_("年度清查基准日")
    INVENTORY_REPORT = "inventory_report", N_("年度清查上报截止")
    PUBLICITY_MONTHS_COLLECTIVE = "collective_publicity_months", N_("集体财务公开周期")
    PUBLICITY_MONTHS_VILLAGE = "village_publicity_months", N_("村务公开周期")
    PUBLICITY_DAY = "publicity_day", N_("定期公开的截止日")
    PUBLICITY_DAYS_EVENT = "publicity_days_event", N_("随时公开事项的期限")
    GRADE_EXCELLENT = "grade_excellent", N_("评价为优的最低分")
    GRADE_GOOD = "grade_good", N_("评价为良的最低分")
    GRADE_FAIR = "grade_fair", N_("评价为中的最低分")
    STEP_DAYS_MEETING = "step_days_meeting", N_("会议表决环节时限")
    STEP_DAYS_COUNTERSIGN = "step_days_countersign", N_("监督机构签署环节时限")
    STEP_DAYS_APPRAISAL = "step_days_appraisal", N_("评估环节时限")
    STEP_DAYS_REVIEW = "step_days_review", N_("审核环节时限")
    STEP_DAYS_APPROVAL = "step_days_approval", N_("审批环节时限")
    CALL_IN_DAYS = "call_in_days", N_("备案后提级调阅的期限")
    DELEGATION_DAYS = "delegation_max_days", N_("一次委托代办的最长天数")


@dataclass(frozen=True)
class Definition:
    """One parameter: heading, unit, default, bounds that no region may cross, and the basis.

    Whole numbers are days, months, years, basis points (PERCENT), fen (MONEY), points, or 0 and 1 (FLAG); dates are
    ISO text, a day of the year is MM-DD. ``settled`` says that a statute or the plan fixes the default; others are examples.
    """

    parameter: Parameter
    group: Group
    measure: Measure
    default: Value
    basis: str
    floor: int | None = None
    ceiling: int | None = None
    choices: type[Labelled] | None = None
    settled: bool = False


_P, _M, _G = Parameter, Measure, Group
_EXAMPLE = N_("本系统示例，须由区县核定")

#: The public holidays of 2026 and the working weekends that pay for them, as published by the State Council's office.
HOLIDAYS_2026 = (
    "2026: 0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007; 班 0104 0214 0228 0509 0920 1010"
)

PARAMETERS: tuple[Definition, ...] = (
    Definition(_P.SCOPE_START, _G.SCOPE, _M.DATE, "2012-11-08", N_("渝府办发〔2021〕149号第十一章第一节：党的十八大以来"), settled=True),
    Definition(_P.INCLUDE_RELOCATION, _G.SCOPE, _M.FLAG, 1, _EXAMPLE, 0, 1),
    Definition(_P.REGISTER_HOUSEHOLD, _G.SCOPE, _M.CHOICE, "LIGHT", N_("渝府办发〔2021〕149号第十一章第一节：三类分类管理"), choices=HouseholdRegistration),
    Definition(_P.NOTICE_DAYS_VILLAGE, _G.NOTICE, _M.DAYS, 10, N_("重庆市实施村民委员会组织法办法第三十条：不少于十日"), 10, 60, settled=True),
    Definition(_P.NOTICE_DAYS_KIND, _G.NOTICE, _M.CHOICE, "CALENDAR", _EXAMPLE, choices=NoticeDays),
    Definition(_P.NOTICE_DAYS_PLAN_READING, _G.NOTICE, _M.DAYS, 10, N_("农村集体经济组织法第四十六条：会议召开十日前"), 10, 60, settled=True),
    Definition(_P.NOTICE_DAYS_PLAN_RESULT, _G.NOTICE, _M.DAYS, 10, N_("重庆市实施村民委员会组织法办法第三十条：不少于十日"), 7, 60, settled=True),
    Definition(_P.HOLIDAYS, _G.NOTICE, _M.CALENDAR, HOLIDAYS_2026, N_("国务院办公厅关于2026年部分节假日安排的通知"), settled=True),
    Definition(_P.OBJECTION_DAYS_VILLAGE, _G.NOTICE, _M.DAYS, 3, N_("重庆市实施村民委员会组织法办法第三十一条"), 1, 3, settled=True),
    Definition(_P.OBJECTION_DAYS_GOVERNMENT, _G.NOTICE, _M.DAYS, 10, N_("重庆市实施村民委员会组织法办法第三十一条"), 1, 10, settled=True),
    Definition(_P.OBJECTION_DAYS_BREACH, _G.NOTICE, _M.DAYS, 20, N_("重庆市实施村民委员会组织法办法第四十条"), 1, 20, settled=True),
    Definition(_P.OBJECTION_PASS_ON_DAYS, _G.NOTICE, _M.DAYS, 5, _EXAMPLE, 3, 30),
    Definition(_P.COMMITTEE_OBJECTION_DAYS, _G.NOTICE, _M.DAYS, 5, N_("重庆市实施村民委员会组织法办法第三十五条"), 1, 5, settled=True),
    Definition(_P.COMMITTEE_REPLY_DAYS, _G.NOTICE, _M.DAYS, 5, N_("重庆市实施村民委员会组织法办法第三十五条"), 1, 5, settled=True),
    Definition(_P.HOTLINE, _G.NOTICE, _M.TEXT, "12317", N_("各地公示公告惯例；2023年机构改革后是否有人接听须核实")),
    Definition(_P.LOCAL_HOTLINE, _G.NOTICE, _M.TEXT, "", _EXAMPLE),
    Definition(_P.MEETING_NOTICE_DAYS, _G.MEETING, _M.DAYS, 10, N_("农村集体经济组织法第二十七条；重庆市实施村民委员会组织法办法第七条"), 10, 60, settled=True),
    Definition(_P.MEETING_NOTICE_DAYS_REPRESENTATIVES, _G.MEETING, _M.DAYS, 3, N_("重庆市实施村民委员会组织法办法第十二条"), 3, 60, settled=True),
    Definition(_P.VOTE_RULE, _G.MEETING, _M.CHOICE, "TWO_THIRDS_OF_ALL", N_("农村集体经济组织法第二十七条、第二十八条"), choices=VoteRule, settled=True),
    Definition(_P.LEDGER_ENTRY_DAYS, _G.TITLE, _M.DAYS, 30, _EXAMPLE, 1, 90),
    Definition(_P.TRANSFER_DAYS, _G.TITLE, _M.DAYS, 60, N_("示例；代建项目验收后三个月内移交"), 1, 90),
    Definition(_P.ALERT_PERCENT, _G.TITLE, _M.PERCENT, 7_500, _EXAMPLE, 5_000, 10_000),
    Definition(_P.FINAL_ACCOUNTS_DAYS, _G.TITLE, _M.DAYS, 365, N_("行政事业性国有资产管理条例第三十一条：最长不超过一年"), 1, 365, settled=True),
    Definition(_P.FINAL_ACCOUNTS_ALERT_DAYS, _G.TITLE, _M.DAYS, 300, _EXAMPLE, 1, 365),
    Definition(_P.PATROL_MONTHS_PUBLIC, _G.CUSTODY, _M.MONTHS, 1, _EXAMPLE, 1, 12),
    Definition(_P.PATROL_MONTHS_OPERATING, _G.CUSTODY, _M.MONTHS, 3, _EXAMPLE, 1, 12),
    Definition(_P.PATROL_MONTHS_HOUSEHOLD, _G.CUSTODY, _M.MONTHS, 6, _EXAMPLE, 1, 24),
    Definition(_P.CHECK_MONTHS_TOWNSHIP, _G.CUSTODY, _M.MONTHS, 3, _EXAMPLE, 1, 12),
    Definition(_P.CHECK_MONTHS_COUNTY, _G.CUSTODY, _M.MONTHS, 12, _EXAMPLE, 1, 24),
    Definition(_P.SUPPORT_MONTHS_HOUSEHOLD, _G.CUSTODY, _M.MONTHS, 36, _EXAMPLE, 0, 120),
    Definition(_P.REPAIR_DAYS_A, _G.CUSTODY, _M.DAYS, 7, _EXAMPLE, 1, 90),
    Definition(_P.REPAIR_DAYS_B, _G.CUSTODY, _M.DAYS, 15, _EXAMPLE, 1, 90),
    Definition(_P.REPAIR_DAYS_C, _G.CUSTODY, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.POST_TERM_MONTHS, _G.CUSTODY, _M.MONTHS, 12, N_("乡村公益性岗位管理惯例：协议原则上一年一签"), 1, 12),
    Definition(_P.LEASE_WARN_MONTHS, _G.OPERATION, _M.MONTHS, 60, _EXAMPLE, 1, 240),
    Definition(_P.LEASE_MAX_MONTHS, _G.OPERATION, _M.MONTHS, 240, N_("民法典第七百零五条：超过二十年的部分无效"), 1, 240, settled=True),
    Definition(_P.LEASE_WRITTEN_MONTHS, _G.OPERATION, _M.MONTHS, 6, N_("民法典第七百零七条：六个月以上应当书面"), 0, 6, settled=True),
    Definition(_P.PUBLIC_TENDER, _G.OPERATION, _M.FLAG, 1, N_("重庆市农村集体资产管理条例第十五条"), 1, 1, settled=True),
    Definition(_P.VALUE_RECOGNITION, _G.OPERATION, _M.FLAG, 1, N_("重庆市农村集体资产管理条例第十七条"), 1, 1, settled=True),
    Definition(_P.FUND_MIN_PERCENT, _G.DISTRIBUTION, _M.PERCENT, 2_000, N_("示例，章程另有规定的从其规定"), 0, 10_000),
    Definition(_P.BENEFICIARY_REVIEW, _G.DISTRIBUTION, _M.MONTH_DAY, "12-31", _EXAMPLE),
    Definition(_P.BENEFICIARY_DELAY_MONTHS, _G.DISTRIBUTION, _M.MONTHS, 1, _EXAMPLE, 0, 12),
    Definition(_P.EQUAL_SPLIT_PERCENT, _G.DISTRIBUTION, _M.PERCENT, 8_000, _EXAMPLE, 0, 10_000),
    Definition(_P.APPRAISAL_THRESHOLD, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.APPRAISAL_MONTHS, _G.DISPOSAL, _M.MONTHS, 12, _EXAMPLE, 1, 12),
    Definition(_P.APPRAISAL_FILE_YEARS, _G.DISPOSAL, _M.YEARS, 15, N_("资产评估法第二十九条：不少于十五年"), 15, None, settled=True),
    Definition(_P.APPRAISAL_FILE_YEARS_STATUTORY, _G.DISPOSAL, _M.YEARS, 30, N_("资产评估法第二十九条：法定评估不少于三十年"), 30, None, settled=True),
    Definition(_P.MIN_PRICE_PERCENT, _G.DISPOSAL, _M.PERCENT, 10_000, N_("示例，参照国有资产处置惯例"), 9_000, 10_000),
    Definition(_P.SUSPEND_PRICE_PERCENT, _G.DISPOSAL, _M.PERCENT, 9_000, N_("示例，参照国有资产处置惯例"), 9_000, 10_000),
    Definition(_P.DISPOSAL_COLLECTIVE_COUNTY, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_COLLECTIVE_GOVERNMENT, _G.DISPOSAL, _M.MONEY, 50 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_TOWNSHIP_COUNTY, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_TOWNSHIP_GOVERNMENT, _G.DISPOSAL, _M.MONEY, 50 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_STATE_FINANCE, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_STATE_GOVERNMENT, _G.DISPOSAL, _M.MONEY, 500 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.SPLIT_MONTHS, _G.DISPOSAL, _M.MONTHS, 12, _EXAMPLE, 1, 36),
    Definition(_P.INVENTORY_CUTOFF, _G.SUPERVISION, _M.MONTH_DAY, "12-31", N_("农村集体资产清产核资惯例：每年末基准")),
    Definition(_P.INVENTORY_REPORT, _G.SUPERVISION, _M.MONTH_DAY, "03-31", N_("农村集体资产清产核资惯例：次年三月底前上报")),
    Definition(_P.PUBLICITY_MONTHS_COLLECTIVE, _G.SUPERVISION, _M.MONTHS, 6, N_("重庆市农村集体资产管理条例第二十条：至少每半年"), 1, 6, settled=True),
    Definition(_P.PUBLICITY_MONTHS_VILLAGE, _G.SUPERVISION, _M.MONTHS, 3, N_("村民委员会组织法第三十条：至少每季度"), 1, 3, settled=True),
    Definition(_P.PUBLICITY_DAY, _G.SUPERVISION, _M.DAY_OF_MONTH, 15, N_("重庆市实施村民委员会组织法办法第二十九条：下季度首月十五日前"), 1, 15, settled=True),
    Definition(_P.PUBLICITY_DAYS_EVENT, _G.SUPERVISION, _M.DAYS, 10, N_("重庆市实施村民委员会组织法办法第二十九条：事项发生后十日内"), 1, 10, settled=True),
    Definition(_P.GRADE_EXCELLENT, _G.SUPERVISION, _M.POINTS, 90, N_("财预〔2020〕10号绩效评价分级"), 0, 100),
    Definition(_P.GRADE_GOOD, _G.SUPERVISION, _M.POINTS, 80, N_("财预〔2020〕10号绩效评价分级"), 0, 100),
    Definition(_P.GRADE_FAIR, _G.SUPERVISION, _M.POINTS, 60, N_("财预〔2020〕10号绩效评价分级"), 0, 100),
    Definition(_P.STEP_DAYS_MEETING, _G.APPROVAL, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.STEP_DAYS_COUNTERSIGN, _G.APPROVAL, _M.DAYS, 5, N_("重庆市实施村民委员会组织法办法第三十五条"), 1, 30),
    Definition(_P.STEP_DAYS_APPRAISAL, _G.APPROVAL, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.STEP_DAYS_REVIEW, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.STEP_DAYS_APPROVAL, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.CALL_IN_DAYS, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.DELEGATION_DAYS, _G.APPROVAL, _M.DAYS, 30, _EXAMPLE, 1, 90),
)  # fmt: skip
DEFINITIONS: dict[Parameter, Definition] = {one.parameter: one for one in PARAMETERS}
