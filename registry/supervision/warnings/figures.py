"""The figures that made a warning fire: what each is called, in what it is counted, and their one text. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from registry.audit.canonical import JsonValue, decode, encode
from registry.policy.measures import Measure
from registry.text import N_, Labelled


class Figure(Labelled):
    """One thing that is known of a case: a fact of the register, or the limit that it was held against."""

    ENTERED_ON = "entered_on", N_("登记日期")
    CONFIRMED_ON = "confirmed_on", N_("确认日期")
    ACCEPTED_ON = "accepted_on", N_("验收日期")
    SINCE_ON = "since_on", N_("从哪天起")
    STARTS_ON = "starts_on", N_("开始日期")
    ENDS_ON = "ends_on", N_("到期日期")
    DUE_ON = "due_on", N_("应办日期")
    LAST_ON = "last_on", N_("上次日期")
    HAPPENED_ON = "happened_on", N_("发生日期")
    AGREED_ON = "agreed_on", N_("通过日期")
    PERIOD_FROM = "period_from", N_("应公开的期间起")
    YEAR = "year", N_("年度")
    MONTH = "month", N_("结账到哪月")
    TOTAL_FEN = "total_fen", N_("项目资金")
    FORMED_FEN = "formed_fen", N_("已形成资产原值")
    ORIGINAL_FEN = "original_fen", N_("原值")
    INCOME_FEN = "income_fen", N_("收益")
    LAST_INCOME_FEN = "last_income_fen", N_("最近一年收益")
    RENT_FEN = "rent_fen", N_("每年租金")
    RECEIVED_FEN = "received_fen", N_("已收")
    APPRAISED_FEN = "appraised_fen", N_("评估年租金")
    YEARLY_LOSS_FEN = "yearly_loss_fen", N_("资产年折旧")
    OWED_FEN = "owed_fen", N_("欠款")
    COUNT = "count", N_("笔数")
    CASH_FEN = "cash_fen", N_("库存现金")
    DEBT_FEN = "debt_fen", N_("负债合计")
    WORTH_FEN = "worth_fen", N_("资产合计")
    OWN_FEN = "own_fen", N_("本次价值")
    SUM_FEN = "sum_fen", N_("合并价值")
    PRICE_FEN = "price_fen", N_("应收价款")
    BALANCE_FEN = "balance_fen", N_("未使用余额")
    CUSTODIAN = "custodian", N_("管护人")
    OPERATOR = "operator", N_("经营主体")
    REASON = "reason", N_("登记的原因")
    MEASURES = "measures", N_("盘活办法")
    LIMIT_DAYS = "limit_days", N_("期限（天）")
    LIMIT_MONTHS = "limit_months", N_("期限（月）")
    LIMIT_YEARS = "limit_years", N_("连续年数")
    LIMIT_PERCENT = "limit_bp", N_("标准（%）")
    LIMIT_FEN = "limit_fen", N_("限额")


#: Ends of names → how the figure is written; the others are days or words.
_MEASURES: dict[str, Measure] = {
    "_fen": Measure.MONEY,
    "_bp": Measure.PERCENT,
    "_days": Measure.DAYS,
    "_months": Measure.MONTHS,
    "_years": Measure.YEARS,
    "_on": Measure.DATE,
}
#: In which figure a limit of the policy is told.
LIMITS: dict[Measure, Figure] = {
    Measure.DAYS: Figure.LIMIT_DAYS,
    Measure.MONTHS: Figure.LIMIT_MONTHS,
    Measure.YEARS: Figure.LIMIT_YEARS,
    Measure.PERCENT: Figure.LIMIT_PERCENT,
    Measure.MONEY: Figure.LIMIT_FEN,
}
#: Days by which something should have been done or renewed, and those from which a limit in days runs.
_DUE = (Figure.DUE_ON, Figure.ENDS_ON)
_RUNS_FROM = (Figure.ENTERED_ON, Figure.ACCEPTED_ON, Figure.CONFIRMED_ON, Figure.AGREED_ON)
Figures = Mapping[Figure, int | str]


def measure_of(figure: Figure) -> Measure:
    """Return in what a figure is counted."""
    return next((kind for end, kind in _MEASURES.items() if figure.endswith(end)), Measure.TEXT)


def days_over(told: Figures, on: date) -> int:
    """Return for how many days the first told due day that is past has been; 0 if none is."""
    dues = [date.fromisoformat(str(told[one])) for one in _DUE if one in told]
    limit = told.get(Figure.LIMIT_DAYS)
    if not dues and limit is not None:
        starts = (date.fromisoformat(str(told[one])) for one in _RUNS_FROM if one in told)
        dues = [day + timedelta(days=int(limit)) for day in starts]
    return next((days for day in dues if (days := (on - day).days) > 0), 0)


def to_text(figures: Figures) -> str:
    """Write figures in the one form in which they are stored and compared."""
    told: dict[str, JsonValue] = {figure.value: value for figure, value in figures.items()}
    return encode(told)


def from_text(text: str) -> dict[Figure, int | str]:
    """Read stored figures, in the order of the table."""
    told = decode(text)
    if not isinstance(told, dict):
        return {}
    return {one: value for one in Figure if isinstance(value := told.get(one.value), int | str)}
