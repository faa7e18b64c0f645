"""What kinds of values a region may set, in what they are counted, and under which heading they stand. Pure."""

from registry.text import N_, Labelled

FEN_PER_WAN = 1_000_000


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
#: A value as rules are given it: a whole number, or a choice, a day or a text.
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
