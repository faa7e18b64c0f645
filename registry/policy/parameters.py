"""What a region may set, and how each is described; the table of them is in ``definitions.py``. Pure."""

from dataclasses import dataclass

from registry.policy.measures import Group, Measure, Value
from registry.text import N_, Labelled


class HouseholdRegistration(Labelled):
    """How far household assets are registered."""

    LIGHT = "LIGHT", N_("简要登记")
    FULL = "FULL", N_("完整登记")
    NONE = "NONE", N_("不登记")


class VoteRule(Labelled):
    """Which share of all members or representatives carries a resolution of the collective."""

    TWO_THIRDS_OF_ALL = "TWO_THIRDS_OF_ALL", N_("全体的三分之二以上")
    FOUR_FIFTHS_OF_ALL = "FOUR_FIFTHS_OF_ALL", N_("全体的五分之四以上")


class PublicScope(Labelled):
    """What the page that needs no sign-in shows beside the notices of a unit."""

    NOTICES = "NOTICES", N_("只有公示、结果和投诉渠道")
    SUMMARY = "SUMMARY", N_("另加资产概况、管护和异议答复")
    FULL = "FULL", N_("另加收益和分配，全部公开")


class SupportFrom(Labelled):
    """From which grade on an evaluated asset is proposed for support."""

    EXCELLENT = "EXCELLENT", N_("优")
    GOOD = "GOOD", N_("良以上")


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
    RENEWAL_DAYS = "renewal_days", N_("合同到期前续签决定的提前天数")
    PREPAID_MONTHS = "prepaid_max_months", N_("一次性预收租金的最长期限")
    DEPOSIT_PERCENT = "deposit_min_pct", N_("押金不低于一期租金的比例")
    RENT_FLOOR_PERCENT = "rent_floor_pct", N_("租金不低于评估租金和年折旧的比例")
    ARREARS_REMIND_DAYS = "arrears_remind_days", N_("逾期提醒的天数上限")
    ARREARS_DEMAND_DAYS = "arrears_demand_days", N_("逾期书面催收的天数上限，超过由乡镇督办")
    CLASS_REVIEW = "class_review", N_("四个一批年度评估截止")
    IDLE_WARN_MONTHS = "idle_warn_months", N_("闲置提醒线")
    IDLE_REVIVE_MONTHS = "idle_revive_months", N_("闲置资产盘活期限")
    PROFIT_RETURN_PERCENT = "profit_return_min_pct", N_("合作社按交易量返还利润的最低比例")
    INCENTIVE_PERCENT = "incentive_max_pct", N_("经营管理人员奖励占经营净收益的上限")
    CLOSING_DAYS = "closing_days", N_("月末后结账的期限")
    FUND_MIN_PERCENT = "fund_min_pct", N_("公积公益金最低提取比例")
    BENEFICIARY_REVIEW = "beneficiary_review", N_("受益对象年度复核截止")
    BENEFICIARY_DELAY_MONTHS = "beneficiary_effect_months", N_("受益对象变动后多久生效")
    EQUAL_SPLIT_PERCENT = "cash_equal_split_warn", N_("平均发钱占比提醒线")
    DISTRIBUTION_DEADLINE = "distribution_deadline", N_("上年度收益分配方案截止")
    RECEIPT_SAMPLE_PERCENT = "receipt_sample_pct", N_("发放到户抽查比例")
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
    PROCEEDS_MONTHS = "proceeds_use_months", N_("处置收入重新安排使用的期限")
    SUDDEN_LOSS_DAYS = "sudden_loss_days", N_("突发损失补办审批的期限")
    INVENTORY_CUTOFF = "inventory_cutoff", N_("年度清查基准日")
    INVENTORY_REPORT = "inventory_report", N_("年度清查上报截止")
    PUBLICITY_MONTHS_COLLECTIVE = "collective_publicity_months", N_("集体财务公开周期")
    PUBLICITY_MONTHS_VILLAGE = "village_publicity_months", N_("村务公开周期")
    PUBLICITY_DAY = "publicity_day", N_("定期公开的截止日")
    PUBLICITY_DAYS_EVENT = "publicity_days_event", N_("随时公开事项的期限")
    CUSTODIAN_DAYS = "custodian_days", N_("登记后落实管护人的期限")
    PATROL_LATE_DAYS = "patrol_late_days", N_("巡查超期多少天预警")
    PROOF_DAYS = "proof_days", N_("登记后补齐照片和证明材料的期限")
    PROJECT_MONTHS = "project_cover_months", N_("项目年度结束后形成资产的期限")
    PROJECT_PERCENT = "project_cover_pct", N_("资产原值占项目资金的最低比例")
    YIELD_PERCENT = "yield_min_pct", N_("年收益占原值的最低比例")
    YIELD_YEARS = "yield_years", N_("连续多少年收益偏低或亏损时预警")
    CASH_LIMIT = "cash_limit", N_("库存现金限额")
    DEBT_PERCENT = "debt_ratio_max_pct", N_("集体项目账资产负债率上限")
    PAYOUT_DAYS = "payout_days", N_("分配方案通过后发放的期限")
    RECALL_DAYS = "notice_close_days", N_("公示期满后收回取证的期限")
    HAND_OFF_DAYS = "hand_off_days", N_("预警交办的办理期限")
    PUBLIC_SCOPE = "public_page_scope", N_("公开网页除公示外还显示什么")
    REPORT_CLOSE_DAYS = "report_close_days", N_("定期报表封存前留给补登的天数")
    FINDING_DAYS = "finding_days", N_("问题整改的一般期限")
    FINDING_ESCALATE_DAYS = "finding_escalate_days", N_("整改逾期再升一级督办的天数")
    SAMPLE_LARGE = "sample_large", N_("按风险抽样时算金额大的起点")
    SAMPLE_WEIGHT_LARGE = "sample_weight_large", N_("按风险抽样：金额大的权重")
    SAMPLE_WEIGHT_IDLE = "sample_weight_idle", N_("按风险抽样：闲置的权重")
    SAMPLE_WEIGHT_ARREARS = "sample_weight_arrears", N_("按风险抽样：欠款的权重")
    SAMPLE_WEIGHT_NO_TITLE = "sample_weight_no_title", N_("按风险抽样：未确权的权重")
    SAMPLE_WEIGHT_NO_CUSTODIAN = "sample_weight_no_custodian", N_("按风险抽样：无管护人的权重")
    GRADE_EXCELLENT = "grade_excellent", N_("评价为优的最低分")
    GRADE_GOOD = "grade_good", N_("评价为良的最低分")
    GRADE_FAIR = "grade_fair", N_("评价为中的最低分")
    EVALUATION_TITLE = "evaluation_title", N_("绩效评价：确权办证分值")
    EVALUATION_AGREEMENT = "evaluation_agreement", N_("绩效评价：管护人和协议分值")
    EVALUATION_PATROL = "evaluation_patrol", N_("绩效评价：按期巡查分值")
    EVALUATION_REPAIR = "evaluation_repair", N_("绩效评价：及时维修分值")
    EVALUATION_YIELD = "evaluation_yield", N_("绩效评价：收益率分值（经营性）")
    EVALUATION_COLLECTION = "evaluation_collection", N_("绩效评价：收缴率分值（经营性）")
    EVALUATION_SOUND = "evaluation_sound", N_("绩效评价：使用完好率分值（公益性）")
    EVALUATION_SATISFACTION = "evaluation_satisfaction", N_("绩效评价：群众满意度分值（公益性）")
    EVALUATION_DISTRIBUTION = "evaluation_distribution", N_("绩效评价：按时分配分值")
    EVALUATION_REACH = "evaluation_reach", N_("绩效评价：发放到户分值")
    EVALUATION_OPENNESS = "evaluation_openness", N_("绩效评价：公开及时分值")
    EVALUATION_RISK = "evaluation_risk", N_("绩效评价：风险与整改分值")
    EVALUATION_LEAST = "evaluation_least", N_("绩效评价：评等次至少要有数据的分值")
    EVALUATION_BENCHMARK = "evaluation_benchmark", N_("绩效评价：基准年收益率")
    EVALUATION_SUPPORT = "evaluation_support", N_("绩效评价：列入补贴支持的最低等次")
    STEP_DAYS_MEETING = "step_days_meeting", N_("会议表决环节时限")
    STEP_DAYS_COUNTERSIGN = "step_days_countersign", N_("监督机构签署环节时限")
    STEP_DAYS_APPRAISAL = "step_days_appraisal", N_("评估环节时限")
    STEP_DAYS_REVIEW = "step_days_review", N_("审核环节时限")
    STEP_DAYS_APPROVAL = "step_days_approval", N_("审批环节时限")
    CALL_IN_DAYS = "call_in_days", N_("备案后提级调阅的期限")
    QUERY_DAYS = "query_answer_days", N_("答复上级质询的期限")
    DELEGATION_DAYS = "delegation_max_days", N_("一次委托代办的最长天数")


@dataclass(frozen=True)
class Definition:
    """One parameter: heading, unit, default, bounds that no region may cross, and the basis.

    Whole numbers are days, months, years, basis points (PERCENT), fen (MONEY), points, or 0 and 1 (FLAG); dates are
    ISO text, a day of the year is MM-DD. ``settled``: a statute or the plan fixes the default; others are examples.
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
