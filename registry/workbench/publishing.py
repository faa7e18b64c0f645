"""A publication that recurs (定期公开), begun with what the register knows of the unit's assets."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.notices.forms import NoticeForm
from registry.approvals.notices.inbox import owed_by
from registry.approvals.notices.photos import photo_in
from registry.approvals.notices.queries import find_last_notice
from registry.approvals.notices.recurring import Due, Figure, prefilled
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.assets.register.lookup.queries import reach_of
from registry.assets.register.lookup.totals import kept_sums
from registry.assets.register.registration import STANDING
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.kinds import Category
from registry.permissions import Permission, may
from registry.places.queries import get_region
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("publishing", __name__)


@blueprint.route("/publications/<region_code>/<kind>", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def new(region_code: str, kind: str) -> ResponseReturnValue:
    """Post what a village owes to be told of a period, with its assets by category and their value."""
    due, form, on = _due(region_code, kind), NoticeForm(), today()
    if form.validate_on_submit():
        with form.guard():
            photo = photo_in(form.file)
            facts = form.to_facts(due.kind, region_code, period=due.period)
            with transaction(region_code):
                notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region_code, on))
                if photo:
                    add_first_photo(notice, photo, by=actor(), on=on)
                return finish(url_for("notices.notice", notice_id=notice.id), _("公示已张贴，请到公示栏贴出纸质件。"))
    elif not form.is_submitted():
        form.carry_over(find_last_notice(region_code))
        form.prefill(prefilled(due, get_region(region_code).short, _figures(region_code)))
    return page("notices/publication.html", form, due=due)


def _due(region_code: str, kind: str) -> Due:
    """Return what the unit owes of this kind today; raises Missing."""
    if not may(actor(), Permission.NOTICE_POST, region_code):
        raise Missing
    found = [due for due in owed_by(region_code, today()) if due.kind == kind]
    if not found:
        raise Missing
    return found[0]


def _figures(region_code: str) -> list[Figure]:
    rows = [row for row in kept_sums(reach_of(actor(), region_code)) if row.stage in STANDING]
    shown = [kind for kind in Category if any(row.category is kind for row in rows)]
    return [
        Figure(
            kind.label,
            sum(row.assets for row in rows if row.category is kind),
            sum(row.original_value_fen for row in rows if row.category is kind),
        )
        for kind in shown
    ]
