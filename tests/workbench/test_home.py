"""The numbers at the head of the workbench are those of the list behind them, whoever looks."""

import re

import pytest
from flask.testing import FlaskClient

from tests.assets.custody.keeping import accepted
from tests.factories import confirmed, entered
from tests.journeys.browser import Visitor


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("username", "assets", "waiting"), [("village_clerk", 3, 1), ("auditor", 3, 1), ("custodian", 1, 0)]
)
def test_the_categories_add_up_to_the_assets_one_sees(
    client: FlaskClient, username: str, assets: int, waiting: int
) -> None:
    accepted(confirmed(name="在管"))
    confirmed(name="不在管")
    entered(name="待确认")
    text = Visitor(client, username).open("/").text
    shown = re.search(r"经营 (\d+) · 公益 (\d+) · 到户 (\d+)", text)
    assert shown
    assert sum(map(int, shown.groups())) == number(text, "在册资产") == assets
    assert number(text, "待第二人确认") == waiting


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("username", ["village_clerk", "township_clerk", "county_clerk", "municipal_supervisor"])
def test_every_unit_named_at_the_top_of_the_page_opens(client: FlaskClient, username: str) -> None:
    links = units_linked(client, username)
    assert links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("username", ["custodian", "system_administrator"])
def test_whoever_does_not_see_a_unit_as_a_whole_is_led_to_none(client: FlaskClient, username: str) -> None:
    accepted(confirmed(name="在管"))
    assert units_linked(client, username) == set()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("region", ["５００２４０２１３２０３", "²" * 12, "x", "9" * 12])
def test_a_unit_written_wrongly_breaks_no_page(client: FlaskClient, region: str) -> None:
    visitor = Visitor(client, "village_clerk")
    for page in ("/assets", "/warnings", "/todo", "/findings", "/income", "/board"):
        assert visitor.client.get(page, query_string={"region": region}).status_code < 500, page


def units_linked(client: FlaskClient, username: str) -> set[str]:
    """Return the addresses of the units at the top of somebody's first page."""
    head = Visitor(client, username).open("/").text.partition("<main")[0]
    return set(re.findall(r'href="(/assets\?region=\d+)"', head))


def number(text: str, label: str) -> int:
    """Return the big number of a card."""
    found = re.search(rf'{label}.*?class="big">([\d,]+)', text, re.S)
    assert found, label
    return int(found[1])
