"""Whatever is changed in a bundle, both verifiers find it; what they name is what was changed.

A forger here is careful: the manifest's list of digests is brought into line after each change.
"""

import json
import random
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from registry.audit.bundle import Scope
from registry.audit.events import leaf_hash
from registry.audit.verify_audit import Report, verify
from registry.clock import today
from registry.config import Settings
from tests.audit.bundling import (
    Members,
    bundled,
    lines_of,
    listed,
    members_of,
    packed,
    plain_json,
    put_lines,
    rewrite,
)
from tests.audit.second_verifier import judge
from tests.conftest import opened
from tests.factories import COUNTY, TOWNSHIP
from tests.trust.bundle_changes import EVENTS, FAMILIES
from tests.trust.lived import COUNTY_LOG, keys, live, outside, told


@dataclass(frozen=True)
class Pristine:
    """Bundles nobody has touched, by kind, with the notes and keys their reader keeps elsewhere."""

    bundles: dict[str, Members]
    notes: list[str]
    keys: list[str]

    def judged(self, members: Members, folder: Path) -> tuple[Report, list[str]]:
        """What both verifiers say of altered members."""
        path = packed(members, folder / "altered.zip")
        return verify(path, self.notes, self.keys), judge(path, self.notes, self.keys)


@pytest.fixture(scope="module")
def pristine(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Pristine:
    folder = tmp_path_factory.mktemp("bundles")
    shutil.copytree(template, folder / "instance")
    found: dict[str, Members] = {}
    for app in opened(Settings(data_dir=folder / "instance", require_second_factor=False)):
        live(app)
        notes = [note for note in outside() if f"/{COUNTY_LOG}\n" in note]
        scopes = {
            "whole": Scope(COUNTY),
            "part": Scope(TOWNSHIP),
            "period": Scope(TOWNSHIP, today() - timedelta(days=1), today()),
        }
        for kind, scope in scopes.items():
            bundled(folder / f"{kind}.zip", scope)
            found[kind] = members_of(folder / f"{kind}.zip")
        return Pristine(found, notes, [keys()[0]])
    raise AssertionError


@pytest.mark.parametrize("kind", ["whole", "part", "period"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_change_of_a_bundle_is_found_by_both_verifiers(family, kind, pristine, tmp_path, full):
    dice = random.Random(20261129)
    few, many = (40, 240) if family != "rows" else (60, 400)
    changes = FAMILIES[family](pristine.bundles[kind], dice)
    done = 0
    for name, change in changes:
        members = dict(pristine.bundles[kind])
        change(members)
        if members == pristine.bundles[kind]:
            continue
        report, second = pristine.judged(listed(members), tmp_path)
        assert report.code in (1, 2), (kind, name, told(report))
        assert report.code == 1 or name.startswith(("drop note", "line", "signature", "size", "installation")), (
            kind, name, told(report),
        )  # fmt: skip
        assert second, (kind, name, told(report))
        done += 1
        if done == (many if full else few):
            break


@pytest.mark.parametrize("kind", ["whole", "part", "period"])
def test_an_untouched_bundle_packed_again_is_sound(kind, pristine, tmp_path):
    report, second = pristine.judged(listed(dict(pristine.bundles[kind])), tmp_path)
    assert (report.code, second) == (0, []), told(report)


@pytest.mark.parametrize("kind", ["whole", "part", "period"])
def test_one_digit_of_one_amount_is_named_with_table_row_and_column(kind, pristine, tmp_path):
    members = dict(pristine.bundles[kind])
    told_row = json.loads(lines_of(members, "rows-asset.jsonl")[0])
    wrong = told_row["row"]["original_value_fen"] + 10_000
    rewrite(members, "rows-asset.jsonl", 0, lambda line: line["row"].update(original_value_fen=wrong))
    report, second = pristine.judged(listed(members), tmp_path)
    named = f"asset {told_row['id']} 的 original_value_fen 与轨迹最后一次记录不同"
    assert [one.detail for one in report.findings if one.grade == "TAMPERED"] == [named]
    assert second == [f"row asset {told_row['id']} original_value_fen"]


def test_a_member_changed_without_the_manifest_is_found_by_its_digest_alone(pristine, tmp_path):
    for name in sorted(pristine.bundles["part"]):
        if name == "manifest.json":
            continue
        members = dict(pristine.bundles["part"])
        members[name] += b"\n" if name.endswith((".py", ".txt")) else b" "
        report, second = pristine.judged(members, tmp_path)
        assert (report.code == 1, bool(second)) == (True, True), name


def test_history_hashed_anew_passes_only_where_the_key_is_the_forgers_own(pristine, tmp_path):
    """The control: an event rewritten and all after it hashed anew fails at the signature, and at nothing before."""
    members = dict(pristine.bundles["whole"])
    lines, previous = lines_of(members, EVENTS), None
    for place in range(20, len(lines)):
        event = json.loads(lines[place])
        event["prev"] = previous or event["prev"]
        event["reason"] = "另有安排" if place == 20 else event["reason"]
        lines[place] = plain_json(event)
        previous = leaf_hash(lines[place].decode())
    put_lines(members, EVENTS, lines)
    report, second = pristine.judged(listed(members), tmp_path)
    assert {one.rule for one in report.findings if one.grade == "TAMPERED"} <= {
        "checkpoint", "outside", "manifest", "witness",
    }  # fmt: skip
    assert report.code == 1
    assert second
