"""The form before a holder's personal data is shown whole."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from registry.web import BaseForm


class RevealForm(BaseForm):
    """Why somebody needs to see it."""

    reason = TextAreaField(_l("理由"), [DataRequired(_l("这一项必填。")), Length(max=200)], render_kw={"rows": 3})
