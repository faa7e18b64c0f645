"""Pages of divisions: the tree, one unit with the names it bore, its changes, and go-live dates."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.permissions import Permission, reaches
from registry.places.forms import AddForm, GoLiveForm, RenameForm
from registry.places.models import Region
from registry.places.queries import (
    count_below,
    find_region_in_scope,
    full_name,
    go_live_of,
    list_children,
    list_former_names,
    names_of,
    path_of,
)
from registry.places.services import add_region, rename_region, set_go_live
from registry.regions import covers, is_code, lineage
from registry.web import actor, finish, page, requires

blueprint = Blueprint("places", __name__)


@dataclass(frozen=True)
class Branch:
    """A unit in the tree, and the units below it where it is unfolded."""

    unit: Region
    below: int
    open: bool
    branches: tuple["Branch", ...]


def reached(code: str, permission: Permission) -> Region:
    """Return a unit the person reaches with this permission; raises Missing."""
    unit = find_region_in_scope(code, actor(), permission) if is_code(code) else None
    if unit is None:
        raise Missing
    return unit


def top_of(permission: Permission) -> str:
    """Return the highest unit the person holds this permission in: where a tree begins."""
    return reaches(actor(), permission)[0].codes.low


def grow(units: list[Region], way: list[str]) -> tuple[Branch, ...]:
    """Return the tree with only the units on the way unfolded, so that each page asks for one level more."""
    counts = count_below([unit.region_code for unit in units])
    return tuple(
        Branch(
            unit,
            counts.get(unit.region_code, 0),
            unit.region_code in way,
            grow(list_children(unit.region_code, ended=True), way) if unit.region_code in way else (),
        )
        for unit in units
    )


@blueprint.get("/admin/regions")
@requires(Permission.REGION_CHANGE)
def index() -> ResponseReturnValue:
    """Show the tree, unfolded down to the unit asked for."""
    top = top_of(Permission.REGION_CHANGE)
    here = reached(request.args.get("region", top), Permission.REGION_CHANGE).region_code
    tree = grow([reached(top, Permission.REGION_CHANGE)], lineage(here))
    return page("places/index.html", tree=tree, here=here)


@blueprint.get("/admin/regions/<region_code>")
@requires(Permission.REGION_CHANGE)
def unit(region_code: str) -> ResponseReturnValue:
    """Show one unit: where it belongs, the names it bore, what became of it."""
    found = reached(region_code, Permission.REGION_CHANGE)
    return page(
        "places/unit.html",
        unit=found,
        path=[one for one in path_of(region_code)[:-1] if covers(top_of(Permission.REGION_CHANGE), one.region_code)],
        name=full_name(region_code),
        former=list_former_names(region_code),
        below=len(list_children(region_code)),
        go_live_on=go_live_of(region_code),
        today=today(),
    )


@blueprint.route("/admin/regions/<region_code>/rename", methods=["GET", "POST"])
@requires(Permission.REGION_CHANGE)
def rename(region_code: str) -> ResponseReturnValue:
    """Give a unit a new name."""
    found = reached(region_code, Permission.REGION_CHANGE)
    form = RenameForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region_code):
            on = form.effective_on(today())
            rename_region(region_code, form.name.data, on=on, basis=form.basis.data, by=actor())
            return finish(url_for("places.unit", region_code=region_code), _("已更名，旧文书仍显示原名称。"))
    return page("places/rename.html", form, unit=found, former=list_former_names(region_code))


@blueprint.route("/admin/regions/<region_code>/add", methods=["GET", "POST"])
@requires(Permission.REGION_CHANGE)
def add(region_code: str) -> ResponseReturnValue:
    """Add a unit below this one."""
    above = reached(region_code, Permission.REGION_CHANGE)
    form = AddForm()
    if form.validate_on_submit():
        code = form.code.data.strip()
        with form.guard(), transaction(region_code):
            add_region(code, form.name.data, under=region_code, basis=form.basis.data, by=actor())
            return finish(url_for("places.unit", region_code=code), _("已新设单位，可以在这里登记资产和人员了。"))
    return page("places/add.html", form, unit=above)


@blueprint.route("/admin/go-live", methods=["GET", "POST"])
@requires(Permission.GO_LIVE_SET)
def go_live() -> ResponseReturnValue:
    """Show and set from which day units work in this register."""
    code = request.args.get("region", top_of(Permission.GO_LIVE_SET))
    found = reached(code, Permission.GO_LIVE_SET)
    form = GoLiveForm()
    if form.validate_on_submit():
        with form.guard(), transaction(code):
            set_go_live(code, form.go_live_on.data, basis=form.basis.data, by=actor())
            return finish(url_for("places.go_live", region=code), _("启用日期已设定。"))
    path = [one for one in path_of(code) if find_region_in_scope(one.region_code, actor(), Permission.GO_LIVE_SET)]
    holding = go_live_of(code)
    return page("places/go_live.html", form, unit=found, path=path, holding=holding, children=list_children(code))


@blueprint.get("/units/name")
@requires(Permission.OWN_ACCOUNT)
def name() -> ResponseReturnValue:
    """Echo the name behind a code as it is typed; names are public, and what is not known is said so."""
    code = next((value.strip() for value in request.args.values()), "")
    return page("places/name.html", name=full_name(code, without_top=False) if names_of([code]) else "")
