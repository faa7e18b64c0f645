"""Taking the roll out, with proof of self: masked for who may export, whole for who may see it and says why."""

from io import BytesIO

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.sheets.exporting import MEDIA_TYPES, ExportForm
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.ledger.distribution.rolls.exporting import Wanted, record_roll, write_roll
from registry.ledger.distribution.rolls.forms import RollExportForm, RollWholeForm
from registry.ledger.distribution.rolls.listing import RollFilter
from registry.ledger.distribution.rolls.views import wanted_roll
from registry.permissions import Permission, may
from registry.regions import Level, level_of
from registry.sealing import REVEALS_A_DAY
from registry.web import BaseForm, actor, page, requires

blueprint = Blueprint("roll_exports", __name__)
_P = Permission


def _asked(permission: Permission) -> RollFilter:
    """Return which part of the roll is asked for. Raises Missing where the person may not take it out."""
    wanted = wanted_roll()
    if not may(actor(), permission, wanted.region_code):
        raise Missing
    return wanted


@blueprint.get("/beneficiaries/export")
@requires(Permission.LEDGER_READ)
def ways() -> ResponseReturnValue:
    """Choose how the roll is taken out."""
    return _ways(None)


def _ways(form: BaseForm | None) -> ResponseReturnValue:
    wanted, me = wanted_roll(), actor()
    region = wanted.region_code
    return page(
        "beneficiaries/export.html", form, wanted=wanted,
        masked=form if isinstance(form, RollExportForm) else RollExportForm(formdata=None),
        whole=form if isinstance(form, RollWholeForm) else RollWholeForm(formdata=None),
        terms={key: value for key, value in request.args.items() if value},
        may_export=may(me, _P.ASSET_EXPORT, region), may_reveal=may(me, _P.REVEAL_PERSONAL, region),
        is_village=level_of(region) is Level.VILLAGE, most=REVEALS_A_DAY,
    )  # fmt: skip


@blueprint.post("/beneficiaries/export/masked")
@requires(Permission.ASSET_EXPORT, proof=True)
def masked() -> ResponseReturnValue:
    """Give out what the list shows, personal data masked."""
    wanted, form = Wanted(_asked(_P.ASSET_EXPORT), today()), RollExportForm()
    if form.validate_on_submit():
        return _file(wanted, ExportForm(form.file_format.data), "")
    return _ways(form)


@blueprint.post("/beneficiaries/export/whole")
@requires(Permission.REVEAL_PERSONAL, proof=True)
def whole() -> ResponseReturnValue:
    """Give out a village's roll with whole numbers; who takes it out says what for."""
    wanted, form = Wanted(_asked(_P.REVEAL_PERSONAL), today(), is_whole=True), RollWholeForm()
    if form.validate_on_submit():
        with form.guard():
            return _file(wanted, ExportForm(form.file_format.data), form.reason.data)
    return _ways(form)


def _file(wanted: Wanted, kind: ExportForm, reason: str) -> ResponseReturnValue:
    """Write the file, then tell the trail; nothing goes out untold."""
    out = BytesIO()
    count = write_roll(wanted, kind, out, by=actor())
    with transaction(wanted.filter.region_code):
        record_roll(wanted, kind, count, reason, by=actor())
    out.seek(0)
    name = f"{_('受益对象名册')}-{wanted.filter.region_code}-{wanted.on:%Y%m%d}.{kind.value}"
    return send_file(out, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=name)
