"""Cells that choose from a fixed list of the card: how the thing is used, titled, run, published; and its subtype."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.assets.register.categories import (
    SUBTYPES,
    AccountingSystem,
    IndustryClass,
    OperatingMode,
    Publicity,
    ReturnKind,
    Subtype,
    TitleStatus,
    UseStatus,
    subtypes_of,
)
from registry.assets.register.reading.cells import Cell
from registry.assets.register.reading.problems import Message, Problem, ProblemKind, say
from registry.assets.register.reading.values import named, squeezed
from registry.assets.register.registration import DepreciationMethod
from registry.kinds import Category
from registry.text import N_, Labelled

Words = tuple[tuple[str, Labelled], ...]


@dataclass(frozen=True)
class Choice:
    """The list a field chooses from, and the words people use; the more particular words stand first."""

    kind: type[Labelled]
    words: Words = ()


_U, _M, _T, _A, _P, _D = UseStatus, OperatingMode, TitleStatus, AccountingSystem, Publicity, DepreciationMethod
CHOICES: dict[str, Choice] = {
    "use_status": Choice(
        UseStatus,
        (
            ("未使用", _U.IDLE), ("不能使用", _U.STOPPED), ("无法使用", _U.STOPPED), ("停止使用", _U.STOPPED),
            ("闲置", _U.IDLE), ("停用", _U.STOPPED), ("停产", _U.STOPPED), ("废弃", _U.STOPPED), ("损毁", _U.DAMAGED),
            ("毁损", _U.DAMAGED), ("损坏", _U.DAMAGED), ("在建", _U.UNDER_CONSTRUCTION), ("出租", _U.LEASED),
            ("租赁", _U.LEASED), ("承包", _U.LEASED), ("发包", _U.LEASED), ("出借", _U.LENT), ("自用", _U.IN_USE),
            ("在用", _U.IN_USE), ("使用", _U.IN_USE), ("正常", _U.IN_USE), ("良好", _U.IN_USE), ("其它", _U.OTHER),
        ),
    ),
    "operating_mode": Choice(
        OperatingMode,
        (
            ("未经营", _M.NONE), ("自用", _M.NONE), ("自营", _M.SELF_RUN), ("自主经营", _M.SELF_RUN),
            ("专业机构", _M.PROFESSIONAL), ("资产公司", _M.COUNTY_COMPANY),
            ("托管", _M.TRUSTEESHIP), ("委托", _M.ENTRUST), ("发包", _M.CONTRACT_OUT), ("承包", _M.CONTRACT_OUT),
            ("出租", _M.LEASE), ("租赁", _M.LEASE), ("联营", _M.JOINT), ("联合经营", _M.JOINT), ("合作经营", _M.JOINT),
            ("股份", _M.SHAREHOLDING), ("入股", _M.SHAREHOLDING), ("合作社", _M.COOPERATIVE),
        ),
    ),
    "title_status": Choice(
        TitleStatus,
        (
            ("未确权", _T.UNCONFIRMED), ("未", _T.UNCONFIRMED), ("否", _T.UNCONFIRMED), ("争议", _T.DISPUTED),
            ("确权中", _T.IN_PROCEDURE), ("正在", _T.IN_PROCEDURE), ("已确权", _T.CONFIRMED), ("已", _T.CONFIRMED),
            ("是", _T.CONFIRMED),
        ),
    ),
    "industry_class": Choice(IndustryClass, tuple((member.label[:2], member) for member in IndustryClass)),
    "accounting_system": Choice(
        AccountingSystem,
        (
            ("未纳入", _A.NONE), ("不纳入", _A.NONE), ("否", _A.NONE), ("未", _A.NONE), ("三资", _A.COLLECTIVE),
            ("集体", _A.COLLECTIVE), ("国资", _A.STATE), ("国有", _A.STATE), ("企业", _A.ENTERPRISE),
            ("已纳入", _A.COLLECTIVE), ("是", _A.COLLECTIVE), ("已", _A.COLLECTIVE),
        ),
    ),
    "publicity": Choice(
        Publicity,
        (
            ("未公开", _P.NOT_YET), ("未公示", _P.NOT_YET), ("否", _P.NOT_YET), ("未", _P.NOT_YET),
            ("区县", _P.COUNTY), ("县级", _P.COUNTY), ("区级", _P.COUNTY), ("乡镇", _P.TOWNSHIP),
            ("镇级", _P.TOWNSHIP), ("乡级", _P.TOWNSHIP), ("村级", _P.VILLAGE), ("村", _P.VILLAGE),
            ("已公开", _P.VILLAGE), ("已公示", _P.VILLAGE), ("公开", _P.VILLAGE), ("公示", _P.VILLAGE),
            ("是", _P.VILLAGE),
        ),
    ),
    "depreciation_method": Choice(
        DepreciationMethod,
        (
            ("不计提", _D.NONE), ("未计提", _D.NONE), ("不提", _D.NONE), ("年限平均", _D.STRAIGHT_LINE),
            ("平均年限", _D.STRAIGHT_LINE), ("直线", _D.STRAIGHT_LINE), ("计提", _D.STRAIGHT_LINE),
        ),
    ),
    "return_kind": Choice(ReturnKind, tuple((member.label[:2], member) for member in ReturnKind)),
}  # fmt: skip


def parse_choice(key: str, cell: Cell) -> Labelled | Problem:
    """Read a word of a field's list; a text that means none of it, or two, is refused with the list."""
    choice, text = CHOICES[key], squeezed(cell.text)
    exact = next((member for member in choice.kind if text in {squeezed(member.label), member.value}), None)
    if exact is not None:
        return exact
    found = named(text, choice.words)
    if len(found) == 1:
        return found.pop()
    known = "、".join(member.label for member in choice.kind)
    return Problem(ProblemKind.OTHER, say(N_("看不懂是哪一种")), say(N_("填其中之一：%(known)s"), known=known))


#: What was decided although the text says less: told beside the row.
_TOLD: dict[tuple[str, Labelled], tuple[tuple[str, ...], str]] = {
    ("publicity", Publicity.VILLAGE): (("村",), N_("“%(text)s”没写在哪一级公开，按村级记")),
    ("accounting_system", AccountingSystem.COLLECTIVE): (("三资", "集体"), N_("“%(text)s”按纳入农村集体三资记")),
}


def told_about(key: str, value: object, cell: Cell) -> Message | None:
    """Return what must be said about a choice that the text does not settle by itself."""
    for (field, member), (words, msgid) in _TOLD.items():
        if field == key and member is value and not any(word in cell.text for word in words):
            return say(msgid, text=cell.text.strip())
    return None


_SUBTYPE_WORDS: tuple[tuple[str, str], ...] = (
    ("光伏", "PHOTOVOLTAIC"), ("光伏", "HOUSEHOLD_PV"), ("股权", "EQUITY"), ("入股", "EQUITY"), ("债权", "DEBT"),
    ("基金", "INDUSTRY_FUND"), ("扶贫车间", "WORKSHOP"), ("帮扶车间", "WORKSHOP"), ("就业车间", "WORKSHOP"),
    ("种畜", "BREEDING_STOCK"), ("种禽", "BREEDING_STOCK"), ("种牛", "BREEDING_STOCK"), ("种羊", "BREEDING_STOCK"),
    ("种猪", "BREEDING_STOCK"), ("大棚", "FACILITY_FARMING"), ("设施农业", "FACILITY_FARMING"),
    ("林果", "ORCHARD"), ("果园", "ORCHARD"), ("茶园", "ORCHARD"), ("养殖", "BREEDING_BASE"),
    ("种植", "GROWING_BASE"), ("加工", "PROCESSING"), ("烘干", "PROCESSING"), ("冷链", "STORAGE"),
    ("冷库", "STORAGE"), ("仓储", "STORAGE"), ("仓库", "STORAGE"), ("农机具", "HOUSEHOLD_TOOLS"),
    ("农机", "HOUSEHOLD_TOOLS"), ("农机", "MACHINERY"), ("机械", "MACHINERY"), ("设备", "MACHINERY"),
    ("民宿", "TOURISM"), ("旅游", "TOURISM"), ("电商", "ECOMMERCE"), ("商铺", "PREMISES"), ("门面", "PREMISES"),
    ("厂房", "PREMISES"), ("产业路", "OPERATING_WORKS"),
    ("党群", "SERVICE_CENTRE"), ("便民服务", "SERVICE_CENTRE"), ("安置", "RESETTLEMENT"), ("饮水", "DRINKING_WATER"),
    ("供水", "DRINKING_WATER"), ("水厂", "DRINKING_WATER"), ("自来水", "DRINKING_WATER"), ("人饮", "DRINKING_WATER"),
    ("污水", "WASTE"), ("垃圾", "WASTE"), ("厕", "SANITATION"), ("环卫", "SANITATION"), ("卫生", "HEALTH"),
    ("医", "HEALTH"), ("路灯", "LIGHTING"), ("照明", "LIGHTING"), ("电力", "POWER"), ("电网", "POWER"),
    ("变压器", "POWER"), ("广播", "BROADCAST"), ("电视", "BROADCAST"), ("网络", "NETWORK"), ("宽带", "NETWORK"),
    ("体育", "SPORT"), ("健身", "SPORT"), ("文化", "CULTURE"), ("学校", "EDUCATION"), ("小学", "EDUCATION"),
    ("幼儿园", "EDUCATION"), ("教育", "EDUCATION"), ("水利", "IRRIGATION"), ("灌溉", "IRRIGATION"),
    ("水渠", "IRRIGATION"), ("渠道", "IRRIGATION"), ("山坪塘", "IRRIGATION"), ("蓄水池", "IRRIGATION"),
    ("公路", "ROAD"), ("道路", "ROAD"), ("村道", "ROAD"), ("便道", "ROAD"), ("桥", "ROAD"), ("硬化", "ROAD"),
    ("圈舍", "HOUSEHOLD_PENS"), ("种苗", "HOUSEHOLD_PLANTS"), ("苗木", "HOUSEHOLD_PLANTS"),
    ("住房", "HOUSEHOLD_HOUSING"), ("危房", "HOUSEHOLD_HOUSING"), ("生产资料", "HOUSEHOLD_GOODS"),
    ("畜", "HOUSEHOLD_STOCK"), ("禽", "HOUSEHOLD_STOCK"), ("仔猪", "HOUSEHOLD_STOCK"), ("鸡", "HOUSEHOLD_STOCK"),
)  # fmt: skip
_OTHERS: Mapping[Category, str] = {
    Category.OPERATING: "OTHER_OPERATING",
    Category.PUBLIC_WELFARE: "OTHER_WELFARE",
    Category.HOUSEHOLD: "OTHER_HOUSEHOLD",
}
_BY_LABEL: dict[str, Subtype] = {
    squeezed(text): subtype for subtype in SUBTYPES for text in (subtype.label, subtype.code)
}


def find_subtype(text: str, category: Category) -> str | None:
    """Return the one subtype of a category that a text names or speaks of, else None."""
    plain = squeezed(text)
    exact = _BY_LABEL.get(plain)
    if exact is not None:
        return exact.code if exact.category is category else None
    own = {subtype.code for subtype in subtypes_of(category)}
    found = named(plain, tuple(pair for pair in _SUBTYPE_WORDS if pair[1] in own))
    return found.pop() if len(found) == 1 else None


def other_subtype(category: Category) -> str:
    """Return the subtype for what no other subtype of the category fits."""
    return _OTHERS[category]


def subtype_problem(category: Category) -> Problem:
    """Refuse a text that is no subtype of the category, with the list."""
    known = "、".join(subtype.label for subtype in subtypes_of(category))
    text = say(N_("不是%(category)s的子类"), category=category.label)
    return Problem(ProblemKind.CATEGORY, text, say(N_("填其中之一：%(known)s"), known=known))
