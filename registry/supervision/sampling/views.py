"""Pages of samples: the list, a new draw, the drawn list, the result of an item."""

from datetime import timedelta

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.evidence.uploads import taken_in
from registry.permissions import Permission, may
from registry.places.looking import has_to_look, look_up
from registry.places.queries import heir_of, names_of, offered_units, unit_meant
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.supervision.sampling.forms import ResultForm, SampleForm
from registry.supervision.sampling.models import SampleItem
from registry.supervision.sampling.queries import PAGE_ROWS, get_item, get_sample, list_items, list_samples, tallies
from registry.supervision.sampling.services import enter_result, finding_of, keep_sample, prepare
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("sampling", __name__)
_P = Permission
_USUAL_SIZE = 20


def _url(sample_id: int) -> str:
    return url_for("sampling.show", sample_id=sample_id)


@blueprint.get("/samples")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the samples of a unit and below, the newest first."""
    region = unit_meant(request.args.get("region"), actor())
    found = list_samples(region, actor(), before=row_number("before"))
    rows = found[:PAGE_ROWS]
    return page(
        "sampling/index.html", rows=rows, more=len(found) > PAGE_ROWS, region=region,
        names=names_of({one.region_code for one in rows}), results=tallies([one.id for one in rows]),
    )  # fmt: skip


@blueprint.route("/samples/new", methods=["GET", "POST"])
@requires(Permission.SAMPLE_DRAW)
def new() -> ResponseReturnValue:
    """Draw a sample."""
    on, here = today(), request.values.get("region_code") or request.args.get("region") or actor().unit_code
    form = SampleForm(data={"region_code": here, "size": _USUAL_SIZE, "year": on.year})
    form.offer(look_up(form, actor(), _P.SAMPLE_DRAW), offered_units(actor(), here, _P.SAMPLE_DRAW))
    if not form.looks and form.validate_on_submit():
        region = form.region_code.data
        with form.guard():
            prepared = prepare(form.to_plan(), by=actor(), on=on, policy=policy_for(region, on))
            with transaction(region):
                sample = keep_sample(prepared, by=actor(), on=on)
                return finish(_url(sample.id), _("已抽出 %(n)s 项，名单已固定。", n=sample.drawn))
    return page("sampling/new.html", form, looks=has_to_look(actor(), _P.SAMPLE_DRAW))


@blueprint.get("/samples/<int:sample_id>")
@requires(Permission.ASSET_READ)
def show(sample_id: int) -> ResponseReturnValue:
    """Show a sample, how it was drawn, and what was found."""
    sample = get_sample(sample_id, actor())
    items = list_items(sample.id)
    return page(
        "sampling/show.html", sample=sample, items=items, names=names_of({one.unit_code for one in items}),
        may_enter=may(actor(), _P.SAMPLE_DRAW, sample.region_code), sure=sum(one.is_sure for one in items),
    )  # fmt: skip


@blueprint.route("/samples/items/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.SAMPLE_DRAW)
def item(item_id: int) -> ResponseReturnValue:
    """Enter what was found of an item."""
    row, form, on = get_item(item_id, actor(), _P.SAMPLE_DRAW), ResultForm(), today()
    regions, sample_id = (row.region_code, heir_of(row.unit_code)), row.sample_id
    if form.validate_on_submit():
        with form.guard():
            files, words = taken_in(form.file), form.to_words(on)
            with transaction(*regions):
                row = get_item(item_id, actor(), _P.SAMPLE_DRAW)
                facts = finding_of(row, words, actor()) if words else None
                made = enter_result(row, form.to_checked(facts), files, by=actor(), on=on)
                told = _("结果已登记，问题已交办：%(n)s。", n=made.number) if made else _("结果已登记。")
                return finish(_url(sample_id), told)
    return _shown(form, get_item(item_id, actor(), _P.SAMPLE_DRAW))


def _shown(form: ResultForm, row: SampleItem) -> ResponseReturnValue:
    on = today()
    if not form.is_submitted():
        form.due_on.data = on + timedelta(days=policy_for(row.unit_code, on).number(Parameter.FINDING_DAYS))
    sample = get_sample(row.sample_id, actor())
    return page("sampling/item.html", form, item=row, sample=sample, names=names_of({row.unit_code}))
