"""Disposals in every state that has a page of its own, for whoever looks at all pages of them."""

from registry.approvals.requests.states import Verdict
from registry.database import db
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import DisposalKind
from registry.disposal.prices.queries import find_price
from tests.disposal.execution.doing import carried_out
from tests.disposal.execution.test_records import live, noted, past, pigs
from tests.disposal.scenery import PRICED_ON, approved_case, lead, machine, opened_case, request_of, say, submitted_case
from tests.disposal.selling import priced, sold_case

_LONG = "旧冷链设备（压缩机组、冷凝器、蒸发器及附属管线、控制柜，一期二期合并建设）"


def disposals() -> dict[str, str]:
    """Their names and numbers: kinds differ, so that none is summed with another against splitting."""
    names = {"free": machine("筛选机"), **_begun(), **_decided(), **_after(), **_to_do(), **_recorded()}
    db.session.remove()
    return names


def _begun() -> dict[str, str]:
    draft = opened_case(DisposalKind.AUCTION, machine(_LONG, quantity_milli=2000, unit="套"), title=f"拍卖{_LONG}")
    bulk = opened_case(DisposalKind.SCRAP, *(machine(f"茶机{n}号", 100_000) for n in range(3)), title="报废茶机三台")
    loss = opened_case(DisposalKind.LOSS, machine("受灾水泵"), title="报损水泵")
    back = submitted_case(DisposalKind.DONATION, machine("旧课桌"), title="捐赠旧课桌")
    found = lead(back, until="TOWNSHIP_SUPERVISOR")
    say(found, Verdict.SEND_BACK, "township_supervisor", opinion="受赠单位写不清", defect="接收单位")
    return {
        "draft_case": str(draft), "bulk_case": str(bulk), "line": str(list_lines(bulk)[0].id),
        "loss_case": str(loss), "back_case": str(back), "back_request": str(found.id),
    }  # fmt: skip


def _decided() -> dict[str, str]:
    asked = submitted_case(
        DisposalKind.SALE,
        machine(_LONG + "二号", 48_600_000, unit="套"),
        report_fen=19_800_000,
        title=f"出售{_LONG}二号",
    )
    request = lead(asked, until="COUNTY_FINANCE")
    called = approved_case(DisposalKind.STOP_USE, machine("旧泵站"), title="报停旧泵站")
    say(request_of(called), Verdict.CALL_IN, "municipal_supervisor", PRICED_ON, opinion="抽查")
    return {"asked_case": str(asked), "asked_request": str(request.id), "called_case": str(called)}


def _to_do() -> dict[str, str]:
    """Cases that wait for their second person: a kind each that is told something of its own."""
    swap = approved_case(DisposalKind.SWAP, machine("旧磨粉机"), report_fen=3_000_000, title="置换旧磨粉机")
    shares = approved_case(DisposalKind.IN_KIND, machine("包装机"), report_fen=3_000_000, title="包装机作价入股")
    lost = approved_case(DisposalKind.CONSUMED, machine("油菜花种"), title="油菜花种核销")
    sold = approved_case(DisposalKind.TRANSFER, machine("转让机二号", 3_900_000), title="转让机二号")
    priced(sold, 3_900_000)
    return {"swap_case": str(swap), "shares_case": str(shares), "used_case": str(lost), "ready_case": str(sold)}


def _recorded() -> dict[str, str]:
    """What waits for a second person beside the levels: the past, and what a household did."""
    live()
    pig = pigs("到户生猪（两头，含圈舍饲槽及防疫记录）")
    return {"past_case": str(past(machine("旧水塔"))), "pig": pig, "note": str(noted(pig))}


def _after() -> dict[str, str]:
    waiting = approved_case(DisposalKind.TRANSFER, machine("粉碎机"), report_fen=3_000_000, title="转让粉碎机")
    priced(waiting, 2_800_000)
    row = find_price(waiting)
    assert row is not None
    number = machine("已售机")
    done = sold_case(number, title="出售已售机")
    carried_out(done)
    to_sell = approved_case(DisposalKind.AUCTION, machine("待拍机"), title="拍卖待拍机")
    return {
        "waiting_case": str(waiting), "price_request": str(request_of(row.id, "disposal_price").id), "gone": number,
        "done_case": str(done), "to_sell": str(to_sell),
    }  # fmt: skip
