"""Earmarked money in every state that has a page of its own, for whoever looks at all pages."""

from datetime import date

from registry.disposal.proceeds.kinds import Purpose
from registry.ledger.books.entries import BookDeed
from tests.disposal.proceeds.making import (
    PRICE,
    TOWNSHIP_OWNER,
    account,
    arrived,
    booked,
    entered,
    met,
    received,
    undoing,
    used,
)
from tests.disposal.scenery import machine

#: Role → the pages it is made for; {names} are those that of_proceeds() gives.
PAGES: dict[str, tuple[str, ...]] = {
    "village_clerk": (
        "/proceeds", "/proceeds?show=OVERDUE", "/proceeds/{proceeds}", "/proceeds/{proceeds}/receipts/new",
        "/proceeds/{proceeds}/uses/new", "/proceeds/{proceeds}/uses/{confirmed_use}", "/assets/{bought}",
    ),
    "village_head": (
        "/todo", "/proceeds/{proceeds}/uses/{waiting_use}", "/proceeds/{proceeds}/uses/{undoing_use}",
        "/proceeds/{proceeds}/receipts/{receipt_draft}",
    ),
    "township_clerk": ("/proceeds/{treasury}/uses/new", "/proceeds/{treasury}"),
    "township_supervisor": ("/proceeds", "/todo", "/proceeds/{late}"),
    "municipal_supervisor": ("/proceeds", "/proceeds?region=500240000000"),
}  # fmt: skip


def of_proceeds() -> dict[str, str]:
    """An account with receipts, uses and drafts of every kind, one past its term, one of the treasury."""
    key = account(
        due=6_000_000,
        paid=2_000_000,
        cost=120_000,
        paid_on=date(2026, 1, 15),
        name="中益乡华溪村冷链物流仓库制冷机组（一期）",
    )
    booked(key, BookDeed.DISPOSAL_GAIN, 700_000)
    received(key, 1_500_000, date(2026, 7, 1))
    received(key, 1_000_000, date(2026, 11, 20))
    bought = machine("新购粮食烘干机（批次处理量十五吨）")
    done = used(
        key, purpose=Purpose.NEW_ASSET, asset_no=bought, amount_fen=1_200_000, note="购置烘干机一台，替换旧机组",
        meeting_id=met(), document_no="",
    )  # fmt: skip
    wrong = used(key, amount_fen=300_000, note="维修三组产业路塌方路段")
    undoing(wrong, "金额登记错了，应为 2,800 元")
    waiting = entered(key, amount_fen=500_000, note="巡查维修三组、四组产业路，清理边沟两公里")
    entered(key, amount_fen=200_000, note="水池防渗")
    draft = arrived(key, 800_000)
    late = account(due=PRICE, paid=PRICE, paid_on=date(2025, 9, 1), name="旧榨油机")
    public = account(owners=(TOWNSHIP_OWNER,), name="乡农机站插秧机")
    return {
        "proceeds": str(key), "bought": bought, "confirmed_use": str(done), "undoing_use": str(wrong),
        "waiting_use": str(waiting), "receipt_draft": str(draft), "late": str(late), "treasury": str(public),
    }  # fmt: skip
