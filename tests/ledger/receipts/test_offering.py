"""As what an asset's income is offered: by what runs, by last time, by the card; never as the owners' own if let."""

import pytest

from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.offering import Source, by_card, offered

K = IncomeKind
LEASE = Source(K.RENT, "石柱冷链有限公司", contract_id=7)
CARD = Source(K.SELF_RUN)


@pytest.mark.parametrize(
    ("agreed", "last", "expected"),
    [
        (LEASE, None, LEASE),
        (LEASE, Source(K.RENT, "从前的承租人", contract_id=3), LEASE),
        (LEASE, Source(K.PV_SETTLEMENT, "国网", contract_id=7), Source(K.PV_SETTLEMENT, "国网", contract_id=7)),
        (LEASE, Source(K.DEPOSIT_TAKEN, "石柱冷链有限公司", contract_id=7), LEASE),
        (None, Source(K.PV_SETTLEMENT, "国网"), Source(K.PV_SETTLEMENT, "国网")),
        (None, Source(K.RENT, "从前的承租人", contract_id=3), Source(K.RENT, "从前的承租人")),
        (None, Source(K.COMPENSATION, "征收方"), CARD),
        (None, Source(K.IN_KIND, "合作社"), CARD),
        (None, None, CARD),
    ],
)
def test_what_runs_comes_first_then_what_came_last_then_the_card(
    agreed: Source | None, last: Source | None, expected: Source
) -> None:
    assert offered(agreed, last, CARD) == expected


@pytest.mark.parametrize(
    ("subtype", "mode", "expected"),
    [
        ("EQUITY", "SHAREHOLDING", Source(K.DIVIDEND, "旅游公司")),
        ("EQUITY", "", Source(K.DIVIDEND, "旅游公司")),
        ("DEBT", "COOPERATIVE", Source(K.GUARANTEED_RETURN, "旅游公司")),
        ("ECOMMERCE", "TRUSTEESHIP", Source(K.RENT, "电商公司")),
        ("TOURISM", "ENTRUST", Source(K.RENT, "电商公司")),
        ("BREEDING_STOCK", "COOPERATIVE", Source(K.DIVIDEND, "电商公司")),
        ("PHOTOVOLTAIC", "SELF_RUN", Source(K.PV_SETTLEMENT)),
        ("PHOTOVOLTAIC", "LEASE", Source(K.RENT, "电商公司")),
        ("STORAGE", "SELF_RUN", Source(K.SELF_RUN)),
        ("STORAGE", "", Source(K.SELF_RUN)),
    ],
)
def test_a_card_tells_by_its_nature_then_by_how_others_run_it(subtype: str, mode: str, expected: Source) -> None:
    investee = "旅游公司" if subtype in {"EQUITY", "DEBT"} else ""
    assert by_card(subtype, mode, "电商公司", investee) == expected
