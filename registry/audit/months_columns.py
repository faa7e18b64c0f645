"""What columns of closed months are called in the trail. Pure."""

from registry.text import N_

MONTHS_TABLES: dict[str, str] = {"month_figures": N_("封存的月度数字")}

MONTHS_COLUMNS: dict[str, str] = {
    "by_sector": N_("分行业的数字"),
    "closed_at": N_("封存时间"),
    "extent": N_("范围"),
    "so_far": N_("累计数"),
}

MONTHS_OF_TABLE: dict[tuple[str, str], str] = {
    ("month_figures", "digest"): N_("数字摘要"),
    ("month_figures", "figures"): N_("数字"),
    ("month_figures", "month"): N_("月份（年×12＋月－1）"),
}
