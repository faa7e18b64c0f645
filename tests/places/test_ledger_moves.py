"""A unit that ends hands its ledger over: its heir's people go on with it, and what was posted stays as it was."""

from flask import Flask
from sqlalchemy import func, select

from registry.audit.reconcile import reconcile
from registry.clock import today
from registry.database import db, transaction
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.queries import balance
from registry.ledger.books.soundness import unsound
from registry.ledger.distribution.payout.models import PayoutOrder
from registry.parties.households.models import Household
from registry.places.services import merge_region
from registry.workbench.moving import hand_over
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import paid
from tests.ledger.rolls.people import on_roll


def merged() -> None:
    """The village goes over to its neighbour."""
    by = person("system_administrator")
    with transaction(VILLAGE, SIBLING_VILLAGE):
        merge_region(VILLAGE, SIBLING_VILLAGE, on=today(), basis="渝府〔2026〕1号", by=by)
        hand_over(VILLAGE, SIBLING_VILLAGE, by=by)


def test_the_heirs_people_open_what_was_earned_booked_planned_and_paid(any_app: Flask) -> None:
    paid()
    household = db.session.scalars(select(Household.id).order_by(Household.id)).first()
    order = db.session.scalars(select(PayoutOrder)).one()
    merged()
    clerk = Visitor(any_app.test_client(), "sibling_clerk")
    for address in (
        "/books/1", "/vouchers/1", "/books/1/ledger?account=102", f"/distributions/{order.plan_id}",
        f"/payouts/{order.id}", "/payouts/lines/1", "/income/1", f"/beneficiaries/{household}",
    ):  # fmt: skip
        assert clerk.open(address).status_code == 200, address


def test_books_stay_sound_and_numbers_of_households_stay_apart(any_app: Flask) -> None:
    paid()
    on_roll(50, region_code=SIBLING_VILLAGE)
    book = db.session.scalars(select(Book)).one()
    before = balance(book.id, "102", None, TODAY), db.session.scalar(select(func.count()).select_from(Voucher))
    merged()
    assert (
        balance(book.id, "102", None, TODAY),
        db.session.scalar(select(func.count()).select_from(Voucher)),
    ) == before
    rows = db.session.execute(select(Household.region_code, Household.serial)).all()
    assert {code for code, _serial in rows} == {SIBLING_VILLAGE}
    assert len(set(rows)) == len(rows)
    assert unsound() == []
    assert reconcile(int(VILLAGE[:6])) == []
