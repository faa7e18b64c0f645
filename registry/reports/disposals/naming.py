"""How tiers, amounts and ratios of disposals are written on paper. Pure."""

from registry.assets.register.registration import WHOLE_BP
from registry.assets.register.rules import percent
from registry.disposal.kinds import Ground
from registry.money import format_yuan
from registry.policy.routes import ROUTES_BY_KEY
from registry.text import N_

_COLON = "："
_G = Ground
#: Why, in few characters: the register has a narrow column for it.
_SHORT_GROUNDS: dict[str, str] = {
    ground.label: short
    for ground, short in (
        (_G.DISASTER, N_("灾害事故")),
        (_G.PLANNING, N_("规划占用")),
        (_G.LIFE_ENDED, N_("期满隐患")),
        (_G.IDLE, N_("闲置转产")),
        (_G.TERM_ENDED, N_("协议到期")),
        (_G.REPLACED, N_("项目覆盖")),
        (_G.OBSOLETE, N_("技术落后")),
        (_G.BAD_DEBT, N_("盘亏呆账")),
        (_G.CONSUMED, N_("正常消耗")),
        (_G.OTHER, N_("其他")),
    )
}


def route_label(key: str) -> str:
    """Return what a route is called."""
    return ROUTES_BY_KEY[key].label if key in ROUTES_BY_KEY else key


def short_ground(label: str) -> str:
    """Return a ground in few characters."""
    return _SHORT_GROUNDS.get(label, label)


def tier_text(key: str) -> str:
    """Return the tier that a route's name begins with, or the whole name where there are no tiers."""
    return route_label(key).split(_COLON)[0]


def yuan(fen: int | None) -> str:
    """Write an amount with its unit; nothing if there is none."""
    return "" if fen is None else f"{format_yuan(fen)} 元"


def ratio_text(price_fen: int, base_fen: int) -> str:
    """Write a price as a share of what it is measured against, rounded down to a hundredth of a percent."""
    return f"{percent(price_fen * WHOLE_BP // base_fen)}%" if base_fen else ""
