"""Ending a unit: its successor takes over what it managed, in one transaction; its people wait to be re-assigned."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.queries import list_grants_in, list_people_of
from registry.assets.register.cards.queries import count_assets_of, list_co_owned_elsewhere
from registry.assets.register.projects.services import move_projects
from registry.clock import today
from registry.database import transaction
from registry.errors import Conflict, Invalid
from registry.permissions import Permission
from registry.places.forms import ChangeForm, MergeForm
from registry.places.queries import find_region_in_scope
from registry.places.services import abolish_region, merge_region
from registry.places.views import reached
from registry.text import N_
from registry.web import actor, finish, page, requires
from registry.workbench.moving import hand_over

blueprint = Blueprint("mergers", __name__)


class StillManages(Conflict):
    """A unit without a successor must have nothing left to hand over."""

    message = N_("%(name)s 名下还有 %(count)s 项资产，不能直接撤销，请办理并入其他单位。")


@blueprint.route("/admin/regions/<region_code>/merge", methods=["GET", "POST"])
@requires(Permission.REGION_CHANGE)
def merge(region_code: str) -> ResponseReturnValue:
    """Merge a unit into another: all it manages moves, what is open stays open; numbers and old papers stay."""
    unit = reached(region_code, Permission.REGION_CHANGE)
    form = MergeForm()
    if form.validate_on_submit():
        with form.guard():
            heir = find_region_in_scope(form.heir, actor(), Permission.REGION_CHANGE)
            if heir is None:
                raise Invalid(N_("没有这个单位，或者不在您的管辖范围内。"), field="into")
            with transaction(region_code, form.heir, *list_co_owned_elsewhere(region_code)):
                moved = _merge(region_code, form)
                message = _("已并入，随迁资产 %(n)s 项，编号不变。下面的人员要重新安排。", n=moved)
                return finish(url_for("mergers.people", region_code=region_code), message)
    return page("mergers/merge.html", form, unit=unit, assets=count_assets_of(region_code))


def _merge(region_code: str, form: MergeForm) -> int:
    on = form.effective_on(today())
    merge_region(region_code, form.heir, on=on, basis=form.basis.data, by=actor())
    move_projects(region_code, form.heir, by=actor())
    return hand_over(region_code, form.heir, by=actor())


@blueprint.route("/admin/regions/<region_code>/abolish", methods=["GET", "POST"])
@requires(Permission.REGION_CHANGE)
def abolish(region_code: str) -> ResponseReturnValue:
    """End a unit that has no successor and nothing to hand over."""
    unit = reached(region_code, Permission.REGION_CHANGE)
    form = ChangeForm()
    assets = count_assets_of(region_code)
    if form.validate_on_submit():
        with form.guard(), transaction(region_code):
            if count_assets_of(region_code):
                raise StillManages(name=unit.short, count=assets)
            abolish_region(region_code, on=form.effective_on(today()), basis=form.basis.data, by=actor())
            return finish(url_for("mergers.people", region_code=region_code), _("已撤销。下面的人员要重新安排。"))
    return page("mergers/abolish.html", form, unit=unit, assets=assets)


@blueprint.get("/admin/regions/<region_code>/people")
@requires(Permission.REGION_CHANGE)
def people(region_code: str) -> ResponseReturnValue:
    """List who still belongs to an ended unit, or holds a role in it."""
    unit = reached(region_code, Permission.REGION_CHANGE)
    people = list_people_of(region_code)
    return page("mergers/people.html", unit=unit, people=people, grants=list_grants_in(region_code, today()))
