"""A case of title from draft to certificate: what it lets through, what it refuses, what the register says after it."""

from datetime import date

import pytest
from flask import Flask

from registry.approvals.requests.states import RequestStatus, Verdict
from registry.assets.register.amendments.rules import OwnersByTitle
from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.parts import current_owners
from registry.assets.register.categories import AccountingSystem
from registry.assets.register.registration import OwnerFact
from registry.assets.title.cases.opening import Opening, open_case
from registry.assets.title.cases.services import Found, Proposed, decide_lines, propose_owners
from registry.assets.title.cases.submitting import withdraw_case
from registry.assets.title.certificates.queries import list_certificates
from registry.assets.title.documents import DocumentUnsaid
from registry.assets.title.encumbrances.queries import list_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance, lift_encumbrance
from registry.assets.title.execution.queries import list_assets_to_certify
from registry.assets.title.execution.services import Registration, register_title
from registry.assets.title.owning import (
    AboveVillages,
    CollectiveNotDivided,
    NotOneRoute,
    SharesByInvestment,
    WrongStarter,
)
from registry.assets.title.positions import Position
from registry.assets.title.rules import (
    AlreadyTitled,
    CaseStatus,
    Encumbered,
    InAnotherCase,
    LineDecision,
    LineUndecided,
    NotConfirmedCard,
    PassesProperty,
    Verification,
)
from registry.assets.title.standing.queries import get_standing
from registry.database import transaction
from registry.errors import Missing, RegistryError
from registry.kinds import OwnerKind, TitleDeed
from registry.parties.rules import PartyFacts
from tests.assets.title.making import (
    agreed,
    asset_of,
    case_of,
    fill_in,
    lines_of,
    opened,
    policy,
    request_of,
    road,
    say,
    storehouse,
    submitted,
    titled,
)
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, entered, person, registration
from tests.reports.printing import money

pytestmark = pytest.mark.usefixtures("app")


def register(case_id: int, **facts: object) -> list[str]:
    """Issue the certificates of a case; their numbers."""
    with transaction(VILLAGE):
        said = Registration(TODAY, **facts)  # type: ignore[arg-type]
        issued = register_title(case_of(case_id), said, by=person("township_clerk"), on=TODAY, policy=policy())
        return [one.number for one in issued]


def propose(case_id: int, *owners: Proposed) -> None:
    with transaction(VILLAGE):
        propose_owners(case_of(case_id), lines_of(case_id), owners, by=person("village_clerk"))


def owner(kind: OwnerKind, name: str, unit: str = VILLAGE, **share: int) -> Proposed:
    return Proposed(PartyFacts(kind, name, unit), **share)


def test_a_projects_assets_go_from_draft_to_certificate_in_one_case(any_app: Flask) -> None:
    numbers = [storehouse(f"{n}号仓") for n in range(1, 6)]
    case_id = opened(*numbers)
    fill_in(case_id)
    request = submitted(case_id)
    assert {asset_of(number).title_status for number in numbers} == {"IN_PROCEDURE"}
    assert [step.kind for step in request.steps] == ["COUNTERSIGN", "NOTICE", "MEETING", "REVIEW", "APPROVAL"]
    agreed(case_id)
    assert {asset_of(number).title_status for number in numbers} == {"CONFIRMED"}
    with transaction(VILLAGE):
        ids = {asset.id: f"SZ-{asset.id}" for asset in list_assets_to_certify(case_of(case_id))}
    issued = register(case_id, system=AccountingSystem.COLLECTIVE, numbers=ids)
    assert issued == [f"扶资权500240〔2026〕{n:05d}号" for n in range(1, 6)]
    assert case_of(case_id).state is CaseStatus.DONE
    assert request_of(case_id).state is RequestStatus.EXECUTED
    first = asset_of(numbers[0])
    assert (first.certificate_number, first.accounting_system) == (issued[0], "COLLECTIVE")
    assert first.accounting_number == f"SZ-{first.id}"


def test_a_line_left_out_keeps_its_asset_as_it_was() -> None:
    kept, left = storehouse("留下的"), storehouse("不纳入的")
    case_id = opened(kept, left)
    fill_in(case_id)
    with transaction(VILLAGE):
        case = case_of(case_id)
        found = Found(Verification.NOT_FOUND, LineDecision.LEFT_OUT, "没有见到实物")
        line = next(line for line in lines_of(case_id) if line.asset.asset_no == left)
        decide_lines(case, [line], found, by=person("village_clerk"))
    submitted(case_id)
    agreed(case_id)
    assert asset_of(kept).title_status == "CONFIRMED"
    assert asset_of(left).title_status == "UNCONFIRMED"
    opened(left)


def test_every_line_is_decided_and_every_paper_spoken_of_before_submission() -> None:
    case_id = opened(storehouse())
    with pytest.raises(LineUndecided):
        submitted(case_id)
    with transaction(VILLAGE):
        decide_lines(case_of(case_id), lines_of(case_id), Found(Verification.MATCHES, LineDecision.CONFIRMED),
                     by=person("village_clerk"))  # fmt: skip
    with pytest.raises(DocumentUnsaid):
        submitted(case_id)


def test_a_titled_asset_does_not_pass_to_another_party() -> None:
    number = storehouse()
    titled(number)
    with pytest.raises(AlreadyTitled):
        opened(number)
    case_id = opened(number, deed=TitleDeed.HAND_OVER, giver="县农业农村委")
    fill_in(case_id)
    propose(case_id, owner(OwnerKind.ENTERPRISE, "某公司"))
    with pytest.raises(PassesProperty, match="资产处置"):
        submitted(case_id)


def test_owners_of_a_titled_asset_are_not_corrected_away() -> None:
    number = storehouse()
    titled(number)
    other = (OwnerFact(OwnerKind.ENTERPRISE, "某公司"),)
    facts = registration(name="一号仓", original_value_fen=10_000_000, funding=money(10_000_000), owners=other)
    with pytest.raises(OwnersByTitle), transaction(VILLAGE):
        ask_correction(asset_of(number), facts, reason="换人", by=person("village_clerk"), on=TODAY)


def test_collective_property_is_not_divided_to_households() -> None:
    case_id = opened(storehouse())
    fill_in(case_id)
    propose(case_id, owner(OwnerKind.HOUSEHOLD, "谭家兴"))
    with pytest.raises(CollectiveNotDivided):
        submitted(case_id)


def test_villages_hold_together_by_what_they_invested() -> None:
    number = storehouse()
    case_id = opened(number, by="township_clerk")
    fill_in(case_id, "township_clerk")
    here, there = "华溪村股份经济合作社", "盐井村股份经济合作社"
    kind = OwnerKind.VILLAGE_COLLECTIVE
    propose(case_id, owner(kind, here, share_bp=5_000), owner(kind, there, SIBLING_VILLAGE, share_bp=5_000))
    with pytest.raises(SharesByInvestment):
        submitted(case_id, "township_clerk")
    propose(
        case_id, owner(kind, here, invested_fen=100_000_00), owner(kind, there, SIBLING_VILLAGE, invested_fen=50_000_00)
    )
    request = submitted(case_id, "township_clerk")
    assert [one.share_bp for one in lines_of(case_id)[0].owners] == [6_667, 3_333]
    meetings = [step.desk_code for step in request.steps if step.kind == "MEETING"]
    assert meetings == [VILLAGE, SIBLING_VILLAGE]
    agreed(case_id)
    assert [(row.party.name, row.share_bp) for row in current_owners(asset_of(number).id)] == [
        (here, 6_667),
        (there, 3_333),
    ]
    assert person("sibling_clerk") is not None
    assert asset_of(number).owner_text == f"{here} 66.67%；{there} 33.33%"


def test_a_public_work_that_serves_several_villages_is_not_one_villages() -> None:
    case_id = opened(road(), by="sector_officer", spans_villages=True)
    fill_in(case_id, "sector_officer")
    with pytest.raises(AboveVillages):
        submitted(case_id, "sector_officer")


def test_public_works_are_brought_in_by_their_sector_and_others_by_clerks() -> None:
    number = road()
    with pytest.raises(WrongStarter):
        opened(number)
    opened(number, by="sector_officer")
    with pytest.raises(WrongStarter):
        opened(storehouse(sector="AGRICULTURE"), by="sector_officer")
    with pytest.raises(Missing):
        opened(road("别的行业的路", sector="TRANSPORT"), by="sector_officer")


def test_what_weighs_on_an_asset_keeps_it_from_first_title() -> None:
    number = storehouse()
    facts = EncumbranceFacts(EncumbranceKind.PLEDGE, "农商行", "抵字1号", date(2025, 1, 1))
    with transaction(VILLAGE):
        add_encumbrance(asset_of(number), facts, by=person("township_clerk"), on=TODAY)
    with pytest.raises(Encumbered, match="农商行"):
        opened(number)
    with transaction(VILLAGE):
        row = list_encumbrances(asset_of(number).id, TODAY)[0]
        lift_encumbrance(row, asset_of(number), "解押1号", lifted_on=TODAY, by=person("township_clerk"), on=TODAY)
    opened(number)


def test_a_dispute_stands_on_the_card_until_it_is_settled() -> None:
    number = storehouse()
    titled(number)
    facts = EncumbranceFacts(EncumbranceKind.DISPUTE, "谭某", "信访1号", TODAY)
    with transaction(VILLAGE):
        add_encumbrance(asset_of(number), facts, by=person("township_clerk"), on=TODAY)
    assert asset_of(number).title_status == "DISPUTED"
    assert get_standing(asset_of(number), TODAY).position is Position.OBJECTED
    with transaction(VILLAGE):
        row = list_encumbrances(asset_of(number).id, TODAY)[0]
        lift_encumbrance(row, asset_of(number), "调解1号", lifted_on=TODAY, by=person("township_clerk"), on=TODAY)
    assert asset_of(number).title_status == "CONFIRMED"


def test_an_asset_lies_in_one_case_at_a_time() -> None:
    number = storehouse()
    case_id = opened(number)
    with pytest.raises(InAnotherCase):
        opened(number)
    with transaction(VILLAGE):
        withdraw_case(case_of(case_id), "写错了", by=person("village_clerk"), on=TODAY, policy=policy())
    opened(number)


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        (lambda: [entered().asset_no], NotConfirmedCard),
        (lambda: ["500240213203J201900001X"], Missing),
        (list, Missing),
        (lambda: [storehouse(), road()], NotOneRoute),
    ],
)
def test_a_case_takes_in_confirmed_assets_of_one_way(numbers: object, refusal: type[RegistryError]) -> None:
    found = numbers()  # type: ignore[operator]
    with pytest.raises(refusal):
        opened(*found)


def test_nobody_brings_in_what_lies_outside_their_reach() -> None:
    number = storehouse()
    with pytest.raises(Missing), transaction(VILLAGE):
        open_case(Opening(TitleDeed.FIRST_TITLE, (number,)), by=person("sibling_clerk"), on=TODAY)


def test_the_position_follows_the_way() -> None:
    number = storehouse()
    seen = []

    def look() -> None:
        seen.append(get_standing(asset_of(number), TODAY).position)

    look()
    case_id = opened(number)
    fill_in(case_id)
    submitted(case_id)
    look()
    say(case_id, Verdict.AGREE, "village_supervisory_committee")
    look()
    agreed(case_id)
    look()
    register(case_id)
    look()
    assert seen == [
        Position.REGISTERED,
        Position.VERIFYING,
        Position.ON_NOTICE,
        Position.AGREED,
        Position.TITLED,
    ]
    assert [one.void_on for one in list_certificates(asset_of(number).id)] == [None]
