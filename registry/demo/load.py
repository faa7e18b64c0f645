"""Loading the demo county into an empty installation, as one transaction: all of it or nothing; then its papers."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.accounts.installation import DEMO, remember
from registry.accounts.queries import count_users
from registry.assets.register.cards.linking import hang_on
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.cards.services import add_asset, confirm_asset, send_back, withdraw
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.projects.services import add_project, close_without_asset
from registry.assets.register.registration import Stage
from registry.audit.actions import Action
from registry.audit.services import make_checkpoint, record
from registry.clock import today
from registry.config import PACKAGE
from registry.database import db, transaction
from registry.demo.cards import Card, cards
from registry.demo.desk import take_away
from registry.demo.evaluation import EVALUATED, tell_evaluation
from registry.demo.history import (
    ChangeRow,
    CommentRow,
    CorrectionRow,
    LegacyRow,
    tell_change,
    tell_comment,
    tell_correction,
    tell_legacy,
)
from registry.demo.living import ROWS, tell_living
from registry.demo.months import close_months
from registry.demo.people import DEMO_PASSWORD, PersonRow, Staff, add_person, people, shared_hash
from registry.demo.pictures import Pictures, take_pictures
from registry.demo.places import CLERKS, SECONDS, UnitRow, units_by_code
from registry.demo.projects import ProjectRow, project_facts, projects
from registry.demo.rows import AssetRow
from registry.demo.tables import DEMO_TODAY, GO_LIVE, read
from registry.demo.telling import Telling
from registry.demo.warnings import tell_warnings
from registry.errors import Conflict
from registry.permissions import Actor, system_actor
from registry.places.queries import count_regions
from registry.places.services import import_divisions, logs_of, read_divisions, set_go_live
from registry.regions import log_of
from registry.text import N_

COUNTY = "500240000000"
MUNICIPALITY = "500000000000"
_CHANGES, _CORRECTIONS = read("changes", ChangeRow), read("corrections", CorrectionRow)
_LEGACY, _COMMENTS = read("legacy", LegacyRow), read("comments", CommentRow)
#: How often ``load_demo`` reports progress.
STEPS = sum(map(len, (people(), projects(), cards(), _CHANGES, _CORRECTIONS, _LEGACY, _COMMENTS))) + ROWS + 1
_SHOWN = (
    "village_clerk", "village_head", "village_supervisory_committee", "custodian", "township_clerk",
    "township_supervisor", "deputy", "county_clerk", "county_agriculture", "county_finance", "municipal_supervisor",
    "auditor", "system_administrator",
)  # fmt: skip


class NotEmpty(Conflict):
    """The demo is never mixed with real data."""

    message = N_("这里已经有账号或资产，演示数据只能装入空库。请另设一个数据目录再装。")


@dataclass(frozen=True)
class SignIn:
    """An account to try the demo with."""

    username: str
    password: str
    title: str


@dataclass(frozen=True)
class DemoSummary:
    """What was loaded."""

    people: int
    projects: int
    assets: int
    confirmed: int
    original_value_fen: int


def _title(row: PersonRow) -> str:
    return f"{row.unit_name} {row.role_label} {row.name}"


#: The accounts the console shows; there is one for every role, named after it.
SIGN_INS = tuple(SignIn(row.username, DEMO_PASSWORD, _title(row)) for row in people() if row.username in _SHOWN)


def load_demo(progress: Callable[[int], object] | None = None) -> DemoSummary:
    """Load the county; ``progress`` is told after every step that one more is done. Raises NotEmpty.

    The county is one transaction; what its auditor took away rests on committed rows and follows it.
    """
    step, on = progress or _silent, max(today(), DEMO_TODAY)
    _refuse_unless_empty()
    _ensure_divisions()
    password_hash, pictures = shared_hash(), take_pictures()
    with _no_collecting():
        summary = _tell_county(password_hash, pictures, on, step)
        _sign()
        take_away(Staff(), COUNTY, on)
        _sign()
    return summary


def _sign() -> None:
    """Sign both logs: once the county stands, lest what follows fails, and once more over what followed."""
    for log_id in (log_of(MUNICIPALITY), log_of(COUNTY)):
        make_checkpoint(log_id, N_("装入演示数据"))


def _tell_county(password_hash: str, pictures: Pictures, on: date, step: Callable[[int], object]) -> DemoSummary:
    with transaction(MUNICIPALITY, COUNTY):
        _refuse_unless_empty()
        remember(DEMO, "1")
        _add_people(password_hash, step)
        staff = Staff()
        hung = _add_projects(staff, step)
        assets = _add_cards(hung, staff, step)
        _tell_history(assets, staff, step)
        told = Telling(assets, staff, pictures, on)
        tell_living(told, units_by_code()[COUNTY], step)
        tell_warnings((MUNICIPALITY, COUNTY), told)
        # The evaluation that runs is opened last: what is warned of is frozen with it.
        tell_evaluation(EVALUATED[-1], units_by_code()[COUNTY], told)
        step(1)
        close_months(COUNTY, on)
        step(1)
        return _summary(assets)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Leave rubbish until the end: what a transaction holds is none, and looking it through takes a tenth of it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _silent(_steps: int) -> None:
    """Report nothing."""


def _refuse_unless_empty() -> None:
    if count_users() or db.session.scalar(select(Asset.id).limit(1)) is not None:
        raise NotEmpty


def _ensure_divisions() -> None:
    if count_regions():
        return
    divisions = read_divisions((PACKAGE / "data" / "divisions-chongqing.csv").read_text("utf-8"))
    with transaction(*logs_of(divisions)):
        import_divisions(divisions, by=system_actor(MUNICIPALITY))


def _add_people(password_hash: str, step: Callable[[int], object]) -> None:
    by, basis = system_actor(MUNICIPALITY), units_by_code()[COUNTY].basis
    set_go_live(COUNTY, GO_LIVE, basis=basis, by=by)
    for row in people():
        add_person(row, password_hash, basis=basis, by=by)
        step(1)


def _add_projects(staff: Staff, step: Callable[[int], object]) -> dict[str, Project]:
    added = {}
    for row in projects().values():
        added[row.key] = _add_project(row, staff.holding(CLERKS[row.unit.level], row.unit))
        step(1)
    return added


def _add_project(row: ProjectRow, by: Actor) -> Project:
    linked = (card for card in cards() if card.row.project == row.key)
    project = add_project(project_facts(row, tuple(line for card in linked for line in card.facts.funding)), by=by)
    if row.status is ProjectStatus.NOT_FORMED:
        close_without_asset(project, row.reason, assets=0, by=by)
    return project


_Found = dict[tuple[str, str], Asset]


def _add_cards(hung: dict[str, Project], staff: Staff, step: Callable[[int], object]) -> _Found:
    found: _Found = {}
    for index, card in enumerate(cards()):
        unit = card.row.unit
        asset = _enter(card, hung.get(card.row.project), staff.holding(CLERKS[unit.level], unit), staff)
        _second(asset, card.row, index, staff)
        found[unit.name, card.row.name] = asset
        step(1)
    return found


def _enter(card: Card, project: Project | None, by: Actor, staff: Staff) -> Asset:
    asset = add_asset(card.facts, by=by, on=card.entered_on)
    if project is not None:
        hang_on(asset, project)
    custodian = staff.named("custodian")
    if custodian.name in card.facts.custodian and custodian.unit_code == asset.region_code:
        db.session.flush()
        care = select(AssetRelation).where(
            AssetRelation.asset_id == asset.id, AssetRelation.kind == RelationKind.CUSTODIAN.value
        )
        db.session.scalars(care).one().user_id = custodian.id
    record(Action.ASSET_SUBMITTED, asset, by=by)
    return asset


def _second(asset: Asset, row: AssetRow, index: int, staff: Staff) -> None:
    """Let the second person answer; village head and township clerk take turns."""
    unit: UnitRow = row.unit
    roles = SECONDS[unit.level]
    second = staff.holding(roles[index % len(roles)], unit)
    if row.stage is Stage.CONFIRMED:
        confirm_asset(asset, by=second)
    elif row.stage is Stage.SENT_BACK:
        send_back(asset, row.reason, by=second)
    elif row.stage is Stage.WITHDRAWN:
        withdraw(asset, row.reason, by=staff.holding(CLERKS[unit.level], unit))


def _tell_history(assets: _Found, staff: Staff, step: Callable[[int], object]) -> None:
    for change in _CHANGES:
        tell_change(change, assets[change.unit_name, change.name], staff)
        step(1)
    for correction in _CORRECTIONS:
        tell_correction(correction, assets[correction.unit_name, correction.name], staff)
        step(1)
    for legacy in _LEGACY:
        tell_legacy(legacy, assets[legacy.unit_name, legacy.name], staff)
        step(1)
    for comment in _COMMENTS:
        tell_comment(comment, assets[comment.unit_name, comment.name], staff)
        step(1)


def _summary(assets: _Found) -> DemoSummary:
    rows = assets.values()
    standing = [asset for asset in rows if asset.state is not Stage.WITHDRAWN]
    return DemoSummary(
        people=len(people()),
        projects=len(projects()),
        assets=len(rows),
        confirmed=sum(asset.state is Stage.CONFIRMED for asset in rows),
        original_value_fen=sum(asset.original_value_fen for asset in standing),
    )
