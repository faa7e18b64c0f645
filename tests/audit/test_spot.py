"""Verifying a unit or an asset on the spot, comparing a kept checkpoint, reading deeds: on both databases."""

from datetime import timedelta

import pytest
from flask import Flask

from registry.audit.actions import Action
from registry.audit.comparing import Agreement, NotANote, OtherInstallation, compare_note
from registry.audit.queries import find_last_checkpoint
from registry.audit.scoped import Wanted, count_done, list_witnessed, stream_about, stream_done
from registry.audit.services import make_checkpoint
from registry.audit.spot import verify_asset, verify_unit
from registry.audit.witness import witness
from registry.clock import today
from registry.errors import Missing
from tests.factories import COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, confirmed, person
from tests.trust.lived import CITY_LOG, COUNTY_LOG, live


@pytest.mark.parametrize("region", [COUNTY, TOWNSHIP, VILLAGE])
def test_a_unit_that_lived_is_sound(any_app: Flask, region: str) -> None:
    live(any_app)
    verdict = verify_unit(region, by=person("auditor"))
    assert verdict.faults == []
    assert verdict.rows > 0
    assert verdict.events > verdict.unsigned


def test_an_asset_is_sound_and_the_verification_is_recorded(any_app: Flask) -> None:
    asset = confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    verdict = verify_asset(asset.id, asset.region_code, by=person("auditor"))
    assert (verdict.faults, verdict.rows > 1, verdict.unsigned) == ([], True, 0)
    told = Wanted(TOWNSHIP, today() - timedelta(days=1), today() + timedelta(days=1), actions=(Action.VERIFIED,))
    assert count_done(told) == len(list(stream_done(told))) == 1


def test_without_a_checkpoint_only_the_rows_are_verified(any_app: Flask) -> None:
    asset = confirmed()
    verdict = verify_asset(asset.id, asset.region_code, by=person("auditor"))
    assert (verdict.signed, verdict.unsigned, verdict.faults) == (None, verdict.events, [])
    assert len(list(stream_about("asset", str(asset.id)))) >= verdict.events


def test_a_kept_checkpoint_is_compared_and_one_that_is_none_is_refused(any_app: Flask) -> None:
    confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    kept, by = find_last_checkpoint(COUNTY_LOG), person("auditor")
    assert kept is not None
    assert compare_note(kept.note, by=by, most=10_000).agreement is Agreement.HOLDS
    longer = kept.note.replace(f"\n{kept.size}\n", f"\n{kept.size + 1}\n")
    assert compare_note(longer, by=by, most=10_000).agreement is Agreement.FORGED
    with pytest.raises(NotANote):
        compare_note("检查点", by=by, most=10_000)
    with pytest.raises(OtherInstallation):
        compare_note("fpa/00ff/500240\n1\nx\n\n— x y\n", by=by, most=10_000)
    with pytest.raises(Missing):
        compare_note(kept.note.replace(f"/{COUNTY_LOG}\n", f"/{OTHER_COUNTY[:6]}\n"), by=by, most=10_000)


def test_what_the_municipality_witnessed_is_listed_with_its_moment(any_app: Flask) -> None:
    confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    witness()
    kept = find_last_checkpoint(COUNTY_LOG)
    assert kept is not None
    assert [size for size, _at in list_witnessed(COUNTY_LOG)] == [kept.size]
    assert list_witnessed(CITY_LOG) == []
