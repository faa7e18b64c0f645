"""Forms for deciding on a request and for what its steps wait for."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from registry.approvals.requests.delegating import DelegationFacts
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.rules import MAX_ANSWER, MAX_OPINION, MAX_QUESTION, AppraisalFacts
from registry.approvals.requests.services import Decision
from registry.approvals.requests.states import Verdict
from registry.evidence.rules import EvidenceKind
from registry.fields import Needed, money_field
from registry.permissions import Actor
from registry.text import N_
from registry.web import BaseForm

_NEEDED = DataRequired(_l("这一项必填。"))
_ROWS = {"rows": 3}


class DecisionForm(BaseForm):
    """What a person says of a request, bound to the content and the state they saw."""

    verdict = RadioField(_l("您的决定"), [InputRequired(_l("请先选择同意、退回或否决。"))])
    defect = StringField(_l("要补正哪一项"), [Length(max=120)])
    opinion = TextAreaField(_l("意见"), [Length(max=MAX_OPINION)], render_kw=_ROWS)
    content_digest = HiddenField()
    version = HiddenField()
    #: What the page said would be written if one agrees without a word.
    suggested = HiddenField()

    @classmethod
    def of(cls, request: ApprovalRequest, offered: tuple[Verdict, ...]) -> "DecisionForm":
        """Return the form for a request, offering these decisions; nothing is chosen beforehand."""
        form = cls(content_digest=request.content_digest, version=str(request.version_id))
        form.verdict.choices = [SelectChoice(one.value, _l(one.label)) for one in offered]
        return form

    def to_decision(self) -> Decision:
        verdict = Verdict(self.verdict.data)
        opinion = (self.opinion.data or "").strip()
        if not opinion and verdict in {Verdict.AGREE, Verdict.RELEASE}:
            words = (self.suggested.data or "").strip()[:MAX_OPINION] if verdict is Verdict.AGREE else ""
            opinion = words or f"{verdict.label}。"
        version = self.version.data or ""
        seen = int(version) if version.isascii() and version.isdigit() else 0
        return Decision(verdict, opinion, self.content_digest.data or "", seen, self.defect.data or "")

    def catch_up(self, request: ApprovalRequest, suggested: str = "") -> None:
        """Bind the form to the request as it stands now; what was typed stays."""
        self.content_digest.data, self.version.data = request.content_digest, str(request.version_id)
        self.suggested.data = suggested


class ReasonForm(BaseForm):
    """A deed that only needs a reason: taking back, stepping aside."""

    reason = TextAreaField(_l("理由"), [_NEEDED, Length(max=200)], render_kw=_ROWS)


class QuestionForm(BaseForm):
    """What a level asks about a case that was filed with it."""

    question = TextAreaField(_l("要问什么"), [_NEEDED, Length(max=MAX_QUESTION)], render_kw=_ROWS)


class AnswerForm(BaseForm):
    """What the sender answers, with papers."""

    answer = TextAreaField(_l("答复"), [_NEEDED, Length(max=MAX_ANSWER)], render_kw={"rows": 5})
    files = MultipleFileField(_l("材料"))


class AppraisalForm(BaseForm):
    """What a report of appraisal says, with the report itself."""

    agency = StringField(_l("评估机构"), [_NEEDED, Length(max=80)])
    report_no = StringField(_l("报告编号"), [_NEEDED, Length(max=60)])
    appraisers = StringField(_l("签字评估师"), [_NEEDED, Length(max=200)])
    value = money_field(_l("评估价值"), [Needed(N_("请填写评估价值。"))])
    appraised_on = DateField(_l("评估基准日"), [_NEEDED])
    files = MultipleFileField(_l("评估报告"))

    def to_facts(self) -> AppraisalFacts:
        names = (self.appraisers.data or "").replace("，", "、").replace(",", "、").split("、")
        signed = tuple(name.strip() for name in names if name.strip())
        value: int = self.value.data or 0
        return AppraisalFacts(self.agency.data or "", self.report_no.data or "", signed, value, self.appraised_on.data)


class PapersForm(BaseForm):
    """Files that a step needs."""

    kind = SelectField(_l("材料种类"), [_NEEDED])
    caption = StringField(_l("说明"), [Length(max=200)])
    files = MultipleFileField(_l("文件"))

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)
        self.kind.choices = [SelectChoice(kind.value, _l(kind.label)) for kind in EvidenceKind]


class DelegationForm(BaseForm):
    """Who stands in, and from when to when."""

    deputy_id = SelectField(_l("代办人"), [_NEEDED], coerce=int)
    valid_from = DateField(_l("从哪一天"), [_NEEDED])
    valid_to = DateField(_l("到哪一天"), [_NEEDED])
    reason = StringField(_l("原因"), [_NEEDED, Length(max=200)])

    def offer(self, people: list[Actor]) -> None:
        """Offer the people who may stand in."""
        self.deputy_id.choices = [SelectChoice(one.id, f"{one.unit_name} {one.post} {one.name}") for one in people]

    def to_facts(self) -> DelegationFacts:
        return DelegationFacts(
            self.deputy_id.data, self.valid_from.data, self.valid_to.data, (self.reason.data or "").strip()
        )
