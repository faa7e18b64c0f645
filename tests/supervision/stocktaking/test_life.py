"""The life of an asset tells every count: where it was expected or met, what was found, by whom, confirmed by whom."""

from flask import Flask

from registry.assets.register.amendments.services import signature
from registry.clock import today
from registry.database import db, transaction
from registry.supervision.stocktaking.counting import add_surplus
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.stocktaking.queries import get_sheet
from registry.supervision.stocktaking.rules import Count, Outcome, Surplus, Way
from registry.supervision.stocktaking.settling import Settlement
from tests.disposal.pages.reading import signed_in
from tests.factories import VILLAGE, confirmed, person
from tests.supervision.stocktaking.taking import (
    assets,
    confirmed_by,
    counted,
    differences,
    lines_of,
    marked,
    opened,
    settled,
    sheet_of,
    submitted,
)


def life_of(app: Flask, number: str, who: str = "village_clerk") -> str:
    """The life line of an asset's page, as it is read."""
    html = signed_in(app, who).get(f"/assets/{number}").get_data(as_text=True)
    db.session.rollback()
    return html.split("这项资产的一生", 1)[1].split("</ol>", 1)[0]


def test_what_was_found_who_counted_and_who_confirmed_is_told_with_the_way_to_the_sheet(any_app: Flask) -> None:
    number, other = (one.asset_no for one in assets("冷库", "产业路"))
    sheet = sheet_of(opened())
    sheet_id, title = sheet.id, sheet.campaign.title
    counted(sheet, Outcome.IDLE)
    before = life_of(any_app, number)
    assert "清查：闲置" in before
    assert "复核" not in before
    submitted(sheet_id)
    confirmed_by(sheet_id, person("village_head"))
    said = life_of(any_app, number)
    clerk, head = person("village_clerk"), person("village_head")
    for words in ("清查：闲置", title, f"{signature(clerk)}盘点", f"{signature(head)} {today()} 复核", "现场所见",
                  f'href="/stocktaking/sheets/{sheet_id}"', today().isoformat()):  # fmt: skip
        assert words in said, words
    assert "清查：账实相符" in life_of(any_app, other)
    assert "清查：闲置" not in life_of(any_app, other)


def test_what_is_counted_otherwise_than_booked_says_how_many(app: Flask) -> None:
    number = confirmed(name="粉碎机", quantity_milli=30_000, unit="台").asset_no
    sheet = sheet_of(opened())
    marked(lines_of(sheet)[0].id, Count(Outcome.FOUND, 28_000, "少两台"))
    assert "数量不符，账面 30 台，实有 28 台" in life_of(app, number)


def test_what_nobody_has_counted_is_told_as_expected(app: Flask) -> None:
    number = assets("冷库")[0].asset_no
    opened()
    assert "列入清查清单，还没有盘点" in life_of(app, number)


def test_an_asset_that_was_in_no_count_tells_of_none(app: Flask) -> None:
    assets("冷库")
    opened()
    number = confirmed(name="后来的路").asset_no
    assert "清查" not in life_of(app, number)


def test_who_may_not_open_the_sheet_reads_the_count_without_the_way(app: Flask) -> None:
    number = assets("冷库")[0].asset_no
    sheet_id = sheet_of(opened()).id
    counted(sheet_of_id(sheet_id), Outcome.FOUND)
    assert f'href="/stocktaking/sheets/{sheet_id}"' in life_of(app, number, "county_clerk")
    sector = life_of(app, number, "sector_officer")
    assert "清查：账实相符" in sector
    assert f"/stocktaking/sheets/{sheet_id}" not in sector


def sheet_of_id(sheet_id: int) -> StockSheet:
    """Read a sheet anew."""
    return get_sheet(sheet_id, person("village_clerk"))


def test_what_was_met_beyond_the_list_and_entered_tells_of_the_count_that_met_it(app: Flask) -> None:
    assets("冷库")
    sheet_id = sheet_of(opened()).id
    counted(sheet_of_id(sheet_id), Outcome.FOUND)
    with transaction(VILLAGE):
        by = person("village_clerk")
        add_surplus(get_sheet(sheet_id, by), Surplus("旧水泵", "", 1_000, "台", "机房", "清单上没有"), by=by)
    submitted(sheet_id)
    confirmed_by(sheet_id, person("village_head"))
    number = confirmed(name="旧水泵").asset_no
    assert "清查" not in life_of(app, number)
    settled(differences(sheet_id)[0].id, Settlement(Way.REGISTRATION, "补登记", asset_no=number))
    assert "清查：盘盈" in life_of(app, number)
