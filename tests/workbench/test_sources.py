"""A voucher leads to the page of what it was posted for, whichever feature that is."""

import pytest
from flask import Flask

from registry.database import marked_tables
from registry.ledger.books.models import Voucher
from registry.workbench.sources import PAGES
from tests.factories import PASSWORD
from tests.ledger.books.keeping import book_of, checked, drafted, posted


def led(app: Flask, voucher: Voucher) -> tuple[int, str]:
    client = app.test_client()
    client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    answer = client.get(f"/vouchers/{voucher.id}/source")
    return answer.status_code, answer.location or ""


def test_a_voucher_by_hand_leads_to_its_draft(app: Flask) -> None:
    draft = drafted(book_of().id)
    assert led(app, checked(draft.id)) == (302, f"/books/drafts/{draft.id}")


def test_income_leads_to_its_receipt(app: Flask) -> None:
    assert led(app, posted(book_of().id, source=7)) == (302, "/income/7")


@pytest.mark.parametrize("table", PAGES)
def test_every_source_is_a_table_of_the_product(table: str) -> None:
    assert table in marked_tables(object)
