"""Adding photos and papers to an asset."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from registry.assets.register.cards.forms import choices
from registry.assets.register.cards.queries import get_asset, region_of
from registry.audit.services import thing_of
from registry.database import transaction
from registry.evidence.queries import get_attachment
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("asset_evidence", __name__)
MOST_FILES = 20


class EvidenceForm(BaseForm):
    """Files and what they prove."""

    file = MultipleFileField(
        _l("文件"), [FileRequired(_l("请选择文件。")), Length(max=MOST_FILES, message=_l("一次最多 20 个文件。"))]
    )
    kind = SelectField(_l("种类"), choices=lambda: choices(EvidenceKind))
    caption = StringField(_l("说明"), [Length(max=200)])
    taken_on = DateField(_l("拍摄或形成日期"), [Optional()])


@blueprint.route("/assets/<asset_no>/evidence", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ADD)
def add(asset_no: str) -> ResponseReturnValue:
    """Attach files to an asset."""
    region, form = region_of(asset_no, actor(), Permission.EVIDENCE_ADD), EvidenceForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            caption = Caption(EvidenceKind(form.kind.data), form.caption.data or "", form.taken_on.data)
            with transaction(region):
                thing = thing_of(get_asset(asset_no, actor(), Permission.EVIDENCE_ADD))
                attach(files, caption, to=thing, by=actor())
                return finish(url_for("lookup.asset", asset_no=asset_no, tab="files"), _("附件已上传。"))
    return page("evidence/add.html", form, asset_no=asset_no)


@blueprint.get("/assets/<asset_no>/evidence/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def show(asset_no: str, attachment_id: int) -> Response:
    """Give out a file to whoever sees the asset: its custodian and the units of co-owners too."""
    asset = get_asset(asset_no, actor(), Permission.ASSET_READ)
    return given_out(get_attachment(attachment_id, "asset", str(asset.id)))
