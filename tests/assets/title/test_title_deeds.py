"""Deeds after first title: a name that changes, an error put right, a household's light record, what is called in."""

import pytest

from registry.approvals.requests.queries import find_request
from registry.approvals.requests.services import withdraw_request
from registry.assets.register.cards.parts import current_owners
from registry.assets.register.registration import OwnerFact
from registry.assets.title.cases.content import as_if_approved
from registry.assets.title.cases.opening import NotItsOwner
from registry.assets.title.cases.services import (
    BasisMissing,
    CaseFacts,
    GiverMissing,
    Proposed,
    change_case,
    decide_lines,
    propose_owners,
    set_papers,
)
from registry.assets.title.cases.submitting import follow_request
from registry.assets.title.certificates.queries import certificates_of, list_certificates
from registry.assets.title.documents import DocumentNeeded, DocumentState, Paper, TitleDocument
from registry.assets.title.encumbrances.queries import list_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance, lift_encumbrance
from registry.assets.title.execution.rules import NotAgreedYet, NothingToCertify
from registry.assets.title.execution.services import Registration, register_title
from registry.assets.title.rules import CaseStatus, Encumbered, NotEditable
from registry.database import transaction
from registry.kinds import Category, OwnerKind, TitleDeed
from registry.parties.rules import NameMissing, PartyFacts
from tests.assets.title.making import (
    MATCHES,
    agreed,
    asset_of,
    case_of,
    fill_in,
    lines_of,
    opened,
    policy,
    request_of,
    storehouse,
    submitted,
    titled,
)
from tests.factories import TODAY, VILLAGE, person

pytestmark = pytest.mark.usefixtures("app")
PROVED = {"reason": "换证", "document_no": "石农发〔2026〕1号"}


def certify(case_id: int) -> None:
    with transaction(VILLAGE):
        who = person("township_clerk")
        register_title(case_of(case_id), Registration(TODAY), by=who, on=TODAY, policy=policy())


def through(case_id: int) -> None:
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)


def test_a_holders_new_name_stands_on_every_card_it_holds() -> None:
    first, second = storehouse("甲"), storehouse("乙")
    titled(first, second)
    case_id = opened(first, deed=TitleDeed.OWNER_NAME, new_name="华溪村股份经济联合社", **PROVED)
    party = current_owners(asset_of(first).id)[0].party_id
    through(case_id)
    assert {asset_of(one).owner_text for one in (first, second)} == {"华溪村股份经济联合社"}
    assert current_owners(asset_of(second).id)[0].party_id == party
    assert case_of(case_id).state is CaseStatus.DONE


def test_a_new_name_is_said_and_stands_on_a_document() -> None:
    number = storehouse()
    titled(number)
    case_id = opened(number, deed=TitleDeed.OWNER_NAME)
    fill_in(case_id)
    with pytest.raises(BasisMissing):
        submitted(case_id)
    with transaction(VILLAGE):
        change_case(case_of(case_id), CaseFacts(**PROVED), by=person("village_clerk"))
    with pytest.raises(NameMissing):
        submitted(case_id)


def test_a_name_changes_on_what_the_holder_holds() -> None:
    other = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "另一个经济合作社"),)
    first, second = storehouse("甲"), storehouse("乙", owners=other)
    titled(first)
    titled(second)
    with pytest.raises(NotItsOwner):
        opened(first, second, deed=TitleDeed.OWNER_NAME)


def test_an_error_put_right_voids_the_certificate_and_waits_for_a_new_one() -> None:
    number = storehouse()
    certify(titled(number))
    case_id = opened(number, deed=TitleDeed.ERROR, **PROVED)
    fill_in(case_id)
    right = Proposed(PartyFacts(OwnerKind.GROUP_COLLECTIVE, "华溪村先锋组", VILLAGE))
    with transaction(VILLAGE):
        propose_owners(case_of(case_id), lines_of(case_id), [right], by=person("village_clerk"))
    submitted(case_id)
    agreed(case_id)
    asset = asset_of(number)
    assert (asset.owner_text, asset.certificate_number) == ("华溪村先锋组", "")
    assert [one.void_on for one in list_certificates(asset.id)] == [TODAY]
    certify(case_id)
    assert [one.void_on for one in list_certificates(asset.id)] == [None, TODAY]
    assert certificates_of([asset.id])[asset.id].holders == "华溪村先锋组"


def test_a_households_asset_is_recorded_lightly_with_its_signature() -> None:
    owners = (OwnerFact(OwnerKind.HOUSEHOLD, "谭家兴"),)
    number = storehouse("生猪", 300_000, category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", owners=owners)
    case_id = opened(number)
    fill_in(case_id)
    request = submitted(case_id)
    assert [step.label for step in request.steps] == ["村级核对农户签字"]
    agreed(case_id)
    certify(case_id)
    assert asset_of(number).certificate_kind == "到户资产确权登记证"


def test_without_the_householders_signature_nothing_is_submitted() -> None:
    owners = (OwnerFact(OwnerKind.HOUSEHOLD, "谭家兴"),)
    number = storehouse("生猪", 300_000, category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", owners=owners)
    case_id = opened(number)
    with transaction(VILLAGE):
        decide_lines(case_of(case_id), lines_of(case_id), MATCHES, by=person("village_clerk"))
        papers = {TitleDocument.SIGNATURE: Paper(DocumentState.PRESENT)}
        set_papers(case_of(case_id), papers, by=person("village_clerk"))
    with pytest.raises(DocumentNeeded):
        submitted(case_id)


def test_a_hand_over_names_who_hands_over() -> None:
    case_id = opened(storehouse(), deed=TitleDeed.HAND_OVER)
    fill_in(case_id)
    with pytest.raises(GiverMissing):
        submitted(case_id)


def test_nothing_is_carried_out_before_it_was_agreed_to() -> None:
    case_id = opened(storehouse())
    fill_in(case_id)
    submitted(case_id)
    with pytest.raises(NotAgreedYet):
        certify(case_id)


def test_agreement_that_is_taken_back_takes_the_title_back() -> None:
    number = storehouse()
    case_id = titled(number)
    with transaction(VILLAGE):
        request = request_of(case_id)
        withdraw_request(request, "送错了", by=person("village_clerk"), on=TODAY, policy=policy())
        follow_request(request, by=person("village_clerk"), on=TODAY, policy=policy())
    assert case_of(case_id).state is CaseStatus.WITHDRAWN
    assert asset_of(number).title_status == "UNCONFIRMED"
    opened(number)


def test_who_decides_sees_what_will_change() -> None:
    number = storehouse()
    case_id = opened(number)
    fill_in(case_id)
    changes = as_if_approved(case_of(case_id), lines_of(case_id))
    assert [(one.label, one.old, one.new) for one in changes] == [
        ("一号仓", "华溪村股份经济合作社", "华溪村股份经济合作社（已确权）")
    ]


def test_what_was_agreed_to_is_edited_no_more() -> None:
    case_id = titled(storehouse())
    with pytest.raises(NotEditable), transaction(VILLAGE):
        change_case(case_of(case_id), CaseFacts(title="改"), by=person("village_clerk"))
    assert find_request("title_case", str(case_id)) is not None


def weigh_on(number: str, kind: EncumbranceKind) -> None:
    facts = EncumbranceFacts(kind, "谭某", "信访1号", TODAY)
    with transaction(VILLAGE):
        add_encumbrance(asset_of(number), facts, by=person("township_clerk"), on=TODAY)


def test_what_came_to_weigh_on_an_asset_meanwhile_stops_the_last_decision() -> None:
    number = storehouse()
    case_id = opened(number)
    fill_in(case_id)
    submitted(case_id)
    weigh_on(number, EncumbranceKind.SEIZURE)
    with pytest.raises(Encumbered):
        agreed(case_id)
    assert case_of(case_id).state is CaseStatus.SUBMITTED
    assert asset_of(number).title_status == "IN_PROCEDURE"


def test_an_asset_in_dispute_waits_for_its_certificate_and_so_does_its_case() -> None:
    sound, disputed = storehouse("甲"), storehouse("乙")
    case_id = titled(sound, disputed)
    weigh_on(disputed, EncumbranceKind.DISPUTE)
    certify(case_id)
    assert [bool(asset_of(one).certificate_number) for one in (sound, disputed)] == [True, False]
    assert case_of(case_id).state is CaseStatus.APPROVED
    with pytest.raises(NothingToCertify):
        certify(case_id)
    with transaction(VILLAGE):
        row = list_encumbrances(asset_of(disputed).id, TODAY)[0]
        who = person("township_clerk")
        lift_encumbrance(row, asset_of(disputed), "调解1号", lifted_on=TODAY, by=who, on=TODAY)
    certify(case_id)
    assert case_of(case_id).state is CaseStatus.DONE
