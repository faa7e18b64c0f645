"""The workbench: what waits for me, the figures of my units, what wants completing, what I did last."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.requests.inbox import list_decided_by
from registry.assets.register.categories import TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup.filters import Filter, to_query
from registry.assets.register.lookup.queries import reach_of
from registry.assets.register.lookup.totals import Totals, get_totals, kept_sums
from registry.assets.register.registration import STANDING, Stage
from registry.clock import now, today
from registry.kinds import Category
from registry.permissions import Permission, may
from registry.text import N_
from registry.web import actor, page, requires
from registry.workbench.recent import list_recent
from registry.workbench.todo import list_below, list_elsewhere, list_filed, list_mine

blueprint = Blueprint("workbench", __name__)
#: What a card still lacks, the filter that finds it, and what to do about it.
GAPS: tuple[tuple[str, str, Filter], ...] = (
    (N_("来源待核"), N_("查到文号后更正资金来源"), Filter(source=FundingSource.UNVERIFIED)),
    (
        N_("已确认、未确权"),
        N_("补权属证明或走确权程序"),
        Filter(stage=Stage.CONFIRMED, title_status=TitleStatus.UNCONFIRMED),
    ),
    (N_("闲置"), N_("出租、改用途或写明理由"), Filter(use_status=UseStatus.IDLE)),
    (N_("产权有争议"), N_("先协商，再请乡镇、区县协调"), Filter(title_status=TitleStatus.DISPUTED)),
)


@blueprint.get("/")
@requires(Permission.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    """Show the day's work; administrators see their own pages only."""
    if not may(actor(), Permission.ASSET_READ):
        return page("workbench/administrator.html")
    mine, elsewhere = list_mine(actor()), list_elsewhere(actor())
    return page(
        "workbench/home.html",
        mine=mine,
        below=list_below(actor()),
        elsewhere=elsewhere,
        today=today(),
        now=now(),
        figures=_figures(),
        gaps=_gaps(),
        recent=list_recent(actor(), 6),
    )


@blueprint.get("/todo")
@requires(Permission.ASSET_READ)
def todo() -> ResponseReturnValue:
    """List everything that waits, here and elsewhere, and what was done last."""
    shown: dict[str, Any] = {
        "mine": list_mine(actor()),
        "below": list_below(actor()),
        "filed": list_filed(actor()),
        "elsewhere": list_elsewhere(actor()),
        "decided": list_decided_by(actor()),
        "recent": list_recent(actor(), 10),
    }
    return page("workbench/todo.html", today=today(), **shown)


def _figures() -> dict[str, object]:
    """Return the four numbers of the workbench, all from the sums kept per unit."""
    parts = reach_of(actor(), "")
    standing = [row for row in kept_sums(parts) if row.stage in STANDING]
    by_category = {kind: sum(row.assets for row in standing if row.category is kind) for kind in Category}
    return {
        "total": get_totals(Filter(), parts, today()),
        "by_category": by_category,
        "waiting": sum(row.assets for row in standing if row.stage is Stage.SUBMITTED),
        "sent_back": sum(row.assets for row in standing if row.stage is Stage.SENT_BACK),
    }


def _gaps() -> list[tuple[str, str, Totals, dict[str, str]]]:
    parts = reach_of(actor(), "")
    rows = [(label, remedy, chosen, get_totals(chosen, parts, today())) for label, remedy, chosen in GAPS]
    return [
        (_(label), _(remedy), total, to_query(chosen)) for label, remedy, chosen, total in rows if total.assets != 0
    ]
