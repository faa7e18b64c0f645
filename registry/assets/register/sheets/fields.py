"""The one table of fields: what a column may be, how its cells are read, and the headings it goes under in reality."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from registry.assets.register.funding import FundingKind, FundingLevel, FundingSource
from registry.text import N_, Labelled


class TableKind(Labelled):
    """What a sheet lists."""

    ASSETS = "ASSETS", N_("资产")
    PROJECTS = "PROJECTS", N_("项目")
    UNKNOWN = "UNKNOWN", N_("认不出")


class Reader(StrEnum):
    """How the cells of a field are read."""

    TEXT = "TEXT"
    NUMERAL = "NUMERAL"
    MONEY = "MONEY"
    DATE = "DATE"
    YEAR = "YEAR"
    MONTHS = "MONTHS"
    QUANTITY = "QUANTITY"
    CATEGORY = "CATEGORY"
    OWNER_KIND = "OWNER_KIND"
    SECTOR = "SECTOR"
    SHARES = "SHARES"
    OWNER_CODE = "OWNER_CODE"
    LONGITUDE = "LONGITUDE"
    LATITUDE = "LATITUDE"
    PERCENT = "PERCENT"
    CHOICE = "CHOICE"
    LINES = "LINES"
    REGION = "REGION"


class Hint(StrEnum):
    """Which kind of table a field speaks for."""

    ASSETS = "ASSETS"
    PROJECTS = "PROJECTS"
    EITHER = "EITHER"


@dataclass(frozen=True, slots=True)
class Field:
    """A field; the first heading is its name in our own template and on the mapping page."""

    key: str
    reader: Reader
    hint: Hint
    headings: tuple[str, ...]

    @property
    def label(self) -> str:
        """The Chinese name of the field."""
        return self.headings[0]


def _field(key: str, reader: Reader, hint: Hint, label: str, others: str) -> Field:
    return Field(key, reader, hint, (label, *others.split()))


_A, _P, _E = Hint.ASSETS, Hint.PROJECTS, Hint.EITHER
_R = Reader

# fmt: off
FIELDS: tuple[Field, ...] = (
    _field("serial", _R.TEXT, _E, N_("序号"), "序 编次 行号"),
    _field("asset_number", _R.TEXT, _A, N_("资产编号"), "编号 资产代码 资产编码 卡片编号 原资产编号 自定义编号"),
    _field("name", _R.TEXT, _A, N_("资产名称"), "名称 项目资产名称 资产名 设施名称 资产或项目 项目或资产"),
    _field("short_name", _R.TEXT, _A, N_("资产简称"), "简称"),
    _field(
        "category", _R.CATEGORY, _A, N_("资产类别"),
        "资产一级类别 一级类别 资产类型 类别 资产分类 资产性质 资产属性 分类"
    ),
    _field("subtype", _R.TEXT, _A, N_("资产二级类别"), "二级类别 资产小类 资产子类 类别明细 子类 类型"),
    _field("gbt14885_code", _R.TEXT, _A, N_("国标分类代码"), "固定资产分类代码 GB/T14885代码 分类代码 类别代码"),
    _field("county", _R.REGION, _E, N_("区县"), "县 区 县区 县(区) 区(县) 县(市、区) 县市区 旗县"),
    _field(
        "township", _R.REGION, _E, N_("乡镇"),
        "乡镇名 乡(镇) 镇(乡) 镇 乡 乡镇街道 乡(镇)街 乡(镇、街道) 乡镇(街道) 镇街 街道 所在乡镇 所属乡镇 "
        "乡镇名称"
    ),
    _field(
        "village", _R.REGION, _E, N_("所在村"),
        "村 村名 村别 村(社区) 村(居) 行政村 所属村 村社区 村社 村名称 项目村 项目所在村"
    ),
    _field(
        "region", _R.REGION, _E, N_("所在地"),
        "乡镇、村 乡镇村 乡(镇)村 建设地点 实施地点 项目地点 项目实施地点 项目建设地点 地点 所在地点 "
        "坐落地点 资产所在地 资产坐落 坐落 所在位置 位置 存放地点 行政区划 所在村社 地址"
    ),
    _field("location_code", _R.NUMERAL, _E, N_("区域编码"), "行政区划代码 区划代码 村代码 所在地代码 村编码"),
    _field("site_code", _R.NUMERAL, _A, N_("坐落区划代码"), "坐落代码 坐落区划"),
    _field("location_detail", _R.TEXT, _A, N_("详细位置"), "具体位置 详细地址 具体地点 坐落详址 组 村民小组"),
    _field("longitude", _R.LONGITUDE, _A, N_("经度"), "东经"),
    _field("latitude", _R.LATITUDE, _A, N_("纬度"), "北纬"),
    _field("project_number", _R.TEXT, _E, N_("项目编号"), "项目编码 项目代码 项目库编号"),
    _field(
        "project_name", _R.TEXT, _E, N_("项目名称"),
        "来源项目 所属项目 形成资产项目名称 建设项目 项目名 来源项目名称"
    ),
    _field(
        "project_year", _R.YEAR, _E, N_("项目年度"),
        "年度 建设年度 项目实施年度 实施年度 资金年度 形成年度 计划年度 年份"
    ),
    _field(
        "plan_document", _R.TEXT, _E, N_("计划文号"),
        "项目计划文号 批复文号 计划下达文号 立项批复文号 项目批复文号"
    ),
    _field("total_investment", _R.MONEY, _A, N_("总投资"), "项目总投资 投资总额 项目投资 总投资额 项目总投入"),
    _field(
        "original_value", _R.MONEY, _A, N_("原值"),
        "原始价值小计 原始价值 资产原值 形成资产金额 形成资产原值 资产价值 固定资产原价 账面原值 资产金额 "
        "形成资产价值 资产规模金额"
    ),
    _field("quantity", _R.QUANTITY, _A, N_("数量"), "资产数量 账面数量 工程量"),
    _field("unit", _R.TEXT, _A, N_("计量单位"), "单位 数量单位"),
    _field("specification", _R.TEXT, _A, N_("规格"), "结构 规格型号 结构/规格 建筑结构 规格及型号 技术参数 结构规格"),
    _field("scale", _R.TEXT, _A, N_("规模"), "建设规模 资产规模 规模及内容 建设规模及内容 主要规模"),
    _field(
        "acquired_on", _R.DATE, _A, N_("购建时间"),
        "购建年度 购建日期 取得日期 取得时间 建成时间 建成日期 形成时间 资产形成时间 建设年份 购置时间 "
        "购置日期 入账日期 建设时间 建成年月"
    ),
    _field("accepted_on", _R.DATE, _A, N_("验收日期"), "竣工验收日期 验收时间 竣工验收时间 竣工日期 竣工时间"),
    _field("in_use_on", _R.DATE, _A, N_("投入使用日期"), "开始使用时间 投入使用时间 启用日期"),
    _field("service_months", _R.MONTHS, _A, N_("使用年限"), "资产使用年限 折旧年限 使用年限(年) 预计使用年限"),
    _field("depreciation_method", _R.CHOICE, _A, N_("折旧方法"), "折旧状态 折旧方式"),
    _field("owner_kind", _R.OWNER_KIND, _A, N_("产权归属类别"), "产权归属 产权类别 权属性质 所有权类别 权属类别 权属"),
    _field(
        "owner_name", _R.TEXT, _A, N_("产权所有人"),
        "产权人 所有权人 产权单位 产权主体 所有者 权属单位 产权归属单位 所有权单位 所有者或投资方"
    ),
    _field("owner_code", _R.OWNER_CODE, _A, N_("信用代码"), "统一社会信用代码 产权人信用代码 社会信用代码 机构代码"),
    _field("owner_shares", _R.SHARES, _A, N_("所有权份额"), "产权份额 份额 持有份额 产权比例 所有权比例 占比"),
    _field("title_status", _R.CHOICE, _A, N_("确权状态"), "确权情况 是否确权 确权登记情况"),
    _field("certificate_kind", _R.TEXT, _A, N_("权证种类"), "证书种类 权证类型 证书类型"),
    _field("certificate_number", _R.TEXT, _A, N_("权证编号"), "证书编号 产权证号 权证号 不动产权证号 确权证号 证书号"),
    _field("certificate_on", _R.DATE, _A, N_("发证日期"), "颁证日期 发证时间 确权时间 确权日期"),
    _field("custodian", _R.TEXT, _A, N_("管护人"), "管护责任人 管护主体 管护单位 管护员 保管人 使用人 管护责任主体"),
    _field("operator", _R.TEXT, _A, N_("经营主体"), "经营者 经营单位 承租人 承包人 受资方 经营方 经营方或受资方"),
    _field("supervisor", _R.TEXT, _A, N_("监管责任人"), "监管单位 监督单位 监管人 监管主体 监督责任人 监管责任单位"),
    _field("sector", _R.SECTOR, _A, N_("行业主管部门"), "行业部门 行业主管 所属行业 行业"),
    _field("use_status", _R.CHOICE, _A, N_("使用状况"), "使用状态 使用情况 运行状态 资产状态 现状 资产现状 目前状况"),
    _field("operating_mode", _R.CHOICE, _A, N_("经营方式"), "使用方式 运营方式 经营模式 运营模式 经营形式"),
    _field("industry_class", _R.CHOICE, _A, N_("四个一批类别"), "四个一批 产业分类 四个一批分类"),
    _field(
        "accounting_system", _R.CHOICE, _A, N_("是否纳入三资管理"),
        "是否纳入三资 纳入三资 是否纳入三资平台 是否入账"
    ),
    _field("publicity", _R.CHOICE, _A, N_("公开情况"), "公示情况 公告公示情况 是否公示 是否公开"),
    _field("contract_term", _R.TEXT, _A, N_("合同年限"), "合同期限 合同期 租期 投资期限 承包期限"),
    _field("income_total", _R.MONEY, _A, N_("累计收益"), "资产累计收益小计 资产累计收益 累计收益小计 收益合计 总收益"),
    _field(
        "income_collective", _R.MONEY, _A, N_("发展壮大村集体经济"),
        "村集体收益 壮大村集体经济 其中发展壮大村集体经济"
    ),
    _field(
        "income_households", _R.MONEY, _A, N_("贫困户总收益"),
        "脱贫户总收益 脱贫户收益 贫困户收益 其中贫困户总收益"
    ),
    _field("accumulated_depreciation", _R.MONEY, _A, N_("累计折旧"), "已提折旧 账面累计折旧 累计折旧额"),
    _field("net_value", _R.MONEY, _A, N_("净值"), "账面净值 资产净值 现值"),
    _field("disposal_method", _R.TEXT, _A, N_("处置方式"), "处置情况 处置或处理方式"),
    _field("funding_source", _R.TEXT, _E, N_("资金来源"), "资金来源渠道 资金类别 资金性质 资金渠道 资金名称 资金类型"),
    _field("funding_lines", _R.LINES, _E, N_("资金明细"), "资金构成 各笔资金"),
    _field("funding_document", _R.TEXT, _E, N_("资金文号"), "资金下达文号 资金文件 资金文件号 文号 投资资金(文号)"),
    _field("investee", _R.TEXT, _A, N_("接受投资的单位"), "被投资单位 受资单位 入股单位 投资对象"),
    _field("principal", _R.MONEY, _A, N_("投资本金"), "入股本金 出借本金 本金"),
    _field("holding", _R.PERCENT, _A, N_("持股比例"), "股权比例 入股比例"),
    _field("rate", _R.PERCENT, _A, N_("约定年收益率"), "年收益率 收益率 分红比例 利率"),
    _field("return_kind", _R.CHOICE, _A, N_("分红方式"), "收益方式 分红类型"),
    _field("invested_on", _R.DATE, _A, N_("投资起始日"), "入股时间 投资时间 投资日期"),
    _field("matures_on", _R.DATE, _A, N_("投资到期日"), "到期时间 到期日期"),
    _field("exit_terms", _R.TEXT, _A, N_("退出和处置约定"), "退出约定 退出条件"),
    _field("archives", _R.TEXT, _A, N_("档案清单"), "档案资料 档案"),
    _field("remarks", _R.TEXT, _E, N_("备注"), "说明 其他说明 备注说明"),
    _field("project_kind", _R.TEXT, _P, N_("项目类型"), "项目子类型 项目类别 项目分类"),
    _field("nature", _R.TEXT, _P, N_("建设性质"), "性质 项目性质"),
    _field(
        "content", _R.TEXT, _P, N_("建设内容"),
        "建设任务 主要建设内容 项目内容 项目建设内容 建设内容及规模 建设内容与规模 主要内容"
    ),
    _field("department", _R.TEXT, _P, N_("主管部门"), "部门 项目主管部门 主管单位"),
    _field("owner_unit", _R.TEXT, _P, N_("业主单位"), "项目业主 实施单位 项目实施单位 建设单位 项目单位"),
    _field("starts_on", _R.DATE, _P, N_("开工年月"), "实施年月 开工时间 开工日期 开始时间 计划开工时间"),
    _field("ends_on", _R.DATE, _P, N_("完工年月"), "完工时间 完工日期 项目完成时间 完成时间 计划完工时间"),
    _field(
        "period_text", _R.TEXT, _P, N_("实施期限"),
        "实施期限(月) 实施期限(年/月-年/月) 建设期限 建设工期 时间进度 实施时间 工期"
    ),
    _field(
        "subtotal", _R.MONEY, _E, N_("资金合计"),
        "小计 合计 资金总额 资金小计 资金规模 资金金额 投资规模 计划投入资金 计划投资 投入资金 本次分配金额 "
        "分配金额 资金使用情况 投资 投资资金 计划总投资 资金 安排资金 下达资金 金额 补助金额"
    ),
    _field("performance", _R.TEXT, _P, N_("绩效目标"), "预期绩效目标 绩效目标完成情况 项目绩效目标"),
    _field("beneficiaries", _R.TEXT, _P, N_("受益对象"), "受益户数 受益人数 受益范围 受益群众"),
    _field(
        "linkage", _R.TEXT, _P, N_("联农带农机制"),
        "联农带农富农利益联结机制 利益联结机制 受益对象和联农带农机制 利益联结机制实现情况 "
        "群众参与和利益联结机制"
    ),
    _field("responsible_unit", _R.TEXT, _P, N_("责任单位"), "项目责任单位 实施责任单位"),
    _field("responsible_person", _R.TEXT, _P, N_("责任人"), "项目负责人 项目责任人 负责人"),
)
# fmt: on

BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
#: Keys a person may choose on the mapping page to leave a column out.
IGNORED = "ignore"
#: Columns that the error workbook adds; they say something to the person and nothing to the register.
OUR_REMARKS = (N_("原行号"), N_("问题和改法"))

#: What a row must have; a group is satisfied by any of its fields.
REQUIRED: dict[TableKind, tuple[tuple[str, ...], ...]] = {
    TableKind.ASSETS: (("name",), ("category",), ("region",), ("original_value",), ("acquired_on", "project_year")),
    TableKind.PROJECTS: (("name",), ("region",)),
    TableKind.UNKNOWN: (),
}
REGION_PARTS = ("county", "township", "village", "region")

_FUNDING = "funding:"


def funding_key(kind: FundingKind) -> str:
    """Return the key of a column that holds the money of one source and level."""
    return f"{_FUNDING}{kind.source.value}:{kind.level.value}"


@lru_cache(maxsize=256)
def funding_of(key: str) -> FundingKind | None:
    """Return the source and level that a key stands for, or None when it is another field."""
    if not key.startswith(_FUNDING):
        return None
    source, level = key.removeprefix(_FUNDING).split(":")
    return FundingKind(FundingSource(source), FundingLevel(level))


def is_field(key: str) -> bool:
    """Say whether a remembered mapping names a field that exists."""
    try:
        return key in BY_KEY or key == IGNORED or funding_of(key) is not None
    except ValueError:
        return False


def reader_of(key: str) -> Reader:
    """Return how the cells of a column are read."""
    return BY_KEY[key].reader if key in BY_KEY else Reader.MONEY


def label_of(key: str) -> str:
    """Return the Chinese name of a field or of a funding column."""
    kind = funding_of(key)
    if kind is None:
        return BY_KEY[key].label
    return kind.source.label if kind.level is FundingLevel.OTHER else f"{kind.source.label}·{kind.level.label}"
