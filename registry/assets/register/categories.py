"""What each class of asset may do, and its subtypes; forms, schemas, exports and prints loop over these tables."""

from dataclasses import dataclass

from registry.kinds import Category, OwnerKind, Sector
from registry.text import N_, Labelled


@dataclass(frozen=True)
class Behaviour:
    """What follows from an asset's category (Chapter 11, sections 1–4)."""

    owners: frozenset[OwnerKind]
    has_income: bool
    has_custody: bool
    has_disposal: bool
    depreciates: bool
    needs_hand_over: bool


_ALL_OWNERS = frozenset(OwnerKind)
BEHAVIOURS: dict[Category, Behaviour] = {
    Category.OPERATING: Behaviour(
        owners=_ALL_OWNERS, has_income=True, has_custody=True, has_disposal=True, depreciates=True, needs_hand_over=True
    ),
    Category.PUBLIC_WELFARE: Behaviour(
        owners=_ALL_OWNERS - {OwnerKind.HOUSEHOLD}, has_income=False, has_custody=True, has_disposal=True,
        depreciates=True, needs_hand_over=True,
    ),
    # A household's asset is the household's: recorded lightly, neither distributed nor disposed of by others.
    Category.HOUSEHOLD: Behaviour(
        owners=frozenset({OwnerKind.HOUSEHOLD}), has_income=False, has_custody=False, has_disposal=False,
        depreciates=False, needs_hand_over=False,
    ),
}  # fmt: skip


class Nature(Labelled):
    """What kind of thing an asset is; decides which further facts are asked."""

    FIXED = "FIXED", N_("固定资产")
    LIVING = "LIVING", N_("生物资产")
    EQUITY = "EQUITY", N_("股权")
    DEBT = "DEBT", N_("债权")
    QUANTITY = "QUANTITY", N_("批量实物")


INTERESTS = frozenset({Nature.EQUITY, Nature.DEBT})


@dataclass(frozen=True)
class Subtype:
    """One subtype: its code, label, category, nature, sector, usual unit and depreciation in months (0: none) [D]."""

    code: str
    label: str
    category: Category
    nature: Nature = Nature.FIXED
    sector: Sector = Sector.AGRICULTURE
    unit: str = "处"
    service_months: int = 0
    real_estate: bool = False


_O, _W, _H = Category.OPERATING, Category.PUBLIC_WELFARE, Category.HOUSEHOLD
_N, _S = Nature, Sector

SUBTYPES: tuple[Subtype, ...] = (
    Subtype("GROWING_BASE", N_("种植基地"), _O, unit="亩", service_months=240),
    Subtype("BREEDING_BASE", N_("养殖基地"), _O, unit="处", service_months=240),
    Subtype("ORCHARD", N_("经济林果"), _O, _N.LIVING, _S.FORESTRY, "亩", 120),
    Subtype("BREEDING_STOCK", N_("种畜禽"), _O, _N.LIVING, unit="头", service_months=60),
    Subtype("FACILITY_FARMING", N_("设施农业"), _O, unit="栋", service_months=120),
    Subtype("PROCESSING", N_("加工设施"), _O, unit="处", service_months=240, real_estate=True),
    Subtype("STORAGE", N_("仓储冷链"), _O, unit="座", service_months=240, real_estate=True),
    Subtype("WORKSHOP", N_("帮扶车间"), _O, unit="处", service_months=240, real_estate=True),
    Subtype("MACHINERY", N_("机械设备"), _O, unit="台", service_months=120),
    Subtype("TOURISM", N_("旅游设施"), _O, sector=_S.CULTURE, unit="处", service_months=240, real_estate=True),
    Subtype("ECOMMERCE", N_("电商设施"), _O, sector=_S.COMMERCE, unit="处", service_months=120),
    Subtype("PHOTOVOLTAIC", N_("光伏电站"), _O, sector=_S.ENERGY, unit="千瓦", service_months=240),
    Subtype("PREMISES", N_("商铺厂房"), _O, sector=_S.HOUSING, unit="平方米", service_months=240, real_estate=True),
    Subtype("OPERATING_WORKS", N_("经营性基础设施"), _O, unit="处", service_months=240),
    Subtype("EQUITY", N_("股权投资"), _O, _N.EQUITY, unit="股"),
    Subtype("DEBT", N_("债权投资"), _O, _N.DEBT, unit="笔"),
    Subtype("INDUSTRY_FUND", N_("产业基金份额"), _O, _N.DEBT, unit="笔"),
    Subtype("OTHER_OPERATING", N_("其他经营性资产"), _O, unit="项", service_months=240),
    Subtype("ROAD", N_("道路交通"), _W, sector=_S.TRANSPORT, unit="公里", service_months=240),
    Subtype("IRRIGATION", N_("农田水利"), _W, sector=_S.WATER, unit="处", service_months=240),
    Subtype("DRINKING_WATER", N_("供水饮水"), _W, sector=_S.WATER, unit="处", service_months=240),
    Subtype("SANITATION", N_("环卫公厕"), _W, sector=_S.HOUSING, unit="座", service_months=180),
    Subtype("WASTE", N_("垃圾污水处理"), _W, sector=_S.HOUSING, unit="处", service_months=180),
    Subtype("EDUCATION", N_("教育设施"), _W, sector=_S.EDUCATION, unit="处", service_months=360, real_estate=True),
    Subtype("CULTURE", N_("文化设施"), _W, sector=_S.CULTURE, unit="处", service_months=240),
    Subtype("SPORT", N_("体育设施"), _W, sector=_S.CULTURE, unit="处", service_months=120),
    Subtype("HEALTH", N_("卫生设施"), _W, sector=_S.HEALTH, unit="处", service_months=360, real_estate=True),
    Subtype("POWER", N_("电力设施"), _W, sector=_S.ENERGY, unit="处", service_months=240),
    Subtype("LIGHTING", N_("公共照明"), _W, sector=_S.HOUSING, unit="盏", service_months=96),
    Subtype("BROADCAST", N_("广播电视"), _W, sector=_S.CULTURE, unit="套", service_months=96),
    Subtype("NETWORK", N_("网络与综合服务"), _W, sector=_S.OTHER, unit="处", service_months=96),
    Subtype("SERVICE_CENTRE", N_("党群服务中心"), _W, sector=_S.CIVIL_AFFAIRS, unit="处", service_months=360,
            real_estate=True),
    Subtype("RESETTLEMENT", N_("安置点配套"), _W, sector=_S.HOUSING, unit="处", service_months=360),
    Subtype("OTHER_WELFARE", N_("其他公益性资产"), _W, sector=_S.OTHER, unit="项", service_months=240),
    Subtype("HOUSEHOLD_STOCK", N_("到户畜禽"), _H, _N.LIVING, unit="头"),
    Subtype("HOUSEHOLD_PLANTS", N_("到户种苗"), _H, _N.LIVING, unit="株"),
    Subtype("HOUSEHOLD_PENS", N_("到户圈舍"), _H, unit="平方米"),
    Subtype("HOUSEHOLD_TOOLS", N_("到户农机具"), _H, unit="台"),
    Subtype("HOUSEHOLD_PV", N_("户用光伏"), _H, sector=_S.ENERGY, unit="千瓦"),
    Subtype("HOUSEHOLD_HOUSING", N_("住房改善"), _H, sector=_S.HOUSING, unit="平方米"),
    Subtype("HOUSEHOLD_GOODS", N_("到户生产资料"), _H, _N.QUANTITY, unit="份"),
    Subtype("OTHER_HOUSEHOLD", N_("其他到户类资产"), _H, unit="项"),
)  # fmt: skip

BY_CODE: dict[str, Subtype] = {subtype.code: subtype for subtype in SUBTYPES}


def subtypes_of(category: Category) -> tuple[Subtype, ...]:
    """Return the subtypes of a category, in the order people know them."""
    return tuple(subtype for subtype in SUBTYPES if subtype.category is category)


class TitleStatus(Labelled):
    """How far title confirmation has come; the procedure itself stands in ``assets/title``."""

    UNCONFIRMED = "UNCONFIRMED", N_("未确权")
    IN_PROCEDURE = "IN_PROCEDURE", N_("确权中")
    CONFIRMED = "CONFIRMED", N_("已确权")
    DISPUTED = "DISPUTED", N_("有争议")


class HandedOver(Labelled):
    """Whether the asset is in the hands of its first owner, after the builder's."""

    YES = "YES", N_("已移交")
    NO = "NO", N_("未移交")


class UseStatus(Labelled):
    """Whether and by whom the asset is used."""

    IN_USE = "IN_USE", N_("自用")
    LEASED = "LEASED", N_("出租")
    LENT = "LENT", N_("出借")
    IDLE = "IDLE", N_("闲置")
    STOPPED = "STOPPED", N_("停用")
    DAMAGED = "DAMAGED", N_("损毁")
    UNDER_CONSTRUCTION = "UNDER_CONSTRUCTION", N_("在建")
    OTHER = "OTHER", N_("其他")


class OperatingMode(Labelled):
    """How an operating asset is run (Chapter 11, section 2)."""

    SELF_RUN = "SELF_RUN", N_("自营")
    ENTRUST = "ENTRUST", N_("委托")
    CONTRACT_OUT = "CONTRACT_OUT", N_("发包")
    LEASE = "LEASE", N_("出租")
    JOINT = "JOINT", N_("联营")
    SHAREHOLDING = "SHAREHOLDING", N_("股份制")
    COOPERATIVE = "COOPERATIVE", N_("合作社")
    TRUSTEESHIP = "TRUSTEESHIP", N_("业务托管")
    PROFESSIONAL = "PROFESSIONAL", N_("专业机构运营")
    COUNTY_COMPANY = "COUNTY_COMPANY", N_("区县资产公司统一运营")
    NONE = "NONE", N_("未经营")


class IndustryClass(Labelled):
    """四个一批: every support-industry asset is in one of four groups (农规发〔2024〕26号)."""

    CONSOLIDATE = "CONSOLIDATE", N_("巩固一批")
    UPGRADE = "UPGRADE", N_("升级一批")
    REVIVE = "REVIVE", N_("盘活一批")
    ADJUST = "ADJUST", N_("调整一批")


class AccountingSystem(Labelled):
    """Which asset-management system carries the asset on its books."""

    NONE = "NONE", N_("未纳入")
    COLLECTIVE = "COLLECTIVE", N_("农村集体三资")
    STATE = "STATE", N_("行政事业国资")
    ENTERPRISE = "ENTERPRISE", N_("企业账")


class Publicity(Labelled):
    """Whether the asset has been made public."""

    NOT_YET = "NOT_YET", N_("未公开")
    VILLAGE = "VILLAGE", N_("村级已公开")
    TOWNSHIP = "TOWNSHIP", N_("乡镇已公开")
    COUNTY = "COUNTY", N_("区县已公开")


class ReturnKind(Labelled):
    """How an interest pays (Chapter 6, section 2)."""

    FIXED = "FIXED", N_("固定分红")
    GUARANTEED = "GUARANTEED", N_("保底分红")
    PERFORMANCE = "PERFORMANCE", N_("效益分红")
    IN_KIND = "IN_KIND", N_("实物分红")
