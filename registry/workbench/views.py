"""The workbench: what waits for me, the figures of my units, what wants completing, what I did last."""

from collections.abc import Sequence

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.requests.inbox import list_decided_by
from registry.assets.register.categories import TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup.filters import Filter, to_query
from registry.assets.register.lookup.queries import Part, reach_of
from registry.assets.register.lookup.totals import Kept, Totals, are_kept, get_totals, kept_sums
from registry.assets.register.registration import STANDING, Stage
from registry.clock import now, today
from registry.kinds import Category
from registry.permissions import Permission, may
from registry.reports.boards.strip import strip_of
from registry.supervision.warnings.counts import count_by_severity
from registry.supervision.warnings.queries import WarningFilter
from registry.text import N_
from registry.web import actor, page, requires, whole_number
from registry.workbench.money import handles_money, keeps_assets, money_figures
from registry.workbench.recent import list_recent
from registry.workbench.todo import Group, first_of, page_of

blueprint = Blueprint("workbench", __name__)
#: How many tasks stand on the workbench, and on the inbox's own page and pages.
_AT_HOME = (Group.MINE, Group.BELOW, Group.ELSEWHERE)
_SHOWN_AT_HOME, _SHOWN_OF_MINE, _SHOWN_OF_OTHERS = 8, 20, 10
#: Whoever has leafed so far wants the list of all requests with its tabs, not one more page.
_MOST_PAGES = 500
_UNFINISHED = (Stage.SUBMITTED, Stage.SENT_BACK)
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
    return page(
        "workbench/home.html",
        waiting=[first_of(group, actor(), _SHOWN_AT_HOME) for group in _AT_HOME],
        today=today(),
        now=now(),
        money=money_figures(actor()),
        money_first=handles_money(actor()),
        figures=_figures() if keeps_assets(actor()) else None,
        gaps=_gaps(),
        recent=list_recent(actor(), 6),
        wrong=strip_of(actor(), today()),
        weights=count_by_severity(WarningFilter(actor().unit_code), actor()),
    )


@blueprint.get("/todo")
@requires(Permission.ASSET_READ)
def todo() -> ResponseReturnValue:
    """List what waits, here and elsewhere, and what was done last; or leaf through one group of it."""
    chosen = request.args.get("group")
    if chosen in set(Group):
        return _leafed(Group(chosen))
    waiting = [page_of(group, actor(), _SHOWN_OF_MINE if group is Group.MINE else _SHOWN_OF_OTHERS) for group in Group]
    decided, recent = list_decided_by(actor()), list_recent(actor(), 10)
    return page("workbench/todo.html", waiting=waiting, today=today(), decided=decided, recent=recent)


def _leafed(group: Group) -> ResponseReturnValue:
    number = whole_number("page", 1, _MOST_PAGES) or abort(404)
    found = page_of(group, actor(), _SHOWN_OF_MINE, number)
    return page("workbench/todo_group.html", found=found, groups=list(Group), today=today())


def _figures() -> dict[str, object]:
    """Return the numbers of the workbench, from the sums kept per unit where the reader sees whole units."""
    parts = reach_of(actor(), "")
    kept = kept_sums(parts) if are_kept(parts) else None
    return {"total": get_totals(Filter(), parts, today(), kept), **_tally(parts, kept)}


def _tally(parts: Sequence[Part], kept: Sequence[Kept] | None) -> dict[str, object]:
    """Return how many assets there are of each category, submitted and sent back, as the cards write it."""
    by_category: dict[Category, int | None] = {}
    at_stage: dict[Stage, int | None] = {}
    if kept is not None:
        standing = [row for row in kept if row.stage in STANDING]
        by_category = {kind: sum(row.assets for row in standing if row.category is kind) for kind in Category}
        at_stage = {stage: sum(row.assets for row in standing if row.stage is stage) for stage in _UNFINISHED}
    else:
        by_category = {kind: get_totals(Filter(category=kind), parts, today()).assets for kind in Category}
        at_stage = {stage: get_totals(Filter(stage=stage), parts, today()).assets for stage in _UNFINISHED}
    return {
        "by_category": {kind: _said(count) for kind, count in by_category.items()},
        "waiting": _said(at_stage[Stage.SUBMITTED]),
        "sent_back": _said(at_stage[Stage.SENT_BACK]),
    }


def _said(count: int | None) -> str:
    return str(_("超过 1 万")) if count is None else f"{count:,}"


def _gaps() -> list[tuple[str, str, Totals, dict[str, str]]]:
    parts = reach_of(actor(), "")
    rows = [(label, remedy, chosen, get_totals(chosen, parts, today())) for label, remedy, chosen in GAPS]
    return [
        (_(label), _(remedy), total, to_query(chosen)) for label, remedy, chosen, total in rows if total.assets != 0
    ]
