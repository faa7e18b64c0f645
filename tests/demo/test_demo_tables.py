"""The tables of the demo county: every kind of thing occurs, and nothing in them contradicts itself."""

from collections import Counter
from datetime import date

import pytest

from registry.accounts.passwords import common_passwords
from registry.accounts.rules import PasswordTooCommon, PasswordTooShort, SecurityProfile, check_password
from registry.assets.register.categories import SUBTYPES, OperatingMode, ReturnKind, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import DatePrecision, Stage
from registry.assets.register.rules import check_registration
from registry.codes import is_credit_code, is_resident_id
from registry.demo.cards import Card, acquired_of, cards
from registry.demo.people import DEMO_PASSWORD, people
from registry.demo.places import credit_code, holders, resident_id, units
from registry.demo.projects import projects
from registry.demo.rows import interests
from registry.demo.tables import DEMO_TODAY, documents, money, quantity_milli
from registry.errors import Invalid
from registry.kinds import Category, OwnerKind
from registry.offices import ROLE_LEVELS
from registry.permissions import Role
from registry.regions import Level, level_of

CARDS = cards()


def test_every_subtype_occurs() -> None:
    assert {card.facts.subtype for card in CARDS} == {subtype.code for subtype in SUBTYPES}


def test_every_funding_source_is_known_by_a_document() -> None:
    assert {line.source for key in documents() for line in money(f"{key} 1")} == set(FundingSource)


@pytest.mark.parametrize(
    ("seen", "all_of_them"),
    [
        ({card.row.stage for card in CARDS}, set(Stage) - {Stage.DISPOSED, Stage.SUPERSEDED}),
        ({card.facts.title_status for card in CARDS}, set(TitleStatus)),
        ({card.facts.use_status for card in CARDS}, set(UseStatus)),
        ({card.facts.operating_mode for card in CARDS if card.facts.operating_mode}, set(OperatingMode)),
        ({card.facts.interest.return_kind for card in CARDS if card.facts.interest.investee}, set(ReturnKind)),
        ({owner.kind for card in CARDS for owner in card.facts.owners}, set(OwnerKind)),
        ({card.facts.acquired.precision for card in CARDS}, set(DatePrecision)),
        ({level_of(card.facts.region_code) for card in CARDS}, {Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY}),
    ],
    ids=["stages", "titles", "uses", "modes", "returns", "owners", "precisions", "levels"],
)
def test_every_kind_occurs(seen: set[str], all_of_them: set[str]) -> None:
    assert seen == all_of_them


def test_most_cards_are_confirmed_and_about_two_hundred_stand_there() -> None:
    stages = Counter(card.row.stage for card in CARDS)
    assert 190 <= len(CARDS) <= 230
    assert stages[Stage.CONFIRMED] > 0.85 * len(CARDS)


def test_no_unit_has_two_assets_of_one_name() -> None:
    assert max(Counter((card.facts.region_code, card.facts.name) for card in CARDS).values()) == 1


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.facts.name)
def test_each_card_keeps_the_rules_on_the_day_it_is_entered(card: Card) -> None:
    check_registration(card.facts, on=card.entered_on)
    assert card.facts.acquired.day <= card.entered_on <= DEMO_TODAY
    assert card.facts.in_use_on is None or card.facts.in_use_on <= DEMO_TODAY


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.facts.name)
def test_no_money_comes_after_what_was_made_of_it(card: Card) -> None:
    assert all(line.year is None or line.year <= card.facts.acquired.day.year for line in card.facts.funding)


def test_every_share_and_claim_has_terms_and_nothing_else_has() -> None:
    told = {(card.row.unit_name, card.row.name) for card in CARDS if card.facts.interest.investee}
    assert told == set(interests())
    assert all(card.facts.interest.exit_terms for card in CARDS if card.facts.interest.investee)


def test_a_joint_asset_is_shared_by_villages_and_one_stands_in_the_county_seat() -> None:
    joint = [card for card in CARDS if len({owner.region_code for owner in card.facts.owners}) == 3]
    assert [owner.share_bp for owner in joint[0].facts.owners] == [4000, 3500, 2500]
    assert any(card.facts.location_code == "500240001000" and card.row.unit.level is Level.VILLAGE for card in CARDS)


def test_several_assets_share_a_funding_document() -> None:
    numbers = Counter(line.document_no for card in CARDS for line in card.facts.funding if line.document_no)
    assert numbers["渝财农〔2019〕36号"] >= 10


def test_every_project_named_by_an_asset_is_in_the_table() -> None:
    named = {card.row.project for card in CARDS if card.row.project}
    assert named <= set(projects())
    assert {key for key, row in projects().items() if row.status == "FORMED"} == named


def test_every_holder_has_a_valid_code_of_its_own() -> None:
    told = [(row.credit_prefix, row.serial) for row in units().values()]
    told += [(row.credit_prefix, row.serial) for row in holders().values()]
    codes = [credit_code(*one) for one in told if one[0]]
    assert all(is_credit_code(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_households_have_valid_numbers_that_belong_to_nobody_alive() -> None:
    numbers = [resident_id(index) for index in range(len(CARDS))]
    assert all(is_resident_id(number) and number[6:10] < "1910" for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert all(c.facts.owners[0].resident_id for c in CARDS if c.facts.category is Category.HOUSEHOLD)


def test_there_is_one_person_of_every_role_named_after_it() -> None:
    named = {row.username: row.role for row in people()}
    assert {role: named.get(role.value.lower()) for role in Role} == {role: role for role in Role}


def test_every_person_sits_at_a_level_where_the_role_exists() -> None:
    assert all(row.unit.level in ROLE_LEVELS[row.role] for row in people())


def test_user_names_and_names_are_given_once() -> None:
    assert len({row.username for row in people()}) == len({row.name for row in people()}) == len(people())


@pytest.mark.parametrize("profile", SecurityProfile)
def test_the_demo_password_passes_for_everybody(profile: SecurityProfile) -> None:
    for row in people():
        check_password(DEMO_PASSWORD, row.username, common_passwords(), profile)


def test_the_check_of_the_demo_password_can_fail() -> None:
    with pytest.raises((PasswordTooCommon, PasswordTooShort)):
        check_password(DEMO_PASSWORD, DEMO_PASSWORD.lower(), common_passwords(), SecurityProfile.DJBH3)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2019-10-26", date(2019, 10, 26), "DAY"),
        ("2018-04", date(2018, 4, 1), "MONTH"),
        ("2013", date(2013, 1, 1), "YEAR"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_known(text: str, day: date, precision: str) -> None:
    assert (acquired_of(text).day, acquired_of(text).precision) == (day, precision)


@pytest.mark.parametrize(
    ("text", "milli", "unit"), [("4.1公里", 4100, "公里"), ("12", 12_000, ""), ("0.125亩", 125, "亩")]
)
def test_a_quantity_is_read_exactly(text: str, milli: int, unit: str) -> None:
    assert quantity_milli(text) == (milli, unit)


def test_a_cell_that_names_no_document_or_amount_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        money("中央99 5")
    with pytest.raises(Invalid):
        money("中央19 五")
    with pytest.raises(ValueError, match="公里"):
        quantity_milli("公里")
