"""Pages of the duty list: a unit's duties and who answers for them, one duty with its changes, naming, confirming."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.permissions import Permission, may
from registry.places.queries import get_unit, names_of, path_of
from registry.supervision.duties.forms import DecisionForm, NamingForm
from registry.supervision.duties.queries import (
    find_waiting,
    get_duty,
    get_holder,
    get_unit_to_change,
    list_changes,
    list_people,
    tally_units,
)
from registry.supervision.duties.rules import HolderStatus, Tally
from registry.supervision.duties.services import decide_holder, name_holder, withdraw_holder
from registry.supervision.duties.showing import may_decide, shown_duties
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("duties", __name__)
_P = Permission


@blueprint.get("/duties")
@requires(Permission.DUTY_READ)
def index() -> ResponseReturnValue:
    """Show the duty list of the reader's own unit."""
    return _shown(actor().unit_code)


@blueprint.get("/duties/<region_code>")
@requires(Permission.DUTY_READ)
def show(region_code: str) -> ResponseReturnValue:
    """Show the duty list of a unit, and how far the units below are."""
    return _shown(region_code)


def _shown(region_code: str) -> ResponseReturnValue:
    unit, on = get_unit(region_code, actor()), today()
    tallies = tally_units(region_code, on)
    below = {code: tally for code, tally in tallies.items() if code != region_code}
    return page(
        "duties/show.html", BaseForm(formdata=None), unit=unit, path=path_of(region_code), on=on,
        rows=shown_duties(region_code, on), own=tallies.get(region_code, Tally()), below=below,
        whole=sum(below.values(), Tally()), names=names_of(below), may_decide=may_decide, me=actor(),
        may_enter=unit.ended_on is None and may(actor(), _P.DUTY_ENTER, region_code),
    )  # fmt: skip


@blueprint.get("/duties/<region_code>/<duty>")
@requires(Permission.DUTY_READ)
def changes(region_code: str, duty: str) -> ResponseReturnValue:
    """Show one duty of a unit with everybody who was named for it."""
    unit = get_unit(region_code, actor())
    return page(
        "duties/changes.html", BaseForm(formdata=None), unit=unit, duty=get_duty(duty, region_code),
        rows=list_changes(region_code, duty), waiting=find_waiting(region_code, duty), may_decide=may_decide,
        me=actor(), may_enter=unit.ended_on is None and may(actor(), _P.DUTY_ENTER, region_code),
    )  # fmt: skip


@blueprint.route("/duties/<region_code>/<duty>/name", methods=["GET", "POST"])
@requires(Permission.DUTY_ENTER)
def name(region_code: str, duty: str) -> ResponseReturnValue:
    """Enter who is to answer for a duty."""
    unit, on = get_unit_to_change(region_code, actor()), today()
    asked, form = get_duty(duty, region_code), NamingForm(data={"valid_from": on})
    form.offer(list_people(region_code, on))
    if form.validate_on_submit():
        with form.guard(), transaction(region_code):
            get_unit_to_change(region_code, actor())
            name_holder(region_code, asked, form.to_naming(), by=actor(), on=on)
            return finish(url_for("duties.show", region_code=region_code), _("已登记，等第二人确认。"))
    return page("duties/name.html", form, unit=unit, duty=asked)


@blueprint.route("/duties/entries/<int:holder_id>", methods=["GET", "POST"])
@requires(Permission.DUTY_CONFIRM)
def decide(holder_id: int) -> ResponseReturnValue:
    """Confirm who answers for a duty, or send the entry back."""
    holder, form = get_holder(holder_id, actor(), _P.DUTY_CONFIRM), DecisionForm()
    region_code = holder.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region_code):
            holder = get_holder(holder_id, actor(), _P.DUTY_CONFIRM)
            decide_holder(holder, form.opinion.data or "", agrees=form.agrees, by=actor())
            return finish(url_for("duties.show", region_code=region_code), _("已记下您的意见。"))
    holder = get_holder(holder_id, actor(), _P.DUTY_CONFIRM)
    open_to_me = holder.state is HolderStatus.WAITING and may_decide(holder, actor())
    return page("duties/decide.html", form, holder=holder, open_to_me=open_to_me)


@blueprint.post("/duties/entries/<int:holder_id>/withdraw")
@requires(Permission.DUTY_ENTER)
def withdraw(holder_id: int) -> ResponseReturnValue:
    """Take back an entry that nobody has answered."""
    region_code = get_holder(holder_id, actor(), _P.DUTY_ENTER).region_code
    with transaction(region_code):
        withdraw_holder(get_holder(holder_id, actor(), _P.DUTY_ENTER), by=actor())
        return finish(url_for("duties.show", region_code=region_code), _("已撤回。"))
