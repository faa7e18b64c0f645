"""Forms of patrols: one asset, or a round with its exceptions."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from registry.assets.custody.faults.rules import Finding, Severity
from registry.assets.custody.patrols.rules import RESULTS, Observation, PatrolKind, PatrolResult
from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.web import BaseForm


class PatrolForm(BaseForm):
    """What was seen of one asset."""

    result = RadioField(_l("看到的情况"), [NEEDED])
    severity = SelectField(_l("问题轻重"), choices=lambda: choices(Severity), default=Severity.C.value)
    note = TextAreaField(_l("说明"), [Length(max=500)], render_kw=MANY)
    file = MultipleFileField(_l("照片"))

    def __init__(self, kind: PatrolKind, **kw: Any) -> None:
        super().__init__(**kw)
        self.kind = kind
        self.result.choices = [SelectChoice(one.value, _l(one.label)) for one in RESULTS[kind]]
        if kind is PatrolKind.VISIT:
            del self.severity

    def begin(self, seen: str) -> None:
        """Choose what the link that was followed says was seen."""
        if seen in RESULTS[self.kind]:
            self.result.data = seen

    def to_observation(self) -> Observation:
        severity = self.severity.data if self.kind is not PatrolKind.VISIT else ""
        return _seen(self.kind, PatrolResult(self.result.data), self.note.data or "", severity)


def _seen(kind: PatrolKind, result: PatrolResult, note: str, severity: str) -> Observation:
    """Put together what was seen; a fault that nobody described is refused by the rule."""
    is_found = result is PatrolResult.FAULT and bool(note.strip())
    return Observation(kind, result, note, Finding(Severity(severity), note) if is_found else None)


class RoundLine(Form):  # type: ignore[misc]
    """One asset of a round: ticked only if something is wrong."""

    asset_no = HiddenField()
    bad = BooleanField(_l("有问题"))
    severity = SelectField(_l("问题轻重"), choices=lambda: choices(Severity), default=Severity.C.value)
    note = TextAreaField(_l("哪里有问题"), [Length(max=500)], render_kw=MANY)

    def to_observation(self) -> Observation:
        if not self.bad.data:
            return Observation(PatrolKind.SELF)
        return _seen(PatrolKind.SELF, PatrolResult.FAULT, self.note.data or "", self.severity.data)


class RoundForm(BaseForm):
    """All normal, except."""

    lines = FieldList(FormField(RoundLine))

    def list_numbers(self, numbers: Sequence[str]) -> None:
        """Put a line for each asset on a blank form."""
        for number in numbers:
            self.lines.append_entry({"asset_no": number})

    def observations(self) -> dict[str, Observation]:
        """Return what was seen of each asset that stood on the page."""
        return {entry.form.asset_no.data: entry.form.to_observation() for entry in self.lines}
