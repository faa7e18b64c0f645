"""Pages of equity: the list, one holding with its dues and rights, and every deed on it."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.ledger.operation.dues.queries import get_due, list_dues_of
from registry.ledger.operation.equity.forms import (
    DividendForm,
    EquityForm,
    ExitForm,
    MoveForm,
    ReasonForm,
    RightForm,
)
from registry.ledger.operation.equity.kinds import EquityStatus
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.equity.queries import (
    PAGE_ROWS,
    find_terms,
    get_equity,
    get_right,
    list_cards_without_terms,
    list_equity,
    list_holders,
    list_rights,
)
from registry.ledger.operation.equity.services import (
    confirm_equity,
    enter_equity,
    exit_equity,
    give_right,
    move_right,
    state_dividend,
    void_equity,
)
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("equity", __name__)
_P = Permission


def _url(equity_id: int) -> str:
    return url_for("equity.show", equity_id=equity_id)


def _mine(equity_id: int) -> Equity:
    return get_equity(equity_id, actor(), _P.CONTRACT_ENTER)


def _region(permission: Permission) -> str:
    region = request.args.get("region") or actor().unit_code
    if not (is_code(region) and may(actor(), permission, region)):
        raise Missing
    return region


@blueprint.get("/equity")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List what the collectives of a unit and below hold."""
    region, status = _region(_P.LEDGER_READ), request.args.get("status", "")
    chosen = EquityStatus(status) if status in set(EquityStatus) else None
    rows = list_equity(actor(), region, chosen, after=row_number("after"))
    return page(
        "equity/index.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, region=region, chosen=chosen,
        statuses=EquityStatus, cards=list_cards_without_terms(actor(), region),
    )  # fmt: skip


@blueprint.route("/equity/new", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def new() -> ResponseReturnValue:
    """Enter what a collective of the unit holds; the form begins with what a card says that is named."""
    region, form = _region(_P.CONTRACT_ENTER), EquityForm()
    form.offer(list_holders(actor(), region))
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                equity = enter_equity(form.to_facts(), files, by=actor(), on=today())
                return finish(_url(equity.id), _("已登记，等另一个人确认。"))
    if not form.is_submitted() and request.args.get("asset"):
        asset = get_asset(request.args["asset"], actor(), _P.CONTRACT_ENTER)
        form.begin(asset, *find_terms(asset))
    units = list_units_to_enter(actor(), _P.CONTRACT_ENTER)
    return page("equity/new.html", form, region=region, units=units)


@blueprint.get("/equity/<int:equity_id>")
@requires(Permission.LEDGER_READ)
def show(equity_id: int) -> ResponseReturnValue:
    """Show what is held, what it pays, and whose the income is."""
    return _shown(get_equity(equity_id, actor()))


def _shown(equity: Equity, form: BaseForm | None = None) -> ResponseReturnValue:
    me, state = actor(), equity.state
    enters = may(me, _P.CONTRACT_ENTER, equity.region_code)
    second = may(me, _P.INCOME_CHECK, equity.region_code) and me.id != equity.entered_by_id
    return page(
        "equity/equity.html",
        form,
        equity=equity,
        dues=list_dues_of(equity_id=equity.id),
        rights=list_rights(equity.id, today()),
        files=list_attachments("equity", str(equity.id)),
        act=ActForm(formdata=None),
        refusal=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        giving=form if isinstance(form, RightForm) else RightForm(formdata=None),
        enters=enters,
        may_confirm=second and state is EquityStatus.ENTERED,
        on=today(),
    )


@blueprint.post("/equity/<int:equity_id>/confirm")
@requires(Permission.INCOME_CHECK, proof=True)
def confirm(equity_id: int) -> ResponseReturnValue:
    """Let equity count, as a second person."""
    with transaction(get_equity(equity_id, actor(), _P.INCOME_CHECK).region_code):
        confirm_equity(get_equity(equity_id, actor(), _P.INCOME_CHECK), by=actor())
        return finish(_url(equity_id), _("已确认，应收已生成。"))


@blueprint.post("/equity/<int:equity_id>/void")
@requires(Permission.CONTRACT_ENTER)
def void(equity_id: int) -> ResponseReturnValue:
    """Give up an entry that nobody has confirmed."""
    region, form = _mine(equity_id).region_code, ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            void_equity(_mine(equity_id), form.reason.data or "", by=actor())
            return finish(_url(equity_id), _("已作废。"))
    return _shown(_mine(equity_id), form)


@blueprint.post("/equity/<int:equity_id>/rights")
@requires(Permission.CONTRACT_ENTER)
def give(equity_id: int) -> ResponseReturnValue:
    """Give a household a right to part of the income."""
    region, form = _mine(equity_id).region_code, RightForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            give_right(_mine(equity_id), form.household(region), form.units.data or 0, by=actor(), on=today())
            return finish(_url(equity_id), _("已配给收益份额。"))
    return _shown(_mine(equity_id), form)


@blueprint.route("/equity/<int:equity_id>/rights/<int:right_id>/move", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def move(equity_id: int, right_id: int) -> ResponseReturnValue:
    """Move a right to another household; the principal stays."""
    region, on, form = _mine(equity_id).region_code, today(), MoveForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            equity, policy = _mine(equity_id), policy_for(region, on)
            moved = move_right(
                equity, get_right(equity_id, right_id), form.to_move(region), by=actor(), on=on, policy=policy
            )
            return finish(_url(equity_id), _("已转移，%(day)s 起生效；本金不动。", day=moved.valid_from))
    right = get_right(_mine(equity_id).id, right_id)
    if not form.is_submitted():
        form.units.data = right.units
    return page("equity/move.html", form, equity=_mine(equity_id), right=right)


@blueprint.route("/equity/<int:equity_id>/dividend/<int:due_id>", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def dividend(equity_id: int, due_id: int) -> ResponseReturnValue:
    """State what a period pays, with the paper."""
    region, form = _mine(equity_id).region_code, DividendForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                equity, due = _mine(equity_id), get_due(due_id, actor(), _P.CONTRACT_ENTER)
                if due.equity_id != equity_id:
                    raise Missing
                state_dividend(due, equity, form.amount.data or 0, files, by=actor())
                return finish(_url(equity_id), _("已核定，金额计入应收。"))
    return page("equity/dividend.html", form, equity=_mine(equity_id), due=get_due(due_id, actor()))


@blueprint.route("/equity/<int:equity_id>/exit", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def leave(equity_id: int) -> ResponseReturnValue:
    """Leave a company or cooperative."""
    region, on, form = _mine(equity_id).region_code, today(), ExitForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                day, fen, why = form.exited_on.data, form.returned.data or 0, form.reason.data or ""
                exit_equity(_mine(equity_id), day, fen, why, files, by=actor(), on=on)
                return finish(_url(equity_id), _("已退出；没有收回的本金和分红仍要收回。"))
    if not form.is_submitted():
        form.exited_on.data = on
    return page("equity/exit.html", form, equity=_mine(equity_id))


@blueprint.get("/equity/<int:equity_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(equity_id: int, attachment_id: int) -> Response:
    """Give out a paper on which equity rests."""
    equity = get_equity(equity_id, actor())
    return given_out(get_attachment(attachment_id, "equity", str(equity.id)))
