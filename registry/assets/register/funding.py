"""Where the money of an asset came from: the source and the level of government that gave it."""

from dataclasses import dataclass

from registry.text import N_, Labelled


class FundingSource(Labelled):
    """The sources of funds an asset may be formed with (资金来源)."""

    POVERTY_FUND = "POVERTY_FUND", N_("财政专项扶贫资金")
    TRANSITION_FUND = "TRANSITION_FUND", N_("财政衔接推进乡村振兴补助资金")
    INTEGRATED_AGRI = "INTEGRATED_AGRI", N_("统筹整合财政涉农资金")
    SECTOR_FUND = "SECTOR_FUND", N_("行业扶贫资金")
    LOCAL_BOND = "LOCAL_BOND", N_("地方政府债券")
    LOTTERY = "LOTTERY", N_("彩票公益金")
    RELOCATION = "RELOCATION", N_("易地扶贫搬迁资金")
    EAST_WEST = "EAST_WEST", N_("东西部协作资金")
    CENTRAL_UNIT = "CENTRAL_UNIT", N_("中央单位定点帮扶")
    CITY_PAIRED = "CITY_PAIRED", N_("市内对口帮扶")
    RESIDENT_PAIRED = "RESIDENT_PAIRED", N_("驻村（结对）帮扶")
    DONATION = "DONATION", N_("社会捐赠")
    LAND_QUOTA = "LAND_QUOTA", N_("土地增减挂钩资金")
    FOREIGN_LOAN = "FOREIGN_LOAN", N_("世行等外资")
    REINVESTED = "REINVESTED", N_("扶贫项目本金和收益转投形成")
    OTHER_FISCAL = "OTHER_FISCAL", N_("其他财政资金")
    SELF_RAISED = "SELF_RAISED", N_("自筹资金")
    UNVERIFIED = "UNVERIFIED", N_("来源待核")
    ADJUSTMENT = "ADJUSTMENT", N_("重估、损失调整")


#: Money that is not the public's or the donors', or not yet known to be, or no money at all.
_NOT_POVERTY_FUND = frozenset({FundingSource.SELF_RAISED, FundingSource.UNVERIFIED, FundingSource.ADJUSTMENT})


def is_poverty_fund(source: FundingSource) -> bool:
    """Say whether money of this source makes an asset a poverty-alleviation asset (Chapter 11, section 1)."""
    return source not in _NOT_POVERTY_FUND


class FundingLevel(Labelled):
    """The level of government that gave the money."""

    CENTRAL = "CENTRAL", N_("中央")
    MUNICIPAL = "MUNICIPAL", N_("市（省）")
    COUNTY = "COUNTY", N_("区县")
    TOWNSHIP = "TOWNSHIP", N_("乡镇")
    VILLAGE = "VILLAGE", N_("村")
    OTHER = "OTHER", N_("其他")


@dataclass(frozen=True, slots=True)
class FundingKind:
    """A source at a level, as one column of a table or one line of a card names it."""

    source: FundingSource
    level: FundingLevel


#: The first word found in the text decides; the more particular words stand first.
_SOURCE_WORDS: tuple[tuple[str, FundingSource], ...] = (
    ("待核", FundingSource.UNVERIFIED),
    ("转投", FundingSource.REINVESTED),
    ("自筹", FundingSource.SELF_RAISED),
    ("自有资金", FundingSource.SELF_RAISED),
    ("群众投劳", FundingSource.SELF_RAISED),
    ("衔接", FundingSource.TRANSITION_FUND),
    ("专项扶贫", FundingSource.POVERTY_FUND),
    ("扶贫专项", FundingSource.POVERTY_FUND),
    ("财政扶贫", FundingSource.POVERTY_FUND),
    ("易地", FundingSource.RELOCATION),
    ("整合", FundingSource.INTEGRATED_AGRI),
    ("涉农资金", FundingSource.INTEGRATED_AGRI),
    ("债券", FundingSource.LOCAL_BOND),
    ("一般债", FundingSource.LOCAL_BOND),
    ("专项债", FundingSource.LOCAL_BOND),
    ("彩票", FundingSource.LOTTERY),
    ("东西部", FundingSource.EAST_WEST),
    ("东西协作", FundingSource.EAST_WEST),
    ("鲁渝", FundingSource.EAST_WEST),
    ("协作资金", FundingSource.EAST_WEST),
    ("定点帮扶", FundingSource.CENTRAL_UNIT),
    ("定点扶贫", FundingSource.CENTRAL_UNIT),
    ("对口帮扶", FundingSource.CITY_PAIRED),
    ("驻村", FundingSource.RESIDENT_PAIRED),
    ("结对", FundingSource.RESIDENT_PAIRED),
    ("增减挂", FundingSource.LAND_QUOTA),
    ("世行", FundingSource.FOREIGN_LOAN),
    ("亚行", FundingSource.FOREIGN_LOAN),
    ("外资", FundingSource.FOREIGN_LOAN),
    ("捐赠", FundingSource.DONATION),
    ("捐款", FundingSource.DONATION),
    ("捐资", FundingSource.DONATION),
    ("社会帮扶", FundingSource.DONATION),
    ("行业扶贫", FundingSource.SECTOR_FUND),
    ("行业部门", FundingSource.SECTOR_FUND),
    ("行业资金", FundingSource.SECTOR_FUND),
    ("财政", FundingSource.OTHER_FISCAL),
    ("其他资金", FundingSource.UNVERIFIED),
    ("其它资金", FundingSource.UNVERIFIED),
    ("其他来源", FundingSource.UNVERIFIED),
)
#: A source that is given by one level only, whatever the text says.
_FIXED_LEVEL: dict[FundingSource, FundingLevel] = {FundingSource.CENTRAL_UNIT: FundingLevel.CENTRAL}
_LEVEL_WORDS: tuple[tuple[str, FundingLevel], ...] = (
    ("中央", FundingLevel.CENTRAL),
    ("省级", FundingLevel.MUNICIPAL),
    ("市级", FundingLevel.MUNICIPAL),
    ("市内", FundingLevel.MUNICIPAL),
    ("区县", FundingLevel.COUNTY),
    ("县级", FundingLevel.COUNTY),
    ("区级", FundingLevel.COUNTY),
    ("乡镇", FundingLevel.TOWNSHIP),
    ("镇级", FundingLevel.TOWNSHIP),
    ("乡级", FundingLevel.TOWNSHIP),
    ("村级", FundingLevel.VILLAGE),
)


def funding_kind(text: str) -> FundingKind | None:
    """Return the source and level that a text without blanks names, or None; a level that is not written is OTHER."""
    source = next((source for word, source in _SOURCE_WORDS if word in text), None)
    level = next((level for word, level in _LEVEL_WORDS if word in text), None)
    if source is None:
        return FundingKind(FundingSource.OTHER_FISCAL, level) if level and text.endswith("资金") else None
    return FundingKind(source, _FIXED_LEVEL.get(source, level or FundingLevel.OTHER))


def named_sources(text: str) -> tuple[FundingSource, ...]:
    """Return every source the text names, in table order; a bare 财政 counts only when it stands alone."""
    found = dict.fromkeys(source for word, source in _SOURCE_WORDS if word in text)
    if len(found) > 1:
        found.pop(FundingSource.OTHER_FISCAL, None)
    return tuple(found)
