"""What is asked at the auditor's desk."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from registry.assets.register.cards.forms import NEEDED
from registry.audit.bundle import Scope
from registry.reports.desk.bundling import BundleAsked
from registry.reports.trail.groups import EDITS, Group
from registry.web import BaseForm

MAX_NOTES, MAX_NAME, MAX_REASON = 4_000, 40, 100
MOST_SEQ = 10**15 - 1


class UnitForm(BaseForm):
    """A form that asks for a unit."""

    region_code = SelectField(_l("单位"), [NEEDED])

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer these units."""
        self.region_code.choices = [SelectChoice(code, label) for code, label in units]


class CompareForm(BaseForm):
    """A checkpoint kept elsewhere: pasted, or as a file."""

    notes = TextAreaField(_l("检查点文字"), [Length(max=MAX_NOTES)])
    file = FileField(_l("或选存下来的检查点文件"))

    def text(self) -> str:
        """Return what was pasted or sent."""
        sent = self.file.data.read(MAX_NOTES + 1) if self.file.data else b""
        return str(self.notes.data or "").strip() or sent[:MAX_NOTES].decode("utf-8", "replace")


class AssetForm(BaseForm):
    """One asset by its number."""

    asset_no = StringField(_l("资产编号"), [NEEDED, Length(max=MAX_NAME)])


class BundleForm(UnitForm):
    """A unit and a period to take evidence of."""

    since = DateField(_l("从"), [Optional()])
    until = DateField(_l("到"), [Optional()])
    with_files = BooleanField(_l("附上附件和打印件原件"))

    def to_asked(self) -> BundleAsked:
        """Return what is asked for."""
        scope = Scope(self.region_code.data, self.since.data, self.until.data)
        return BundleAsked(scope, bool(self.with_files.data))


class EditForm(UnitForm):
    """Edits of a unit in a period, of one person or one kind if asked."""

    since = DateField(_l("从"), [NEEDED])
    on = DateField(_l("到"), [NEEDED])
    who = StringField(_l("办理人（可以不填）"), [Length(max=MAX_NAME)])
    kind = SelectField(_l("种类"))

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer these units, and the kinds of work."""
        super().offer(units)
        kinds = [(group.value, group.label) for group in (*EDITS, Group.PRINTED)]
        self.kind.choices = [SelectChoice("", _l("全部编辑")), *(SelectChoice(code, _l(text)) for code, text in kinds)]


class LeavingForm(UnitForm):
    """A person and the term of office that ends."""

    who = StringField(_l("离任人"), [NEEDED, Length(max=MAX_NAME)])
    since = DateField(_l("任期从"), [NEEDED])
    on = DateField(_l("任期到"), [NEEDED])


class RevealForm(UnitForm):
    """Looks at personal data in a period, by person and reason if asked."""

    since = DateField(_l("从"), [NEEDED])
    on = DateField(_l("到"), [NEEDED])
    who = StringField(_l("查看人（可以不填）"), [Length(max=MAX_NAME)])
    reason = StringField(_l("理由里的词（可以不填）"), [Length(max=MAX_REASON)])


class ThenForm(BaseForm):
    """An asset and a past day."""

    asset_no = StringField(_l("资产编号"), [NEEDED, Length(max=MAX_NAME)])
    on = DateField(_l("日期"), [NEEDED])
    seq = IntegerField(_l("或到日志第几条"), [Optional(), NumberRange(1, MOST_SEQ)])

    @property
    def day(self) -> date:
        """The day asked for."""
        found: date = self.on.data
        return found
