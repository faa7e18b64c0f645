"""Forms of closing: why a month is opened again, and the answer of the level above."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.register.cards.forms import MANY, NEEDED
from registry.web import BaseForm


class CloseForm(BaseForm):
    """A month is closed as it was looked at."""

    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """The version of the wish that was looked at."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() else None


class ReopeningForm(BaseForm):
    """Why a closed month is opened again."""

    reason = TextAreaField(_l("反结账原因"), [NEEDED, Length(max=500)], render_kw=MANY)


class AnswerForm(BaseForm):
    """What the level above says."""

    answer = RadioField(
        _l("您的意见"), [NEEDED],
        choices=[SelectChoice("agree", _l("同意反结账")), SelectChoice("refuse", _l("不同意"))],
    )  # fmt: skip
    opinion = TextAreaField(_l("意见"), [Length(max=500)], render_kw=MANY)
