"""Forms of a case: what is said of it, what was found of its assets, who shall hold them, which papers are there."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.cards.typed import read_percent, read_quantity, write_percent, write_quantity
from registry.assets.register.rights.rules import Part
from registry.assets.title.cases.models import TitleCase, TitleOwner
from registry.assets.title.cases.services import CaseFacts, Found, Proposed
from registry.assets.title.documents import EVIDENCE, DocumentState, Paper, Papers, TitleDocument
from registry.assets.title.owning import owners_of_category
from registry.assets.title.rules import Condition, LineDecision, Verification
from registry.evidence.rules import EvidenceKind
from registry.fields import ParsedField, money_field
from registry.kinds import Category, OwnerKind, TitleDeed
from registry.parties.rules import PartyFacts
from registry.web import BaseForm

MOST_FILES = 20
#: Which fields a deed asks for as a whole; the others are left out of its form.
FIELDS: dict[TitleDeed, tuple[str, ...]] = {
    TitleDeed.FIRST_TITLE: ("title", "spans_villages", "document_no", "reason"),
    TitleDeed.HAND_OVER: ("title", "giver", "spans_villages", "document_no", "reason"),
    TitleDeed.MERGER: ("title", "merged_name", "document_no", "reason"),
    TitleDeed.SPLIT: ("title", "document_no", "reason"),
    TitleDeed.OWNER_NAME: ("title", "new_name", "new_credit_code", "document_no", "reason"),
    TitleDeed.ERROR: ("title", "document_no", "reason"),
}


class OpenForm(BaseForm):
    """The assets that were ticked, or all that the choice above shows."""

    whole = BooleanField(_l("上面条件下的全部资产，不只是勾选的"))


class CaseForm(BaseForm):
    """What is said of a case as a whole."""

    version = HiddenField()
    title = StringField(_l("事项名称"), [NEEDED, Length(max=100)])
    giver = StringField(_l("移交单位（建设单位）"), [Length(max=80)])
    spans_villages = BooleanField(_l("跨村受益的项目"))
    merged_name = StringField(_l("合并后的资产名称"), [Length(max=100)])
    new_name = StringField(_l("权利人新名称"), [Length(max=80)])
    new_credit_code = StringField(_l("新的统一社会信用代码"), [Length(max=18)])
    document_no = StringField(_l("依据文号"), [Length(max=80)])
    reason = TextAreaField(_l("情况说明"), [Length(max=500)], render_kw=MANY)

    def __init__(self, case: TitleCase, **kw: Any) -> None:
        super().__init__(obj=case, **kw)
        for name in set(CaseFacts.__dataclass_fields__) - set(FIELDS[case.kind]):
            del self[name]

    def to_facts(self) -> CaseFacts:
        given = {name: self[name].data for name in CaseFacts.__dataclass_fields__ if name in self}
        return CaseFacts(**{name: value for name, value in given.items() if value is not None})


class LinesForm(BaseForm):
    """What was found of the assets that are ticked, or of all, and what the case does with them."""

    whole = BooleanField(_l("这件事项的全部资产，不只是勾选的"))
    verification = RadioField(_l("现场核实"), [NEEDED], choices=lambda: choices(Verification))
    decision = RadioField(_l("是否纳入"), [NEEDED], choices=lambda: choices(LineDecision))
    condition = SelectField(_l("移交时状况"), choices=lambda: choices(Condition, _l("不适用")))
    condition_note = StringField(_l("状况说明"), [Length(max=200)])
    reason = StringField(_l("不纳入的原因"), [Length(max=200)])

    def to_found(self) -> Found:
        condition = Condition(self.condition.data) if self.condition.data else None
        return Found(
            Verification(self.verification.data), LineDecision(self.decision.data), self.reason.data or "", condition,
            self.condition_note.data or "",
        )  # fmt: skip


class OwnerRow(Form):  # type: ignore[misc]
    """One holder: a share, or what it invested."""

    kind = SelectField(_l("权利人类型"))
    name = StringField(_l("权利人全称"), [Length(max=80)])
    region_code = SelectField(_l("权利人所在单位"))
    credit_code = StringField(_l("统一社会信用代码"), [Length(max=18)])
    share = ParsedField(_l("份额（%）"), [Optional()], read=read_percent, write=write_percent)
    invested = money_field(_l("投资额（元）"), [Optional()])

    @property
    def is_blank(self) -> bool:
        return not (self.name.data or "").strip()

    def to_proposed(self) -> Proposed:
        party = PartyFacts(
            OwnerKind(self.kind.data), self.name.data.strip(), self.region_code.data, self.credit_code.data or ""
        )
        return Proposed(party, self.share.data, self.invested.data)


class OwnersForm(BaseForm):
    """Who shall hold the assets that are ticked, or all of them."""

    whole = BooleanField(_l("这件事项的全部资产，不只是勾选的"))
    owners = FieldList(FormField(OwnerRow), min_entries=3, max_entries=30)

    def __init__(
        self, category: Category, units: Sequence[tuple[str, str]], proposed: Sequence[TitleOwner], **kw: Any
    ) -> None:
        super().__init__(data={"owners": [_owner(one) for one in proposed]}, **kw)
        kinds = [kind for kind in OwnerKind if kind in owners_of_category(category)]
        for row in self.owners:
            row.form.kind.choices = [SelectChoice(kind.value, gettext(kind.label)) for kind in kinds]
            row.form.region_code.choices = [SelectChoice(code, name) for code, name in units]

    def to_proposed(self) -> list[Proposed]:
        return [row.form.to_proposed() for row in self.owners if not row.form.is_blank]


def _owner(owner: TitleOwner) -> dict[str, object]:
    party = owner.party
    return {
        "kind": party.kind, "name": party.name, "region_code": party.region_code, "credit_code": party.credit_code,
        "share": owner.share_bp, "invested": owner.invested_fen,
    }  # fmt: skip


class PaperRow(Form):  # type: ignore[misc]
    """What is said of one paper."""

    document = HiddenField()
    state = SelectField(choices=lambda: choices(DocumentState, _l("还没有说明")))
    reason = StringField(_l("缺或不适用的原因"), [Length(max=200)])


class PapersForm(BaseForm):
    """The checklist of papers."""

    papers = FieldList(FormField(PaperRow))

    @classmethod
    def of(cls, asked: Sequence[TitleDocument], known: Papers) -> "PapersForm":
        """Return the checklist of these papers with what is known of them."""
        form = cls(data={"papers": [_row(one, known.get(one)) for one in asked]})
        for row in form.papers:
            row.form.state.label.text = gettext(TitleDocument(row.form.document.data).label)
        return form

    def to_papers(self) -> Papers:
        told = [row.form for row in self.papers if row.form.state.data]
        return {
            TitleDocument(one.document.data): Paper(DocumentState(one.state.data), (one.reason.data or "").strip())
            for one in told
        }


def _row(document: TitleDocument, known: Paper | None) -> dict[str, str]:
    state, reason = (known.state.value, known.reason) if known else ("", "")
    return {"document": document.value, "state": state, "reason": reason}


class FilesForm(BaseForm):
    """Scans of papers of a case."""

    file = MultipleFileField(
        _l("文件"), [FileRequired(_l("请选择文件。")), Length(max=MOST_FILES, message=_l("一次最多 20 个文件。"))]
    )
    kind = SelectField(_l("种类"), choices=lambda: choices(EvidenceKind))
    caption = StringField(_l("说明"), [Length(max=200)])
    taken_on = DateField(_l("形成日期"), [Optional()])

    def begin(self, document: str) -> None:
        """Choose the kind of file that proves a paper of the checklist."""
        if document in set(TitleDocument):
            self.kind.data = EVIDENCE[TitleDocument(document)].value


class PartRow(Form):  # type: ignore[misc]
    """One asset that comes of a split."""

    name = StringField(_l("名称"), [Length(max=100)])
    value = money_field(_l("原值（元）"), [Optional()])
    quantity = ParsedField(_l("数量"), [Optional()], read=read_quantity, write=write_quantity)


class PartsForm(BaseForm):
    """Into what an asset is split."""

    parts = FieldList(FormField(PartRow), min_entries=4, max_entries=50)

    def to_parts(self) -> list[Part]:
        told = [row.form for row in self.parts if (row.form.name.data or "").strip()]
        return [Part(one.name.data.strip(), one.value.data or 0, one.quantity.data) for one in told]


class WithdrawForm(BaseForm):
    """Why a case is taken back."""

    reason = TextAreaField(_l("撤回的理由"), [DataRequired(_l("这一项必填。")), Length(max=500)], render_kw={"rows": 3})
