"""A count in the states that have pages of their own: one sheet being counted, one confirmed with differences."""

from registry.assets.register.registration import OwnerFact
from registry.clock import today
from registry.database import transaction
from registry.kinds import OwnerKind
from registry.permissions import Actor
from registry.supervision.stocktaking.counting import confirm_sheet, count_line, submit_sheet
from registry.supervision.stocktaking.queries import get_line, get_sheet
from registry.supervision.stocktaking.rules import Count, CountWay, Outcome
from tests.factories import SIBLING_VILLAGE, VILLAGE, confirmed, person
from tests.supervision.stocktaking.taking import differences, lines_of, marked, opened, sheet_of

NEIGHBOURS = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "盐井村股份经济合作社"),)


def of_counts() -> dict[str, str]:
    """Whatever the village holds is on its list; the next village has counted three assets and been confirmed."""
    for name in ("盐井村三组产业路", "盐井村沙坝组提灌站及配套渠系（一期、二期）", "盐井村冷水鱼养殖池"):
        confirmed(name=name, region_code=SIBLING_VILLAGE, owners=NEIGHBOURS)
    campaign = opened()
    sheet = sheet_of(campaign)
    first, second = [one.id for one in lines_of(sheet)][:2]
    marked(first, Count(Outcome.MISSING, None, "仓库里没有找到，问过保管员", CountWay.SCAN))
    marked(second)
    done = neighbours(campaign)
    found = [one.id for one in differences(done)]
    return {
        "campaign": str(campaign), "sheet": str(sheet.id), "counted_line": str(first),
        "open_line": str(lines_of(sheet)[2].id), "confirmed_sheet": str(done), "missing": str(found[0]),
        "unclear": str(found[1]), "listed": lines_of(sheet)[2].asset_no, "village": VILLAGE,
    }  # fmt: skip


def neighbours(campaign_id: int) -> int:
    """Count the next village: one missing, one of an unclear owner; confirm it."""
    sheet_id, clerk, above = sheet_of(campaign_id, SIBLING_VILLAGE).id, person("sibling_clerk"), _above()
    said = (Outcome.MISSING, Outcome.OWNER_UNCLEAR, Outcome.FOUND)
    for outcome, line_id in zip(said, [one.id for one in lines_of(get_sheet(sheet_id, clerk))], strict=True):
        with transaction(SIBLING_VILLAGE):
            note = "" if outcome is Outcome.FOUND else "两个组都说是自己的，没有凭证"
            count_line(get_line(line_id, clerk), Count(outcome, None, note), by=clerk)
    with transaction(SIBLING_VILLAGE):
        submit_sheet(get_sheet(sheet_id, clerk), by=clerk, on=today())
    with transaction(SIBLING_VILLAGE):
        confirm_sheet(get_sheet(sheet_id, above), "属实", by=above)
    return sheet_id


def _above() -> Actor:
    return person("township_supervisor")
