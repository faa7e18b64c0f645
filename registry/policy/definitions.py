"""The table of everything a region may set: unit, default, bounds that no region crosses, and the basis. Pure.

Domain rules, section 11. A default without a statute behind it is an example that the county must settle
(示例，须由区县核定): ``settled`` marks the others.
"""

from registry.kinds import NoticeDays
from registry.policy.measures import FEN_PER_WAN, Group, Measure
from registry.policy.parameters import Definition, HouseholdRegistration, Parameter, PublicScope, SupportFrom, VoteRule
from registry.text import N_

#: The public holidays of 2026 and the working weekends that pay for them, as published by the State Council's office.
HOLIDAYS_2026 = (
    "2026: 0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007; 班 0104 0214 0228 0509 0920 1010"
)

# Where it is written: statutes and regulations, then customs, then examples of this product.
_PLAN_SINCE = N_("渝府办发〔2021〕149号第十一章第一节：党的十八大以来")
_PLAN_CLASSES = N_("渝府办发〔2021〕149号第十一章第一节：三类分类管理")
_VILLAGE_12 = N_("重庆市实施村民委员会组织法办法第十二条")
_VILLAGE_29_QUARTER = N_("重庆市实施村民委员会组织法办法第二十九条：下季度首月十五日前")
_VILLAGE_29_EVENT = N_("重庆市实施村民委员会组织法办法第二十九条：事项发生后十日内")
_VILLAGE_30 = N_("重庆市实施村民委员会组织法办法第三十条：不少于十日")
_VILLAGE_31 = N_("重庆市实施村民委员会组织法办法第三十一条")
_VILLAGE_35 = N_("重庆市实施村民委员会组织法办法第三十五条")
_VILLAGE_40 = N_("重庆市实施村民委员会组织法办法第四十条")
_COMMITTEES_30 = N_("村民委员会组织法第三十条：至少每季度")
_CALLING = N_("农村集体经济组织法第二十七条；重庆市实施村民委员会组织法办法第七条")
_VOTING = N_("农村集体经济组织法第二十七条、第二十八条")
_COLLECTIVES_46 = N_("农村集体经济组织法第四十六条：会议召开十日前")
_PROPERTY_15 = N_("重庆市农村集体资产管理条例第十五条")
_PROPERTY_17 = N_("重庆市农村集体资产管理条例第十七条")
_PROPERTY_20 = N_("重庆市农村集体资产管理条例第二十条：至少每半年")
_STATE_31 = N_("行政事业性国有资产管理条例第三十一条：最长不超过一年")
_CIVIL_705 = N_("民法典第七百零五条：超过二十年的部分无效")
_CIVIL_707 = N_("民法典第七百零七条：六个月以上应当书面")
_TRADE_44 = N_("农民专业合作社法第四十四条：返还总额不低于可分配盈余的百分之六十")
_FOUR_GROUPS = N_("农规发〔2024〕26号：分类推进帮扶产业，一年左右摸清、两年左右盘活闲置低效项目")
_EXAMPLE_LEASE = N_("示例；合同惯例，逾期责任以合同约定为准")
_APPRAISAL_15 = N_("资产评估法第二十九条：不少于十五年")
_APPRAISAL_30 = N_("资产评估法第二十九条：法定评估不少于三十年")
_HOLIDAYS = N_("国务院办公厅关于2026年部分节假日安排的通知")
_HOTLINE = N_("各地公示公告惯例；2023年机构改革后是否有人接听须核实")
_POSTS = N_("乡村公益性岗位管理惯例：协议原则上一年一签")
_COUNT_CUTOFF = N_("农村集体资产清产核资惯例：每年末基准")
_COUNT_REPORT = N_("农村集体资产清产核资惯例：次年三月底前上报")
_GRADES = N_("财预〔2020〕10号绩效评价分级")
_EVALUATION = N_("示例；渝府办发〔2021〕149号第十一章第五节要求开展绩效评价，分值由区县核定")
_SUPPORT = N_("渝府办发〔2021〕149号第十一章第五节：管理好、绩效好的加大支持；等次由区县核定")
_EXAMPLE_PRICE = N_("示例，参照国有资产处置惯例")
_EXAMPLE_TRANSFER = N_("示例；代建项目验收后三个月内移交")
_EXAMPLE_CHARTER = N_("示例，章程另有规定的从其规定")
_PUBLIC_PAGE = N_(
    "重庆市农村集体资产管理条例第二十条、重庆市实施村民委员会组织法办法第二十八条至第三十条须公开；用网页公开到哪一步由区县定"
)
_EXAMPLE = N_("本系统示例，须由区县核定")
_EXAMPLE_APPRAISAL = N_("示例：出售、置换、作价入股达到此价值的须评估；国有资产一律评估")

_EXAMPLE_PROCEEDS = N_(
    "示例；渝府办发〔2021〕149号第十一章第四节：村级资产处置收入重新安排用于巩固拓展脱贫成果和乡村振兴"
)

_P, _M, _G = Parameter, Measure, Group

PARAMETERS: tuple[Definition, ...] = (
    Definition(_P.SCOPE_START, _G.SCOPE, _M.DATE, "2012-11-08", _PLAN_SINCE, settled=True),
    Definition(_P.INCLUDE_RELOCATION, _G.SCOPE, _M.FLAG, 1, _EXAMPLE, 0, 1),
    Definition(_P.REGISTER_HOUSEHOLD, _G.SCOPE, _M.CHOICE, "LIGHT", _PLAN_CLASSES, choices=HouseholdRegistration),
    Definition(_P.NOTICE_DAYS_VILLAGE, _G.NOTICE, _M.DAYS, 10, _VILLAGE_30, 10, 60, settled=True),
    Definition(_P.NOTICE_DAYS_KIND, _G.NOTICE, _M.CHOICE, "CALENDAR", _EXAMPLE, choices=NoticeDays),
    Definition(_P.NOTICE_DAYS_PLAN_READING, _G.NOTICE, _M.DAYS, 10, _COLLECTIVES_46, 10, 60, settled=True),
    Definition(_P.NOTICE_DAYS_PLAN_RESULT, _G.NOTICE, _M.DAYS, 10, _VILLAGE_30, 10, 60, settled=True),
    Definition(_P.HOLIDAYS, _G.NOTICE, _M.CALENDAR, HOLIDAYS_2026, _HOLIDAYS, settled=True),
    Definition(_P.OBJECTION_DAYS_VILLAGE, _G.NOTICE, _M.DAYS, 3, _VILLAGE_31, 1, 3, settled=True),
    Definition(_P.OBJECTION_DAYS_GOVERNMENT, _G.NOTICE, _M.DAYS, 10, _VILLAGE_31, 1, 10, settled=True),
    Definition(_P.OBJECTION_DAYS_BREACH, _G.NOTICE, _M.DAYS, 20, _VILLAGE_40, 1, 20, settled=True),
    Definition(_P.OBJECTION_PASS_ON_DAYS, _G.NOTICE, _M.DAYS, 5, _EXAMPLE, 3, 30),
    Definition(_P.COMMITTEE_OBJECTION_DAYS, _G.NOTICE, _M.DAYS, 5, _VILLAGE_35, 1, 5, settled=True),
    Definition(_P.COMMITTEE_REPLY_DAYS, _G.NOTICE, _M.DAYS, 5, _VILLAGE_35, 1, 5, settled=True),
    Definition(_P.HOTLINE, _G.NOTICE, _M.TEXT, "12317", _HOTLINE),
    Definition(_P.LOCAL_HOTLINE, _G.NOTICE, _M.TEXT, "", _EXAMPLE),
    Definition(_P.MEETING_NOTICE_DAYS, _G.MEETING, _M.DAYS, 10, _CALLING, 10, 60, settled=True),
    Definition(_P.MEETING_NOTICE_DAYS_REPRESENTATIVES, _G.MEETING, _M.DAYS, 3, _VILLAGE_12, 3, 60, settled=True),
    Definition(_P.VOTE_RULE, _G.MEETING, _M.CHOICE, "TWO_THIRDS_OF_ALL", _VOTING, choices=VoteRule, settled=True),
    Definition(_P.LEDGER_ENTRY_DAYS, _G.TITLE, _M.DAYS, 30, _EXAMPLE, 1, 90),
    Definition(_P.TRANSFER_DAYS, _G.TITLE, _M.DAYS, 60, _EXAMPLE_TRANSFER, 1, 90),
    Definition(_P.ALERT_PERCENT, _G.TITLE, _M.PERCENT, 7_500, _EXAMPLE, 5_000, 10_000),
    Definition(_P.FINAL_ACCOUNTS_DAYS, _G.TITLE, _M.DAYS, 365, _STATE_31, 1, 365, settled=True),
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
    Definition(_P.POST_TERM_MONTHS, _G.CUSTODY, _M.MONTHS, 12, _POSTS, 1, 12),
    Definition(_P.LEASE_WARN_MONTHS, _G.OPERATION, _M.MONTHS, 60, _EXAMPLE, 1, 240),
    Definition(_P.LEASE_MAX_MONTHS, _G.OPERATION, _M.MONTHS, 240, _CIVIL_705, 1, 240, settled=True),
    Definition(_P.LEASE_WRITTEN_MONTHS, _G.OPERATION, _M.MONTHS, 6, _CIVIL_707, 0, 6, settled=True),
    Definition(_P.PUBLIC_TENDER, _G.OPERATION, _M.FLAG, 1, _PROPERTY_15, 1, 1, settled=True),
    Definition(_P.VALUE_RECOGNITION, _G.OPERATION, _M.FLAG, 1, _PROPERTY_17, 1, 1, settled=True),
    Definition(_P.RENEWAL_DAYS, _G.OPERATION, _M.DAYS, 90, _EXAMPLE, 1, 365),
    Definition(_P.PREPAID_MONTHS, _G.OPERATION, _M.MONTHS, 36, _EXAMPLE, 0, 240),
    Definition(_P.DEPOSIT_PERCENT, _G.OPERATION, _M.PERCENT, 10_000, _EXAMPLE, 0, 100_000),
    Definition(_P.RENT_FLOOR_PERCENT, _G.OPERATION, _M.PERCENT, 10_000, _EXAMPLE_PRICE, 0, 20_000),
    Definition(_P.ARREARS_REMIND_DAYS, _G.OPERATION, _M.DAYS, 30, _EXAMPLE_LEASE, 1, 90),
    Definition(_P.ARREARS_DEMAND_DAYS, _G.OPERATION, _M.DAYS, 90, _EXAMPLE_LEASE, 1, 365),
    Definition(_P.CLASS_REVIEW, _G.OPERATION, _M.MONTH_DAY, "12-31", _FOUR_GROUPS),
    Definition(_P.IDLE_WARN_MONTHS, _G.OPERATION, _M.MONTHS, 6, _EXAMPLE, 1, 24),
    Definition(_P.IDLE_REVIVE_MONTHS, _G.OPERATION, _M.MONTHS, 24, _FOUR_GROUPS, 1, 36),
    Definition(_P.PROFIT_RETURN_PERCENT, _G.OPERATION, _M.PERCENT, 6_000, _TRADE_44, 6_000, 10_000, settled=True),
    Definition(_P.INCENTIVE_PERCENT, _G.OPERATION, _M.PERCENT, 1_000, _EXAMPLE, 0, 5_000),
    Definition(_P.CLOSING_DAYS, _G.OPERATION, _M.DAYS, 20, _EXAMPLE, 1, 90),
    Definition(_P.FUND_MIN_PERCENT, _G.DISTRIBUTION, _M.PERCENT, 2_000, _EXAMPLE_CHARTER, 0, 10_000),
    Definition(_P.BENEFICIARY_REVIEW, _G.DISTRIBUTION, _M.MONTH_DAY, "12-31", _EXAMPLE),
    Definition(_P.BENEFICIARY_DELAY_MONTHS, _G.DISTRIBUTION, _M.MONTHS, 1, _EXAMPLE, 0, 12),
    Definition(_P.EQUAL_SPLIT_PERCENT, _G.DISTRIBUTION, _M.PERCENT, 8_000, _EXAMPLE, 0, 10_000),
    Definition(_P.DISTRIBUTION_DEADLINE, _G.DISTRIBUTION, _M.MONTH_DAY, "01-31", _EXAMPLE),
    Definition(_P.RECEIPT_SAMPLE_PERCENT, _G.DISTRIBUTION, _M.PERCENT, 1_000, _EXAMPLE, 0, 10_000),
    Definition(_P.APPRAISAL_THRESHOLD, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE_APPRAISAL, 0),
    Definition(_P.APPRAISAL_MONTHS, _G.DISPOSAL, _M.MONTHS, 12, _EXAMPLE, 1, 12),
    Definition(_P.APPRAISAL_FILE_YEARS, _G.DISPOSAL, _M.YEARS, 15, _APPRAISAL_15, 15, None, settled=True),
    Definition(_P.APPRAISAL_FILE_YEARS_STATUTORY, _G.DISPOSAL, _M.YEARS, 30, _APPRAISAL_30, 30, None, settled=True),
    Definition(_P.MIN_PRICE_PERCENT, _G.DISPOSAL, _M.PERCENT, 10_000, _EXAMPLE_PRICE, 9_000, 10_000),
    Definition(_P.SUSPEND_PRICE_PERCENT, _G.DISPOSAL, _M.PERCENT, 9_000, _EXAMPLE_PRICE, 9_000, 10_000),
    Definition(_P.DISPOSAL_COLLECTIVE_COUNTY, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_COLLECTIVE_GOVERNMENT, _G.DISPOSAL, _M.MONEY, 50 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_TOWNSHIP_COUNTY, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_TOWNSHIP_GOVERNMENT, _G.DISPOSAL, _M.MONEY, 50 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_STATE_FINANCE, _G.DISPOSAL, _M.MONEY, 5 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.DISPOSAL_STATE_GOVERNMENT, _G.DISPOSAL, _M.MONEY, 500 * FEN_PER_WAN, _EXAMPLE, 0),
    Definition(_P.SPLIT_MONTHS, _G.DISPOSAL, _M.MONTHS, 12, _EXAMPLE, 1, 36),
    Definition(_P.PROCEEDS_MONTHS, _G.DISPOSAL, _M.MONTHS, 12, _EXAMPLE_PROCEEDS, 1, 36),
    Definition(_P.SUDDEN_LOSS_DAYS, _G.DISPOSAL, _M.DAYS, 30, _EXAMPLE, 1, 90),
    Definition(_P.INVENTORY_CUTOFF, _G.SUPERVISION, _M.MONTH_DAY, "12-31", _COUNT_CUTOFF),
    Definition(_P.INVENTORY_REPORT, _G.SUPERVISION, _M.MONTH_DAY, "03-31", _COUNT_REPORT),
    Definition(_P.PUBLICITY_MONTHS_COLLECTIVE, _G.SUPERVISION, _M.MONTHS, 6, _PROPERTY_20, 1, 6, settled=True),
    Definition(_P.PUBLICITY_MONTHS_VILLAGE, _G.SUPERVISION, _M.MONTHS, 3, _COMMITTEES_30, 1, 3, settled=True),
    Definition(_P.PUBLICITY_DAY, _G.SUPERVISION, _M.DAY_OF_MONTH, 15, _VILLAGE_29_QUARTER, 1, 15, settled=True),
    Definition(_P.PUBLICITY_DAYS_EVENT, _G.SUPERVISION, _M.DAYS, 10, _VILLAGE_29_EVENT, 1, 10, settled=True),
    Definition(_P.CUSTODIAN_DAYS, _G.SUPERVISION, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.PATROL_LATE_DAYS, _G.SUPERVISION, _M.DAYS, 15, _EXAMPLE, 1, 180),
    Definition(_P.PROOF_DAYS, _G.SUPERVISION, _M.DAYS, 60, _EXAMPLE, 1, 365),
    Definition(_P.PROJECT_MONTHS, _G.SUPERVISION, _M.MONTHS, 12, _EXAMPLE, 1, 60),
    Definition(_P.PROJECT_PERCENT, _G.SUPERVISION, _M.PERCENT, 9_000, _EXAMPLE, 0, 10_000),
    Definition(_P.YIELD_PERCENT, _G.SUPERVISION, _M.PERCENT, 300, _EXAMPLE, 0, 5_000),
    Definition(_P.YIELD_YEARS, _G.SUPERVISION, _M.YEARS, 2, _EXAMPLE, 1, 5),
    Definition(_P.CASH_LIMIT, _G.SUPERVISION, _M.MONEY, FEN_PER_WAN // 2, _EXAMPLE, 0),
    Definition(_P.DEBT_PERCENT, _G.SUPERVISION, _M.PERCENT, 7_000, _EXAMPLE, 0, 20_000),
    Definition(_P.PAYOUT_DAYS, _G.SUPERVISION, _M.DAYS, 60, _EXAMPLE, 1, 365),
    Definition(_P.RECALL_DAYS, _G.SUPERVISION, _M.DAYS, 10, _EXAMPLE, 1, 90),
    Definition(_P.HAND_OFF_DAYS, _G.SUPERVISION, _M.DAYS, 15, _EXAMPLE, 1, 90),
    Definition(_P.PUBLIC_SCOPE, _G.SUPERVISION, _M.CHOICE, "FULL", _PUBLIC_PAGE, choices=PublicScope),
    Definition(_P.REPORT_CLOSE_DAYS, _G.SUPERVISION, _M.DAYS, 10, _EXAMPLE, 1, 14),
    Definition(_P.FINDING_DAYS, _G.SUPERVISION, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.FINDING_ESCALATE_DAYS, _G.SUPERVISION, _M.DAYS, 15, _EXAMPLE, 1, 180),
    Definition(_P.SAMPLE_LARGE, _G.SUPERVISION, _M.MONEY, 50 * FEN_PER_WAN, _EXAMPLE, 1),
    Definition(_P.SAMPLE_WEIGHT_LARGE, _G.SUPERVISION, _M.POINTS, 3, _EXAMPLE, 0, 100),
    Definition(_P.SAMPLE_WEIGHT_IDLE, _G.SUPERVISION, _M.POINTS, 3, _EXAMPLE, 0, 100),
    Definition(_P.SAMPLE_WEIGHT_ARREARS, _G.SUPERVISION, _M.POINTS, 4, _EXAMPLE, 0, 100),
    Definition(_P.SAMPLE_WEIGHT_NO_TITLE, _G.SUPERVISION, _M.POINTS, 2, _EXAMPLE, 0, 100),
    Definition(_P.SAMPLE_WEIGHT_NO_CUSTODIAN, _G.SUPERVISION, _M.POINTS, 2, _EXAMPLE, 0, 100),
    Definition(_P.GRADE_EXCELLENT, _G.SUPERVISION, _M.POINTS, 90, _GRADES, 0, 100),
    Definition(_P.GRADE_GOOD, _G.SUPERVISION, _M.POINTS, 80, _GRADES, 0, 100),
    Definition(_P.GRADE_FAIR, _G.SUPERVISION, _M.POINTS, 60, _GRADES, 0, 100),
    Definition(_P.EVALUATION_TITLE, _G.SUPERVISION, _M.POINTS, 15, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_AGREEMENT, _G.SUPERVISION, _M.POINTS, 5, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_PATROL, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_REPAIR, _G.SUPERVISION, _M.POINTS, 5, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_YIELD, _G.SUPERVISION, _M.POINTS, 15, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_COLLECTION, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_SOUND, _G.SUPERVISION, _M.POINTS, 15, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_SATISFACTION, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_DISTRIBUTION, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_REACH, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_OPENNESS, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_RISK, _G.SUPERVISION, _M.POINTS, 10, _EVALUATION, 0, 100),
    Definition(_P.EVALUATION_LEAST, _G.SUPERVISION, _M.POINTS, 50, _EXAMPLE, 1, 100),
    Definition(_P.EVALUATION_BENCHMARK, _G.SUPERVISION, _M.PERCENT, 600, _EXAMPLE, 1, 10_000),
    Definition(_P.EVALUATION_SUPPORT, _G.SUPERVISION, _M.CHOICE, "GOOD", _SUPPORT, choices=SupportFrom),
    Definition(_P.STEP_DAYS_MEETING, _G.APPROVAL, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.STEP_DAYS_COUNTERSIGN, _G.APPROVAL, _M.DAYS, 5, _VILLAGE_35, 1, 30),
    Definition(_P.STEP_DAYS_APPRAISAL, _G.APPROVAL, _M.DAYS, 30, _EXAMPLE, 1, 180),
    Definition(_P.STEP_DAYS_REVIEW, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.STEP_DAYS_APPROVAL, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.CALL_IN_DAYS, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.QUERY_DAYS, _G.APPROVAL, _M.DAYS, 10, _EXAMPLE, 1, 60),
    Definition(_P.DELEGATION_DAYS, _G.APPROVAL, _M.DAYS, 30, _EXAMPLE, 1, 90),
)  # fmt: skip
DEFINITIONS: dict[Parameter, Definition] = {one.parameter: one for one in PARAMETERS}
