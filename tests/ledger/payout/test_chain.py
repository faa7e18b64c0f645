"""From any payout line back to receipt, contract and asset in three clicks, by the papers and by the books."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.database import db
from registry.ledger.books.models import Voucher
from registry.ledger.distribution.payout.models import PayoutLine
from registry.ledger.distribution.plans.chain import chain_of, income_chain
from registry.ledger.distribution.plans.models import PlanLine
from registry.ledger.distribution.plans.pool import OfficialYear
from registry.ledger.distribution.plans.services import OfficialFacts
from registry.ledger.distribution.plans.shares import Basis
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.distribution.plans.writing import UseFacts
from registry.ledger.operation.receipts.models import Receipt
from tests.factories import confirmed
from tests.ledger.books.screens import signed_in
from tests.ledger.payout.paying import ordered, paid, released
from tests.ledger.plans import planning
from tests.ledger.receipts.receiving import let, posted, rent
from tests.ledger.rolls.people import on_roll

CLICKS = 3


def distributed(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, int, str]:
    """A rent under a contract, distributed and paid: a line, the receipt, the contract, the asset's number."""
    kept: list[tuple[int, str]] = []

    def rent_of_contract(fen: int = planning.RENT) -> None:
        store = confirmed()
        number = store.asset_no
        contract_id, _dues = let(store, fen=fen)
        posted(store, rent(fen, contract_id=contract_id))
        kept.append((contract_id, number))

    monkeypatch.setattr(planning, "income", rent_of_contract)
    paid(released(ordered()))
    line_id = db.session.scalars(select(PayoutLine.id).order_by(PayoutLine.id)).first()
    receipt_id = db.session.scalars(select(Receipt.id)).one()
    assert line_id is not None
    return line_id, receipt_id, *kept[0]


def links(client: FlaskClient, url: str) -> set[str]:
    """Where the content of a page leads; a page that only leads on counts as where it leads."""
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code == 200, (url, answer.status_code)
    content = answer.text.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r'href="(/[^"#]*)"', content)
    return {one.replace("&amp;", "&") for one in found}


def within_clicks(client: FlaskClient, start: str, allowed: str, clicks: int = CLICKS) -> dict[str, int]:
    """How many clicks each page is away from a start, going only through pages of some kinds."""
    away, edge = {start: 0}, {start}
    for step in range(1, clicks + 1):
        edge = {to for one in edge if re.match(allowed, one) for to in links(client, one)} - set(away)
        away |= dict.fromkeys(edge, step)
    return away


def test_receipt_contract_and_asset_are_one_click_from_a_line(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    line_id, receipt_id, contract_id, number = distributed(monkeypatch)
    found = links(signed_in(app, "auditor"), f"/payouts/lines/{line_id}")
    assert {f"/income/{receipt_id}", f"/contracts/{contract_id}", f"/assets/{number}"} <= found


def test_income_that_a_plan_gave_back_whole_is_no_source_of_its_lines(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = OfficialYear(0, 2 * planning.RENT, 400_000, "2026年收益及收益分配表")
    monkeypatch.setattr(planning, "OFFICIAL", OfficialFacts(books, 2_000, "章程第二十八条", ""))
    planning.income()
    planning.income()
    on_roll(1)
    carried = UseFacts(UseKind.CARRIED, "结转以后年度", 1_200_000, Basis.LUMP)
    plan_id = planning.agreed(planning.drafted(replace(planning.DIVIDEND, amount_fen=400_000), carried))
    ordered(plan_id)
    line = db.session.scalars(select(PlanLine).where(PlanLine.plan_id == plan_id).order_by(PlanLine.id)).first()
    assert line is not None
    assert [one.taken_fen for one in income_chain(plan_id)] == [800_000, 0]
    assert [one.taken_fen for one in chain_of(line)] == [800_000]


def test_by_the_books_they_are_three_clicks_from_a_line(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    line_id, receipt_id, contract_id, number = distributed(monkeypatch)
    start = f"/payouts/lines/{line_id}"
    away = within_clicks(signed_in(app, "auditor"), start, rf"{start}$|/vouchers/\d+$|/vouchers/\d+/income$")
    for target in (f"/income/{receipt_id}", f"/contracts/{contract_id}", f"/assets/{number}"):
        assert away[target] <= CLICKS


def test_a_line_leads_to_every_voucher_of_its_use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    line_id, *_ = distributed(monkeypatch)
    found = links(signed_in(app, "auditor"), f"/payouts/lines/{line_id}")
    deeds = {db.session.get_one(Voucher, int(one.rpartition("/")[2])).deed for one in found if "/vouchers/" in one}
    assert deeds
    assert any(deed.endswith("_DUE") for deed in deeds)
    assert any(deed.endswith("_PAID") for deed in deeds)


def test_a_receipt_leads_to_its_vouchers_and_each_leads_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _line, receipt_id, contract_id, number = distributed(monkeypatch)
    client = signed_in(app, "auditor")
    found = links(client, f"/income/{receipt_id}")
    assert {f"/contracts/{contract_id}", f"/assets/{number}"} <= found
    vouchers = sorted(one for one in found if one.startswith("/vouchers/"))
    assert [db.session.get_one(Voucher, int(one.rpartition("/")[2])).deed for one in vouchers] == [
        "INCOME_DUE", "DUE_RECEIVED",
    ]  # fmt: skip
    assert client.get(f"{vouchers[1]}/source").location == f"/income/{receipt_id}"
    assert client.get(f"{vouchers[0]}/source").location.startswith("/dues/")
    assert client.get(f"{vouchers[0]}/income").location == f"{vouchers[0]}/source"
    assert vouchers[0] in links(client, "/books/1/ledger?account=112&first=2026-01-01&last=2026-12-31")
