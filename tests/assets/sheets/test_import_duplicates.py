"""What stands twice is brought in once: in the register, in the file, in the file brought in before, meanwhile."""

import pytest

from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact, Registration
from registry.assets.register.rules import OwnerNotAllowed
from registry.assets.register.sheets import writing
from registry.assets.register.sheets.queries import find_same_file, get_upload, list_chunks
from registry.assets.register.sheets.running import run_import
from tests.assets.sheets.importing import (
    CLERK,
    GOOD,
    HEAD,
    assets,
    batch_of,
    begin,
    bring_in,
    check,
    keep,
    pasted,
    told,
)
from tests.factories import entered, person

pytestmark = pytest.mark.usefixtures("app")


def test_the_same_unit_name_year_and_value_is_a_duplicate_of_the_register() -> None:
    known = entered(name="蓄水池", original_value_fen=486_000_00, **_one_line(486_000_00), project_year=2018)
    number = known.asset_no
    found = check(pasted(HEAD, GOOD))
    assert (found.added, found.duplicate) == (0, 1)
    assert found.report.duplicates[0].twin.number == number


def test_another_value_is_brought_in_and_told() -> None:
    entered(name="蓄水池", original_value_fen=100, **_one_line(100), project_year=2018)
    found = check(pasted(HEAD, GOOD))
    assert (found.added, found.duplicate) == (1, 0)
    assert any("同村同名同年，原值不同" in text for text in told(found))


def test_a_row_that_stands_twice_in_the_file_is_brought_in_once() -> None:
    found = check(pasted(HEAD, GOOD, GOOD))
    assert (found.added, found.duplicate, found.report.duplicates[0].twin.row) == (1, 1, 2)


def test_importing_the_same_file_again_adds_nothing_and_is_noticed() -> None:
    upload = pasted(HEAD, GOOD)
    batch_id = bring_in(upload).id
    found = check(upload)
    assert (found.added, found.duplicate) == (0, 1)
    upload_id = keep(upload)
    same = find_same_file(get_upload(upload_id, person(CLERK)).file_sha256, person(CLERK))
    assert same is not None
    assert same.id == batch_id


def test_what_was_entered_between_precheck_and_import_is_not_entered_twice() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    bring_in(pasted(HEAD, GOOD, name="另一份"))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert (assets(), batch_of(upload_id).added, batch_of(upload_id).refused) == (1, 0, 1)


def test_a_rule_that_refuses_by_now_leaves_the_row_out_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    upload_id = keep(pasted(HEAD, GOOD, GOOD.replace("蓄水池", "水渠")))
    begin(upload_id)
    real = writing.check_registration

    def stricter(facts: Registration, **on: object) -> None:
        if facts.name == "水渠":
            raise OwnerNotAllowed(category="公益性资产", owner="农户")
        real(facts, **on)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "check_registration", stricter)
    run_import(upload_id, by=person(CLERK))
    assert (assets(), batch_of(upload_id).refused) == (1, 1)
    assert "不能归" in list_chunks(upload_id)[0].refused


def _one_line(fen: int) -> dict[str, object]:
    return {"funding": (FundingFact(FundingSource.UNVERIFIED, fen),)}
