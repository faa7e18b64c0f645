"""Pages on which disposals are carried out, and on which is recorded what does not wait for the levels."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import db, transaction
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.queries import get_case, list_lines
from registry.disposal.kinds import DisposalStatus
from registry.disposal.prices.queries import find_price
from registry.disposal.procedure.deed_forms import AnswerForm, ExecuteForm, HouseholdForm, LossForm, PastForm
from registry.disposal.procedure.deed_queries import get_note, list_notes
from registry.disposal.procedure.executing import carry_out, check_executor, decided_of, units_of
from registry.disposal.procedure.households import confirm_act, note_act, refuse_act
from registry.disposal.procedure.losses import record_loss, units_of_asset
from registry.disposal.procedure.past import check_waiting, confirm_past, enter_past, refuse_past
from registry.disposal.procedure.sheet import sheet_of
from registry.disposal.refusals import GateClosed, InAnotherCase, NotCleared, NotPriced, NotStanding
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("disposal_deeds", __name__)
_P = Permission
_NOTE = "household_disposal"
#: What a form bears itself, so that what was typed is not lost to an error page.
_BORNE = (GateClosed, InAnotherCase, NotStanding)


def _shown(disposal_id: int) -> str:
    return url_for("disposals.show", disposal_id=disposal_id)


def _to_carry_out(disposal_id: int) -> DisposalCase:
    return get_case(disposal_id, actor(), _P.DISPOSAL_CARRY_OUT)


@blueprint.route("/disposals/<int:disposal_id>/execute", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_CARRY_OUT, proof=True)
def execute(disposal_id: int) -> ResponseReturnValue:
    """Carry out what every level has agreed to, as its second person."""
    form, case, on = ExecuteForm(), _to_carry_out(disposal_id), today()
    form.fit(case.about)
    if form.validate_on_submit():
        facts, units, region = form.to_facts(case.about), units_of(case), case.region_code
        with form.guard(*_BORNE):
            files = taken_in(form.file) if "file" in form else []
            with transaction(*units):
                policy = policy_for(region, on)
                carry_out(_to_carry_out(disposal_id), facts, files, by=actor(), on=on, policy=policy)
                return finish(
                    _shown(disposal_id), _("已执行：卡片、产权、管护、账簿和处置收入都已办好，请公示处置结果。")
                )
    return _execution_page(form, _to_carry_out(disposal_id))


def _execution_page(form: ExecuteForm, case: DisposalCase) -> ResponseReturnValue:
    on, price = today(), find_price(case.id)
    sheet = sheet_of(case, on=on, policy=policy_for(case.region_code, on))
    if not sheet.is_cleared:
        raise NotPriced if case.state is DisposalStatus.APPROVED else NotCleared(status=case.state.label)
    check_executor(case, price, actor())
    decided = decided_of(case, price, on)
    if not form.is_submitted():
        form.begin(decided, on)
    return page("disposal_deeds/execute.html", form, case=case, sheet=sheet)


def _asset_meant(form: LossForm | PastForm) -> Asset:
    """Return the asset whose number was typed or named by the address; raises Missing."""
    return get_asset(form.number(), actor(), _P.DISPOSAL_ENTER)


def _named(form: LossForm | PastForm) -> Asset | None:
    """Begin with the asset that the address names, if it names one."""
    number = request.args.get("asset", "").strip()
    if number and not form.is_submitted():
        form.asset_no.data = number
    return get_asset(number, actor(), _P.DISPOSAL_ENTER) if number else None


@blueprint.route("/disposals/loss", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def loss() -> ResponseReturnValue:
    """Record a loss that came suddenly; it is decided on afterwards."""
    form, on = LossForm(), today()
    asset = _named(form)
    if form.validate_on_submit():
        with form.guard(*_BORNE):
            files, lost = taken_in(form.file), _asset_meant(form)
            opening, units, region = form.to_opening(lost), units_of_asset(lost), lost.region_code
            with transaction(*units):
                policy = policy_for(region, on)
                case = record_loss(opening, form.happened_on.data, files, by=actor(), on=on, policy=policy)
                return finish(_shown(case.id), _("损失已登记，请在 %(day)s 以前报批。", day=case.decide_by))
    return page("disposal_deeds/loss.html", form, asset=asset)


@blueprint.route("/disposals/past", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def past() -> ResponseReturnValue:
    """Enter a disposal of before go-live with its papers."""
    form, on = PastForm(), today()
    asset = _named(form)
    if form.validate_on_submit():
        with form.guard(*_BORNE):
            files, gone = taken_in(form.file), _asset_meant(form)
            facts, region = form.to_past(gone), gone.region_code
            with transaction(region):
                case = enter_past(facts, files, by=actor(), on=on)
                return finish(_shown(case.id), _("已补录，等上一级确认。"))
    return page("disposal_deeds/past.html", form, asset=asset)


@blueprint.route("/disposals/<int:disposal_id>/past", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_CARRY_OUT, proof=True)
def decide_past(disposal_id: int) -> ResponseReturnValue:
    """Confirm or refuse a disposal of before go-live, as the level above."""
    form, case = AnswerForm(), _to_carry_out(disposal_id)
    region = case.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            found, said = _to_carry_out(disposal_id), form.opinion.data or ""
            if form.agreed:
                confirm_past(found, said, by=actor(), on=today())
            else:
                refuse_past(found, said, by=actor())
            return finish(
                _shown(disposal_id), _("已确认，卡片已改为“已处置”。") if form.agreed else _("已退回，卡片不变。")
            )
    case = _to_carry_out(disposal_id)
    check_waiting(case, actor())
    return page("disposal_deeds/decide_past.html", form, case=case, lines=list_lines(case.id, limit=50),
                files=list_attachments("disposal_case", str(case.id)))  # fmt: skip


@blueprint.route("/assets/<asset_no>/household-disposal", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def household(asset_no: str) -> ResponseReturnValue:
    """Record what a household did with its own asset."""
    asset, form = get_asset(asset_no, actor(), _P.DISPOSAL_ENTER), HouseholdForm()
    region = asset.region_code
    if form.validate_on_submit():
        with form.guard(*_BORNE):
            files = taken_in(form.file)
            with transaction(region):
                asset = get_asset(asset_no, actor(), _P.DISPOSAL_ENTER)
                note_act(asset, form.to_told(), files, by=actor(), on=today())
                return finish(url_for("lookup.asset", asset_no=asset_no), _("已记录，等另一个人确认。"))
    asset = get_asset(asset_no, actor(), _P.DISPOSAL_ENTER)
    return page("disposal_deeds/household.html", form, asset=asset, notes=list_notes(asset.id))


@blueprint.route("/household-disposals/<int:note_id>", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_CARRY_OUT)
def note(note_id: int) -> ResponseReturnValue:
    """Look at what a household did, and confirm or refuse the record as the second person."""
    form, found = AnswerForm(), get_note(note_id, actor(), _P.DISPOSAL_CARRY_OUT)
    asset_no, region = _asset_of(found.asset_id).asset_no, found.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            found, said = get_note(note_id, actor(), _P.DISPOSAL_CARRY_OUT), form.opinion.data or ""
            if form.agreed:
                confirm_act(found, _asset_of(found.asset_id), said, by=actor())
            else:
                refuse_act(found, said, by=actor())
            return finish(url_for("lookup.asset", asset_no=asset_no), _("已确认。") if form.agreed else _("已退回。"))
    found = get_note(note_id, actor(), _P.DISPOSAL_CARRY_OUT)
    return page("disposal_deeds/note.html", form, row=found, asset=_asset_of(found.asset_id),
                files=list_attachments(_NOTE, str(note_id)))  # fmt: skip


def _asset_of(asset_id: int) -> Asset:
    return db.session.get_one(Asset, asset_id)


@blueprint.get("/household-disposals/<int:note_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def paper(note_id: int, attachment_id: int) -> Response:
    """Give the signed statement of a household to who may look at its asset."""
    found = get_note(note_id, actor(), _P.ASSET_READ)
    return given_out(get_attachment(attachment_id, _NOTE, str(found.id)))
