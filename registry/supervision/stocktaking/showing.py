"""What the page of a sheet shows, gathered: how far it is, what it lacks, what this reader may do next."""

from dataclasses import dataclass
from datetime import date

from registry.permissions import Actor, Permission, may
from registry.regions import Level, level_of
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.stocktaking.progress import Tally, tally_categories
from registry.supervision.stocktaking.queries import counters_of, lacking_assets
from registry.supervision.stocktaking.reporting import gates_of
from registry.supervision.stocktaking.rules import CampaignStatus, Gate, SheetStatus, sits_above

_P = Permission


@dataclass(frozen=True)
class ShownSheet:
    """One sheet as a reader of a day sees it."""

    tally: Tally
    categories: dict[str, Tally]
    counters: tuple[str, ...]
    gates: tuple[Gate, ...]
    lacking: int
    may_count: bool
    may_submit: bool
    may_confirm: bool
    may_bring: bool
    may_receive: bool

    @property
    def is_ready(self) -> bool:
        """Whether the sheet may be reported."""
        return all(gate.done for gate in self.gates)


def shown_sheet(sheet: StockSheet, reader: Actor, on: date) -> ShownSheet:
    """Return how a sheet stands for a reader; nobody is offered what a rule forbids them."""
    state, region = sheet.state, sheet.region_code
    running = sheet.campaign.state is CampaignStatus.OPEN
    counters = counters_of(sheet.id)
    counted = {*counters, sheet.submitted_by_id}
    enters = running and may(reader, _P.ASSET_ENTER, region)
    categories = tally_categories(sheet.campaign_id, reader, sheet_id=sheet.id)
    counting, confirmed = state is SheetStatus.COUNTING, state is SheetStatus.CONFIRMED
    return ShownSheet(
        tally=_sum(categories),
        categories=categories,
        counters=tuple(sorted(counters.values())),
        gates=tuple(gates_of(sheet, on)) if confirmed else (),
        lacking=len(lacking_assets(sheet, on)) if counting and running else 0,
        may_count=running and counting and may(reader, _P.STOCKTAKE_COUNT, region),
        may_submit=enters and counting,
        may_confirm=running
        and state in {SheetStatus.SUBMITTED, SheetStatus.CONFIRMED}
        and may(reader, _P.STOCKTAKE_CONFIRM, region)
        and reader.id not in counted,
        may_bring=enters and confirmed,
        may_receive=running
        and state is SheetStatus.REPORTED
        and level_of(region) is not Level.COUNTY
        and sits_above(region, reader)
        and reader.id not in {*counted, sheet.confirmed_by_id, sheet.reported_by_id},
    )


def _sum(categories: dict[str, Tally]) -> Tally:
    whole = Tally()
    for one in categories.values():
        whole.expected += one.expected
        whole.expected_fen += one.expected_fen
        whole.counted += one.counted
        whole.different += one.different
        whole.outcomes.update(one.outcomes)
    return whole
