"""Forms of a changed account: asking for it, and what the second person says."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from registry.parties.households.rules import AccountFacts
from registry.web import BaseForm, picked_ids

_NEEDED = DataRequired(_l("这一项必填。"))
_DIGITS = {"autocomplete": "off", "inputmode": "numeric", "maxlength": 40}


class AccountForm(BaseForm):
    """The account money shall go to from now on."""

    bank_name = StringField(_l("新的开户行"), [_NEEDED, Length(max=60)])
    bank_account = StringField(_l("新的银行账号"), [_NEEDED, Length(max=40)], render_kw=_DIGITS)
    reason = StringField(_l("更换原因"), [_NEEDED, Length(max=200)])

    def to_facts(self) -> AccountFacts:
        digits = "".join((self.bank_account.data or "").split()).replace("-", "")
        return AccountFacts((self.bank_name.data or "").strip(), digits, (self.reason.data or "").strip())


class AccountAnswerForm(BaseForm):
    """What the second person says of another account."""

    answer = RadioField(
        _l("核对结果"), [_NEEDED],
        choices=[
            SelectChoice("confirm", _l("与存折或卡一致，启用新账号")),
            SelectChoice("refuse", _l("不同意，仍用原账号")),
        ],
    )  # fmt: skip
    reason = TextAreaField(_l("不同意的原因"), [Length(max=200)], render_kw={"rows": 2})


class AccountPickForm(BaseForm):
    """Changes ticked on a list, by id."""

    changes = SelectMultipleField(_l("换账号"), validate_choice=False)

    @property
    def picked(self) -> list[int]:
        """Return the ids ticked."""
        return picked_ids(self.changes.data or ())
