"""Forms of the duty list."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.accounts.models import User
from registry.assets.register.cards.forms import MANY, NEEDED
from registry.supervision.duties.rules import MAX_DOCUMENT, MAX_NAME, MAX_OPINION, MAX_POST, Naming
from registry.web import BaseForm

_AGREE, _BACK = "agree", "back"


class NamingForm(BaseForm):
    """Who is to answer for a duty; of an account, name and post are known."""

    user_id = SelectField(_l("本单位人员"), default="")
    name = StringField(_l("姓名"), [Length(max=MAX_NAME)])
    post = StringField(_l("职务"), [Length(max=MAX_POST)])
    valid_from = DateField(_l("从哪天起负责"), [NEEDED])
    document = StringField(_l("分工文件"), [Length(max=MAX_DOCUMENT)])

    def offer(self, people: Sequence[User]) -> None:
        """Offer the people of the unit, or somebody without an account."""
        found = [SelectChoice(str(one.id), f"{one.name}（{one.post}）") for one in people]
        self.user_id.choices = [SelectChoice("", _l("没有账号，在下面填写")), *found]

    def to_naming(self) -> Naming:
        """Read what was said; beside an account, a typed name counts for nothing."""
        chosen = int(self.user_id.data) if self.user_id.data else None
        name, post = ("", "") if chosen else ((self.name.data or "").strip(), (self.post.data or "").strip())
        return Naming(chosen, name, post, self.valid_from.data, (self.document.data or "").strip())


class DecisionForm(BaseForm):
    """What the second person says of an entry."""

    answer = RadioField(
        _l("意见"), [NEEDED], choices=[SelectChoice(_AGREE, _l("属实，确认")), SelectChoice(_BACK, _l("退回"))]
    )
    opinion = TextAreaField(_l("说明"), [Length(max=MAX_OPINION)], render_kw=MANY)

    @property
    def agrees(self) -> bool:
        return bool(self.answer.data == _AGREE)
