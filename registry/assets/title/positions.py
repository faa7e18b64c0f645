"""Where an asset stands on the way from the first count to custody. Pure.

Domain rules, section 3: 待清查 → 已登记 → 核实中 → 公示中 → (异议处理) → 已确认 → 已确权 → 待移交 → 已移交 → 在管.
The place is not kept but follows from what is kept, so it can never contradict it.
"""

from dataclasses import dataclass

from registry.assets.register.categories import TitleStatus
from registry.assets.register.registration import Stage
from registry.text import N_, Labelled


class Position(Labelled):
    """Where an asset stands on the way to custody."""

    UNCHECKED = "UNCHECKED", N_("待清查")
    REGISTERED = "REGISTERED", N_("已登记")
    VERIFYING = "VERIFYING", N_("核实中")
    ON_NOTICE = "ON_NOTICE", N_("公示中")
    OBJECTED = "OBJECTED", N_("异议处理")
    AGREED = "AGREED", N_("已确认")
    TITLED = "TITLED", N_("已确权")
    HAND_OVER_DUE = "HAND_OVER_DUE", N_("待移交")
    HANDED_OVER = "HANDED_OVER", N_("已移交")
    IN_CARE = "IN_CARE", N_("在管")


_P = Position
#: Where an asset may stand next. A case that is withdrawn or refused leads back; an objection may come at any time.
FOLLOWS: dict[Position, frozenset[Position]] = {
    _P.UNCHECKED: frozenset({_P.REGISTERED, _P.TITLED}),
    _P.REGISTERED: frozenset({_P.VERIFYING, _P.OBJECTED}),
    _P.VERIFYING: frozenset({_P.ON_NOTICE, _P.AGREED, _P.REGISTERED, _P.OBJECTED}),
    _P.ON_NOTICE: frozenset({_P.OBJECTED, _P.VERIFYING, _P.AGREED, _P.REGISTERED}),
    _P.OBJECTED: frozenset({_P.ON_NOTICE, _P.VERIFYING, _P.REGISTERED, _P.AGREED, _P.TITLED, _P.HANDED_OVER}),
    _P.AGREED: frozenset({_P.TITLED, _P.OBJECTED}),
    _P.TITLED: frozenset({_P.HAND_OVER_DUE, _P.HANDED_OVER, _P.IN_CARE, _P.OBJECTED}),
    _P.HAND_OVER_DUE: frozenset({_P.HANDED_OVER, _P.TITLED, _P.OBJECTED}),
    _P.HANDED_OVER: frozenset({_P.IN_CARE, _P.OBJECTED}),
    _P.IN_CARE: frozenset({_P.OBJECTED}),
}


@dataclass(frozen=True)
class Facts:
    """What decides where an asset stands; ``on_notice`` and ``objected`` tell of the case it lies in."""

    stage: Stage
    title: TitleStatus
    in_case: bool = False
    on_notice: bool = False
    objected: bool = False
    certified: bool = False
    handing_over: bool = False
    handed_over: bool = False
    in_system: bool = False


def position_of(facts: Facts) -> Position:
    """Return where an asset stands."""
    if facts.stage is not Stage.CONFIRMED:
        return _P.UNCHECKED
    if facts.title is TitleStatus.DISPUTED or facts.objected:
        return _P.OBJECTED
    if facts.title is TitleStatus.CONFIRMED:
        return _settled(facts)
    if facts.on_notice:
        return _P.ON_NOTICE
    return _P.VERIFYING if facts.in_case else _P.REGISTERED


def _settled(facts: Facts) -> Position:
    if not facts.certified:
        return _P.AGREED
    if facts.handed_over:
        return _P.IN_CARE if facts.in_system else _P.HANDED_OVER
    return _P.HAND_OVER_DUE if facts.handing_over else _P.TITLED
