"""Forms of the administrators on accounts that stand already."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from registry.accounts.forms import NEEDED, TYPED, UNIT_CODE, ReasonForm


class EditUserForm(ReasonForm):
    """Name, post and unit of a person, and why they change."""

    name = StringField(_l("姓名"), [NEEDED, Length(max=40)])
    post = StringField(_l("职务"), [NEEDED, Length(max=60)])
    unit_code = StringField(_l("所在单位代码"), UNIT_CODE, render_kw=TYPED)
