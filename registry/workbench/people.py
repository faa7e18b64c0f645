"""Many people at once: the system administrator opens accounts, the security administrator grants roles."""

from io import BytesIO

from flask import Blueprint, Response, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, TextAreaField

from registry.accounts.services import NewUser, add_user, first_passwords, grant_role
from registry.assets.register.sheets.checking import Upload, open_upload
from registry.assets.register.sheets.exporting import MEDIA_TYPES, ExportForm
from registry.clock import today
from registry.database import transaction
from registry.errors import Invalid
from registry.permissions import Permission
from registry.text import N_
from registry.web import BaseForm, actor, finish, page, requires, say
from registry.workbench.enrolling import GrantAsked, check_accounts, check_grants
from registry.workbench.roster import (
    FILE_NAME,
    FOR_ACCOUNTS,
    FOR_GRANTS,
    MOST_PEOPLE,
    RosterColumn,
    RosterLine,
    RowProblem,
    as_cells,
    read_lines,
    template,
)

blueprint = Blueprint("people", __name__)


class RosterForm(BaseForm):
    """A roster as a file, or as cells pasted from one."""

    file = FileField(_l("人员名册"), render_kw={"accept": ".xlsx,.xls,.ods,.csv"})
    pasted = TextAreaField(_l("粘贴单元格"), render_kw={"rows": 6, "spellcheck": "false"})

    def to_lines(self, needed: frozenset[RosterColumn]) -> list[RosterLine]:
        """Return the people of the roster; raises Invalid."""
        if self.file.data and self.file.data.filename:
            upload = Upload(self.file.data.read(), str(self.file.data.filename))
        elif (self.pasted.data or "").strip():
            upload = Upload(self.pasted.data.encode(), "", is_pasted=True)
        else:
            raise Invalid(N_("请选一个文件，或把单元格粘贴到下面的框里。"), field="file")
        return read_lines(open_upload(upload), needed)


@blueprint.route("/admin/users/import", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def accounts() -> ResponseReturnValue:
    """Open accounts by a roster, all of them or none; their first passwords are shown once, to be printed."""
    form = RosterForm()
    if form.validate_on_submit():
        with form.guard():
            lines = form.to_lines(FOR_ACCOUNTS)
            people, problems = check_accounts(lines, actor())
            if problems or not request.form.get("confirmed"):
                return _checked(form, lines, problems, "people/check_accounts.html", people)
            return _opened(form, people)
    return page("people/accounts.html", form, most=MOST_PEOPLE)


def _opened(form: RosterForm, people: list[NewUser]) -> ResponseReturnValue:
    firsts = first_passwords(len(people))
    with transaction(*(one.unit_code for one in people)):
        finish(url_for("administration.users"))
        for one, first in zip(people, firsts, strict=True):
            add_user(one, first.password_hash, by=actor())
    handed = [(one, first.code) for one, first in zip(people, firsts, strict=True)]
    return page("people/handed_out.html", form, handed=handed, on=today())


@blueprint.route("/admin/grants/import", methods=["GET", "POST"])
@requires(Permission.GRANT_MANAGE)
def grants() -> ResponseReturnValue:
    """Grant roles by a roster from today on, all of them or none."""
    form = RosterForm()
    if form.validate_on_submit():
        with form.guard():
            lines = form.to_lines(FOR_GRANTS)
            asked, problems = check_grants(lines, actor(), today())
            if problems or not request.form.get("confirmed"):
                return _checked(form, lines, problems, "people/check_grants.html", asked)
            with transaction(*(one.grant.region_code for one in asked)):
                for one in asked:
                    grant_role(one.user_id, one.grant, on=today(), basis=one.basis, by=actor())
                return finish(url_for("administration.grants"), _("已授予 %(n)s 项角色，今天起可用。", n=len(asked)))
    return page("people/grants.html", form, most=MOST_PEOPLE)


def _checked(
    form: RosterForm, lines: list[RosterLine], problems: list[RowProblem], template_name: str,
    found: list[NewUser] | list[GrantAsked],
) -> ResponseReturnValue:  # fmt: skip
    """Show what a roster would do, or everything that is wrong with it."""
    told = [(one.number, _(one.column.label), one.text, say(one.error)) for one in problems]
    status = 422 if problems else 200
    return page(template_name, form, status, problems=told, found=found, cells=as_cells(lines), people=len(lines))


@blueprint.get("/admin/users/roster.xlsx")
@requires(Permission.USER_MANAGE)
def blank_accounts() -> Response:
    """Hand out the empty roster to the system administrator."""
    return _blank()


@blueprint.get("/admin/grants/roster.xlsx")
@requires(Permission.GRANT_MANAGE)
def blank_grants() -> Response:
    """Hand out the empty roster to the security administrator."""
    return _blank()


def _blank() -> Response:
    data = BytesIO(template())
    return send_file(data, mimetype=MEDIA_TYPES[ExportForm.XLSX], as_attachment=True, download_name=_(FILE_NAME))
