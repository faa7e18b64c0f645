"""Papers of the ledger as people print them: from their pages, verified, and late if the books moved on."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.database import db
from registry.ledger.books.models import Book
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.large import lines_of
from registry.reports.prints.queries import asked_of, count_later
from registry.reports.prints.verification import verification
from tests.factories import TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.books.keeping import CLERK, book_of
from tests.ledger.books.keeping import posted as booked
from tests.ledger.payout.paying import paid
from tests.reports.printing import asked, printed
from tests.reports.test_ledger_papers import SECRET, quarters_paid

OF_THINGS = {
    ReportName.VOUCHERS: "voucher_id", ReportName.DISTRIBUTION_PLAN: "plan_id",
    ReportName.DISTRIBUTION_RESULT: "plan_id", ReportName.PAYOUT_SHEET: "order_id",
    ReportName.HOUSEHOLD_STATEMENT: "household_id",
}  # fmt: skip


OF_UNITS = (
    ReportName.INCOME, ReportName.ARREARS, ReportName.CONTRACTS, ReportName.JOURNAL, ReportName.ACCOUNT_LEDGER,
    ReportName.TRIAL_BALANCE, ReportName.FUND_ACCOUNT, ReportName.ROLL, ReportName.HOUSEHOLD_STATEMENTS,
)  # fmt: skip


def test_every_paper_of_the_ledger_is_printed_read_back_and_verified(app: Flask) -> None:
    paid()
    for name in (*OF_UNITS, *OF_THINGS):
        parameters = Parameters(**{OF_THINGS[name]: 1}) if name in OF_THINGS else NOTHING
        report = REPORTS[name]
        figures = report.collect(VILLAGE, parameters, actor=person(CLERK), on=TODAY)
        assert read_figures(type(figures), figures_text(figures)) == figures
        row = printed(asked(name, VILLAGE, parameters=parameters), CLERK)
        assert asked_of(row).parameters == parameters
        found = verification(row.serial)
        assert found.paper is not None
        assert count_later(row) == 0
        assert [secret for secret in SECRET if secret in str(found.paper)] == []


def test_a_paper_says_when_the_books_have_moved_on_and_only_then(app: Flask) -> None:
    book_id = book_of().id
    booked(book_id, booked_on=date(2026, 1, 31))
    on_paper = printed(asked(ReportName.JOURNAL, VILLAGE), CLERK)
    elsewhere = printed(asked(ReportName.ROLL, VILLAGE), CLERK)
    booked(book_id, booked_on=TODAY)
    assert (count_later(on_paper), count_later(elsewhere)) == (1, 0)


def test_a_large_ledger_counts_its_own_lines(app: Flask) -> None:
    quarters_paid()
    lines = {name: lines_of(asked(name, VILLAGE), person(CLERK)) for name in OF_UNITS}
    assert lines[ReportName.INCOME] == 1
    assert lines[ReportName.JOURNAL] == lines[ReportName.ACCOUNT_LEDGER] > 1
    assert lines[ReportName.TRIAL_BALANCE] == lines[ReportName.ROLL] == 0


def test_papers_are_printed_from_the_pages_they_belong_to(client: FlaskClient) -> None:
    paid()
    book_id = db.session.query(Book).one().id
    visitor = Visitor(client, CLERK)
    for address, label in (
        ("/distributions/1", "打印公示表"), ("/payouts/1", "打印发放表"), ("/beneficiaries/1", "打印明白卡"),
        ("/beneficiaries", "打印花名册"), ("/income", "打印台账"), ("/contracts", "打印台账"),
        ("/income/arrears", "打印台账"),
        (f"/books/{book_id}", "打印账簿"), ("/vouchers/1", "打印凭证"),
    ):  # fmt: skip
        assert label in visitor.open(address).text, address
    for address, fields in (
        ("/distributions/1/print", {"report": "distribution-plan"}),
        ("/distributions/1/print", {"report": "distribution-result"}), ("/payouts/1/print", {}),
        ("/beneficiaries/1/print", {}), (f"/books/{book_id}/print", {"report": "trial-balance", "on": "2026-11-01"}),
        ("/vouchers/1/print", {}),
    ):  # fmt: skip
        answer = client.post(address, data={**fields, "one_time_key": f"{address}{fields}"})
        assert answer.status_code == 303, address
        assert "/prints/P" in answer.location


@pytest.mark.parametrize("fields", [{"report": "ledger"}, {}, {"report": "journal", "on": "gestern"}])
def test_a_paper_that_is_not_printed_there_does_not_exist(client: FlaskClient, fields: dict[str, str]) -> None:
    book_id = book_of().id
    Visitor(client, CLERK)
    assert client.post(f"/books/{book_id}/print", data={**fields, "one_time_key": "k"}).status_code == 404


def test_a_book_is_not_printed_as_of_a_day_to_come(client: FlaskClient) -> None:
    book_id = book_of().id
    Visitor(client, CLERK)
    fields = {"report": "journal", "on": "2030-01-01", "one_time_key": "k"}
    assert client.post(f"/books/{book_id}/print", data=fields).status_code == 422


def test_the_list_of_reports_opens_with_the_report_an_address_names(client: FlaskClient) -> None:
    page = Visitor(client, CLERK).open("/reports?report=income")
    assert 'selected value="income"' in page.text or 'value="income" selected' in page.text


@pytest.mark.parametrize(
    ("address", "report"),
    [("/books/1/print", "journal"), ("/vouchers/1/print", ""), ("/distributions/1/print", "distribution-plan"),
     ("/payouts/1/print", ""), ("/beneficiaries/1/print", ""), ("/beneficiaries/changes/1/print", "")],
)  # fmt: skip
def test_a_paper_of_another_unit_does_not_exist(client: FlaskClient, address: str, report: str) -> None:
    paid()
    Visitor(client, "sibling_clerk")
    assert client.post(address, data={"report": report, "one_time_key": address}).status_code == 404
