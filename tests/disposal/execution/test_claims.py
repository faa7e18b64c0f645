"""What is still owed for a disposal stands where the chart of its owner has claims, and is settled from there."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.registration import OwnerFact
from registry.database import db
from registry.disposal.kinds import DisposalKind
from registry.disposal.procedure.deed_queries import find_execution
from registry.disposal.proceeds.queries import accounts_of_case
from registry.kinds import OwnerKind
from registry.ledger.books.accounts import CHARTS, ChartVersion, Key, code_of
from registry.ledger.books.models import Book
from tests.disposal.execution.doing import balance, book_opened, carried_out, lines, sums_hold
from tests.disposal.execution.test_deed_pages import SOLD, sent, sheet
from tests.disposal.pages.reading import signed_in
from tests.disposal.proceeds.making import posted, received
from tests.disposal.scenery import approved_case, machine
from tests.disposal.selling import priced, sold_case
from tests.factories import COUNTY, TOWNSHIP, person

PRICE = 4_200_000


def paid_later(case_id: int) -> list[tuple[str, list[tuple[str, str, int, int]]]]:
    """Let the whole price come in; what was posted for it."""
    account = accounts_of_case(case_id, person("village_head"))[0]
    return posted("proceeds_receipt", received(account.id, PRICE).id)


@pytest.mark.parametrize(("member", "claim"), [(False, "112"), (True, "113")])
def test_a_collective_tells_members_from_outsiders(any_app: Flask, member: bool, claim: str) -> None:
    number = machine()
    book = book_opened()
    case_id = sold_case(number, fen=PRICE)
    row = carried_out(case_id, is_paid=False, owes_as_member=member)
    assert f"DISPOSAL_PRICE_DUE 借{claim} {PRICE}" in lines(case_id)
    assert (balance(book, claim), row.owes_as_member) == (PRICE, member)
    assert balance(book, "112" if member else "113") == 0
    paid_later(case_id)
    assert [balance(book, code) for code in ("112", "113")] == [0, 0], "money settles the claim where it stands"
    assert sums_hold()
    db.session.rollback()


def test_a_price_that_was_paid_is_owed_by_nobody(app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = sold_case(number, fen=PRICE)
    row = carried_out(case_id, owes_as_member=True)
    assert (balance(book, "112"), balance(book, "113"), row.owes_as_member) == (0, 0, None)


@pytest.mark.parametrize(("kind", "unit"), [(OwnerKind.STATE, COUNTY), (OwnerKind.TOWNSHIP, TOWNSHIP)])
@pytest.mark.parametrize("member", [False, True])
def test_public_owners_claim_in_their_memorandum(app: Flask, kind: OwnerKind, unit: str, member: bool) -> None:
    owner = (OwnerFact(kind, "本级单位", 10_000, unit),)
    number = machine(region_code=unit, location_code=unit, owners=owner)
    case_id = approved_case(DisposalKind.SALE, number, report_fen=4_000_000)
    priced(case_id, PRICE)
    carried_out(case_id, is_paid=False, owes_as_member=member)
    book = db.session.scalars(select(Book).where(Book.region_code == unit)).one()
    assert book.version is ChartVersion.MEMORANDUM
    assert lines(case_id) == [f"DISPOSAL_PRICE_DUE 借B02 {PRICE}", f"DISPOSAL_PRICE_DUE 贷B11 {PRICE}"]


@pytest.mark.parametrize("kind", [OwnerKind.COOPERATIVE, OwnerKind.ENTERPRISE])
def test_who_keeps_books_of_its_own_has_no_claim_here(app: Flask, kind: OwnerKind) -> None:
    owner = (OwnerFact(kind, "华溪黄精专业合作社", 10_000, TOWNSHIP),)
    case_id = approved_case(DisposalKind.SALE, machine(region_code=TOWNSHIP, location_code=TOWNSHIP, owners=owner))
    priced(case_id, PRICE)
    carried_out(case_id, is_paid=False)
    assert lines(case_id) == []


def test_every_chart_has_an_account_for_claims_of_both_sorts() -> None:
    for chart in ChartVersion:
        for key in (Key.RECEIVABLE, Key.MEMBER_ACCOUNT):
            assert code_of(key, chart) in CHARTS[chart]


def test_what_a_member_has_to_make_good_stands_in_the_members_account(app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = approved_case(DisposalKind.LOSS, number)
    row = carried_out(case_id, sheet=False, income_fen=500_000, owes_as_member=True)
    assert (balance(book, "113"), balance(book, "112"), row.owes_as_member) == (500_000, 0, True)


def test_the_page_asks_who_owes(app: Flask) -> None:
    case_id = sold_case(machine())
    client = signed_in(app, "village_head")
    unpaid = {name: text for name, text in SOLD.items() if name not in {"is_paid", "paid_on", "receipt_no"}}
    answer = sent(client, f"/disposals/{case_id}/execute", **unpaid, owes_as_member="y", file=sheet())
    assert answer.status_code == 303
    row = find_execution(case_id)
    assert row is not None
    assert (row.is_paid, row.owes_as_member) == (False, True)
    assert f"DISPOSAL_PRICE_DUE 借113 {PRICE}" in lines(case_id)


def test_a_kind_that_brings_no_money_does_not_ask_who_owes(app: Flask) -> None:
    case_id = approved_case(DisposalKind.CONSUMED, machine())
    html = signed_in(app, "village_head").get(f"/disposals/{case_id}/execute").get_data(as_text=True)
    assert "owes_as_member" not in html
