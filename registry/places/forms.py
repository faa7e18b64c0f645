"""Forms about divisions: each change names its day and the document it rests on."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, SubmitField
from wtforms.validators import DataRequired, Length, Regexp

from registry.places.rules import check_effective
from registry.web import BaseForm

_NEEDED = DataRequired(_l("这一项必填。"))
_CODE = Regexp(r"^\s*[0-9]{12}\s*$", message=_l("区划代码是 12 位数字。"))


class LookForm(BaseForm):
    """A form that asks for units, and looks for them first where there are more than a list holds."""

    find = StringField(_l("找乡镇、村"), [Length(max=40)], render_kw={"autocomplete": "off"})
    look = SubmitField(_l("查找"))

    @property
    def looks(self) -> bool:
        """Whether units are looked for; the form is not sent then, even with nothing to look for."""
        return bool(self.look.data)

    @property
    def sought(self) -> str:
        """What is looked for, as it was typed."""
        return str((self.find.raw_data or [""])[0]).strip()


class BasisForm(BaseForm):
    """The document a change rests on."""

    basis = StringField(_l("依据（批复文件、文号）"), [_NEEDED, Length(max=200)])


class ChangeForm(BasisForm):
    """A change of divisions from a day on."""

    on = DateField(_l("生效日期"), [_NEEDED])

    def effective_on(self, today: date) -> date:
        """Return the day of the change; raises NotYet if it lies ahead."""
        day: date = self.on.data
        check_effective(day, today)
        return day


class RenameForm(ChangeForm):
    """A new name."""

    name = StringField(_l("新名称（全称）"), [_NEEDED, Length(max=60)])


class MergeForm(ChangeForm):
    """The unit that takes over."""

    into = StringField(
        _l("并入单位的区划代码"), [_NEEDED, _CODE], render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )

    @property
    def heir(self) -> str:
        return str(self.into.data or "").strip()


class AddForm(BasisForm):
    """A newly founded unit."""

    code = StringField(
        _l("统计用区划代码"), [_NEEDED, _CODE], render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )
    name = StringField(_l("名称（全称）"), [_NEEDED, Length(max=60)])


class GoLiveForm(BasisForm):
    """The day from which a unit works in this register."""

    go_live_on = DateField(_l("启用日期"), [_NEEDED])
