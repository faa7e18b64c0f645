"""The page of custody, and the custody of one asset."""

from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.accounts.forms import ActForm
from registry.assets.custody.agreements.queries import PAGE_ROWS as AGREEMENT_ROWS
from registry.assets.custody.agreements.queries import (
    count_expired,
    count_offers_to,
    list_agreements,
    list_agreements_about,
)
from registry.assets.custody.agreements.rules import FREQUENCIES, AgreementStatus
from registry.assets.custody.faults.queries import count_faults_to_repair, count_repairs_to_accept, list_faults_of
from registry.assets.custody.overview.queries import (
    MOST_COUNTED,
    PAGE_ROWS,
    KeptFilter,
    count_kept,
    custodians_of,
    list_kept,
    parse_place,
    place_of,
)
from registry.assets.custody.patrols.queries import PAGE_ROWS as PATROL_ROWS
from registry.assets.custody.patrols.queries import find_state, list_patrols
from registry.assets.custody.patrols.rules import PatrolKind, support_ends_on
from registry.assets.custody.standards import BY_SUBTYPE
from registry.assets.register.cards.care import current_custodian
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.errors import Missing
from registry.kinds import Category
from registry.permissions import Actor, Permission, may
from registry.places.queries import list_children, names_of, path_of
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.web import actor, page, requires, row_number

blueprint = Blueprint("custody", __name__)
_P = Permission


@blueprint.get("/custody")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """Show what is looked after in a unit or in one's own care: what is due, what waits, who keeps it."""
    me, on, wanted = actor(), today(), _wanted()
    rows = list_kept(wanted, me, on, after=parse_place(request.args.get("after", "")))
    shown = rows[:PAGE_ROWS]
    return page(
        "custody/index.html",
        rows=shown,
        next_place=place_of(shown) if len(rows) > PAGE_ROWS else "",
        custodians=custodians_of(one.asset.id for one in shown),
        names=names_of(one.asset.region_code for one in shown),
        wanted=wanted,
        units=_units(wanted.region_code, me),
        kinds=PatrolKind,
        waiting=_waiting(wanted, me, on),
        most=MOST_COUNTED,
        on=on,
    )


def _wanted() -> KeptFilter:
    args, me = request.args, actor()
    region = args.get("region") or me.unit_code
    if not (is_code(region) and may(me, _P.ASSET_READ, region)):
        raise Missing
    kind, state = args.get("kind", ""), args.get("state", "")
    return KeptFilter(
        region,
        PatrolKind(kind) if kind in set(PatrolKind) else PatrolKind.SELF,
        due_only=state == "due",
        uncared=state == "uncared",
        mine=state == "mine",
        text=args.get("q", "").strip(),
    )


def _units(region: str, me: Actor) -> list[tuple[str, str]]:
    """Return the units to look at from the one that is shown: those above it in reach, itself, those below."""
    above = [(unit.region_code, unit.short) for unit in path_of(region) if may(me, _P.ASSET_READ, unit.region_code)]
    return above + [(unit.region_code, f"　{unit.short}") for unit in list_children(region)]


def _waiting(wanted: KeptFilter, me: Actor, on: date) -> dict[str, int]:
    """Return what waits for the reader, each up to a number."""
    due = KeptFilter(wanted.region_code, PatrolKind.SELF, due_only=True)
    return {
        "due": count_kept(due, me, on),
        "offers": count_offers_to(me, on, MOST_COUNTED),
        "repairs": count_faults_to_repair(me, on, MOST_COUNTED),
        "acceptances": count_repairs_to_accept(me, on, MOST_COUNTED),
        "expired": count_expired(me, on, MOST_COUNTED),
    }


@blueprint.get("/custody/agreements")
@requires(Permission.ASSET_READ)
def agreements() -> ResponseReturnValue:
    """List the agreements of a unit."""
    region, wanted = request.args.get("region") or actor().unit_code, request.args.get("status", "")
    if not (is_code(region) and may(actor(), _P.ASSET_READ, region)):
        raise Missing
    status = AgreementStatus(wanted) if wanted in set(AgreementStatus) else None
    rows = list_agreements(actor(), region, status, after=row_number("after"))
    return page(
        "custody/agreements.html",
        rows=rows[:AGREEMENT_ROWS],
        more=len(rows) > AGREEMENT_ROWS,
        region=region,
        chosen=wanted,
        statuses=AgreementStatus,
        units=_units(region, actor()),
        on=today(),
    )


@blueprint.get("/assets/<asset_no>/custody")
@requires(Permission.ASSET_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show who keeps an asset, by which standard, and what was seen of it."""
    thing, me, on = get_asset(asset_no, actor(), _P.ASSET_READ), actor(), today()
    patrols = list_patrols(thing.id, before=row_number("before"))
    policy = policy_for(thing.region_code, on)
    return page(
        "custody/asset.html",
        ActForm(),
        asset=thing,
        custodian=current_custodian(thing.id),
        agreements=list_agreements_about(thing.id, me),
        standard=BY_SUBTYPE.get(thing.subtype),
        months=policy.number(FREQUENCIES[thing.kind]),
        support_ends_on=support_ends_on(thing.acquired_on, policy),
        state=find_state(thing.id),
        kinds=PatrolKind,
        patrols=patrols[:PATROL_ROWS],
        more=len(patrols) > PATROL_ROWS,
        faults=list_faults_of(thing.id),
        household=thing.kind is Category.HOUSEHOLD,
        rights=_rights(me, thing),
        on=on,
    )


def _rights(me: Actor, thing: Asset) -> dict[str, bool]:
    """Return what the reader may do with an asset here."""
    return {
        "patrol": may(me, _P.PATROL_RECORD, thing.region_code),
        "check": may(me, _P.PATROL_CHECK, thing.region_code),
        "manage": may(me, _P.CUSTODY_MANAGE, thing.region_code),
    }
