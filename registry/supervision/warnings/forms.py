"""Forms of what is handed on because of a warning."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, MultipleFileField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, unit_choices
from registry.places.queries import names_of
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.rules import MAX_SAID, HandingOff, Verdict
from registry.web import BaseForm


class HandOffForm(BaseForm):
    """What a unit is asked to do, and until when."""

    to_code = SelectField(_l("承办单位"), [NEEDED])
    due_on = DateField(_l("办理期限"), [NEEDED])
    text = TextAreaField(_l("要求"), [NEEDED, Length(max=MAX_SAID)], render_kw=MANY)

    def offer(self, codes: tuple[str, ...], usual: str) -> None:
        """Offer the units to which this may be handed, the nearest to the thing first; ``usual`` is chosen already."""
        names = names_of(codes)
        if not self.is_submitted():
            self.to_code.data = usual
        self.to_code.choices = unit_choices([(code, names.get(code, code)) for code in codes], self.to_code.data)

    def to_handing(self) -> HandingOff:
        return HandingOff(self.to_code.data, self.text.data or "", self.due_on.data)


class AnswerForm(BaseForm):
    """What a unit did."""

    text = TextAreaField(_l("办理情况"), [NEEDED, Length(max=MAX_SAID)], render_kw=MANY)
    file = MultipleFileField(_l("佐证材料"))


class WithdrawForm(BaseForm):
    """Why what was handed on is taken back."""

    reason = TextAreaField(_l("撤回理由"), [NEEDED, Length(max=MAX_SAID)], render_kw=MANY)


class VerdictForm(BaseForm):
    """What the desk says of an answer."""

    takes = RadioField(
        _l("核实结果"),
        [NEEDED],
        choices=[SelectChoice("1", _l("已办好，办结")), SelectChoice("0", _l("没有办好，退回重办"))],
    )
    opinion = TextAreaField(_l("意见"), [Length(max=MAX_SAID)], render_kw=MANY)
    due_on = DateField(_l("新的办理期限"), [Optional()])
    version = HiddenField()

    def catch_up(self, handed: WarningHandOff) -> None:
        """Bind the form to the matter as the page shows it now; what was typed stays."""
        self.version.data = str(handed.version_id)

    def to_verdict(self) -> Verdict:
        typed = self.version.data or ""
        seen = int(typed) if typed.isascii() and typed.isdigit() else 0
        return Verdict(seen, self.takes.data == "1", (self.opinion.data or "").strip(), self.due_on.data)
