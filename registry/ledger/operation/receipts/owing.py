"""Who owes what when a receipt is entered or checked, and whose money it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.database import db
from registry.kinds import OwnerKind
from registry.ledger.operation.contracts.models import Contract, ContractAsset, ContractShare
from registry.ledger.operation.contracts.queries import holders_of
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import HeldAsset, OpenDue, Slice, split
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.receipts.kinds import KINDS
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.queries import list_waiting_fen
from registry.ledger.operation.receipts.rules import ContractMissing, DueNotTheirs, ReceiptFacts
from registry.ledger.operation.receipts.splitting import Owed, less_waiting
from registry.parties.models import Party

#: Whose money enters the books; of what others own only the reported income is noted.
PUBLIC = frozenset(
    {OwnerKind.STATE, OwnerKind.TOWNSHIP, OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE}
)  # fmt: skip
_OPEN = sorted(status.value for status in OUTSTANDING)


def list_dues_for(facts: ReceiptFacts) -> list[Due]:
    """Return the open dues that a receipt can pay, the oldest first."""
    if facts.contract_id is None and facts.equity_id is None:
        return []
    kinds = [kind.value for kind in KINDS[facts.kind].settles]
    rows = select(Due).where(Due.status.in_(_OPEN), Due.kind.in_(kinds))
    mine = Due.contract_id == facts.contract_id if facts.contract_id is not None else Due.equity_id == facts.equity_id
    return list(db.session.scalars(rows.where(mine).order_by(Due.due_on, Due.id)))


def owed_of(dues: list[Due]) -> list[Owed]:
    """Return dues as splitting knows them."""
    return [Owed(due.as_open, due.period_from, due.period_to) for due in dues]


def list_open_for(facts: ReceiptFacts, *, but: int | None = None) -> list[OpenDue]:
    """Return what a receipt can still pay, once those that wait to be checked are counted; ``but`` one of these."""
    dues = [due.as_open for due in list_dues_for(facts)]
    if not dues:
        return []
    return less_waiting(list_waiting_fen(contract_id=facts.contract_id, equity_id=facts.equity_id, but=but), dues)


def slices_of(asset_id: int, facts: ReceiptFacts, amount_fen: int) -> list[Slice]:
    """Split money that pays no due: by the contract's shares, to the holder of equity, or among the asset's owners."""
    if facts.contract_id is not None:
        return _by_contract(facts.contract_id, amount_fen, facts.received_on)
    if facts.equity_id is not None:
        return [Slice(asset_id, db.session.get_one(Equity, facts.equity_id).holder_id, amount_fen)]
    holders = holders_of([asset_id], facts.received_on)[asset_id]
    return split(amount_fen, holders, [HeldAsset(asset_id, 1, holders)])


def _by_contract(contract_id: int, amount_fen: int, on: date) -> list[Slice]:
    agreed = select(ContractShare.party_id, ContractShare.share_bp).where(ContractShare.contract_id == contract_id)
    shares = {row.party_id: row.share_bp for row in db.session.execute(agreed)}
    rows = select(ContractAsset).where(ContractAsset.contract_id == contract_id).order_by(ContractAsset.id)
    items = list(db.session.scalars(rows))
    held = holders_of([one.asset_id for one in items], on)
    return split(amount_fen, shares, [HeldAsset(one.asset_id, one.weight, held[one.asset_id]) for one in items])


def is_public(asset: Asset) -> bool:
    """Say whether what an asset earns is the public's: its managing owner is no household and no company."""
    return not asset.owner_kind or OwnerKind(asset.owner_kind) in PUBLIC


def units_of(receipts: Sequence[Receipt]) -> set[str]:
    """Return the units whose logs the checking of receipts writes into: their own, and every owner's."""
    contracts = {one.contract_id for one in receipts if one.contract_id is not None}
    equity = {one.equity_id for one in receipts if one.equity_id is not None}
    shares = select(ContractShare.region_code).where(ContractShare.contract_id.in_(contracts))
    holders = select(Party.region_code).join(Equity, Equity.holder_id == Party.id).where(Equity.id.in_(equity))
    owners = (
        select(Party.region_code)
        .join(AssetOwner, AssetOwner.party_id == Party.id)
        .where(AssetOwner.asset_id.in_({one.asset_id for one in receipts}))
    )
    found = {one.region_code for one in receipts}
    return found.union(*(db.session.scalars(rows) for rows in (shares, holders, owners)))


def unit_of(asset: Asset, facts: ReceiptFacts) -> str:
    """Return the unit that manages a receipt: the contract's or the equity's, else the asset's.

    Raises ContractMissing if there is no such contract or equity.
    """
    if facts.contract_id is not None:
        unit = db.session.scalar(select(Contract.region_code).where(Contract.id == facts.contract_id))
    elif facts.equity_id is not None:
        unit = db.session.scalar(select(Equity.region_code).where(Equity.id == facts.equity_id))
    else:
        unit = asset.region_code
    if unit is None:
        raise ContractMissing(field="contract_id", kind=facts.kind.label)
    return unit


def check_agreed(asset_id: int, facts: ReceiptFacts) -> None:
    """Raise ContractMissing unless the contract or equity that is named was ever about the asset."""
    if facts.contract_id is not None:
        about = select(ContractAsset.contract_id).join(Contract, Contract.id == ContractAsset.contract_id)
        about = about.where(Contract.id == facts.contract_id, Contract.signed_on.is_not(None))
        known = db.session.scalar(about.where(ContractAsset.asset_id == asset_id))
    elif facts.equity_id is not None:
        known = db.session.scalar(select(Equity.id).where(Equity.id == facts.equity_id, Equity.asset_id == asset_id))
    else:
        return
    if known is None:
        raise ContractMissing(field="contract_id", kind=facts.kind.label)


def check_named(facts: ReceiptFacts, *, is_correction: bool) -> None:
    """Raise DueNotTheirs unless the due that is named can be paid by this; a correction frees what it paid before."""
    if facts.due_id is None:
        return
    due = db.session.get(Due, facts.due_id)
    mine = due is not None and (due.contract_id, due.equity_id) == (facts.contract_id, facts.equity_id)
    if due is None or not mine or due.about not in KINDS[facts.kind].settles:
        raise DueNotTheirs(field="due_id")
    if due.state not in OUTSTANDING and not is_correction:
        raise DueNotTheirs(field="due_id")


@dataclass(frozen=True)
class Agreed:
    """A contract or equity under which an asset can earn, as a form offers it."""

    label: str
    contract_id: int | None = None
    equity_id: int | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        if self.contract_id is not None:
            return f"c{self.contract_id}"
        return f"e{self.equity_id}" if self.equity_id is not None else ""


def list_agreed(asset_id: int) -> list[Agreed]:
    """Return the contracts ever signed about an asset and its equity, the latest first: debts outlive a contract."""
    contracts = (
        select(Contract.id, Contract.name, Contract.operator_name)
        .join(ContractAsset, ContractAsset.contract_id == Contract.id)
        .where(ContractAsset.asset_id == asset_id, Contract.signed_on.is_not(None))
        .order_by(Contract.id.desc())
    )
    equity = (
        select(Equity.id, Equity.number, Party.name)
        .join(Party, Party.id == Equity.investee_id)
        .where(Equity.asset_id == asset_id)
        .order_by(Equity.id.desc())
    )
    return [
        *(Agreed(f"{name} {operator}", contract_id=key) for key, name, operator in db.session.execute(contracts)),
        *(Agreed(f"{number} {investee}", equity_id=key) for key, number, investee in db.session.execute(equity)),
    ]


def list_payable(agreed: Sequence[Agreed], named_id: int | None = None) -> list[Due]:
    """Return the open dues under these contracts and equity, the oldest first; and the one that was named before."""
    contracts = [one.contract_id for one in agreed if one.contract_id is not None]
    equity = [one.equity_id for one in agreed if one.equity_id is not None]
    mine = or_(Due.contract_id.in_(contracts), Due.equity_id.in_(equity))
    rows = select(Due).where(mine, or_(Due.status.in_(_OPEN), Due.id == named_id))
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id)))
