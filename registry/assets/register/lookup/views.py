"""Finding assets: the list, the page of one asset, labels, the page behind a label, and views that people keep."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from registry.accounts.forms import ActForm
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import funding_of
from registry.assets.register.cards.queries import (
    find_interest,
    get_asset,
    list_owners,
    list_relations,
    reaches_asset,
)
from registry.assets.register.lookup.card import (
    Labelled,
    differences_of,
    get_history,
    get_labelled,
    life_of,
    papers_of,
)
from registry.assets.register.lookup.deeds import PRINT_CARD, deeds_open_to, looks_open_to
from registry.assets.register.lookup.filters import Filter, chips, parse_filter, to_query, years_text
from registry.assets.register.lookup.forms import ViewForm
from registry.assets.register.lookup.listing import Listing, compose
from registry.assets.register.lookup.paging import SIZES, Order, Place
from registry.assets.register.lookup.papers import MOST_LABELS
from registry.assets.register.lookup.queries import find_number, list_page, order_for, reach_of
from registry.assets.register.lookup.rows import (
    COLUMNS,
    Column,
    chosen_columns,
    columns_text,
    stage_badge,
    title_badge,
    use_badge,
)
from registry.assets.register.lookup.services import drop_view, keep_view, list_views
from registry.assets.register.lookup.showing import (
    TABS,
    Cells,
    asset_urls,
    deed_url,
    filter_choices,
    label,
    links,
    points,
    row_links,
    units_around,
)
from registry.assets.register.lookup.totals import get_totals
from registry.assets.register.registration import Stage
from registry.assets.register.rules import share_of
from registry.audit.queries import list_events_of
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.kinds import Category
from registry.parties.queries import masked_of
from registry.permissions import Permission, may
from registry.places.queries import full_name, names_of
from registry.web import actor, finish, open_to_all, page, requires, say

blueprint = Blueprint("lookup", __name__)
#: Ten sheets of stickers.
MAX_LABELS = 240
EVENTS = 50
COOKIE = "cols"
_YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get("/assets")
@requires(Permission.ASSET_READ)
def assets() -> ResponseReturnValue:
    """List the assets that a filter in the address asks for."""
    parsed = parse_filter(request.args)
    if parsed.problems:
        return _not_understood(parsed.filter, [(f"filter-{one.field}", say(one)) for one in parsed.problems])
    parts = reach_of(actor(), parsed.filter.region)
    number = find_number(parsed.filter.number, parts)
    if number and parsed.filter == Filter(q=parsed.filter.q, region=parsed.filter.region):
        return redirect(url_for("lookup.asset", asset_no=number))
    asked = ".".join(request.args.getlist("cols"))
    columns = chosen_columns(asked, request.cookies.get(COOKIE, ""))
    listing = compose(parsed.filter, parts, request.args, today())
    response = make_response(page("lookup/assets.html", ActForm(), **_shown(listing, columns), **_bar(parsed.filter)))
    if asked:
        response.set_cookie(
            COOKIE, columns_text(columns), max_age=_YEAR_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip
    return response


def _shown(listing: Listing, columns: Sequence[Column]) -> dict[str, Any]:
    """Return what the list itself shows, in the reader's language."""
    return {
        "listing": listing,
        "cells": Cells(columns, listing.names, today()),
        "links_of": row_links(actor()),
        "asset_url": asset_urls(),
        "tab_items": _tabs(listing),
        "chip_items": [(f"{_(chip.label)}：{_(chip.value)}", list_url(chip.without)) for chip in listing.chips],
        "all_columns": COLUMNS,
        "all_labels": [_(column.label) for column in COLUMNS],
        "sizes": SIZES,
    }


def _tabs(listing: Listing) -> list[tuple[str, str, int | str, bool]]:
    """Return the views that everybody has, then the reader's own, as label, address, count and whether it is shown."""
    found: list[tuple[str, str, int | str, bool]] = [
        (_(tab.label), list_url(tab.filter), "" if tab.assets is None else tab.assets, tab == listing.tab)
        for tab in listing.tabs
    ]
    for view in list_views(actor().id):
        chosen = parse_filter(dict(parse_qsl(view.query))).filter
        found.append((_("%(name)s（我的）", name=view.name), list_url(chosen), "", chosen == listing.filter))
    return found


def list_url(chosen: Filter, **place: str) -> str:
    """Return the address of a list; the size of its pages is kept."""
    kept = {name: request.args[name] for name in ("order", "size", "exact") if name in request.args}
    values: dict[str, Any] = {**to_query(chosen), **(kept if place else {}), **place}
    return url_for("lookup.assets", **values)


def _bar(chosen: Filter) -> dict[str, Any]:
    """Return what the filter bar of a list shows."""
    return {
        "chosen": chosen,
        "query": to_query(chosen),
        "choices": filter_choices(chosen),
        "units": units_around(chosen.region, actor()),
        "list_url": list_url,
        "deed_url": deed_url,
        "typed": request.args,
        "years": years_text(chosen),
    }


def _not_understood(chosen: Filter, problems: list[tuple[str, str]]) -> ResponseReturnValue:
    """Show the filter bar with what is wrong; a list that left conditions out would mislead."""
    return page("lookup/not_understood.html", status=422, problems=problems, **_bar(chosen))


@blueprint.route("/assets/views", methods=["GET", "POST"])
@requires(Permission.ASSET_READ)
def views() -> ResponseReturnValue:
    """Keep the filter one came from under a name, and show the views one has."""
    form = ViewForm()
    chosen = parse_filter(dict(parse_qsl(form.query.data or request.query_string.decode()))).filter
    if form.validate_on_submit():
        with form.guard(), transaction():
            keep_view(form.name.data.strip(), urlencode(to_query(chosen)), by=actor())
            return finish(list_url(chosen), _("已存为常用视图。"))
    form.query.data = urlencode(to_query(chosen))
    conditions = chips(chosen, names_of([chosen.region]).get(chosen.region, chosen.region))
    return page("lookup/views.html", form, views=list_views(actor().id), conditions=conditions, back=list_url(chosen))


@blueprint.post("/assets/views/<int:view_id>/drop")
@requires(Permission.ASSET_READ)
def forget_view(view_id: int) -> ResponseReturnValue:
    """Drop a view of one's own."""
    with transaction():
        drop_view(view_id, by=actor())
        return finish(url_for("lookup.views"), _("已删去这个常用视图。"))


@blueprint.get("/assets/<asset_no>")
@requires(Permission.ASSET_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show one asset: its figures, the chosen tab, and its whole life."""
    thing, tab = get_asset(asset_no, actor(), Permission.ASSET_READ), request.args.get("tab", "overview")
    if tab not in TABS:
        raise Missing
    events = list_events_of("asset", str(thing.id), actor(), EVENTS) if tab == "trail" else []
    values = {**_facts(thing), **_history(thing, newest=request.args.get("life") == "newest")}
    return page("lookup/asset.html", ActForm(), asset=thing, tab=tab, tabs=TABS, events=events, label=label, **values)


def _facts(thing: Asset) -> dict[str, Any]:
    """Return what an asset is at present, and what the reader may do with it."""
    me, on = actor(), today()
    deeds = deeds_open_to(
        me, stage=thing.stage, category=thing.category, region_code=thing.region_code, entered_by_id=thing.entered_by_id
    )
    return {
        "badges": (
            stage_badge(thing.stage),
            title_badge(thing.title_status),
            use_badge(thing.use_status, thing.operating_mode),
        ),
        "net_fen": thing.net_value_fen(on),
        "fund_bp": share_of(thing.poverty_fund_fen, thing.original_value_fen),
        "funding": funding_of(thing.id),
        "owners": list_owners(thing.id),
        "relations": list_relations(thing.id),
        "interest": find_interest(thing.id),
        "location": full_name(thing.location_code) if thing.location_code else "",
        "deeds": links([*deeds, *looks_open_to(me, stage=thing.stage, region_code=thing.region_code)], thing.asset_no),
        "printing": links([PRINT_CARD], thing.asset_no) if may(me, PRINT_CARD.permission) else [],
        "deed_url": deed_url,
        "masked_of": masked_of,
        "on": on,
    }


def _history(thing: Asset, *, newest: bool) -> dict[str, Any]:
    """Return what was ever recorded of an asset, and its life as one line."""
    history = get_history(thing)
    life = points(life_of(thing, history, today(), papers_of(thing, actor())))
    return {
        "history": history,
        "life": life[::-1] if newest else life,
        "newest": newest,
        "differences_of": differences_of,
        "counts": {
            "changes": len(history.changes) + len(history.corrections) + len(history.legacy),
            "files": len(history.attachments),
        },
    }


@blueprint.get("/labels")
@requires(Permission.PRINT)
def labels() -> ResponseReturnValue:
    """Show the first assets of a filter, or those that were ticked, to choose which get a label."""
    chosen = parse_filter(request.args).filter
    parts = reach_of(actor(), chosen.region)
    order = order_for(chosen, parts, Order.REGION if not chosen.words else None)
    found = list_page(chosen, parts, order, Place(size=MAX_LABELS))
    ticked = set(request.args.getlist("no"))
    rows = [row for row in found.rows if not ticked or row.asset_no in ticked]
    return page(
        "lookup/labels.html",
        ActForm(),
        rows=rows,
        more=found.more and not ticked,
        names=names_of({row.region_code for row in rows}),
        most=MAX_LABELS,
        most_at_once=MOST_LABELS,
        assets=get_totals(chosen, parts, today()).assets if found.more else len(rows),
        action=deed_url("reports.labels"),
        print_all=deed_url("reports.labels", **to_query(chosen)),
        back=list_url(chosen),
    )


@blueprint.get("/q/<asset_no>")
@open_to_all
def scanned(asset_no: str) -> ResponseReturnValue:
    """Show whom a label speaks of: name, number, unit and category; neither money nor persons."""
    thing = get_labelled(asset_no)
    full = url_for("lookup.asset", asset_no=asset_no) if current_user.is_authenticated else ""
    patrol = _patrol_urls(thing) if full else {}
    form, unit = ActForm() if patrol else None, full_name(thing.region_code)
    return page("lookup/scanned.html", form, asset=thing, unit=unit, full_url=full, patrol=patrol)


def _patrol_urls(thing: Labelled) -> dict[str, str | None]:
    """Return where a signed-in person who may patrol this asset says in one tap that it is as it should be."""
    if thing.stage != Stage.CONFIRMED or not reaches_asset(thing.asset_no, actor(), Permission.PATROL_RECORD):
        return {}
    household = thing.category == Category.HOUSEHOLD
    normal = None if household else deed_url("patrols.normal", asset_no=thing.asset_no)
    form = deed_url("patrols.patrol", asset_no=thing.asset_no, seen=None if household else "FAULT")
    return (
        {"normal": normal, "form": form, "count": deed_url("stock_sheets.asset", asset_no=thing.asset_no)}
        if form
        else {}
    )
