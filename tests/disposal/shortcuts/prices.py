"""The price of a sale changed after its approval, over page, program and database."""

import json
from io import BytesIO

from flask import Flask
from werkzeug.test import TestResponse

from registry.clock import today
from registry.disposal.prices.queries import find_price
from tests.approvals.notices.boards import photograph
from tests.disposal.scenery import request_of
from tests.disposal.selling import sold_case
from tests.disposal.shortcuts.attacks import copied
from tests.disposal.shortcuts.scene import Attacks, Scene
from tests.factories import person
from tests.journeys.browser import Visitor
from tests.rest.program import Program


def sold(_app: Flask) -> Scene:
    case_id = sold_case()
    return Scene(case_id, request_of(case_id).id, other_id=price_id_of(case_id))


def price_id_of(case_id: int) -> int:
    """The newest price of a case."""
    row = find_price(case_id)
    assert row is not None
    return row.id


def price_again(app: Flask, scene: Scene) -> TestResponse:
    said = {
        "price": "1000.00", "opened_on": today().isoformat(), "way": "LISTED", "platform": "重庆农村产权交易所",
        "record_no": "CQRPE-2026-9", "bidders": "2", "buyer_kind": "ENTERPRISE", "buyer_name": "石柱县山货贸易有限公司",
        "buyer_code": "91110000600037341L", "note": "", "one_time_key": "price",
    }  # fmt: skip
    clerk = Visitor(app.test_client(), "village_clerk")
    return clerk.client.post(f"/disposals/{scene.case_id}/price", data=said, follow_redirects=True)


def price_again_by_program(app: Flask, scene: Scene) -> TestResponse:
    said = {
        "way": "LISTED", "price": "1000.00", "opened_on": today().isoformat(), "buyer_kind": "ENTERPRISE",
        "buyer_name": "石柱县山货贸易有限公司", "platform": "重庆农村产权交易所", "record_no": "CQRPE-2026-9",
    }  # fmt: skip
    data = {"result": json.dumps(said), "files": [(BytesIO(photograph("grey")), "成交.jpg")]}
    return Program(app.test_client(), "village_clerk").call("POST", f"/disposals/{scene.case_id}/prices", data=data)


def reprice(scene: Scene) -> Attacks:
    price, row = scene.other_id, f"id = {scene.other_id}"
    return [
        ("never altered", f"UPDATE disposal_price SET price_fen = 100 WHERE {row}"),
        ("never altered", f"UPDATE disposal_price SET base_fen = 100 WHERE {row}"),
        ("one price stands", copied("disposal_price", price, round="2", price_fen="price_fen + 1")),
        ("only once every level", f"UPDATE disposal_price SET verdict = 'RENEWED' WHERE {row}"),
        ("prices are kept", f"DELETE FROM disposal_price WHERE {row}"),
        ("only after it was sent back", f"UPDATE disposal_case SET agreed_fen = 1 WHERE id = {scene.case_id}"),
        ("only after it was sent back", f"UPDATE disposal_case SET kind = 'DONATION' WHERE id = {scene.case_id}"),
        ("only after it was sent back", f"UPDATE disposal_line SET original_fen = 1 WHERE case_id = {scene.case_id}"),
        ("at the price that stands", execution(scene, price_fen="100")),
        ("at the price that stands", execution(scene, price_id="NULL")),
    ]


def execution(scene: Scene, by: str = "village_head", **changes: str) -> str:
    """Write the statement that says a case was carried out at its price."""
    values = {
        "case_id": "c.id", "price_id": str(scene.other_id), "effective_on": "c.effective_on",
        "handed_over_on": "c.effective_on", "recipient_name": "'买主'", "recipient_signed_by": "'买主'",
        "price_fen": f"(SELECT price_fen FROM disposal_price WHERE id = {scene.other_id})", "cost_fen": "0",
        "is_paid": "c.is_legacy", "paper_no": "'1'", "note": "''", "prepared_by_id": "NULL", "prepared_by_text": "''",
        "by_id": str(person(by).id), "by_text": "'某人'", "at": "c.opened_at", "region_code": "c.region_code",
        **changes,
    }  # fmt: skip
    names = ", ".join(f'"{name}"' for name in values)
    return (
        f"INSERT INTO disposal_execution ({names}) SELECT {', '.join(values.values())} "
        f"FROM disposal_case c WHERE c.id = {scene.case_id}"
    )
