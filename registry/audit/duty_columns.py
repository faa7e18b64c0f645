"""What columns of the duty list are called in the trail. Pure."""

from registry.text import N_

DUTY_TABLES: dict[str, str] = {"duty_holder": N_("责任人")}

DUTY_COLUMNS: dict[str, str] = {
    "decided_at": N_("确认时间"),
    "decided_by_id": N_("确认人（账号编号）"),
    "decided_by_text": N_("确认人"),
    "duty": N_("责任"),
}

DUTY_OF_TABLE: dict[tuple[str, str], str] = {
    ("duty_holder", "document"): N_("分工文件"),
    ("duty_holder", "name"): N_("责任人姓名"),
    ("duty_holder", "post"): N_("责任人职务"),
    ("duty_holder", "user_id"): N_("责任人（账号编号）"),
}
