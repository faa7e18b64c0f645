"""What columns of warnings handed to units are called in the trail. Pure."""

from registry.text import N_

WARNING_TABLES: dict[str, str] = {
    "warning_hand_off": N_("预警交办"),
    "warning_word": N_("交办的办理记录"),
}

WARNING_COLUMNS: dict[str, str] = {
    "above_code": N_("交办单位的上一级"),
    "end_way": N_("怎样办结"),
    "figures": N_("交办时的依据数据"),
    "from_code": N_("交办单位"),
    "hand_off_id": N_("所属交办（内部编号）"),
    "handed_at": N_("交办时间"),
    "handed_by_id": N_("交办人（账号编号）"),
    "handed_by_text": N_("交办人"),
    "risk": N_("预警种类"),
    "warning_id": N_("预警（内部编号）"),
    "word": N_("说的是什么"),
}

WARNING_OF_TABLE: dict[tuple[str, str], str] = {
    ("warning_hand_off", "region_code"): N_("承办单位"),
    ("warning_hand_off", "text"): N_("交办要求"),
    ("warning_hand_off", "due_on"): N_("办理期限"),
    ("warning_hand_off", "state"): N_("办理情况"),
    ("warning_hand_off", "ended_at"): N_("办结时间"),
    ("warning_hand_off", "answered_at"): N_("回复时间"),
    ("warning_word", "text"): N_("内容"),
}
