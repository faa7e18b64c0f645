"""What is asked of the trail's own deeds."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from registry.web import BaseForm

MAX_NOTES = 20_000


class TrailForm(BaseForm):
    """Verify or export one log, or all within reach; earlier checkpoints may be laid beside it."""

    region = StringField()
    notes = TextAreaField(_l("早先留存的检查点（可以不填）"), [Length(max=MAX_NOTES)])
