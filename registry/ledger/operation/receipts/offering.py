"""As what an asset's income is likely to come where nothing falls due: one rule for the form and the sheet. Pure."""

from dataclasses import dataclass, replace

from registry.assets.register.categories import BY_CODE, Nature, OperatingMode
from registry.ledger.operation.kinds import RentKind
from registry.ledger.operation.receipts.kinds import KINDS, IncomeKind


@dataclass(frozen=True)
class Source:
    """What kind of income an asset brings, from whom, and under which contract or equity."""

    kind: IncomeKind
    payer: str = ""
    contract_id: int | None = None
    equity_id: int | None = None


_K, _M = IncomeKind, OperatingMode
#: As what a contract's money is entered; what is reckoned by results comes under the name of rent.
BY_RENT: dict[RentKind, IncomeKind] = {
    RentKind.FIXED: _K.RENT,
    RentKind.SHARE: _K.RENT,
    RentKind.GUARANTEED: _K.GUARANTEED_RETURN,
}
#: What the card alone tells: by what the asset is, by the way others run it, and by its subtype.
_BY_NATURE: dict[Nature, IncomeKind] = {Nature.EQUITY: _K.DIVIDEND, Nature.DEBT: _K.GUARANTEED_RETURN}
_BY_MODE: dict[OperatingMode, IncomeKind] = {
    **dict.fromkeys((_M.LEASE, _M.CONTRACT_OUT, _M.ENTRUST, _M.TRUSTEESHIP), _K.RENT),
    **dict.fromkeys((_M.PROFESSIONAL, _M.COUNTY_COMPANY), _K.RENT),
    **dict.fromkeys((_M.JOINT, _M.SHAREHOLDING, _M.COOPERATIVE), _K.DIVIDEND),
}
_BY_SUBTYPE: dict[str, IncomeKind] = {"PHOTOVOLTAIC": _K.PV_SETTLEMENT}
#: Settled anew each time: never the same as last time.
SETTLED_ANEW = frozenset({_K.PV_SETTLEMENT})


def by_card(subtype: str, mode: str, operator: str, investee: str) -> Source:
    """Return what the card tells: shares and loans by their nature, else how others run it, else the owners' own."""
    nature = _BY_NATURE.get(BY_CODE[subtype].nature)
    if nature is not None:
        return Source(nature, investee or operator)
    run = _BY_MODE.get(OperatingMode(mode)) if mode else None
    if run is not None:
        return Source(run, operator)
    return Source(_BY_SUBTYPE.get(subtype, _K.SELF_RUN))


def offered(agreed: Source | None, last: Source | None, card: Source) -> Source:
    """Return what is offered: what runs under contract or equity, else as last time, else what the card tells.

    What came last says how it is called; only income repeats itself, and goods have to be named anew.
    """
    repeats = last is not None and KINDS[last.kind].is_earned and last.kind is not _K.IN_KIND
    if last is None or not repeats:
        return agreed or card
    if agreed is None:
        return Source(last.kind, last.payer)
    same = (last.contract_id, last.equity_id) == (agreed.contract_id, agreed.equity_id)
    return replace(agreed, kind=last.kind, payer=last.payer or agreed.payer) if same else agreed
