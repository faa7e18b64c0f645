"""A sale led to where it waits for the second person, and what its trade fetched."""

from dataclasses import replace
from datetime import date

from registry.database import transaction
from registry.disposal.kinds import DisposalKind
from registry.disposal.prices.kinds import TradeWay
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.rules import Result
from registry.disposal.prices.services import enter_price
from tests.approvals.notices.boards import kept
from tests.disposal.scenery import BUYER, PRICED_ON, approved_case, case_of, clerk_of, policy
from tests.factories import person

#: The days of the route, each late enough for what went before it and none after TODAY.


def result(fen: int, **changes: object) -> Result:
    """What a public trade fetched."""
    found = Result(
        TradeWay.LISTED, fen, PRICED_ON, BUYER.kind, BUYER.name, BUYER.credit_code, platform="重庆农村产权交易所",
        record_no="CQRPE-2026-1186", bidders=3,
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def priced(case_id: int, fen: int, on: date = PRICED_ON, **changes: object) -> DisposalPrice:
    """Tell what the trade of an approved case fetched, as the unit's clerk."""
    region, file = case_of(case_id).region_code, kept("purple")
    told = result(fen, **changes)
    with transaction(region):
        by = person(clerk_of(region))
        return enter_price(case_of(case_id), told, [file], by=by, on=on, policy=policy(region, on))


def sold_case(*numbers: str, fen: int = 4_200_000, **said: object) -> int:
    """Lead a sale to where it waits for the second person: approved, with an accepted price; its id."""
    case_id = approved_case(DisposalKind.SALE, *numbers, **said)
    priced(case_id, fen)
    return case_id
