"""What the pages of a case say: its badge, its figures, its gates in words, who may do what with it next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.typed import write_percent, write_quantity
from registry.assets.register.lookup.rows import Badge
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.gates.kinds import SETTLED_LATER, Asked, Gate, GateOutcome, Moment
from registry.disposal.kinds import MEANINGS, DisposalKind, DisposalStatus, Extent
from registry.disposal.valuation import Worth
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.places.queries import list_units_to_enter
from registry.text import N_

BADGES: dict[DisposalStatus, Badge] = {
    DisposalStatus.DRAFT: Badge(DisposalStatus.DRAFT.label, "plain"),
    DisposalStatus.SUBMITTED: Badge(DisposalStatus.SUBMITTED.label, "blue"),
    DisposalStatus.SENT_BACK: Badge(DisposalStatus.SENT_BACK.label, "orange"),
    DisposalStatus.APPROVED: Badge(DisposalStatus.APPROVED.label, "blue", "check-lg"),
    DisposalStatus.CALLED_IN: Badge(DisposalStatus.CALLED_IN.label, "orange", "pause-circle"),
    DisposalStatus.SUSPENDED: Badge(DisposalStatus.SUSPENDED.label, "red", "pause-circle"),
    DisposalStatus.DONE: Badge(DisposalStatus.DONE.label, "green", "check-lg"),
    DisposalStatus.REJECTED: Badge(DisposalStatus.REJECTED.label, "red"),
    DisposalStatus.WITHDRAWN: Badge(DisposalStatus.WITHDRAWN.label, "muted"),
}
#: How an answer looks: dot, symbol, tone of its word.
_LOOKS = {
    GateOutcome.PASSED: ("decided", "check-lg", "good"),
    GateOutcome.ARRANGED: ("corrected", "clock", "warn"),
    GateOutcome.FAILED: ("failed", "x-lg", "bad"),
}
_FIRST = (GateOutcome.FAILED, GateOutcome.ARRANGED, GateOutcome.PASSED)
#: What a failed gate stops, by when it was asked: now, or later on.
_STOPS_NOW = {Moment.SUBMIT: N_("挡提交"), Moment.DECIDE: N_("挡审批"), Moment.EXECUTE: N_("挡执行")}
_STOPS_LATER = {
    Moment.SUBMIT: N_("不挡提交，挡执行"), Moment.DECIDE: N_("不挡审批，挡执行"), Moment.EXECUTE: N_("挡执行"),
}  # fmt: skip
#: Where the applicant settles what a gate stops at: page of the case, or of the asset.
_SETTLED_AT = {
    Gate.TITLE: "title_standing.asset",
    Gate.ENCUMBRANCE: "title_standing.asset",
    Gate.CONTRACT: "contracts.asset",
    Gate.ARREARS: "contracts.asset",
    Gate.DEPOSIT: "income.asset",
    Gate.INCOME: "income.asset",
    Gate.REPAIR: "custody.asset",
    Gate.CUSTODY: "custody.asset",
    Gate.GROUND: "disposal_edit.files",
    Gate.APPRAISAL: "disposal_edit.report",
    Gate.DAY: "disposal_edit.facts",
    Gate.EXIT: "disposal_edit.facts",
}
OF_ASSET = frozenset(
    {
        Gate.TITLE, Gate.ENCUMBRANCE, Gate.CONTRACT, Gate.ARREARS, Gate.DEPOSIT, Gate.INCOME, Gate.REPAIR,
        Gate.CUSTODY,
    }
)  # fmt: skip
_NAMED = 3


def badge_of(status: str) -> Badge:
    """Return the state of a case in words and colour."""
    return BADGES[DisposalStatus(status)]


@dataclass(frozen=True)
class GateShown:
    """A gate as the page tells it: its name, its verdict, why, what it stops, how it will be settled, and where."""

    label: str
    verdict: str
    dot: str
    symbol: str
    tone: str
    said: str
    stops: str
    plan: str
    endpoint: str
    of_asset: bool
    #: The gate's name untranslated, and whether it is arranged or open and must be settled before execution.
    name: str
    settled_later: bool

    @property
    def is_failed(self) -> bool:
        return self.tone == "bad"


def gates_shown(asked: Iterable[Asked], moment: Moment) -> list[GateShown]:
    """Return the gates as they are told: what fails first, then what is arranged, then what passed."""
    rows = sorted(asked, key=lambda one: _FIRST.index(one.outcome))
    return [_gate(one, moment) for one in rows]


def _gate(one: Asked, moment: Moment) -> GateShown:
    dot, symbol, tone = _LOOKS[one.outcome]
    is_passed = one.outcome is GateOutcome.PASSED
    return GateShown(
        _(one.gate.label), _(one.outcome.label), dot, symbol, tone, say_answer(one), stops_of(one, moment),
        "" if is_passed else one.answer.params.get("plan", ""),
        "" if is_passed else _SETTLED_AT.get(one.gate, ""), one.gate in OF_ASSET, one.gate.label,
        one.gate in SETTLED_LATER and one.blocks_later,
    )  # fmt: skip


def say_answer(one: Asked) -> str:
    """Translate the reason of an answer, and the words put into it."""
    params = {name: "、".join(_(word) if word else "" for word in text.split("、"))
              for name, text in one.answer.params.items()}  # fmt: skip
    return str(_(one.answer.said, **params) if params else _(one.answer.said))


def stops_of(one: Asked, moment: Moment) -> str:
    """Say what an answer stops: now, at execution, or nothing."""
    if one.outcome is GateOutcome.ARRANGED:
        return _("执行前须结清") if one.blocks_later else ""
    if one.outcome is GateOutcome.PASSED:
        return ""
    if one.blocks:
        return str(_(_STOPS_NOW[moment]))
    return str(_(_STOPS_LATER[moment])) if one.blocks_later else ""


def tally_of(asked: Iterable[Asked]) -> list[tuple[str, int, str]]:
    """Return how many gates answered how: word, number, tone; what none answered is left out."""
    rows = [*asked]
    counts = [(outcome, sum(one.outcome is outcome for one in rows)) for outcome in GateOutcome]
    return [(_(outcome.label), count, _LOOKS[outcome][2]) for outcome, count in counts if count]


def figures_of(case: DisposalCase, worth: Worth, basis_fen: int) -> list[tuple[str, str]]:
    """Return the four values: as they were submitted, or as they are today while the case is filled in."""
    is_fixed = bool(case.submitted_on and case.route_key)
    values = (
        (_("原值（元）"), case.original_fen if is_fixed else worth.original_fen),
        (_("净值（元）"), case.net_fen if is_fixed else worth.net_fen),
        (_("评估价（元）"), case.appraised_fen if is_fixed else worth.appraised_fen),
        (_("定档价值（元）"), case.basis_fen if is_fixed else basis_fen),
    )
    return [(label, "—" if fen is None else format_yuan(fen)) for label, fen in values]


def amount_text(line: DisposalLine, holders: dict[int, str]) -> str:
    """Say how much of an asset a line takes."""
    asset = line.asset
    if line.how_much is Extent.SHARE and line.share_bp:
        who = holders.get(line.holder_id or 0, "")
        return str(_("%(who)s的 %(share)s%% 份额", who=who, share=write_percent(line.share_bp)))
    if line.how_much is Extent.QUANTITY and line.quantity_milli:
        part, whole = write_quantity(line.quantity_milli), write_quantity(asset.quantity_milli or 0)
        return str(_("%(part)s %(unit)s（登记 %(whole)s %(unit)s）", part=part, whole=whole, unit=asset.unit))
    if asset.quantity_milli is None:
        return str(_("全部"))
    return str(_("%(whole)s %(unit)s（全部）", whole=write_quantity(asset.quantity_milli), unit=asset.unit))


def units_to_start(actor: Actor) -> Sequence[tuple[str, str]]:
    """Return the units for which the actor brings cases in: their own, where they are its clerk."""
    return [unit for unit in list_units_to_enter(actor, Permission.DISPOSAL_ENTER) if unit[0] == actor.unit_code]


def kinds_for(assets: Sequence[Asset]) -> list[DisposalKind]:
    """Return the kinds of disposal that all of these assets admit."""
    natures = {asset.subtype_row.nature for asset in assets}
    return [kind for kind in DisposalKind if natures <= MEANINGS[kind].natures]


def title_of(kind: DisposalKind, names: Sequence[str]) -> str:
    """Name a case that nobody named: what, and how."""
    if len(names) == 1:
        return f"{names[0]}{kind.label}"[:100]
    return (N_("%(names)s等 %(count)s 项%(kind)s") % {
        "names": "、".join(names[:_NAMED])[:70], "count": len(names), "kind": kind.label,
    })[:100]  # fmt: skip
