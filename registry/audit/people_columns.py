"""What columns of households, persons and rolls are called in the trail. Pure."""

from registry.text import N_

PEOPLE_TABLES: dict[str, str] = {
    "account_change": N_("更换农户账号"),
    "beneficiary_status": N_("受益类别"),
    "household": N_("农户"),
    "person": N_("人口"),
    "roll_change": N_("受益对象调整"),
    "roll_change_line": N_("受益对象调整的户"),
    "roll_review": N_("受益对象年度复核"),
    "share_holding": N_("股份"),
    "stay": N_("在户记录"),
}

PEOPLE_COLUMNS: dict[str, str] = {
    "after": N_("调整后"),
    "bank_account": N_("银行账号"),
    "bank_name": N_("开户行"),
    "before": N_("调整前"),
    "beneficiary_class": N_("类别"),
    "change_id": N_("依据的调整（内部编号）"),
    "died_on": N_("死亡日期"),
    "effective_on": N_("生效日期"),
    "end_change_id": N_("结束依据的调整（内部编号）"),
    "event_on": N_("发生日期"),
    "formed_on": N_("立户日期"),
    "group_name": N_("组"),
    "heir_id": N_("继承人（内部编号）"),
    "household_id": N_("所属农户（内部编号）"),
    "hundredths": N_("股份（百分之一股）"),
    "is_cadre": N_("村干部家庭"),
    "labour": N_("劳动能力"),
    "origin_id": N_("来自的股份（内部编号）"),
    "parting": N_("离户方式"),
    "person_id": N_("本人（内部编号）"),
    "relation": N_("与户主关系"),
    "serial": N_("户号"),
    "successor_id": N_("并入的户（内部编号）"),
    "unnamed": N_("未列名人口"),
    "waiting_for": N_("等确认的农户（内部编号）"),
}

#: Columns of which the name means something else in one table of people.
PEOPLE_OF_TABLE: dict[tuple[str, str], str] = {
    ("account_change", "decided_by_id"): N_("确认人（账号编号）"),
    ("account_change", "decided_by_text"): N_("确认人"),
    ("account_change", "end_reason"): N_("不同意的原因"),
    ("account_change", "reason"): N_("更换原因"),
    ("beneficiary_status", "reason"): N_("列入原因"),
    ("beneficiary_status", "end_reason"): N_("退出原因"),
    ("household", "confirmed_by_text"): N_("确认人"),
    ("household", "ended_on"): N_("销户日期"),
    ("household", "region_code"): N_("村（社区）"),
    ("person", "name"): N_("姓名"),
    ("roll_change", "title"): N_("调整事项"),
    ("roll_change_line", "content"): N_("要办的内容"),
    ("roll_change_line", "reason"): N_("调整原因"),
    ("roll_review", "by_id"): N_("复核人（账号编号）"),
    ("roll_review", "by_text"): N_("复核人"),
    ("roll_review", "verdict"): N_("复核结果"),
    ("share_holding", "kind"): N_("股份种类"),
}
