"""A title case before and after submission: it stands still, is mended, is rejected."""

import pytest

from registry.approvals.requests.states import Verdict
from registry.assets.title.cases.submitting import ContentChanged, check_case
from registry.assets.title.rules import (
    CaseStatus,
    LineUndecided,
    NotEditable,
)
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import transaction
from registry.kinds import OwnerKind
from tests.assets.title.making import (
    agreed,
    asset_of,
    case_of,
    fill_in,
    lines_of,
    opened,
    request_of,
    say,
    storehouse,
    submitted,
)
from tests.assets.title.test_title_cases import owner, propose
from tests.factories import TODAY, VILLAGE, person

pytestmark = pytest.mark.usefixtures("app")


def test_what_is_being_decided_on_stands_still() -> None:
    case_id = opened(storehouse())
    fill_in(case_id)
    submitted(case_id)
    with pytest.raises(NotEditable):
        propose(case_id, owner(OwnerKind.TOWNSHIP, "中益乡人民政府"))


def test_a_case_sent_back_is_mended_and_starts_anew() -> None:
    number = storehouse()
    case_id = opened(number)
    fill_in(case_id)
    submitted(case_id)
    say(case_id, Verdict.SEND_BACK, "village_supervisory_committee", "权利人不对", "权利人")
    assert case_of(case_id).state is CaseStatus.SENT_BACK
    propose(case_id, owner(OwnerKind.TOWNSHIP, "中益乡人民政府"))
    submitted(case_id)
    assert request_of(case_id).content_version == 2
    agreed(case_id)
    assert asset_of(number).title_status == "CONFIRMED"


def test_a_rejected_case_leaves_the_card_untitled() -> None:
    number = storehouse()
    case_id = opened(number)
    fill_in(case_id)
    submitted(case_id)
    say(case_id, Verdict.REJECT, "village_supervisory_committee", "不是村里的")
    assert case_of(case_id).state is CaseStatus.REJECTED
    assert asset_of(number).title_status == "UNCONFIRMED"
    opened(number)


def test_what_changed_after_submission_is_not_carried_out() -> None:
    number = storehouse()
    case_id = opened(number)
    fill_in(case_id)
    submitted(case_id)
    with transaction(VILLAGE):
        asset = asset_of(number)
        asset.name = "改了名的仓"
        record(Action.ASSET_CORRECTED, asset, by=person("county_clerk"))
    with pytest.raises(ContentChanged):
        agreed(case_id)
    assert asset_of(number).title_status == "IN_PROCEDURE"


def test_a_case_tells_before_submission_what_stands_in_its_way() -> None:
    case_id = opened(storehouse())
    with pytest.raises(LineUndecided):
        check_case(case_of(case_id), lines_of(case_id), by=person("village_clerk"), on=TODAY)
