"""What may be done with an asset in its state by this person: one table, read top to bottom. Pure."""

from dataclasses import dataclass

from registry.assets.register.categories import BEHAVIOURS
from registry.assets.register.registration import STANDING, Stage
from registry.kinds import Category
from registry.permissions import Actor, Permission, may
from registry.text import N_


@dataclass(frozen=True)
class Deed:
    """A deed on an asset: the page it begins on, its name, who may, and in which states."""

    endpoint: str
    label: str
    permission: Permission
    stages: frozenset[Stage]
    posted: bool = False
    #: It is the reader's own work at this asset, so a row of a list begins with it instead of with a look.
    leads: bool = False
    categories: frozenset[Category] = frozenset(Category)


_P = Permission
_CONFIRMED = frozenset({Stage.CONFIRMED})
_DISPOSABLE = frozenset(kind for kind in Category if BEHAVIOURS[kind].has_disposal)
CONFIRM = Deed("cards.confirm", N_("去核对"), _P.ASSET_CONFIRM, frozenset({Stage.SUBMITTED}), leads=True)
#: In the order of their weight: the first that is open to the reader is the solid button.
DEEDS: tuple[Deed, ...] = (
    CONFIRM,
    Deed("cards.edit", N_("修改登记"), _P.ASSET_ENTER, frozenset({Stage.SENT_BACK, Stage.SUBMITTED}), leads=True),
    Deed("amendments.correct", N_("申请更正"), _P.ASSET_ENTER, _CONFIRMED, leads=True),
    Deed("disposal_edit.new", N_("申请处置"), _P.DISPOSAL_ENTER, _CONFIRMED, categories=_DISPOSABLE),
    Deed(
        "disposal_deeds.household",
        N_("记录农户自行处置"),
        _P.DISPOSAL_ENTER,
        _CONFIRMED,
        categories=frozenset(Category) - _DISPOSABLE,
    ),
    Deed("amendments.add_comment", N_("批注"), _P.COMMENT, STANDING),
    Deed("asset_evidence.add", N_("上传附件"), _P.EVIDENCE_ADD, STANDING),
    Deed("amendments.change_value", N_("登记价值变动"), _P.ASSET_ENTER, _CONFIRMED),
    Deed("amendments.add_legacy", N_("补录历史"), _P.ASSET_ENTER, _CONFIRMED),
    Deed("findings.new", N_("登记问题"), _P.FINDING_ENTER, _CONFIRMED),
    Deed("cards.withdraw", N_("撤销登记"), _P.ASSET_ENTER, frozenset({Stage.SENT_BACK, Stage.SUBMITTED})),
)
#: Pages to look at, to which the page of an asset leads; a row of a list offers deeds only.
LOOKS: tuple[Deed, ...] = (
    Deed("title_standing.asset", N_("确权"), _P.ASSET_READ, _CONFIRMED | {Stage.DISPOSED, Stage.SUPERSEDED}),
    Deed("custody.asset", N_("管护巡查"), _P.ASSET_READ, _CONFIRMED),
    Deed("stock_sheets.asset", N_("清查盘点"), _P.ASSET_READ, _CONFIRMED | {Stage.DISPOSED, Stage.SUPERSEDED}),
    Deed("findings.index", N_("问题整改"), _P.ASSET_READ, _CONFIRMED | {Stage.DISPOSED, Stage.SUPERSEDED}),
    Deed("evaluation_lines.asset", N_("绩效评价"), _P.ASSET_READ, _CONFIRMED | {Stage.DISPOSED, Stage.SUPERSEDED}),
    Deed("contracts.asset", N_("经营"), _P.LEDGER_READ, _CONFIRMED | {Stage.DISPOSED, Stage.SUPERSEDED}),
    Deed("income.asset", N_("收益"), _P.LEDGER_READ, _CONFIRMED | {Stage.DISPOSED, Stage.SUPERSEDED}),
)
PRINT_CARD = Deed("reports.print_card", N_("打印资产卡片"), _P.PRINT, frozenset(Stage), posted=True)


def deeds_open_to(
    actor: Actor, *, stage: str, category: str, region_code: str, entered_by_id: int | None
) -> list[Deed]:
    """Return what the person may do with an asset; nobody confirms what they entered themselves."""
    return [
        deed
        for deed in DEEDS
        if stage in deed.stages
        and category in deed.categories
        and may(actor, deed.permission, region_code)
        and not (deed is CONFIRM and actor.id == entered_by_id)
    ]


def looks_open_to(actor: Actor, *, stage: str, region_code: str) -> list[Deed]:
    """Return which further pages of an asset the person may look at."""
    return [look for look in LOOKS if stage in look.stages and may(actor, look.permission, region_code)]
