"""What the sheet of a unit offers for assets of which nothing falls due and nothing came last time."""

from datetime import date

import pytest

from registry.ledger.operation.dues.plan import Period as Quarter
from registry.ledger.operation.periods import quarter_of
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.sheet.queries import list_assets, offers_of
from registry.ledger.operation.sheet.rules import Unchanged
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.receipts.receiving import let, posted, rent

#: A due that lies far ahead: the contract runs, but this quarter owes nothing.
LATER = (Quarter(date(2028, 1, 1), date(2028, 12, 31), date(2028, 1, 1)),)


@pytest.mark.usefixtures("app")
def test_a_let_asset_without_a_due_is_offered_the_lessee_and_a_card_of_others_its_operator() -> None:
    store, plant = confirmed(), confirmed(name="屋顶光伏电站", subtype="PHOTOVOLTAIC", operating_mode="SELF_RUN")
    hall = confirmed(name="研学馆", operating_mode="ENTRUST", operator="石柱旅游有限公司")
    own = confirmed(name="果园")
    keys = [one.id for one in (store, plant, hall, own)]
    contract_id, _ = let(store, quarters=LATER)
    offers = {one.asset_id: one for one in offers_of(list_assets(VILLAGE, person("village_clerk")), quarter_of(TODAY))}
    told = [(offers[key].kind, offers[key].payer, offers[key].contract_id, offers[key].unchanged) for key in keys]
    assert told == [
        (IncomeKind.RENT, "石柱冷链有限公司", contract_id, Unchanged.NOT_DUE),
        (IncomeKind.PV_SETTLEMENT, "", None, Unchanged.OPEN),
        (IncomeKind.RENT, "石柱旅游有限公司", None, Unchanged.NOTHING),
        (IncomeKind.SELF_RUN, "", None, Unchanged.NOTHING),
    ]


@pytest.mark.usefixtures("app")
def test_last_time_is_shown_beside_and_is_not_what_the_row_begins_with() -> None:
    plant = confirmed(name="屋顶光伏电站")
    last = quarter_of(TODAY).before
    posted(plant, rent(3_280_600, kind=IncomeKind.PV_SETTLEMENT, received_on=last.last, payer="国网石柱供电公司",
                       earned_from=last.first, earned_to=last.last))  # fmt: skip
    (offer,) = offers_of(list_assets(VILLAGE, person("village_clerk")), quarter_of(TODAY))
    assert (offer.kind, offer.payer, offer.last_fen) == (IncomeKind.PV_SETTLEMENT, "国网石柱供电公司", 3_280_600)
    assert (offer.suggested_fen, offer.unchanged) == (None, Unchanged.OPEN)
