"""Forms of a case: what is said of it, how much of an asset it takes, its papers, its report, its price."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired, MultipleFileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from registry.assets.register.cards.drafts import Typed
from registry.assets.register.cards.forms import NEEDED, choices
from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.cards.typed import read_percent, read_quantity, write_percent, write_quantity
from registry.assets.register.registration import MILLI
from registry.codes import typed_number
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import Report, plans_of
from registry.disposal.gates.kinds import SETTLED_LATER, Gate
from registry.disposal.kinds import DisposalKind, Extent, Ground, LineDecision
from registry.disposal.procedure.showing import title_of
from registry.disposal.rules import MAX_REASON, MAX_TITLE, CaseWords, Part, Recipient
from registry.evidence.rules import EvidenceKind
from registry.fields import Needed, ParsedField, money_field
from registry.kinds import OwnerKind
from registry.text import N_
from registry.web import BaseForm

MOST_FILES = 20
_ROWS = {"rows": 3}


def plan_name(gate: Gate) -> str:
    """Return the field that holds how a gate will be settled."""
    return f"plan_{gate.value.lower()}"


class CaseForm(BaseForm):
    """What is said of a case."""

    version = HiddenField()
    kind = SelectField(_l("处置方式"), [NEEDED])
    ground = SelectField(_l("理由"), [NEEDED], choices=lambda: choices(Ground, _l("请选择")))
    reason = TextAreaField(_l("具体情况"), [NEEDED, Length(max=MAX_REASON)], render_kw=_ROWS)
    effective_on = DateField(_l("生效日期"), [NEEDED])
    use_of_proceeds = TextAreaField(_l("收入拟用于"), [Length(max=500)], render_kw={"rows": 2})
    agreed = money_field(_l("会议认定的价值"), [Optional()])
    recipient_name = StringField(_l("接收单位或个人"), [Length(max=80)])
    recipient_kind = SelectField(_l("接收方类型"), choices=lambda: choices(OwnerKind))
    recipient_code = StringField(_l("统一社会信用代码"), [Length(max=18)])
    recipient_region = SelectField(_l("接收方所在地"))
    held_share = ParsedField(_l("占股比例"), [Optional()], read=read_percent, write=write_percent)
    exit_terms = TextAreaField(_l("股权怎样退出、怎样处置"), [Length(max=1000)], render_kw=_ROWS)
    title = StringField(_l("事项名称"), [Length(max=MAX_TITLE)])
    document_no = StringField(_l("依据文号"), [Length(max=80)])
    is_whole_project = BooleanField(_l("处置的是整个项目"))
    plan_contract = StringField(_l("经营合同怎样了结"), [Length(max=200)])
    plan_arrears = StringField(_l("欠款怎样收回"), [Length(max=200)])
    plan_deposit = StringField(_l("押金、预收款怎样退抵"), [Length(max=200)])
    plan_income = StringField(_l("未分配收益怎样分配"), [Length(max=200)])
    plan_repair = StringField(_l("在修的怎样了结"), [Length(max=200)])
    plan_custody = StringField(_l("管护怎样交接"), [Length(max=200)])

    def offer(self, kinds: Sequence[DisposalKind], units: Sequence[tuple[str, str]]) -> None:
        """Offer the kinds that these assets admit, none chosen beforehand, and the units a recipient may belong to."""
        named = (SelectChoice(kind.value, _l(kind.label)) for kind in kinds)
        self.kind.choices = [SelectChoice("", _l("请选择")), *named]
        self.recipient_region.choices = [SelectChoice(code, name) for code, name in units]
        self.recipient_region.data = self.recipient_region.data or units[0][0]

    def fill(self, case: DisposalCase) -> None:
        """Begin with what a case says already."""
        for name in ("kind", "ground", "reason", "effective_on", "use_of_proceeds", "recipient_name", "recipient_code",
                     "exit_terms", "title", "document_no", "is_whole_project"):  # fmt: skip
            self[name].data = getattr(case, name)
        self.recipient_kind.data = case.recipient_kind or OwnerKind.ENTERPRISE.value
        self.recipient_region.data = case.recipient_region or case.region_code
        self.agreed.data, self.held_share.data = case.agreed_fen or None, case.share_bp or None
        plans = plans_of(case)
        for gate in SETTLED_LATER:
            self[plan_name(gate)].data = plans.get(gate.value, "")

    def to_words(self, names: Sequence[str]) -> CaseWords:
        kind, to = DisposalKind(self.kind.data), (self.recipient_name.data or "").strip()
        recipient = Recipient(
            OwnerKind(self.recipient_kind.data), to, (self.recipient_code.data or "").strip().upper(),
            self.recipient_region.data or "",
        )  # fmt: skip
        effective_on: date = self.effective_on.data
        return CaseWords(
            kind, Ground(self.ground.data), (self.title.data or "").strip() or title_of(kind, names),
            self.reason.data or "", effective_on, recipient if to else None, self.agreed.data or 0,
            self.held_share.data or 0, self.exit_terms.data or "", self.use_of_proceeds.data or "",
            self.document_no.data or "", bool(self.is_whole_project.data),
            {gate.value: self[plan_name(gate)].data or "" for gate in SETTLED_LATER},
        )  # fmt: skip


class PartFields(BaseForm):
    """How much of one asset."""

    extent = RadioField(_l("处置多少"), default=Extent.WHOLE.value, choices=lambda: choices(Extent))
    quantity = ParsedField(_l("处置数量"), [Optional()], read=read_quantity, write=write_quantity)
    holder_id = SelectField(_l("谁的份额"), [Optional()], coerce=lambda text: int(text) if text else None)
    share = ParsedField(_l("处置的份额"), [Optional()], read=read_percent, write=write_percent)

    def offer_part(self, asset: Asset, holders: Sequence[AssetOwner]) -> None:
        """Offer only the parts that an asset can be disposed of in."""
        extents = [Extent.WHOLE]
        extents += [Extent.QUANTITY] if asset.quantity_milli not in {None, MILLI} else []
        extents += [Extent.SHARE] if len(holders) > 1 else []
        self.extent.choices = [SelectChoice(one.value, _l(one.label)) for one in extents]
        self.holder_id.choices = [SelectChoice("", _l("请选择"))]
        self.holder_id.choices += [SelectChoice(row.party_id, row.party.name) for row in holders]

    def offer_whole(self) -> None:
        """Ask nothing about parts: several assets are taken whole, and decided one by one afterwards."""
        for name in ("extent", "quantity", "holder_id", "share"):
            del self[name]

    def to_part(self) -> Part:
        extent = Extent(self.extent.data or Extent.WHOLE.value)
        if extent is Extent.QUANTITY:
            return Part(extent, quantity_milli=self.quantity.data)
        if extent is Extent.SHARE:
            return Part(extent, holder_id=self.holder_id.data or None, share_bp=self.share.data)
        return Part()


class ApplyForm(CaseForm, PartFields):
    """A case of one asset, whole or in part, or of all that is ticked or found."""

    #: Under which what is typed is kept until it is a case.
    draft_key = HiddenField()
    whole = BooleanField(_l("上面条件下的全部资产，不只是勾选的"))

    @classmethod
    def of_draft(cls, typed: Typed) -> "ApplyForm":
        """Build the form from what was kept."""
        return cls(formdata=MultiDict([(name, value) for name, values in typed.items() for value in values]))


class LineForm(PartFields):
    """Whether a case takes one asset in, and how much of it."""

    decision = RadioField(_l("是否纳入"), [NEEDED], choices=lambda: choices(LineDecision))
    reason = StringField(_l("不纳入的原因"), [Length(max=200)])

    def fill(self, line: DisposalLine) -> None:
        """Begin with what the line says already."""
        self.decision.data, self.reason.data, self.extent.data = line.decision, line.reason, line.extent
        self.quantity.data, self.holder_id.data, self.share.data = line.quantity_milli, line.holder_id, line.share_bp


class LinesForm(BaseForm):
    """Whether a case takes in the assets that are ticked, or all of it."""

    whole = BooleanField(_l("这件事项的全部资产，不只是勾选的"))
    decision = RadioField(_l("是否纳入"), [NEEDED], choices=lambda: choices(LineDecision))
    reason = StringField(_l("不纳入的原因"), [Length(max=200)])


class FilesForm(BaseForm):
    """Papers of a case."""

    kind = SelectField(_l("材料种类"), choices=lambda: choices(EvidenceKind))
    file = MultipleFileField(
        _l("文件"), [FileRequired(_l("请选择文件。")), Length(max=MOST_FILES, message=_l("一次最多 20 个文件。"))]
    )
    caption = StringField(_l("说明"), [Length(max=200)])
    taken_on = DateField(_l("形成日期"), [Optional()])


class ReportForm(BaseForm):
    """A report of appraisal with the report itself."""

    agency = StringField(_l("评估机构"), [NEEDED, Length(max=80)])
    report_no = StringField(_l("报告编号"), [NEEDED, Length(max=60)])
    appraisers = StringField(_l("签字评估师"), [NEEDED, Length(max=200)])
    value = money_field(_l("评估价值"), [Needed(N_("请填写评估价值。"))])
    appraised_on = DateField(_l("评估基准日"), [NEEDED])
    is_statutory = BooleanField(_l("法定评估（国有资产等，档案至少存 30 年）"))
    file = MultipleFileField(_l("评估报告"))

    def to_report(self) -> Report:
        names = (self.appraisers.data or "").replace("，", "、").replace(",", "、").split("、")
        signed = tuple(name.strip() for name in names if name.strip())
        appraised_on: date = self.appraised_on.data
        return Report(
            self.agency.data or "", self.report_no.data or "", signed, self.value.data or 0, appraised_on,
            bool(self.is_statutory.data),
        )  # fmt: skip


class WithdrawForm(BaseForm):
    """Why a case is taken back."""

    reason = TextAreaField(_l("撤回的理由"), [DataRequired(_l("这一项必填。")), Length(max=500)], render_kw=_ROWS)


def typed_numbers(values: Any) -> tuple[str, ...]:
    """Return the numbers of assets that were named, each once."""
    return tuple(dict.fromkeys(typed_number(value) for value in values if value.strip()))
