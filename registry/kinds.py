"""The enums several features share. What a member means is a table in the feature that gives it meaning."""

from registry.text import N_, Labelled


class Category(Labelled):
    """The three classes of assets (分类管理: Chapter 11, section 1)."""

    OPERATING = "OPERATING", N_("经营性资产")
    PUBLIC_WELFARE = "PUBLIC_WELFARE", N_("公益性资产")
    HOUSEHOLD = "HOUSEHOLD", N_("到户类资产")


class OwnerKind(Labelled):
    """Who may hold an asset."""

    STATE = "STATE", N_("国有单位")
    TOWNSHIP = "TOWNSHIP", N_("乡镇（街道）")
    VILLAGE_COLLECTIVE = "VILLAGE_COLLECTIVE", N_("村集体")
    GROUP_COLLECTIVE = "GROUP_COLLECTIVE", N_("组集体")
    HOUSEHOLD = "HOUSEHOLD", N_("农户")
    COOPERATIVE = "COOPERATIVE", N_("合作社")
    ENTERPRISE = "ENTERPRISE", N_("企业")
    OTHER = "OTHER", N_("其他")


class Sector(Labelled):
    """The sector departments (行业主管部门) that supervise by their own rules."""

    AGRICULTURE = "AGRICULTURE", N_("农业农村")
    TRANSPORT = "TRANSPORT", N_("交通")
    WATER = "WATER", N_("水利")
    EDUCATION = "EDUCATION", N_("教育")
    HEALTH = "HEALTH", N_("卫生健康")
    CULTURE = "CULTURE", N_("文化旅游")
    HOUSING = "HOUSING", N_("住房城乡建设")
    COMMERCE = "COMMERCE", N_("商务")
    FORESTRY = "FORESTRY", N_("林业")
    ENERGY = "ENERGY", N_("能源")
    CIVIL_AFFAIRS = "CIVIL_AFFAIRS", N_("民政")
    OTHER = "OTHER", N_("其他行业")


class Subject(Labelled):
    """What can be submitted for agreement; which steps it takes is policy (``policy/procedures.py``)."""

    TITLE = "TITLE", N_("产权事项")
    PUBLIC_POST = "PUBLIC_POST", N_("公益性岗位")
    BENEFICIARY = "BENEFICIARY", N_("受益对象调整")
    DISTRIBUTION = "DISTRIBUTION", N_("收益分配方案")
    WRITE_OFF = "WRITE_OFF", N_("核销欠款")
    OPERATION = "OPERATION", N_("经营合同")
    DISPOSAL = "DISPOSAL", N_("资产处置")


class TitleDeed(Labelled):
    """What a title case does (Chapter 11, section 1)."""

    FIRST_TITLE = "FIRST_TITLE", N_("首次确权")
    HAND_OVER = "HAND_OVER", N_("移交")
    MERGER = "MERGER", N_("合并登记")
    SPLIT = "SPLIT", N_("分拆登记")
    OWNER_NAME = "OWNER_NAME", N_("权利人更名、改制")
    ERROR = "ERROR", N_("权属登记错误更正")


class RollDeed(Labelled):
    """What a change of the roll of beneficiaries is about: who deserves what, or what happened to people."""

    CLASSES = "CLASSES", N_("类别调整")
    EVENTS = "EVENTS", N_("人口变动")


class NoticeDays(Labelled):
    """How the days of a notice are counted."""

    CALENDAR = "CALENDAR", N_("自然日")
    WORKING = "WORKING", N_("工作日")
