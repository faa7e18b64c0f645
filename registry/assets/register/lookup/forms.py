"""Forms beside the list."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from registry.web import BaseForm

NAME_LENGTH = 20


class ViewForm(BaseForm):
    """A name for the filter that is kept."""

    name = StringField(
        _l("视图名称"),
        [DataRequired(_l("这一项必填。")), Length(max=NAME_LENGTH, message=_l("最多 20 个字。"))],
        render_kw={"autocomplete": "off", "maxlength": NAME_LENGTH},
    )
    query = HiddenField()
