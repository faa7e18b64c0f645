"""Forms for proposing values and steps, and for the second person's answer."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from registry.evidence.rules import EvidenceKind
from registry.fields import Needed
from registry.policy.definitions import DEFINITIONS
from registry.policy.measures import COUNTED, Measure
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Route, Seat, StepKind, StepRule
from registry.policy.proposals import RouteProposal, ValueProposal, composed
from registry.policy.rules import Bound
from registry.policy.steps import LIMITS, MOST_STEPS, TERMS
from registry.policy.values import read_value, typed_value
from registry.text import Labelled
from registry.web import BaseForm

NEEDED = Needed("这一项必填。")
_GAP = 10
_LAST_PLACE = 10_000


def _choices(kind: type[Labelled]) -> list[SelectChoice]:
    return [SelectChoice(member.value, _l(member.label)) for member in kind]


class GroundsForm(BaseForm):
    """On what a proposal rests: from when, which document, why."""

    effective_on = DateField(_l("从哪天起执行"), [DataRequired(_l("这一项必填。"))])
    document = StringField(_l("依据文件的文号和名称"), [NEEDED, Length(max=200)])
    reason = TextAreaField(_l("为什么这样定"), [NEEDED, Length(max=500)], render_kw={"rows": 2})
    file = FileField(_l("依据文件扫描件（可不传）"))

    def _grounds(self) -> tuple[Any, str, str]:
        return self.effective_on.data, composed(self.document.data), composed(self.reason.data)


class ValueForm(GroundsForm):
    """A value, or a bound for those below."""

    bound = RadioField(_l("定的是什么"), choices=lambda: _choices(Bound), default=Bound.VALUE.value)
    value: Any

    @property
    def offers_bounds(self) -> bool:
        """Whether there is something to choose."""
        return "bound" in self

    def to_proposal(self, region_code: str, parameter: Parameter) -> ValueProposal:
        """Return what is proposed; raises what reading a value raises."""
        bound = Bound(self.bound.data) if self.offers_bounds else Bound.VALUE
        return ValueProposal(
            region_code, parameter, bound, read_value(parameter, self.value.data or ""), *self._grounds()
        )


def value_form(parameter: Parameter, *, bounds: bool, **kw: Any) -> ValueForm:
    """Return the form for one parameter; only who may set bounds is offered them."""

    class Form(ValueForm):
        value = _value_field(parameter)

    form = Form(**kw)
    if not (bounds and DEFINITIONS[parameter].measure in COUNTED):
        del form.bound
    return form


def _value_field(parameter: Parameter) -> Any:
    definition, label = DEFINITIONS[parameter], _l("新的取值")
    if definition.choices is not None:
        return RadioField(label, [NEEDED], choices=_choices(definition.choices))
    if definition.measure is Measure.FLAG:
        return RadioField(label, [NEEDED], choices=[SelectChoice("1", _l("是")), SelectChoice("0", _l("否"))])
    if definition.measure is Measure.CALENDAR:
        return TextAreaField(label, [NEEDED], render_kw={"rows": 4})
    if definition.measure is Measure.TEXT:
        return StringField(label, [Length(max=200)])
    return StringField(label, [NEEDED, Length(max=40)], render_kw={"autocomplete": "off"})


def typed_default(parameter: Parameter, value: int | str) -> dict[str, str]:
    """Return what the field shows before anybody types: the value that holds."""
    return {"value": typed_value(parameter, value)}


def _terms() -> list[SelectChoice]:
    """Return every time limit and term with its kind of step said in its group."""
    desks = [SelectChoice(one.value, _l(one.label), optgroup=str(_l("办理时限"))) for one in LIMITS]
    groups = {kind: str(_l(kind.label)) for kind in TERMS}
    return desks + [
        SelectChoice(one.value, _l(one.label), optgroup=groups[kind]) for kind, some in TERMS.items() for one in some
    ]


class StepForm(Form):  # type: ignore[misc]
    """One step; a row without a title is no step."""

    place = StringField(_l("次序"), [Length(max=4)], render_kw={"inputmode": "numeric", "autocomplete": "off"})
    label = StringField(_l("标题"), [Length(max=80)])
    kind = SelectField(_l("环节"), choices=lambda: _choices(StepKind))
    seat = SelectField(_l("谁办"), choices=lambda: _choices(Seat))
    term = SelectField(_l("时限"), choices=_terms)
    papers = SelectMultipleField(
        _l("必备材料"), choices=lambda: _choices(EvidenceKind), widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    each_owner = BooleanField(_l("每个共有单位各办一次"))
    fixed = BooleanField(_l("必经环节，区县不得取消"))
    remove = BooleanField(_l("去掉这个环节"))

    @property
    def is_step(self) -> bool:
        """Whether the row holds a step that stays."""
        return bool((self.label.data or "").strip()) and not self.remove.data

    @property
    def order(self) -> int:
        """Where it stands among the others; what is no number goes last."""
        text = (self.place.data or "").strip()
        return int(text) if text.isascii() and text.isdigit() else _LAST_PLACE

    def to_step(self) -> StepRule:
        """Return the step."""
        kind, term = StepKind(self.kind.data), Parameter(self.term.data)
        lasts = kind in TERMS
        return StepRule(
            kind, Seat(self.seat.data), composed(self.label.data), None if lasts else term, term if lasts else None,
            tuple(EvidenceKind(one) for one in self.papers.data or ()), self.each_owner.data, self.fixed.data,
        )  # fmt: skip


class RouteForm(GroundsForm):
    """The steps of a procedure, in the order of their numbers."""

    steps = FieldList(FormField(StepForm), max_entries=MOST_STEPS * 2)

    def fill(self, procedure: Procedure) -> None:
        """Show the steps that hold now, and one empty row."""
        for number, step in enumerate(procedure, 1):
            term = step.days or step.limit
            self.steps.append_entry(
                {
                    "place": str(number * _GAP), "label": str(_l(step.label)), "kind": step.kind.value,
                    "seat": step.seat.value, "term": term.value if term else LIMITS[0].value,
                    "papers": [paper.value for paper in step.papers], "each_owner": step.each_owner,
                    "fixed": step.fixed,
                }
            )  # fmt: skip
        self.add_row()

    def add_row(self) -> None:
        """Offer one more empty row at the end."""
        places = [row.form.order for row in self.steps if row.form.order < _LAST_PLACE]
        if len(self.steps) < MOST_STEPS * 2:
            self.steps.append_entry({"place": str(max(places, default=0) + _GAP)})

    def to_proposal(self, region_code: str, route: Route) -> RouteProposal:
        """Return what is proposed; a row without a title, or ticked to be taken out, is left out.

        A default step whose title was shown translated gets its own title back.
        """
        rows = sorted((row.form for row in self.steps if row.form.is_step), key=lambda form: form.order)
        said = {str(_l(step.label)): step.label for step in route.procedure}
        steps = [form.to_step() for form in rows]
        named = tuple(replace(step, label=said.get(step.label, step.label)) for step in steps)
        return RouteProposal(region_code, route.key, named, *self._grounds())


class AnswerForm(BaseForm):
    """The answer of the second person."""

    answer = RadioField(
        _l("您的意见"), [NEEDED],
        choices=[SelectChoice("agree", _l("同意，按此执行")), SelectChoice("refuse", _l("不同意"))],
    )  # fmt: skip
    opinion = TextAreaField(_l("意见"), [Length(max=500)], render_kw={"rows": 2})


class WithdrawalForm(BaseForm):
    """Taking back one's own proposal."""
