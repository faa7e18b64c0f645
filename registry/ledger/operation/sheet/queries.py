"""What the rows of a sheet begin with: the unit's assets that can earn, what is due for them, what came last."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import case, func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.kinds import Category
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.periods import Period
from registry.ledger.operation.receipts.entered import Key, waiting_beside_due, waiting_sums
from registry.ledger.operation.receipts.kinds import BY_DUE, IncomeKind
from registry.ledger.operation.receipts.models import QuietPeriod, Receipt
from registry.ledger.operation.receipts.offering import Source, offered
from registry.ledger.operation.receipts.rules import ALIVE
from registry.ledger.operation.receipts.standing import agreed_for, cards_of, source_of
from registry.ledger.operation.sheet.rules import MOST_ROWS, Offer
from registry.permissions import Actor, Permission
from registry.scope import within

_OPEN = sorted(status.value for status in OUTSTANDING)
_ALIVE = sorted(status.value for status in ALIVE)


def list_assets(region_code: str, actor: Actor) -> list[Asset]:
    """Return the unit's own confirmed assets that can earn, in the order of the register."""
    rows = select(Asset).where(
        within(Asset, actor, Permission.INCOME_ENTER),
        Asset.region_code == region_code,
        Asset.category == Category.OPERATING.value,
        Asset.stage == Stage.CONFIRMED.value,
    )
    return list(db.session.scalars(rows.order_by(Asset.id).limit(MOST_ROWS)))


@dataclass(frozen=True)
class DueNow:
    """What of one contract or equity falls due in a period, and what was due before it (fen)."""

    kind: IncomeKind
    debtor: str
    contract_id: int | None
    equity_id: int | None
    due_fen: int
    arrears_fen: int


@dataclass
class Received:
    """What an asset received in the period and in the one before, and its latest receipt."""

    now_fen: int = 0
    before_fen: int | None = None
    latest: Receipt | None = field(default=None)


def offers_of(assets: Sequence[Asset], period: Period) -> list[Offer]:
    """Return a row for each asset; a contract over several assets has its row at the first of them."""
    keys, claimed, offers = [one.id for one in assets], set[Key](), []
    dues, received, quiet = _dues_by_asset(keys, period), _received(keys, period), _quiet(keys, period)
    agreed, cards = agreed_for(keys, period.last), cards_of(assets, period.last)
    for asset in assets:
        due, got = dues.get(asset.id), received.get(asset.id, Received())
        if due is not None and (due.contract_id, due.equity_id) in claimed:
            due = None
        if due is not None:
            claimed.add((due.contract_id, due.equity_id))
        source = offered(agreed.get(asset.id), source_of(got.latest), cards[asset.id])
        offers.append(_offer(asset, due, source, got, is_quiet=asset.id in quiet))
    return offers


def _offer(asset: Asset, due: DueNow | None, source: Source, got: Received, *, is_quiet: bool) -> Offer:
    if due is not None:
        return Offer(
            asset.id, asset.asset_no, asset.name, due.kind, due.contract_id, due.equity_id, due.due_fen,
            got.before_fen, due.debtor, got.now_fen, due.arrears_fen, is_quiet=is_quiet,
        )  # fmt: skip
    return Offer(
        asset.id, asset.asset_no, asset.name, source.kind, source.contract_id, source.equity_id,
        last_fen=got.before_fen, payer=source.payer, entered_fen=got.now_fen, is_quiet=is_quiet,
    )  # fmt: skip


def _dues_by_asset(keys: Sequence[int], period: Period) -> dict[int, DueNow]:
    """Return what is due of each asset by the end of the period, receipts that wait to be checked laid on first."""
    rows = (
        select(DueShare.asset_id, Due)
        .join(Due, Due.id == DueShare.due_id)
        .where(DueShare.asset_id.in_(keys), Due.status.in_(_OPEN), Due.due_on <= period.last)
        .order_by(Due.due_on, Due.id)
    )
    found: dict[int, dict[int, Due]] = {}
    for asset_id, due in db.session.execute(rows):
        if asset_id is None:
            continue
        found.setdefault(asset_id, {})[due.id] = due
    waiting = waiting_sums({(due.contract_id, due.equity_id) for dues in found.values() for due in dues.values()})
    return {
        asset_id: now
        for asset_id, dues in found.items()
        if (now := _due_now(list(dues.values()), waiting, period)) is not None
    }


def _due_now(dues: list[Due], waiting: dict[Key, int], period: Period) -> DueNow | None:
    """Return what falls due of the contract whose oldest due is first; others are entered singly."""
    first = dues[0]
    mine = [one for one in dues if (one.contract_id, one.equity_id) == (first.contract_id, first.equity_id)]
    left, arrears, now = waiting.get((first.contract_id, first.equity_id), 0), 0, 0
    for due in mine:
        covered = min(left, due.open_fen)
        left -= covered
        if due.due_on < period.first:
            arrears += due.open_fen - covered
        else:
            now += due.open_fen - covered
    if not now + arrears:
        return None
    kind = BY_DUE[first.about]
    return DueNow(kind, first.debtor_name, first.contract_id, first.equity_id, now, arrears)


def _received(keys: Sequence[int], period: Period) -> dict[int, Received]:
    rows = select(Receipt).where(
        Receipt.asset_id.in_(keys),
        Receipt.status.in_(_ALIVE),
        Receipt.received_on.between(period.before.first, period.last),
    )
    found: dict[int, Received] = {}
    for receipt in db.session.scalars(rows.order_by(Receipt.received_on, Receipt.id)):
        got = found.setdefault(receipt.asset_id, Received())
        got.latest = receipt
        if receipt.received_on >= period.first:
            got.now_fen += receipt.amount_fen
        else:
            got.before_fen = (got.before_fen or 0) + receipt.amount_fen
    return found


def _quiet(keys: Sequence[int], period: Period) -> set[int]:
    rows = select(QuietPeriod.asset_id).where(
        QuietPeriod.asset_id.in_(keys), QuietPeriod.starts_on <= period.first, QuietPeriod.ends_on >= period.last
    )
    return set(db.session.scalars(rows))


def list_unentered(region_code: str, period: Period) -> list[tuple[Due, int]]:
    """Return what falls due to a unit in a period and nobody has entered, the oldest first (due, fen).

    What waits to be checked covers debts from before the period first; these are no part of it.
    """
    rows = select(Due).where(Due.region_code == region_code, Due.status.in_(_OPEN), Due.due_on <= period.last)
    dues = list(db.session.scalars(rows.order_by(Due.due_on, Due.id).limit(MOST_ROWS)))
    waiting = waiting_sums({(due.contract_id, due.equity_id) for due in dues})
    found = []
    for due in dues:
        key = (due.contract_id, due.equity_id)
        covered = min(waiting.get(key, 0), due.open_fen)
        waiting[key] = waiting.get(key, 0) - covered
        if due.open_fen > covered and due.due_on >= period.first:
            found.append((due, due.open_fen - covered))
    return found


def count_unentered(region_code: str, period: Period, most: int) -> int:
    """Return of how many contracts and equity a unit is owed something of a period that nobody has entered.

    Counts up to a number.
    """
    owed = Due.amount_fen - Due.settled_fen - Due.written_off_fen
    of_period = case((Due.due_on >= period.first, owed), else_=0)
    rows = (
        select(Due.contract_id)
        .where(Due.region_code == region_code, Due.status.in_(_OPEN), Due.due_on <= period.last)
        .group_by(Due.contract_id, Due.equity_id)
        .having(func.sum(owed) > waiting_beside_due(), func.sum(of_period) > 0)
    )
    return count_up_to(rows, most)


def units_of_sheet(region_code: str, offers: Sequence[Offer]) -> set[str]:
    """Return the units whose logs saving a sheet writes into: the unit's, and those of its contracts and equity."""
    contracts = select(Contract.region_code).where(Contract.id.in_({one.contract_id for one in offers}))
    equity = select(Equity.region_code).where(Equity.id.in_({one.equity_id for one in offers}))
    return {region_code}.union(db.session.scalars(contracts), db.session.scalars(equity))
