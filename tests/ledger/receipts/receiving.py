"""Income for tests: a cold store let to a company, what is due for it, receipts entered and checked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import OperatingMode
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db, transaction
from registry.kinds import OwnerKind, Sector
from registry.ledger.operation.contracts.kinds import AwardWay, ContractStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset, ContractShare
from registry.ledger.operation.contracts.queries import holders_of
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.plan import Period, PlannedDue
from registry.ledger.operation.dues.rules import HeldAsset
from registry.ledger.operation.dues.services import Debt, add_dues
from registry.ledger.operation.kinds import DueKind, Frequency, RentKind
from registry.ledger.operation.receipts.checking import approve_receipt
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.owing import units_of
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.ledger.operation.receipts.services import enter_receipt
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from tests.factories import TODAY, person

RENT_FEN = 3_000_000
#: The quarters of the year that tests live in, and the first of the next.
QUARTERS = tuple(
    Period(first, last, first)
    for first, last in (
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    )
)


def let(
    *assets: Asset, quarters: Sequence[Period] = QUARTERS, fen: int = RENT_FEN, operator: str = "石柱冷链有限公司"
) -> tuple[int, list[int]]:
    """Let assets to a company by the quarter; returns the contract's id and its dues', the oldest first."""
    keys, region = [one.id for one in assets], assets[0].region_code
    by = person("village_clerk")
    held = holders_of(keys, TODAY)
    weights: dict[int, int] = {}
    for shares in held.values():
        for party_id, share_bp in shares.items():
            weights[party_id] = weights.get(party_id, 0) + share_bp
    shares = {party_id: weight // len(keys) for party_id, weight in weights.items()}
    units = {party.id: party.region_code for party in db.session.query(Party).filter(Party.id.in_(shares))}
    with transaction(*{region, *units.values()}):
        debtor = add_party(PartyFacts(OwnerKind.ENTERPRISE, operator, region), by=by)
        contract = Contract(
            region_code=region, number=f"HT{region}-{operator}", name="冷链仓库出租合同",
            mode=OperatingMode.LEASE.value,
            sector=Sector.AGRICULTURE.value, status=ContractStatus.RUNNING.value, operator_id=debtor.id,
            operator_name=operator, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31),
            rent_kind=RentKind.FIXED.value, yearly_fen=fen * 4, frequency=Frequency.QUARTERLY.value,
            award=AwardWay.TENDER.value, entered_by_id=by.id, entered_by_text="x", entered_at=now(),
            signed_on=date(2025, 12, 20), agreed_on=date(2025, 12, 15),
            assets=[ContractAsset(region_code=region, asset_id=key, weight=1) for key in keys],
            shares=[
                ContractShare(region_code=units[key], party_id=key, share_bp=share) for key, share in shares.items()
            ],
        )  # fmt: skip
        db.session.add(contract)
        db.session.flush()
        debt = Debt(
            region, Sector.AGRICULTURE.value, operator, shares, units,
            [HeldAsset(key, 1, held[key]) for key in keys], contract.id, None, debtor.id,
        )  # fmt: skip
        dues = add_dues(debt, DueKind.RENT, [PlannedDue(period, fen) for period in quarters])
        record(Action.IMPORTED, contract, by=by)
        return contract.id, [due.id for due in dues]


def let_on(contract_id: int, asset: Asset, quarter: Period, fen: int) -> int:
    """Let another quarter fall due under a contract that runs; returns the due's id."""
    asset_id, by = asset.id, person("village_clerk")
    contract = db.session.get_one(Contract, contract_id)
    shares = {one.party_id: one.share_bp for one in contract.shares}
    units = {one.party_id: one.region_code for one in contract.shares}
    held, debtor_id, name = holders_of([asset_id], TODAY), contract.operator_id, contract.operator_name
    region = contract.region_code
    with transaction(*{region, *units.values()}):
        debt = Debt(
            region, Sector.AGRICULTURE.value, name, shares, units, [HeldAsset(asset_id, 1, held[asset_id])],
            contract_id, None, debtor_id,
        )  # fmt: skip
        (found,) = add_dues(debt, DueKind.RENT, [PlannedDue(quarter, fen)])
        record(Action.IMPORTED, found, by=by)
        return found.id


def rent(fen: int = RENT_FEN, contract_id: int | None = None, **changes: object) -> ReceiptFacts:
    """A quarter's rent, paid today."""
    facts = ReceiptFacts(
        IncomeKind.RENT, fen, TODAY, date(2026, 10, 1), date(2026, 12, 31), "石柱冷链有限公司", contract_id=contract_id
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def entered_receipt(
    asset: Asset, facts: ReceiptFacts, *, by: str = "village_clerk", twice: bool = False, on: date = TODAY
) -> Receipt:
    """A receipt that waits to be checked."""
    asset_id, region, actor = asset.id, asset.region_code, person(by)
    with transaction(region):
        return enter_receipt(db.session.get_one(Asset, asset_id), facts, by=actor, on=on, twice=twice)


def checked(receipt: Receipt, *, by: str = "village_head", on: date = TODAY) -> Receipt:
    """A receipt that another person checked."""
    receipt_id, units, actor = receipt.id, units_of([receipt]), person(by)
    with transaction(*units):
        found = db.session.get_one(Receipt, receipt_id)
        approve_receipt(found, by=actor, on=on)
        return found


def posted(asset: Asset, facts: ReceiptFacts, **how: object) -> Receipt:
    """A receipt that was entered and checked."""
    return checked(entered_receipt(asset, facts, **how))  # type: ignore[arg-type]


def due(due_id: int) -> Due:
    """A due as it stands."""
    return db.session.get_one(Due, due_id)
