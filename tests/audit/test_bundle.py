"""Evidence bundles: complete as of their event, verified offline by two verifiers, and silent about sealed data."""

import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest

from registry.audit import bundle_writing
from registry.audit.bundle import NotAUnitBelow, PeriodBackwards, Scope, check_scope, record_evidence
from registry.audit.bundle_writing import write_bundle
from registry.audit.merkle import TiledLeaves, inclusion_proof, root, verify_inclusion
from registry.audit.models import TrailEvent
from registry.audit.queries import last_region_seqs
from registry.audit.verify_audit import verify
from registry.clock import today
from registry.database import db, transaction
from registry.evidence import store
from registry.ledger.distribution.rolls.services import enrol_household
from registry.permissions import system_actor
from registry.places.models import Region
from registry.places.services import merge_region, rename_region
from registry.policy.queries import policy_for
from registry.regions import code_range
from registry.workbench.moving import hand_over
from tests.audit.bundling import bundled, members_of, whole_county
from tests.audit.second_verifier import judge
from tests.factories import (
    COUNTY,
    MUNICIPALITY,
    OTHER_COUNTY,
    SIBLING_VILLAGE,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    confirmed,
    person,
)
from tests.ledger.rolls.people import enrolment
from tests.trust.lived import COUNTY_LOG, keys, live, outside, told


def notes_of_county() -> list[str]:
    """The county's checkpoints that lie beside the database."""
    return [note for note in outside() if f"/{COUNTY_LOG}\n" in note]


@pytest.mark.parametrize("region", [COUNTY, TOWNSHIP, VILLAGE, SIBLING_VILLAGE])
def test_a_bundle_of_every_level_is_sound_to_both_verifiers(any_app, tmp_path, region):
    live(any_app)
    early = notes_of_county()
    sealed = bundled(tmp_path / "b.zip", Scope(region))
    for notes in (early, notes_of_county()):
        report = verify(tmp_path / "b.zip", notes, keys())
        assert report.code == 0, told(report)
        assert report.logs[0].anchored == int(notes[0].split("\n")[1])
        assert judge(tmp_path / "b.zip", notes, keys()) == []
    assert sealed.rows > 0
    assert sealed.missing == 0


def test_an_unpacked_bundle_verifies_with_python_alone(app, tmp_path):
    live(app)
    bundled(tmp_path / "b.zip", Scope(TOWNSHIP))
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        packed.extractall(tmp_path / "b")
    command = [sys.executable, "-I", "verify_audit.py", ".", "--key", keys()[0]]
    done = subprocess.run(command, cwd=tmp_path / "b", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "包里有其中" in done.stdout
    assert judge(tmp_path / "b", (), keys()) == []


def test_a_bundle_claims_every_event_of_every_unit_as_of_its_own_event(any_app, tmp_path):
    confirmed()
    before = last_region_seqs(code_range(TOWNSHIP))
    standing = record_evidence(Scope(TOWNSHIP), by=person("auditor"))
    facts = json.loads(db.session.get_one(TrailEvent, (COUNTY_LOG, standing.seq)).payload)["facts"]
    assert facts == {"scope": {"region": TOWNSHIP, "from": None, "to": None}, "region_seqs": before}
    write_bundle(tmp_path / "b.zip", Scope(TOWNSHIP), standing)
    held = [json.loads(line) for line in members_of(tmp_path / "b.zip")[f"events-{COUNTY_LOG}.jsonl"].splitlines()]
    for region, last in before.items():
        numbers = {one["region_seq"] for one in held if one["region"] == region}
        assert numbers >= set(range(1, last + 1)), region


def test_what_is_written_while_a_bundle_is_made_does_not_show_in_it(any_app, tmp_path):
    asset = confirmed(name="写到一半")
    key = str(asset.id)
    standing = record_evidence(Scope(TOWNSHIP), by=person("auditor"))
    with transaction(VILLAGE):
        rename_region(VILLAGE, "后来改的村村民委员会", on=TODAY, basis="批复", by=system_actor(MUNICIPALITY))
    confirmed(name="后来登记的")
    write_bundle(tmp_path / "b.zip", Scope(TOWNSHIP), standing)
    members = members_of(tmp_path / "b.zip")
    assert "后来" not in members["rows-asset.jsonl"].decode() + members["rows-region.jsonl"].decode()
    assert f'"id":"{key}"' in members["rows-asset.jsonl"].decode()
    report = verify(tmp_path / "b.zip", (), keys())
    assert report.code == 0, told(report)
    assert judge(tmp_path / "b.zip", (), keys()) == []


def test_without_undoing_what_came_later_the_rows_would_not_fit(app, tmp_path, monkeypatch):
    """The control of the test above."""
    standing = record_evidence(Scope(TOWNSHIP), by=person("auditor"))
    confirmed(name="后来登记的")
    monkeypatch.setattr(bundle_writing, "changed_later", lambda *_: {})
    write_bundle(tmp_path / "b.zip", Scope(TOWNSHIP), standing)
    assert verify(tmp_path / "b.zip", (), keys()).code == 1
    assert judge(tmp_path / "b.zip", (), keys())


@pytest.mark.parametrize(("since", "until"), [(0, 0), (1, 3), (-400, -1), (None, -1), (0, None)])
def test_a_bundle_of_a_period_is_sound_whatever_days_are_asked_for(app, tmp_path, since, until):
    live(app)
    day = today()
    scope = Scope(TOWNSHIP, *(None if n is None else day + timedelta(days=n) for n in (since, until)))
    bundled(tmp_path / "b.zip", scope)
    report = verify(tmp_path / "b.zip", notes_of_county(), keys())
    assert report.code == 0, told(report)
    assert judge(tmp_path / "b.zip", notes_of_county(), keys()) == []


def test_a_bundle_of_a_village_holds_no_row_of_another(app, tmp_path):
    confirmed()
    confirmed(region_code=SIBLING_VILLAGE, location_code=SIBLING_VILLAGE, name="邻村资产")
    bundled(tmp_path / "b.zip", Scope(VILLAGE))
    members = members_of(tmp_path / "b.zip")
    rows = [
        json.loads(line) for name, data in members.items() if name.startswith("rows-") for line in data.splitlines()
    ]
    assert {one["row"]["region_code"] for one in rows} == {VILLAGE}
    assert "邻村资产" not in b"".join(members.values()).decode("utf-8", "replace")


def test_a_unit_merged_into_another_county_takes_its_last_states_along(app, tmp_path):
    confirmed()
    by = system_actor(MUNICIPALITY)
    heir = db.session.scalars(
        db.select(Region.region_code).where(Region.region_code.like("500101%"), Region.region_code.not_like("%000"))
    ).first()
    with transaction(VILLAGE, heir):
        merge_region(VILLAGE, heir, on=TODAY, basis="批复", by=by)
        hand_over(VILLAGE, heir, by=by)
    bundled(tmp_path / "b.zip", Scope(TOWNSHIP))
    report = verify(tmp_path / "b.zip", (), keys())
    assert report.code == 0, told(report)
    assert judge(tmp_path / "b.zip", (), keys()) == []
    assert f"events-{OTHER_COUNTY[:6]}.jsonl" in members_of(tmp_path / "b.zip")


def test_a_file_that_is_gone_from_the_disk_is_said_to_be_missing(app, tmp_path):
    live(app)
    sealed = bundled(tmp_path / "b.zip", Scope(COUNTY))
    assert sealed.files > 0
    name = next(name for name in members_of(tmp_path / "b.zip") if name.startswith("files/"))
    store.path_of(name[6:70]).unlink()
    sealed = bundled(tmp_path / "c.zip", Scope(COUNTY))
    assert sealed.missing == 1
    report = verify(tmp_path / "c.zip", (), keys())
    assert (report.code, {one.rule for one in report.findings if one.grade != "NOTE"}) == (2, {"file"})
    assert judge(tmp_path / "c.zip", (), keys()) == [f"file {name[6:70]}"]


def test_a_bundle_without_files_says_so(app, tmp_path):
    live(app)
    bundled(tmp_path / "b.zip", Scope(VILLAGE), files=False)
    assert not any(name.startswith("files/") for name in members_of(tmp_path / "b.zip"))
    report = verify(tmp_path / "b.zip", (), keys())
    assert (report.code, "没有附上附件和打印件的原件" in told(report)) == (0, True)
    assert judge(tmp_path / "b.zip", (), keys()) == []


def test_proofs_asked_for_in_order_read_every_tile_once():
    reads = []
    leaves = [bytes([n % 256]) * 32 for n in range(256 * 5 + 17)]

    def tile(index: int) -> list[bytes]:
        reads.append(index)
        return leaves[index * 256 : index * 256 + 256]

    stored = TiledLeaves(tile, 5, leaves[256 * 5 :])
    top = root(leaves)
    assert stored.subtree(0, len(leaves)) == top
    for index in range(0, len(leaves), 3):
        assert verify_inclusion(leaves[index], index, len(leaves), inclusion_proof(stored, index, len(leaves)), top)
    assert len(reads) <= 2 * 5


@pytest.mark.parametrize(
    ("scope", "refusal"),
    [
        (Scope(MUNICIPALITY), NotAUnitBelow),
        (Scope("12"), NotAUnitBelow),
        (Scope(VILLAGE, TODAY, TODAY - timedelta(days=1)), PeriodBackwards),
    ],
)
def test_no_bundle_of_the_municipality_or_of_a_period_that_ends_before_it_begins(scope, refusal):
    with pytest.raises(refusal):
        check_scope(scope)


def test_the_same_standing_gives_the_same_members(app, tmp_path):
    live(app)
    standing = record_evidence(Scope(TOWNSHIP), by=person("auditor"))
    for name in ("a.zip", "b.zip"):
        write_bundle(tmp_path / name, Scope(TOWNSHIP), standing, file_of=store.path_of)
    one, other = (members_of(tmp_path / name) for name in ("a.zip", "b.zip"))
    assert {name: data for name, data in one.items() if name != "manifest.json"} == {
        name: data for name, data in other.items() if name != "manifest.json"
    }


def test_a_bundle_keeps_sealed_data_sealed(app, tmp_path):
    made = enrolment(1, region_code=VILLAGE)
    with transaction(VILLAGE):
        enrol_household(made, by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))
    whole_county(tmp_path / "b.zip")
    text = b"".join(members_of(tmp_path / "b.zip").values()).decode("utf-8", "replace")
    secrets = [value for value in vars(made).values() if isinstance(value, str) and value.isdigit() and len(value) > 9]
    assert not [secret for secret in secrets if secret in text and secret != VILLAGE]
    assert "Mountain-Honey" not in text
    assert "$argon2" not in text
