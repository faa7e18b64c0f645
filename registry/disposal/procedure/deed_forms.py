"""Forms of what is done or recorded of disposals: carrying out, a sudden loss, the past, what households did."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.register.cards.forms import NEEDED, choices
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.typed import read_quantity, write_quantity
from registry.assets.register.categories import BEHAVIOURS, INTERESTS, SUBTYPES
from registry.disposal.cases.opening import Opening
from registry.disposal.kinds import MEANINGS, SUDDEN, DisposalKind, Extent, Ground
from registry.disposal.procedure.execution import (
    INCOMES,
    Decided,
    EquityTerms,
    Execution,
    Incoming,
    needs_sheet,
)
from registry.disposal.procedure.households import MAX_STATEMENT, Told
from registry.disposal.procedure.kinds import HouseholdAct
from registry.disposal.procedure.past import PastDisposal
from registry.disposal.rules import MAX_REASON, CaseWords, Part, Recipient
from registry.fields import ParsedField, money_field
from registry.kinds import OwnerKind
from registry.ledger.operation.equity.kinds import ReturnKind
from registry.web import BaseForm

MOST_FILES = 20
_FEW = Length(max=MOST_FILES, message=_l("一次最多 20 个文件。"))
_ROWS = {"rows": 3}
_PAST = tuple(kind for kind in DisposalKind if MEANINGS[kind].removes)


def _incoming() -> list[SelectChoice]:
    rows = [one for one in SUBTYPES if BEHAVIOURS[one.category].has_disposal and one.nature not in INTERESTS]
    named = (SelectChoice(one.code, _l(one.label), optgroup=str(_l(one.category.label))) for one in rows)
    return [SelectChoice("", _l("请选择")), *named]


def _kinds(kinds: Sequence[DisposalKind]) -> list[SelectChoice]:
    return [SelectChoice(one.value, _l(one.label)) for one in kinds]


def _extents() -> list[SelectChoice]:
    return [SelectChoice(one.value, _l(one.label)) for one in (Extent.WHOLE, Extent.QUANTITY)]


_TAKEN_IN = ("incoming_name", "incoming_subtype", "incoming_quantity")
_TERMS = ("starts_on", "ends_on", "returns", "yearly", "principal_due_on")
_PAID = ("is_paid", "paid_on", "receipt_no")
_HANDED = ("handed_over_on", "signed_by", "paper_no", "file")


class ExecuteForm(BaseForm):
    """That a case is carried out: the day, the hand-over, the money, what comes in."""

    effective_on = DateField(_l("从哪天起生效"), [NEEDED])
    handed_over_on = DateField(_l("移交日期"), [Optional()])
    signed_by = StringField(_l("接收方签字人"), [Length(max=80)])
    paper_no = StringField(_l("移交单、协议编号"), [Length(max=80)])
    file = MultipleFileField(_l("签字的移交单、协议"), [_FEW])
    is_paid = BooleanField(_l("价款已经收到"))
    paid_on = DateField(_l("到账日期"), [Optional()])
    receipt_no = StringField(_l("收款凭证号"), [Length(max=80)])
    income = money_field(_l("残值、补价、赔偿"), [Optional()])
    owes_as_member = BooleanField(_l("欠款的是本集体成员"))
    cost = money_field(_l("清理费用"), [Optional()])
    incoming_name = StringField(_l("换入的资产"), [Length(max=100)])
    incoming_subtype = SelectField(_l("换入资产的子类"), choices=_incoming)
    incoming_quantity = ParsedField(_l("换入数量"), [Optional()], read=read_quantity, write=write_quantity)
    starts_on = DateField(_l("入股日期"), [Optional()])
    ends_on = DateField(_l("入股到期日期"), [Optional()])
    returns = SelectField(_l("分红方式"), choices=lambda: choices(ReturnKind), default=ReturnKind.FLOATING.value)
    yearly = money_field(_l("每年分红"), [Optional()])
    principal_due_on = DateField(_l("本金返还日期"), [Optional()])
    note = TextAreaField(_l("说明"), [Length(max=500)], render_kw={"rows": 2})

    def begin(self, decided: Decided, on: date) -> None:
        """Begin with the day that was decided on, and with today for what happens today."""
        self.effective_on.data = decided.effective_on
        if needs_sheet(decided.meaning):
            self.handed_over_on.data = on

    def fit(self, kind: DisposalKind) -> None:
        """Ask only what this kind is told; what comes in besides the price bears its name."""
        meaning = MEANINGS[kind]
        asked = {
            **dict.fromkeys(_TAKEN_IN, kind is DisposalKind.SWAP),
            **dict.fromkeys(_TERMS, kind is DisposalKind.IN_KIND),
            **dict.fromkeys(_PAID, meaning.has_proceeds),
            **dict.fromkeys(_HANDED, needs_sheet(meaning)),
            "income": kind in INCOMES,
            "owes_as_member": meaning.has_proceeds or kind in INCOMES,
        }
        for name in (name for name, is_asked in asked.items() if not is_asked):
            del self[name]
        if kind in INCOMES:
            self.income.label.text = _l(INCOMES[kind].label)

    def _of(self, name: str) -> Any:
        """Return what stands in a field, None where this kind does not ask it."""
        return self[name].data if name in self else None

    def to_facts(self, kind: DisposalKind) -> Execution:
        return Execution(
            self.effective_on.data, self._of("handed_over_on"), self._of("signed_by") or "",
            self._of("paper_no") or "", self.cost.data or 0, self._of("income") or 0,
            is_paid=bool(self._of("is_paid")), paid_on=self._of("paid_on"), receipt_no=self._of("receipt_no") or "",
            owes_as_member=bool(self._of("owes_as_member")), note=self.note.data or "",
            incoming=self._told() if kind is DisposalKind.SWAP else None,
            terms=self._terms() if kind is DisposalKind.IN_KIND else None,
        )  # fmt: skip

    def _told(self) -> Incoming:
        name, subtype = self.incoming_name.data or "", self.incoming_subtype.data or ""
        return Incoming(name, subtype, self.incoming_quantity.data)

    def _terms(self) -> EquityTerms | None:
        if self.starts_on.data is None or self.ends_on.data is None:
            return None
        return EquityTerms(
            self.starts_on.data, self.ends_on.data, ReturnKind(self.returns.data), self.yearly.data or 0,
            self.principal_due_on.data,
        )  # fmt: skip


class _Words(BaseForm):
    """What a loss and a disposal of the past have in common: of which asset, why."""

    asset_no = StringField(_l("资产编号"), [NEEDED, Length(max=40)])
    ground = SelectField(_l("理由"), [NEEDED], choices=lambda: choices(Ground, str(_l("请选择"))))
    reason = TextAreaField(_l("具体情况"), [NEEDED, Length(max=MAX_REASON)], render_kw=_ROWS)

    def number(self) -> str:
        """Return the number as it was typed, without blanks and dashes of grouping."""
        return "".join((self.asset_no.data or "").upper().split())

    def title(self, kind: DisposalKind, name: str) -> str:
        """Return how the case is called: the asset and what became of it."""
        return f"{name}{kind.label}"[:100]


class LossForm(_Words):
    """A loss that came suddenly."""

    kind = RadioField(_l("怎样办理"), [NEEDED], choices=lambda: _kinds(sorted(SUDDEN)), default=DisposalKind.LOSS.value)
    happened_on = DateField(_l("发生日期"), [NEEDED])
    extent = RadioField(
        _l("损失多少"), [NEEDED], choices=_extents, default=Extent.WHOLE.value
    )  # fmt: skip
    quantity = ParsedField(_l("损失数量"), [Optional()], read=read_quantity, write=write_quantity)
    file = MultipleFileField(_l("现场照片"), [FileRequired(_l("请选择文件。")), _FEW])

    def to_opening(self, asset: Asset) -> Opening:
        kind, day = DisposalKind(self.kind.data), self.happened_on.data
        words = CaseWords(kind, Ground(self.ground.data), self.title(kind, asset.name), self.reason.data or "", day)
        is_part = self.extent.data == Extent.QUANTITY
        part = Part(Extent.QUANTITY, self.quantity.data) if is_part else Part()
        return Opening(words, (asset.asset_no,), {asset.asset_no: part})


class PastForm(_Words):
    """A disposal of before go-live."""

    kind = SelectField(_l("处置方式"), [NEEDED], choices=lambda: _kinds(_PAST))
    effective_on = DateField(_l("处置日期"), [NEEDED])
    document_no = StringField(_l("批准文号"), [NEEDED, Length(max=80)])
    recipient_name = StringField(_l("接收单位或个人"), [Length(max=80)])
    recipient_kind = SelectField(_l("接收方类型"), choices=lambda: choices(OwnerKind), default=OwnerKind.OTHER.value)
    price = money_field(_l("价款"), [Optional()])
    exit_terms = StringField(_l("股权退出办法"), [Length(max=1000)])
    file = MultipleFileField(_l("批准文件、移交或核销材料"), [FileRequired(_l("请选择文件。")), _FEW])

    def to_past(self, asset: Asset) -> PastDisposal:
        kind, to = DisposalKind(self.kind.data), (self.recipient_name.data or "").strip()
        words = CaseWords(
            kind, Ground(self.ground.data), self.title(kind, asset.name), self.reason.data or "",
            self.effective_on.data, Recipient(OwnerKind(self.recipient_kind.data), to) if to else None,
            agreed_fen=self.price.data or 0, exit_terms=self.exit_terms.data or "",
            document_no=self.document_no.data or "",
        )  # fmt: skip
        return PastDisposal(Opening(words, (asset.asset_no,)), self.price.data or 0)


class AnswerForm(BaseForm):
    """Whether a record is so, as the second person says."""

    answer = RadioField(
        _l("核对结果"), [NEEDED], choices=[SelectChoice("YES", _l("情况属实，确认")), SelectChoice("NO", _l("不属实"))]
    )  # fmt: skip
    opinion = TextAreaField(_l("意见"), [Length(max=500)], render_kw={"rows": 2})

    @property
    def agreed(self) -> bool:
        return bool(self.answer.data == "YES")


class HouseholdForm(BaseForm):
    """What a household did with its own asset."""

    act = RadioField(_l("农户怎样处置的"), [NEEDED], choices=lambda: choices(HouseholdAct))
    happened_on = DateField(_l("哪一天"), [NEEDED])
    statement = TextAreaField(_l("农户的说明"), [NEEDED, Length(max=MAX_STATEMENT)], render_kw=_ROWS)
    file = MultipleFileField(_l("农户签字的说明"), [FileRequired(_l("请选择文件。")), _FEW])

    def to_told(self) -> Told:
        return Told(HouseholdAct(self.act.data), self.happened_on.data, self.statement.data or "")
