"""How tiers, amounts and ratios of disposals are written on paper. Pure."""

from registry.assets.register.registration import WHOLE_BP
from registry.assets.register.rules import percent
from registry.money import format_yuan
from registry.policy.routes import ROUTES_BY_KEY

_COLON = "："


def route_label(key: str) -> str:
    """Return what a route is called."""
    return ROUTES_BY_KEY[key].label if key in ROUTES_BY_KEY else key


def tier_text(key: str) -> str:
    """Return the tier that a route's name begins with, or the whole name where there are no tiers."""
    return route_label(key).split(_COLON)[0]


def yuan(fen: int | None) -> str:
    """Write an amount with its unit; nothing if there is none."""
    return "" if fen is None else f"{format_yuan(fen)} 元"


def ratio_text(price_fen: int, base_fen: int) -> str:
    """Write a price as a share of what it is measured against, rounded down to a hundredth of a percent."""
    return f"{percent(price_fen * WHOLE_BP // base_fen)}%" if base_fen else ""
