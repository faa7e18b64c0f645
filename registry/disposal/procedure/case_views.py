"""Pages of disposals: the list of cases, the page of a case, the check before it is submitted, taking it back."""

from dataclasses import replace
from typing import Any, TypeVar

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.approvals.requests.queried import queried
from registry.approvals.requests.queries import list_decisions
from registry.approvals.requests.states import Verdict
from registry.assets.register.lookup.showing import deed_url
from registry.clock import today
from registry.database import transaction
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE
from registry.disposal.cases.queries import Wanted, get_case, list_cases, tally_cases
from registry.disposal.kinds import EDITABLE, OPEN, DisposalKind, DisposalStatus
from registry.disposal.prices.queries import get_price
from registry.disposal.prices.services import TABLE as PRICE_TABLE
from registry.disposal.procedure.forms import WithdrawForm
from registry.disposal.procedure.sheet import CaseSheet, sheet_of
from registry.disposal.procedure.showing import badge_of
from registry.disposal.procedure.submitting import submit_case, withdraw_case
from registry.disposal.refusals import GateClosed, InAnotherCase
from registry.errors import Missing
from registry.evidence.queries import get_attachment
from registry.evidence.views import given_out
from registry.kinds import Sector
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.text import Labelled
from registry.web import actor, finish, page, requires, row_number, whole_number

E = TypeVar("E", bound=Labelled)
blueprint = Blueprint("disposals", __name__)
_ENTER = Permission.DISPOSAL_ENTER
_YEARS = range(1950, 2200)


@blueprint.get("/disposals")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the cases, the newest first, by state with their values."""
    wanted = _wanted()
    found = list_cases(wanted, actor(), after=_place("after"), before=_place("before"))
    every = replace(wanted, status=None)
    return page(
        "disposals/index.html",
        found=found,
        tallies=tally_cases(every, actor()),
        wanted=wanted,
        statuses=list(DisposalStatus),
        kinds=list(DisposalKind),
        badge_of=badge_of,
        deed_url=deed_url,
        terms={key: value for key, value in request.args.items() if value and key not in {"after", "before"}},
    )


def _wanted() -> Wanted:
    region, kind, status, text = (request.args.get(key, "").strip() for key in ("region", "kind", "status", "q"))
    if region and not is_code(region):
        raise Missing
    year = whole_number("year", 0, _YEARS.stop) if request.args.get("year") else 0
    if year and year not in _YEARS:
        raise Missing
    sector, desk = (request.args.get(key, "").strip() for key in ("sector", "desk"))
    if desk and not is_code(desk):
        raise Missing
    return Wanted(
        region, _member(DisposalKind, kind), _member(DisposalStatus, status), text[:60], year or None,
        _member(Sector, sector), desk,
    )  # fmt: skip


def _member(kind: type[E], text: str) -> E | None:
    if text and text not in set(kind):
        raise Missing
    return kind(text) if text else None


def _place(name: str) -> int | None:
    return row_number(name) or None


@blueprint.get("/disposals/<int:disposal_id>")
@requires(Permission.ASSET_READ)
def show(disposal_id: int) -> ResponseReturnValue:
    """Show a case: what is disposed of, its gates, its papers, how far it has come, and what is to be done next."""
    return page("disposals/show.html", ActForm(), **_shown(get_case(disposal_id, actor())))


def _shown(case: DisposalCase) -> dict[str, Any]:
    on = today()
    sheet = sheet_of(case, on=on, policy=policy_for(case.region_code, on), after=row_number("after"))
    return {
        "sheet": sheet,
        "case": case,
        "badge": badge_of(case.status),
        "mine": is_brought_by_me(case),
        "is_open": case.state in EDITABLE,
        "can_withdraw": case.state in OPEN - {DisposalStatus.CALLED_IN},
        "said_back": _sent_back(sheet),
        "queried": queried(sheet.found.request, actor(), on) if sheet.found.request else None,
        "deed_url": deed_url,
        "after": row_number("after"),
        "today": on,
    }


def is_brought_by_me(case: DisposalCase) -> bool:
    """Say whether the reader is a clerk of the unit that brings a case in."""
    return actor().unit_code == case.region_code and may(actor(), _ENTER, case.region_code)


def _sent_back(sheet: CaseSheet) -> tuple[str, str, str] | None:
    """Return what is to be mended, in which words, and who said so, while a case lies with its sender."""
    if sheet.case.state is not DisposalStatus.SENT_BACK or sheet.found.request is None:
        return None
    said = [one for one in list_decisions(sheet.found.request.id) if one.verdict == Verdict.SEND_BACK]
    return (said[-1].defect, said[-1].opinion, said[-1].by_text) if said else None


@blueprint.route("/disposals/<int:disposal_id>/submit", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def submit(disposal_id: int) -> ResponseReturnValue:
    """Show every gate with its answer, what it is worth, the tier and the way it will go; then submit."""
    case, form = get_case(disposal_id, actor(), _ENTER), ActForm()
    region, on = case.region_code, today()
    if form.validate_on_submit():
        with form.guard(GateClosed, InAnotherCase), transaction(region):
            case = get_case(disposal_id, actor(), _ENTER)
            submit_case(case, by=actor(), on=on, policy=policy_for(region, on))
            return finish(url_for("disposals.show", disposal_id=disposal_id), _("已提交，按流程逐级办理。"))
    shown = _shown(get_case(disposal_id, actor(), _ENTER))
    route, steps = policy_for(region, on).procedure(shown["sheet"].found.circumstances)
    return page("disposals/submit.html", form, route=route, steps=steps, **shown)


@blueprint.route("/disposals/<int:disposal_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def withdraw(disposal_id: int) -> ResponseReturnValue:
    """Take a case back, saying why."""
    case, form = get_case(disposal_id, actor(), _ENTER), WithdrawForm()
    region = case.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            case = get_case(disposal_id, actor(), _ENTER)
            withdraw_case(case, form.reason.data, by=actor(), on=today(), policy=policy_for(region, today()))
            return finish(url_for("disposals.show", disposal_id=disposal_id), _("已撤回，资产可以另行办理。"))
    return page("disposals/withdraw.html", form, case=case)


@blueprint.get("/disposals/<int:disposal_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(disposal_id: int, attachment_id: int) -> Response:
    """Give out a paper of a case to whoever sees the case."""
    case = get_case(disposal_id, actor())
    return given_out(get_attachment(attachment_id, TABLE, str(case.id)))


@blueprint.get("/disposals/<int:disposal_id>/prices/<int:price_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def price_file(disposal_id: int, price_id: int, attachment_id: int) -> Response:
    """Give out a paper of a trade's result to whoever sees the case."""
    price = get_price(price_id, get_case(disposal_id, actor()).id)
    return given_out(get_attachment(attachment_id, PRICE_TABLE, str(price.id)))
