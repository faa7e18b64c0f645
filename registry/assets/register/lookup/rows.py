"""One line of the list: the columns a list shows, what its state says, and the columns people choose. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import BEHAVIOURS, OperatingMode, TitleStatus, UseStatus
from registry.assets.register.depreciation import DepreciationPlan, accumulated_fen
from registry.assets.register.registration import STANDING, Stage
from registry.kinds import Category
from registry.text import N_


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an asset."""

    id: int
    asset_no: str
    region_code: str
    name: str
    short_name: str
    category: str
    subtype: str
    stage: str
    project_year: int
    original_value_fen: int
    poverty_fund_fen: int
    plan_from_month: int
    plan_accumulated_fen: int
    plan_remaining_fen: int
    plan_months: int
    title_status: str
    use_status: str
    operating_mode: str
    owner_text: str
    funding_text: str
    quantity_milli: int | None
    unit: str
    entered_by_id: int | None

    def net_value_fen(self, on: date) -> int:
        """Return original value less the depreciation of whole months up to a day."""
        plan = DepreciationPlan(
            self.plan_from_month, self.plan_accumulated_fen, self.plan_remaining_fen, self.plan_months
        )
        return self.original_value_fen - accumulated_fen(plan, on)

    @property
    def is_standing(self) -> bool:
        return self.stage in STANDING


@dataclass(frozen=True)
class Badge:
    """A state in words and in colour; the symbol stands where the state asks for one."""

    text: str
    tone: str = "plain"
    symbol: str = ""


_STAGES = {
    Stage.SUBMITTED: Badge(Stage.SUBMITTED.label, "blue"),
    Stage.SENT_BACK: Badge(Stage.SENT_BACK.label, "orange"),
    Stage.CONFIRMED: Badge(Stage.CONFIRMED.label, "green", "check-lg"),
    Stage.WITHDRAWN: Badge(Stage.WITHDRAWN.label, "muted"),
    Stage.DISPOSED: Badge(Stage.DISPOSED.label, "muted"),
    Stage.SUPERSEDED: Badge(Stage.SUPERSEDED.label, "muted"),
}
_TITLES = {
    TitleStatus.UNCONFIRMED: Badge(TitleStatus.UNCONFIRMED.label, "orange"),
    TitleStatus.IN_PROCEDURE: Badge(TitleStatus.IN_PROCEDURE.label, "blue"),
    TitleStatus.CONFIRMED: Badge(TitleStatus.CONFIRMED.label, "green", "check-lg"),
    TitleStatus.DISPUTED: Badge(TitleStatus.DISPUTED.label, "red"),
}
_UNUSED = {
    UseStatus.IDLE: Badge(UseStatus.IDLE.label, "orange"),
    UseStatus.STOPPED: Badge(UseStatus.STOPPED.label, "orange"),
    UseStatus.DAMAGED: Badge(UseStatus.DAMAGED.label, "red"),
}


def stage_badge(stage: str) -> Badge:
    """Return how far the registration has come."""
    return _STAGES[Stage(stage)]


def title_badge(title_status: str) -> Badge:
    """Return how far title confirmation has come."""
    return _TITLES[TitleStatus(title_status)]


def use_badge(use_status: str, operating_mode: str) -> Badge:
    """Return how the asset is used: colour only where somebody must look."""
    use = UseStatus(use_status)
    if use in _UNUSED:
        return _UNUSED[use]
    running = operating_mode and operating_mode != OperatingMode.NONE
    return Badge(OperatingMode(operating_mode).label if running else use.label)


def row_badge(row: Row) -> Badge:
    """Return the one state of a row that somebody must know first."""
    if row.stage != Stage.CONFIRMED:
        return stage_badge(row.stage)
    if UseStatus(row.use_status) in _UNUSED:
        return use_badge(row.use_status, "")
    title = TitleStatus(row.title_status)
    if title is TitleStatus.DISPUTED or (
        title is TitleStatus.UNCONFIRMED and BEHAVIOURS[Category(row.category)].needs_hand_over
    ):
        return _TITLES[title]
    return use_badge(row.use_status, row.operating_mode)


@dataclass(frozen=True)
class Column:
    """A column of the list: its name in the address, its head and unit, and how its cells stand."""

    key: str
    label: str
    unit: str = ""
    kind: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("category", N_("类别"), kind="tight"),
    Column("subtype", N_("子类"), kind="tight"),
    Column("unit", N_("所在单位"), kind="tight"),
    Column("year", N_("购建年度")),
    Column("quantity", N_("数量"), kind="tight"),
    Column("value", N_("原值"), N_("元"), "num"),
    Column("net", N_("净值"), N_("元"), "num"),
    Column("fund", N_("其中扶贫资金"), N_("元"), "num"),
    Column("owner", N_("所有权人")),
    Column("source", N_("资金来源")),
    Column("title", N_("确权情况"), kind="tight"),
    Column("use", N_("使用状况"), kind="tight"),
    Column("state", N_("状态"), kind="badge-cell"),
)
USUAL = ("subtype", "unit", "year", "value", "net", "state")


def chosen_columns(*wishes: str) -> tuple[Column, ...]:
    """Return the columns of the first wish that names any, in the order of the table; the usual ones otherwise."""
    for wish in wishes:
        keys = set(wish.split(".")) & {column.key for column in COLUMNS}
        if keys:
            return tuple(column for column in COLUMNS if column.key in keys)
    return tuple(column for column in COLUMNS if column.key in USUAL)


def columns_text(columns: Iterable[Column]) -> str:
    """Write a choice of columns as address and cookie carry it."""
    return ".".join(column.key for column in columns)
