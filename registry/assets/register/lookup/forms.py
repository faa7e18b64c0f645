"""Forms beside the list."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from registry.web import BaseForm

NAME_LENGTH = 20
#: An asset number as it is printed, in groups.
NUMBER_LENGTH = 30
_NEEDED = DataRequired(_l("这一项必填。"))


class LinkForm(BaseForm):
    """The asset of the register to be hung on a project."""

    asset_no = StringField(
        _l("挂上已在册的资产"),
        [_NEEDED, Length(max=NUMBER_LENGTH)],
        render_kw={"autocomplete": "off", "placeholder": _l("资产编号")},
    )


class ViewForm(BaseForm):
    """A name for the filter that is kept."""

    name = StringField(
        _l("视图名称"),
        [_NEEDED, Length(max=NAME_LENGTH, message=_l("最多 20 个字。"))],
        render_kw={"autocomplete": "off", "maxlength": NAME_LENGTH},
    )
    query = HiddenField()
