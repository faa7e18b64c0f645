"""How the facts of an asset are said on paper: short enough for a column, never losing what they mean."""

from datetime import date

from registry.assets.register.categories import OperatingMode, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import MILLI, Stage
from registry.assets.register.rules import percent
from registry.text import N_

_S = FundingSource
_SHORT_SOURCES: dict[str, str] = {
    source.label: short
    for source, short in (
        (_S.POVERTY_FUND, N_("财政专项")),
        (_S.TRANSITION_FUND, N_("衔接补助")),
        (_S.INTEGRATED_AGRI, N_("涉农整合")),
        (_S.SECTOR_FUND, N_("行业扶贫")),
        (_S.LOCAL_BOND, N_("地方债券")),
        (_S.LOTTERY, N_("彩票公益金")),
        (_S.RELOCATION, N_("易地搬迁")),
        (_S.EAST_WEST, N_("东西协作")),
        (_S.CENTRAL_UNIT, N_("定点帮扶")),
        (_S.CITY_PAIRED, N_("对口帮扶")),
        (_S.RESIDENT_PAIRED, N_("驻村帮扶")),
        (_S.DONATION, N_("社会捐赠")),
        (_S.LAND_QUOTA, N_("增减挂钩")),
        (_S.FOREIGN_LOAN, N_("外资")),
        (_S.REINVESTED, N_("收益转投")),
        (_S.OTHER_FISCAL, N_("其他财政")),
        (_S.SELF_RAISED, N_("自筹")),
        (_S.UNVERIFIED, N_("来源待核")),
        (_S.ADJUSTMENT, N_("调整")),
    )
}
#: A registration that is not yet settled says so before anything else.
_UNSETTLED = {Stage.SUBMITTED.value: N_("待确认"), Stage.SENT_BACK.value: N_("已退回")}


def quantity_text(milli: int | None, unit: str, interest_bp: int | None = None) -> str:
    """Write a quantity with its unit, or the share that an interest is."""
    if interest_bp is not None:
        return f"{percent(interest_bp)}%"
    if milli is None:
        return ""
    whole, part = divmod(milli, MILLI)
    return f"{whole:,}" + (f".{part:03d}".rstrip("0") if part else "") + (f" {unit}" if unit else "")


def main_funding(funding_text: str) -> str:
    """Name the largest source in few characters, and say when there are others."""
    first, _, others = funding_text.partition("、")
    return _SHORT_SOURCES.get(first, first) + (N_("等") if others else "")


def month_text(day: date, precision: str) -> str:
    """Write the month of acquisition as exactly as it is known."""
    return day.isoformat()[: 4 if precision == "YEAR" else 7]


def status_word(stage: str, title_status: str, operating_mode: str, use_status: str) -> str:
    """Say in one word what an asset's reader must know: unsettled, in dispute, how it is run, how it is used."""
    if stage in _UNSETTLED:
        return _UNSETTLED[stage]
    if title_status == TitleStatus.DISPUTED:
        return TitleStatus.DISPUTED.label
    if operating_mode and operating_mode != OperatingMode.NONE:
        return OperatingMode(operating_mode).label
    return UseStatus(use_status).label
