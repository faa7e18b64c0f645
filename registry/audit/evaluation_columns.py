"""What evaluations are called in the trail."""

from registry.text import N_

EVALUATION_TABLES: dict[str, str] = {
    "evaluation": N_("绩效评价"),
    "evaluation_line": N_("评价的资产"),
    "evaluation_score": N_("人工评分、复议"),
}

EVALUATION_COLUMNS: dict[str, str] = {
    "applicable_cents": N_("有数据的分值（百分之一分）"),
    "cents": N_("得分（百分之一分）"),
    "concluded_by_id": N_("宣布生效的人（账号编号）"),
    "concluded_by_text": N_("宣布生效的人"),
    "concluded_on": N_("生效日期"),
    "criterion": N_("评价指标"),
    "earned_cents": N_("得分合计（百分之一分）"),
    "evaluation_id": N_("所属评价（内部编号）"),
    "evidence": N_("固定的依据"),
    "evidence_digest": N_("依据摘要"),
    "final_digest": N_("最终结果摘要"),
    "frozen_on": N_("固定依据的日期"),
    "grade": N_("等次"),
    "is_special": N_("专业性强，请专家评"),
    "last_id": N_("上年度的评价（内部编号）"),
    "objection_id": N_("对应的异议（内部编号）"),
    "paper": N_("依据材料"),
    "points_cents": N_("满分（百分之一分）"),
    "scheme_text": N_("评价办法"),
    "score_cents": N_("折算得分（百分之一分）"),
    "scorer": N_("专家或机构"),
    "specials": N_("请专家评的行业"),
    "subsidy_basis": N_("补贴总额的文件依据"),
    "subsidy_fen": N_("补贴总额（分）"),
    "support_fen": N_("拟支持金额（分）"),
    "support_order": N_("支持名单次序"),
    "units": N_("评价单位"),
    "until_on": N_("数据截止日"),
    "waiting": N_("待专家评的指标数"),
}

EVALUATION_OF_TABLE: dict[tuple[str, str], str] = {
    ("evaluation", "assets"): N_("评价资产数"),
    ("evaluation", "categories"): N_("资产类别"),
    ("evaluation", "confirmed_by_id"): N_("复核人（账号编号）"),
    ("evaluation", "confirmed_by_text"): N_("复核人"),
    ("evaluation", "confirmed_at"): N_("复核时间"),
    ("evaluation", "digest"): N_("公示结果摘要"),
    ("evaluation", "number"): N_("评价编号"),
    ("evaluation", "opinion"): N_("复核意见、作废原因"),
    ("evaluation", "submitted_by_id"): N_("提交人（账号编号）"),
    ("evaluation", "submitted_by_text"): N_("提交人"),
    ("evaluation", "title"): N_("评价名称"),
    ("evaluation", "year"): N_("评价年度"),
    ("evaluation_line", "finding_id"): N_("转出的问题（内部编号）"),
    ("evaluation_line", "value_fen"): N_("原值（分）"),
    ("evaluation_line", "year"): N_("评价年度"),
    ("evaluation_score", "by_id"): N_("登记人（账号编号）"),
    ("evaluation_score", "by_text"): N_("登记人"),
    ("evaluation_score", "kind"): N_("评分种类"),
    ("evaluation_score", "line_id"): N_("评价的资产（内部编号）"),
    ("evaluation_score", "reason"): N_("评分理由"),
}
