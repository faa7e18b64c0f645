"""A small township to print: assets of three villages and three categories, and short ways to print them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate
from registry.kinds import Category, OwnerKind
from registry.reports.catalogue import ReportName
from registry.reports.parameters import NOTHING
from registry.reports.prints.models import Print
from registry.reports.prints.queries import Asked, find_print
from registry.reports.prints.services import make_print
from tests.factories import PASSWORD, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed, entered, person

THIRD_VILLAGE = "500240213205"
HOUSEHOLD = OwnerFact(OwnerKind.HOUSEHOLD, "谭𬭎铭")


def money(fen: int) -> tuple[FundingFact, ...]:
    """One line of poverty-alleviation money."""
    return (FundingFact(FundingSource.POVERTY_FUND, fen),)


def township() -> None:
    """Enter six assets: five in the township, one of them not confirmed yet; one household's; one with a rare name."""
    confirmed()
    road = {"category": Category.PUBLIC_WELFARE, "subtype": "ROAD", "unit": "公里"}
    confirmed(name="华溪村产业路", original_value_fen=55_000_001, funding=money(55_000_001), **road)
    pigs = {"category": Category.HOUSEHOLD, "subtype": "HOUSEHOLD_STOCK", "owners": (HOUSEHOLD,), "unit": "头"}
    confirmed(name="到户生猪", original_value_fen=300_000, funding=money(300_000), **pigs)
    away = {"region_code": SIBLING_VILLAGE, "location_code": SIBLING_VILLAGE}
    confirmed(name="𬭎江㐂蜂场", original_value_fen=23_340_000, funding=money(23_340_000), **away)
    entered(name="辣椒育苗大棚", original_value_fen=17_400_000, funding=money(17_400_000), **away)


def late() -> None:
    """Enter an asset formed in the last month before the day of the tests."""
    confirmed(name="新建冷库", acquired=PartialDate(date(2026, 11, 2)), in_use_on=None, project_year=2026)


def asked(report: ReportName = ReportName.LEDGER, region_code: str = TOWNSHIP, **changes: object) -> Asked:
    """Ask for a report of the township as of the day of the tests."""
    return replace(Asked(report, region_code, TODAY, NOTHING), **changes)  # type: ignore[arg-type]


def printed(what: Asked | None = None, username: str = "township_clerk") -> Print:
    """Print as a person and return the row."""
    serial = make_print(what or asked(), by=person(username), address=lambda one: f"http://localhost/verify/{one}")
    row = find_print(serial)
    assert row is not None
    return row


@contextmanager
def signed_in(client: FlaskClient, username: str) -> Iterator[FlaskClient]:
    """Sign a person in."""
    answer = client.post("/login", data={"username": username, "password": PASSWORD, "one_time_key": "sign-in"})
    assert answer.status_code in {302, 303}, answer.text
    yield client
    client.post("/logout", data={"one_time_key": "sign-out"})


def print_by_page(client: FlaskClient, key: str = "once", **fields: str) -> TestResponse:
    """Send the form of reports."""
    form = {"report": "ledger", "region_code": VILLAGE, "on": TODAY.isoformat(), "one_time_key": key}
    return client.post("/prints", data={**form, **fields})
