"""Pages of uses: entering one, looking at it, the answers of the second person, undoing it by two persons."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.clock import today
from registry.database import transaction
from registry.disposal.proceeds.choices import list_assets_for, list_meetings_for, list_projects_for
from registry.disposal.proceeds.forms import OpinionForm, PapersForm, UndoForm, UseForm
from registry.disposal.proceeds.models import Proceeds, ProceedsUse
from registry.disposal.proceeds.queries import get_proceeds, get_use, region_of_proceeds
from registry.disposal.proceeds.refusals import NotWatched
from registry.disposal.proceeds.showing import shown, use_rows
from registry.disposal.proceeds.using import (
    add_papers,
    ask_undo,
    confirm_use,
    enter_use,
    keep_use,
    refuse_use,
    undo_use,
)
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import needed_in, taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("proceeds_uses", __name__)
_P = Permission
TABLE = ProceedsUse.__tablename__


def _url(proceeds_id: int, use_id: int) -> str:
    return url_for("proceeds_uses.show", proceeds_id=proceeds_id, use_id=use_id)


def _got(proceeds_id: int, use_id: int, permission: Permission) -> tuple[Proceeds, ProceedsUse]:
    account = get_proceeds(proceeds_id, actor(), permission)
    return account, get_use(use_id, account)


@blueprint.route("/proceeds/<int:proceeds_id>/uses/new", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def new(proceeds_id: int) -> ResponseReturnValue:
    """Enter for what money is used again."""
    account, on, form = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER), today(), UseForm()
    if not account.is_watched:
        raise NotWatched
    region = account.region_code
    form.offer(account.goes_to, list_meetings_for(account, actor()), list_projects_for(account, actor()))
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                mine = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)
                use = enter_use(mine, form.to_facts(), files, by=actor(), on=on)
                return finish(_url(proceeds_id, use.id), _("已登记，等另一个人确认。"))
    told = shown(get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER), on)
    if not form.is_submitted():
        form.used_on.data = on
    return page(
        "proceeds/use.html", form, shown=told, account=told.account, assets=list_assets_for(told.account, actor())
    )


@blueprint.get("/proceeds/<int:proceeds_id>/uses/<int:use_id>")
@requires(Permission.LEDGER_READ)
def show(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Show a use: for what, by whose decision, what came of it, and what is left to do."""
    return _shown(*_got(proceeds_id, use_id, _P.LEDGER_READ))


def _shown(account: Proceeds, use: ProceedsUse, form: BaseForm | None = None) -> ResponseReturnValue:
    me, state = actor(), use.status
    second, enters = (may(me, one, account.region_code) for one in (_P.DISPOSAL_CARRY_OUT, _P.DISPOSAL_ENTER))
    return page(
        "proceeds/used.html", form, account=account, row=use_rows([use])[0], use=use,
        shown=shown(account, today()), files=list_attachments(TABLE, str(use.id)),
        act=form if isinstance(form, ActForm) else ActForm(formdata=None),
        refusal=form if isinstance(form, OpinionForm) else OpinionForm(formdata=None),
        undoing=form if isinstance(form, UndoForm) else UndoForm(formdata=None),
        papers=form if isinstance(form, PapersForm) else PapersForm(formdata=None),
        may_answer=second and state == "WAITING" and me.id != use.entered_by_id,
        may_undo=second and state == "UNDOING" and me.id != use.undo_by_id,
        may_ask=enters and state == "CONFIRMED", may_add=enters and state == "WAITING",
    )  # fmt: skip


@blueprint.post("/proceeds/<int:proceeds_id>/uses/<int:use_id>/papers")
@requires(Permission.DISPOSAL_ENTER)
def papers(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Attach the papers on which a use rests."""
    region, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER), PapersForm()
    if form.validate_on_submit():
        with form.guard():
            files = needed_in(form.file)
            with transaction(region):
                _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_ENTER)
                add_papers(use, files, by=actor())
                return finish(_url(proceeds_id, use_id), _("已上传。"))
    return _shown(*_got(proceeds_id, use_id, _P.DISPOSAL_ENTER), form)


@blueprint.post("/proceeds/<int:proceeds_id>/uses/<int:use_id>/confirm")
@requires(Permission.DISPOSAL_CARRY_OUT, proof=True)
def confirm(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Let a use count, as a second person."""
    region, on, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT), today(), ActForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
            confirm_use(use, account, by=actor(), on=on, policy=policy_for(region, on))
            return finish(_url(proceeds_id, use_id), _("已确认，结余已扣减，记入账簿。"))
    return _shown(*_got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT), form)


@blueprint.post("/proceeds/<int:proceeds_id>/uses/<int:use_id>/refuse")
@requires(Permission.DISPOSAL_CARRY_OUT)
def refuse(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Refuse a use, as a second person."""
    region, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT), OpinionForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
            refuse_use(use, form.opinion.data or "", by=actor())
            return finish(_url(proceeds_id, use_id), _("已退回，结余不变。"))
    return _shown(*_got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT), form)


@blueprint.post("/proceeds/<int:proceeds_id>/uses/<int:use_id>/undo")
@requires(Permission.DISPOSAL_ENTER)
def undo(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Ask for a use to be undone."""
    region, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER), UndoForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_ENTER)
            ask_undo(use, form.reason.data or "", by=actor())
            return finish(_url(proceeds_id, use_id), _("已申请撤销，等另一个人核对。"))
    return _shown(*_got(proceeds_id, use_id, _P.DISPOSAL_ENTER), form)


@blueprint.post("/proceeds/<int:proceeds_id>/uses/<int:use_id>/undo/agree")
@requires(Permission.DISPOSAL_CARRY_OUT, proof=True)
def agree(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Undo a use, as another person than who asked."""
    region, on, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT), today(), ActForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
            undo_use(use, account, by=actor(), on=on, policy=policy_for(region, on))
            return finish(_url(proceeds_id, use_id), _("已撤销，结余已恢复，凭证已冲销。"))
    return _shown(*_got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT), form)


@blueprint.post("/proceeds/<int:proceeds_id>/uses/<int:use_id>/undo/refuse")
@requires(Permission.DISPOSAL_CARRY_OUT)
def keep(proceeds_id: int, use_id: int) -> ResponseReturnValue:
    """Refuse to undo a use, as another person than who asked."""
    region, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT), OpinionForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
            keep_use(use, form.opinion.data or "", by=actor())
            return finish(_url(proceeds_id, use_id), _("没有撤销，这笔用途照旧。"))
    return _shown(*_got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT), form)


@blueprint.get("/proceeds/<int:proceeds_id>/uses/<int:use_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(proceeds_id: int, use_id: int, attachment_id: int) -> Response:
    """Give out a paper on which a use rests."""
    _account, use = _got(proceeds_id, use_id, _P.LEDGER_READ)
    return given_out(get_attachment(attachment_id, TABLE, str(use.id)))
