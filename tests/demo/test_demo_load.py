"""Loading the demo county: deterministic, whole or not at all, and told to the trail."""

import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry import config
from registry.accounts.installation import is_demo
from registry.accounts.models import User
from registry.accounts.queries import count_users, find_user
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.register.amendments.models import Comment, Correction, LegacyFact
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.cards.models import Asset, AssetOwner, FundingLine, Interest, Rollup, ValueChange
from registry.assets.register.cards.parts import funding_of
from registry.assets.register.cards.queries import highest_value_since
from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.registration import WHOLE_BP, Stage, ValueKind
from registry.assets.register.rules import poverty_fund_fen
from registry.audit.keys import service_verifier
from registry.audit.verify_audit import verify
from registry.config import PACKAGE
from registry.database import db
from registry.demo.load import SIGN_INS, STEPS, NotEmpty, load_demo
from registry.demo.people import DEMO_PASSWORD, Staff, people
from registry.demo.tables import DEMO_TODAY
from registry.ledger.operation.dues.models import DueSum
from registry.ledger.operation.receipts.models import IncomeSum
from registry.operations.kept import unequal_sums
from registry.parties.models import Party
from registry.permissions import Permission
from registry.places.queries import go_live_of
from registry.regions import log_of
from registry.scope import within
from tests.demo.conftest import make_empty, opened
from tests.factories import COUNTY, MUNICIPALITY, VILLAGE

Rows = list[tuple[object, ...]]


def business_rows() -> dict[str, Rows]:
    """Return what the register says, without moments, keys of rows and sealed values."""
    questions = {
        "assets": select(
            Asset.asset_no, Asset.name, Asset.stage, Asset.original_value_fen, Asset.poverty_fund_fen, Asset.owner_text,
            Asset.location_detail, Asset.title_status, Asset.certificate_number, Asset.plan_remaining_fen,
            Asset.longitude_e6, Asset.quantity_milli, Asset.project_number, Asset.sent_back_reason,
        ).order_by(Asset.asset_no),
        "owners": select(Asset.asset_no, Party.name, Party.credit_code, Party.kind, AssetOwner.share_bp)
        .join(AssetOwner, AssetOwner.asset_id == Asset.id)
        .join(Party, Party.id == AssetOwner.party_id)
        .order_by(Asset.asset_no, AssetOwner.id),
        "money": select(
            Asset.asset_no, FundingLine.source, FundingLine.document_no, FundingLine.amount_fen,
        ).join(FundingLine, FundingLine.asset_id == Asset.id).order_by(Asset.asset_no, FundingLine.id),
        "changes": select(ValueChange.kind, ValueChange.recorded_on, ValueChange.amount_fen).order_by(ValueChange.id),
        "corrections": select(Correction.status, Correction.reason, Correction.content).order_by(Correction.id),
        "history": select(LegacyFact.kind, LegacyFact.fact_on, LegacyFact.note).order_by(LegacyFact.id),
        "remarks": select(Comment.body, Comment.by_text).order_by(Comment.id),
        "projects": select(Project.number, Project.name, Project.status, Project.total_fen).order_by(Project.id),
        "requests": select(
            ApprovalRequest.title, ApprovalRequest.status, ApprovalRequest.desk_role, ApprovalRequest.due_on,
        ).order_by(ApprovalRequest.id),
        "people": select(User.username, User.name, User.post, User.region_code).order_by(User.id),
    }  # fmt: skip
    return {name: [tuple(row) for row in db.session.execute(rows)] for name, rows in questions.items()}


def test_two_loads_into_two_databases_say_the_same(loaded_template: Path, tmp_path: Path) -> None:
    with opened(loaded_template):
        first = business_rows()
    with opened(make_empty(tmp_path)):
        load_demo()
        second = business_rows()
    assert first == second
    assert all(rows for rows in first.values())


def test_the_comparison_of_two_loads_can_fail(county: Flask) -> None:
    first = business_rows()
    assert first["assets"] != [(*first["assets"][0][:3], 1, *first["assets"][0][4:]), *first["assets"][1:]]


def test_progress_reaches_the_number_of_steps(empty: Flask) -> None:
    told: list[int] = []
    summary = load_demo(told.append)
    assert sum(told) == STEPS
    assert (summary.people, summary.assets) == (
        len(people()),
        db.session.scalar(select(func.count()).select_from(Asset)),
    )


def test_a_database_with_people_is_refused_and_stays_as_it_was(app: Flask) -> None:
    before = count_users()
    db.session.rollback()
    with pytest.raises(NotEmpty):
        load_demo()
    assert count_users() == before
    assert not is_demo()
    assert go_live_of(COUNTY) is None


def test_the_county_is_not_loaded_twice(county: Flask) -> None:
    before = business_rows()
    with pytest.raises(NotEmpty):
        load_demo()
    assert business_rows() == before


def test_a_load_that_breaks_off_leaves_nothing(empty: Flask) -> None:
    def break_off(_steps: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_demo(break_off)
    assert count_users() == 0
    assert not is_demo()
    load_demo()
    assert count_users() == len(people())


def test_the_installation_remembers_that_it_is_a_demo(county: Flask) -> None:
    assert is_demo()


def test_every_person_signs_in_without_being_sent_anywhere_else(county: Flask) -> None:
    for row in people():
        answer = county.test_client().post("/login", data={"username": row.username, "password": DEMO_PASSWORD})
        assert (row.username, answer.status_code, answer.headers["Location"]) == (row.username, 303, "/")


def test_another_password_does_not_let_anybody_in(county: Flask) -> None:
    answer = county.test_client().post("/login", data={"username": "auditor", "password": DEMO_PASSWORD + "!"})
    assert answer.status_code == 422


def test_the_sign_ins_shown_are_people_of_the_county(county: Flask) -> None:
    assert len(SIGN_INS) >= 5
    assert all(find_user(one.username) and one.password == DEMO_PASSWORD and one.title for one in SIGN_INS)


def test_every_funding_source_stands_in_the_register(county: Flask) -> None:
    assert set(db.session.scalars(select(FundingLine.source).distinct())) == set(FundingSource)


def test_money_lines_sum_to_the_value_of_every_asset(county: Flask) -> None:
    for asset in db.session.scalars(select(Asset)):
        lines = funding_of(asset.id)
        assert (asset.name, sum(line.amount_fen for line in lines)) == (asset.name, asset.original_value_fen)
        assert (asset.name, poverty_fund_fen(lines)) == (asset.name, asset.poverty_fund_fen)


def test_shares_of_today_are_whole(county: Flask) -> None:
    shares = select(func.sum(AssetOwner.share_bp)).where(AssetOwner.valid_to.is_(None)).group_by(AssetOwner.asset_id)
    assert set(db.session.scalars(shares)) == {WHOLE_BP}


def test_money_of_every_project_sums_to_its_total(county: Flask) -> None:
    rows = select(Project.total_fen, func.sum(ProjectFunding.amount_fen)).join(ProjectFunding).group_by(Project.id)
    pairs = db.session.execute(rows).all()
    assert pairs
    assert all(total == lines for total, lines in pairs)


def test_projects_end_in_every_way(county: Flask) -> None:
    statuses = set(db.session.scalars(select(Project.status)))
    assert statuses == set(ProjectStatus)
    with_assets = set(db.session.scalars(select(Asset.project_id).where(Asset.project_id.is_not(None))))
    assert with_assets == set(db.session.scalars(select(Project.id).where(Project.status == ProjectStatus.FORMED)))


def test_kept_sums_equal_the_rows(county: Flask) -> None:
    assert all(db.session.scalar(select(func.count()).select_from(sums)) for sums in (Rollup, IncomeSum, DueSum))
    assert unequal_sums() == {}


def test_nobody_confirmed_what_they_entered(county: Flask) -> None:
    assets = list(db.session.scalars(select(Asset)))
    assert all(asset.entered_by_id for asset in assets)
    once = {Stage.CONFIRMED, Stage.DISPOSED}
    assert all((asset.confirmed_by_id is not None) == (asset.state in once) for asset in assets)
    assert all(asset.confirmed_by_id != asset.entered_by_id for asset in assets)
    facts = list(db.session.scalars(select(LegacyFact)))
    assert {fact.confirmed_at is None for fact in facts} == {True, False}
    assert all(fact.confirmed_by_id != fact.entered_by_id for fact in facts)


def test_what_was_sent_back_says_why(county: Flask) -> None:
    reasons = list(db.session.scalars(select(Asset.sent_back_reason).where(Asset.stage == Stage.SENT_BACK)))
    assert len(reasons) >= 3
    assert all(reasons)


def test_values_changed_in_every_way_and_nothing_is_later_than_the_day_of_the_demo(county: Flask) -> None:
    changes = list(db.session.scalars(select(ValueChange)))
    assert {change.kind for change in changes} == set(ValueKind)
    assert max(max(change.effective_on, change.recorded_on) for change in changes) <= DEMO_TODAY


def test_corrections_end_in_every_way(county: Flask) -> None:
    assert set(db.session.scalars(select(Correction.status))) == set(CorrectionStatus)


def test_the_cold_store_bears_its_corrected_value(county: Flask) -> None:
    asset = db.session.scalars(select(Asset).where(Asset.name == "中益冷链仓库")).one()
    assert asset.original_value_fen == 128_640_000
    amounts = select(ValueChange.amount_fen).where(ValueChange.asset_id == asset.id).order_by(ValueChange.id)
    assert list(db.session.scalars(amounts)) == [126_840_000, 1_800_000]


def test_a_value_written_down_this_year_is_still_known(county: Flask) -> None:
    asset = db.session.scalars(select(Asset).where(Asset.name == "县级冷链物流配送中心")).one()
    year_ago = DEMO_TODAY.replace(year=DEMO_TODAY.year - 1)
    assert highest_value_since(asset.id, year_ago) == asset.original_value_fen + 42_000_000


def test_every_share_and_claim_has_its_terms(county: Flask) -> None:
    interests = set(db.session.scalars(select(Interest.asset_id)))
    codes = ("EQUITY", "DEBT", "INDUSTRY_FUND")
    assert interests == set(db.session.scalars(select(Asset.id).where(Asset.subtype.in_(codes))))


def test_identity_numbers_of_households_are_sealed(county: Flask) -> None:
    rows = list(db.session.scalars(select(Party).where(Party.kind == "HOUSEHOLD")))
    assert len(rows) > 20
    assert all(row.resident_id.startswith("k1:") and not re.search(r"\d{17}", row.resident_id) for row in rows)


def test_the_custodian_sees_what_is_in_their_care_and_nothing_else(county: Flask) -> None:
    custodian = Staff().named("custodian")
    seen = list(db.session.scalars(select(Asset).where(within(Asset, custodian, Permission.ASSET_READ))))
    assert len(seen) >= 5
    assert all(asset.region_code == VILLAGE for asset in seen)
    here = db.session.scalar(select(func.count()).select_from(Asset).where(Asset.region_code == VILLAGE)) or 0
    assert len(seen) < here


def test_co_owners_see_a_joint_asset_that_another_village_manages(county: Flask) -> None:
    clerk = Staff().named("village_clerk_10")
    seen = set(db.session.scalars(select(Asset.region_code).where(within(Asset, clerk, Permission.ASSET_READ))))
    assert seen == {"500240107203", "500240107207"}


def test_the_trail_verifies_against_its_checkpoints(county: Flask) -> None:
    database, notes, keys = _evidence()
    report = verify(database, notes, keys)
    assert report.code == 0, report.lines()
    assert {
        log.log: log.anchored == log.size for log in report.logs if log.log in {log_of(MUNICIPALITY), log_of(COUNTY)}
    } == {log_of(MUNICIPALITY): True, log_of(COUNTY): True}


def test_a_value_changed_behind_the_trail_is_found(county: Flask) -> None:
    database, notes, keys = _evidence()
    db.session.rollback()
    db.engine.dispose()
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE asset SET original_value_fen = original_value_fen + 1 WHERE name = '中益冷链仓库'")
    assert verify(database, notes, keys).code == 1


def _evidence() -> tuple[Path, list[str], list[str]]:
    settings = config.current()
    logs = (log_of(MUNICIPALITY), log_of(COUNTY))
    notes = [(settings.checkpoints / str(log_id)).read_text("utf-8") for log_id in logs]
    return settings.data_dir / "app.db", notes, [service_verifier(settings, log_id) for log_id in logs]


def test_nothing_outside_the_demo_knows_its_password_or_people() -> None:
    secrets = (DEMO_PASSWORD, *(row.name for row in people() if len(row.name) > 2))
    files = [path for path in PACKAGE.rglob("*.py") if "demo" not in path.relative_to(PACKAGE).parts]
    assert [str(path) for path in files for text in [path.read_text("utf-8")] if any(s in text for s in secrets)] == []


def test_only_the_console_knows_the_demo() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if "demo" not in path.relative_to(PACKAGE).parts]
    knowing = {path.name for path in files if "registry.demo" in path.read_text("utf-8")}
    assert knowing <= {"cli.py"}
