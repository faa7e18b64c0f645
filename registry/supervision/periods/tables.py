"""The seven tables that go up the levels: their blocks, rows and columns, read top to bottom. Pure.

A figure's key is made of its block, column and row. A column that ``stands`` says how things are at the end of a
period; the others say what happened in it. Nobody enters any of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from registry.approvals.notices.rules import NoticeKind
from registry.assets.register.categories import TitleStatus, UseStatus
from registry.disposal.kinds import DisposalKind
from registry.disposal.proceeds.kinds import Destination
from registry.kinds import Category, OwnerKind
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.operation.kinds import DueKind
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.supervision.findings.rules import Source
from registry.supervision.warnings.rules import Severity
from registry.text import N_, Labelled


@dataclass(frozen=True)
class Column:
    """One figure of a row; ``of`` are the columns it sums where it is a sum itself."""

    code: str
    label: str
    stands: bool = False
    is_money: bool = False
    of: tuple[str, ...] = ()
    group: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The kept figures it is made of."""
        return self.of or (self.code,)


@dataclass(frozen=True)
class Block:
    """Rows of one kind of thing under the same columns."""

    code: str
    title: str
    row_head: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]

    def value(self, column: Column, row: str, figures: Mapping[str, int]) -> int:
        """Return one figure."""
        return sum(figures.get(key_of(self.code, part, row), 0) for part in column.parts)

    def total(self, column: Column, figures: Mapping[str, int]) -> int:
        """Return a figure over all rows."""
        return sum(self.value(column, row, figures) for row, _label in self.rows)

    @cached_property
    def standing(self) -> frozenset[str]:
        """The kept figures that say how things are."""
        return frozenset(part for column in self.columns if column.stands for part in column.parts)


class TableName(Labelled):
    """What a table is called."""

    HOLDINGS = "holdings", N_("资产总量表")
    TITLE = "title", N_("确权移交进度表")
    INCOME = "income", N_("经营收益与分配表")
    IDLE = "idle", N_("闲置低效资产表")
    DISPOSALS = "disposals", N_("资产处置表")
    NOTICES = "notices", N_("公示情况表")
    RISKS = "risks", N_("风险整改表")


@dataclass(frozen=True)
class TableForm:
    """One of the tables: its number on paper and what it holds."""

    name: TableName
    number: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return self.name.label


def key_of(block: str, column: str, row: str) -> str:
    """Return the key of a figure."""
    return f"{block}.{column}.{row}"


def _labels(kinds: Iterable[Labelled]) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, kind.label) for kind in kinds)


_CATEGORY_HEAD, _CATEGORIES = N_("类别"), _labels(Category)
_COUNT, _VALUE = N_("项数"), N_("原值")
_O = OwnerKind
#: The levels of owners as the plan groups them; the last gathers all other kinds.
OWNERS: tuple[tuple[str, str, tuple[OwnerKind, ...]], ...] = (
    ("STATE", N_("国有"), (_O.STATE,)),
    ("TOWNSHIP", N_("乡镇"), (_O.TOWNSHIP,)),
    ("VILLAGE", N_("村集体"), (_O.VILLAGE_COLLECTIVE,)),
    ("GROUP", N_("组集体"), (_O.GROUP_COLLECTIVE,)),
    ("HOUSEHOLD", N_("农户"), (_O.HOUSEHOLD,)),
    ("OTHER", N_("其他"), (_O.COOPERATIVE, _O.ENTERPRISE, _O.OTHER)),
)
OWNER_OF: dict[str, str] = {kind.value: code for code, _label, kinds in OWNERS for kind in kinds}


def _pair(code: str, label: str, of: tuple[str, ...] = ()) -> tuple[Column, Column]:
    """Return count and value of some assets, under one head."""
    counts, values = tuple(f"n_{one}" for one in of), tuple(f"v_{one}" for one in of)
    return (
        Column(f"n_{code}", _COUNT, stands=True, of=counts, group=label),
        Column(f"v_{code}", _VALUE, stands=True, is_money=True, of=values, group=label),
    )


_HELD = Block(
    "held", N_("按类别和产权归属"), _CATEGORY_HEAD, _CATEGORIES,
    (
        *_pair("all", N_("合计"), tuple(code for code, _label, _kinds in OWNERS)),
        *(column for code, label, _kinds in OWNERS for column in _pair(code, label)),
    ),
)  # fmt: skip
_TITLES = tuple(status.value for status in TitleStatus)
_TITLE = Block(
    "title", N_("确权和移交"), _CATEGORY_HEAD, _CATEGORIES,
    (
        *_pair("all", N_("资产"), _TITLES),
        *_pair(TitleStatus.CONFIRMED.value, TitleStatus.CONFIRMED.label),
        *(Column(f"n_{one.value}", one.label, stands=True) for one in TitleStatus if one is not TitleStatus.CONFIRMED),
        Column("late", N_("确权超期"), stands=True),
        Column("confirmed", N_("本期确权")),
        Column("n_handed", N_("已移交"), stands=True),
        Column("n_kept", N_("未移交"), stands=True),
        Column("late_handing", N_("移交超期"), stands=True),
        Column("handed", N_("本期移交")),
    ),
)  # fmt: skip
_INCOME = Block(
    "income", N_("经营收益"), N_("收益种类"), _labels(kind for kind in IncomeKind if kind in DISTRIBUTABLE),
    (
        Column("own", N_("本期实收"), is_money=True),
        Column("reported", N_("经营主体、农户自报"), is_money=True),
    ),
)  # fmt: skip
_DUES = Block(
    "due", N_("应收和欠款"), N_("应收种类"), _labels(DueKind),
    (
        Column("due", N_("本期应收"), is_money=True),
        Column("settled", N_("本期收回"), is_money=True),
        Column("given_up", N_("本期核销"), is_money=True),
        Column("n_owed", N_("期末欠款笔数"), stands=True),
        Column("owed", N_("期末欠款"), stands=True, is_money=True),
    ),
)  # fmt: skip
_PLANS = Block(
    "plan", N_("收益分配方案"), N_("项目"), (("ALL", N_("分配方案")),),
    (
        Column("agreed", N_("本期通过方案")),
        Column("fund", N_("提取公积公益金"), is_money=True),
        Column("left", N_("期末未分配收益"), stands=True, is_money=True),
    ),
)  # fmt: skip
_USES = Block(
    "use", N_("收益使用和发放"), N_("用途"), _labels(UseKind),
    (
        Column("planned", N_("本期方案安排"), is_money=True),
        Column("handed", N_("本期发放"), is_money=True),
        Column("households", N_("到户户次")),
    ),
)  # fmt: skip
#: Uses of an asset that are none.
UNUSED = (UseStatus.IDLE, UseStatus.STOPPED, UseStatus.DAMAGED)
_IDLE = Block(
    "idle", N_("闲置、停用、损毁和低效"), _CATEGORY_HEAD, _CATEGORIES,
    (
        *_pair("all", N_("合计"), tuple(one.value for one in UNUSED)),
        *(column for one in UNUSED for column in _pair(one.value, one.label)),
        Column("low", N_("收益率连年偏低"), stands=True),
    ),
)  # fmt: skip
_DISPOSALS = Block(
    "disposal", N_("本期执行的处置"), N_("处置方式"), _labels(DisposalKind),
    (
        Column("cases", N_("事项数")),
        Column("assets", N_("资产项数")),
        Column("original", N_("原值"), is_money=True),
        Column("net", N_("净值"), is_money=True),
        Column("price", N_("成交价款"), is_money=True),
    ),
)  # fmt: skip
_PROCEEDS = Block(
    "proceeds", N_("处置收入"), N_("去向"), _labels(Destination),
    (
        Column("due", N_("本期应收价款"), is_money=True),
        Column("received", N_("本期到账"), is_money=True),
        Column("used", N_("本期使用、上缴"), is_money=True),
        Column("left", N_("期末未使用"), stands=True, is_money=True),
    ),
)  # fmt: skip
_NOTICES = Block(
    "notice", N_("公示和异议"), N_("公示种类"), _labels(NoticeKind),
    (
        Column("posted", N_("本期张贴")),
        Column("finished", N_("本期期满")),
        Column("short", N_("本期天数不足收回")),
        Column("hanging", N_("期末在公示"), stands=True),
        Column("objections", N_("本期异议")),
        Column("answered", N_("本期答复")),
        Column("open", N_("期末待答复"), stands=True),
    ),
)  # fmt: skip
_WARNINGS = Block(
    "warning", N_("风险预警"), N_("等级"), _labels(Severity),
    (
        Column("arisen", N_("本期发生")),
        Column("gone", N_("本期消除")),
        Column("open", N_("期末未消除"), stands=True),
    ),
)  # fmt: skip
_FINDINGS = Block(
    "finding", N_("问题整改"), N_("问题来源"), _labels(Source),
    (
        Column("found", N_("本期发现")),
        Column("recurred", N_("其中复发")),
        Column("over", N_("本期销号")),
        Column("open", N_("期末未销号"), stands=True),
        Column("late", N_("其中逾期"), stands=True),
    ),
)  # fmt: skip

_T = TableName
TABLES: tuple[TableForm, ...] = (
    TableForm(_T.HOLDINGS, N_("扶资定报 1 表"), (_HELD,)),
    TableForm(_T.TITLE, N_("扶资定报 2 表"), (_TITLE,)),
    TableForm(_T.INCOME, N_("扶资定报 3 表"), (_INCOME, _DUES, _PLANS, _USES)),
    TableForm(_T.IDLE, N_("扶资定报 4 表"), (_IDLE,)),
    TableForm(_T.DISPOSALS, N_("扶资定报 5 表"), (_DISPOSALS, _PROCEEDS)),
    TableForm(_T.NOTICES, N_("扶资定报 6 表"), (_NOTICES,)),
    TableForm(_T.RISKS, N_("扶资定报 7 表"), (_WARNINGS, _FINDINGS)),
)
BY_NAME: dict[TableName, TableForm] = {form.name: form for form in TABLES}
#: Block and column of the figures that say how things stand.
_STANDING = frozenset((block.code, part) for form in TABLES for block in form.blocks for part in block.standing)


def stands(key: str) -> bool:
    """Say whether a figure says how things are at the end of a period, and not what happened in it."""
    block, column, _row = key.split(".", 2)
    return (block, column) in _STANDING


def standing_of(figures: Mapping[str, int]) -> dict[str, int]:
    """Return the figures that say how things are."""
    return {key: value for key, value in figures.items() if stands(key)}


def happened_of(figures: Mapping[str, int]) -> dict[str, int]:
    """Return the figures that say what happened."""
    return {key: value for key, value in figures.items() if not stands(key)}
