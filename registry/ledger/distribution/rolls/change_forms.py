"""Forms of changes: one household and one reason, or a sheet of adjustments of a whole village."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.fields import ParsedField, TicksField
from registry.ledger.distribution.rolls.asking import ChangeFacts
from registry.ledger.distribution.rolls.changes import EFFECTS, About, LineFacts, ReasonCode
from registry.ledger.distribution.rolls.enrolling import MOST_BASIS
from registry.ledger.distribution.rolls.forms import MOST_DIGITS, NEEDED, PersonForm, choices
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.parties.households.rules import parse_shares, shares_text
from registry.web import BaseForm

_R = ReasonCode
#: What a village changes in one sheet: classes of whole households.
ON_SHEETS = [one for one, effect in EFFECTS.items() if effect.about is not About.PERSON and effect.starts | effect.ends]
_SHEET_CLASSES = [one for one in BeneficiaryClass if any(one in EFFECTS[reason].starts for reason in ON_SHEETS)]
_ENDS = {reason for reason, effect in EFFECTS.items() if not effect.starts}


def _chosen(text: str | None) -> int | None:
    is_id = bool(text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS)
    return int(text or "") if is_id else None


def _class(text: str | None, reason: ReasonCode) -> BeneficiaryClass | None:
    """Return the class chosen; where a reason leaves no choice, the only one."""
    starts = EFFECTS[reason].starts
    if len(starts) == 1:
        return next(iter(starts))
    return BeneficiaryClass(text) if text and reason not in _ENDS else None


class LineForm(BaseForm):
    """One change of one household; fields that the reason has no use for are left out."""

    checked = HiddenField()
    event_on = DateField(_l("发生日期"), [NEEDED])
    person_id = SelectField(_l("是哪一个人"), [Optional()])
    new_class = SelectField(_l("调整后的类别"), [Optional()])
    people = TicksField(_l("分出去的人"), [Optional()])
    target_id = SelectField(_l("并入哪一户"), [Optional()])
    heir_id = SelectField(_l("由谁接"), [Optional()])
    newcomer = FormField(PersonForm)
    shares = ParsedField(_l("股份"), [Optional()], read=parse_shares, write=shares_text)
    basis = StringField(_l("依据（会议、文件、证明）"), [NEEDED, Length(max=MOST_BASIS)])
    note = StringField(_l("说明"), [Length(max=200)])

    def __init__(self, reason: ReasonCode, **kw: Any) -> None:
        super().__init__(**kw)
        self.reason, effect = reason, EFFECTS[reason]
        unused = {
            "person_id": effect.about is About.HOUSEHOLD,
            "new_class": len(effect.starts) < 2,
            "people": not effect.needs_people,
            "target_id": not effect.needs_target,
            "heir_id": not effect.takes_heir,
            "newcomer": reason not in {_R.PERSON_ADDED, _R.DIED},
            "shares": reason not in {_R.SHARES_MOVED, _R.MEMBER_JOINED},
        }
        for name, is_unused in unused.items():
            if is_unused:
                del self[name]
        if "new_class" in self:
            self.new_class.choices = choices([one for one in BeneficiaryClass if one in effect.starts])

    def offer(
        self,
        people: Sequence[tuple[int, str]],
        living: Sequence[tuple[int, str, str]],
        targets: Sequence[tuple[int, str]],
    ) -> None:
        """Offer the people of the household, those of the village, and the other households."""
        nobody = SelectChoice("", _l("不选"))
        own = [SelectChoice(str(key), name) for key, name in people]
        if "person_id" in self:
            whole = [nobody] if EFFECTS[self.reason].about is About.EITHER else []
            self.person_id.choices = [*whole, *own]
        if "people" in self:
            self.people.choices = own
        if "heir_id" in self:
            self.heir_id.choices = [nobody, *(SelectChoice(str(k), f"{head} 户：{name}") for k, name, head in living)]
        if "target_id" in self:
            self.target_id.choices = [SelectChoice(str(key), name) for key, name in targets]

    def to_line(self, household_id: int) -> LineFacts:
        """Return what was typed, in plain values."""
        newcomer = self.newcomer.form if "newcomer" in self else None
        return LineFacts(
            household_id=household_id,
            reason=self.reason,
            event_on=self.event_on.data,
            person_id=_chosen(self._said("person_id")),
            new_class=_class(self._said("new_class"), self.reason),
            heir_id=_chosen(self._said("heir_id")),
            target_id=_chosen(self._said("target_id")),
            people=tuple(map(int, self.people.data or ())) if "people" in self else (),
            newcomer=newcomer.to_person() if newcomer and (newcomer.name.data or "").strip() else None,
            share_hundredths=(self.shares.data or 0) if "shares" in self else 0,
            note=(self.note.data or "").strip(),
        )

    def _said(self, name: str) -> str | None:
        return self[name].data if name in self else None

    def to_change(self, household_id: int, region_code: str) -> ChangeFacts:
        return ChangeFacts(region_code, (self.basis.data or "").strip(), (self.to_line(household_id),))


class SheetLine(Form):  # type: ignore[misc]
    """A household of a sheet; one without a reason stays as it is."""

    household_id = HiddenField()
    reason = SelectField(
        _l("原因"), choices=lambda: [SelectChoice("", _l("不变")), *choices(ON_SHEETS)], default=""
    )  # fmt: skip
    new_class = SelectField(
        _l("调整后"), choices=lambda: [SelectChoice("", _l("按原因")), *choices(_SHEET_CLASSES)], default=""
    )  # fmt: skip
    event_on = DateField(_l("发生日期"), [Optional()])
    note = StringField(_l("说明"), [Length(max=200)])


class SheetForm(BaseForm):
    """The dynamic adjustment of a village: a line for each household, filled in where something changes."""

    checked = HiddenField()
    basis = StringField(_l("依据（会议、文件）"), [NEEDED, Length(max=MOST_BASIS)])
    event_on = DateField(_l("发生日期（没有另写的）"), [NEEDED])
    lines = FieldList(FormField(SheetLine), max_entries=500)

    def to_change(self, region_code: str) -> ChangeFacts:
        """Return the lines that name a reason."""
        lines = [entry.form for entry in self.lines if entry.form.reason.data]
        return ChangeFacts(region_code, (self.basis.data or "").strip(), tuple(map(self._line, lines)))

    def _line(self, line: SheetLine) -> LineFacts:
        reason = ReasonCode(line.reason.data)
        return LineFacts(
            household_id=_chosen(line.household_id.data) or 0,
            reason=reason,
            event_on=line.event_on.data or self.event_on.data,
            new_class=_class(line.new_class.data, reason),
            note=(line.note.data or "").strip(),
        )
