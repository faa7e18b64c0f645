"""Forms of the count."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.custody.faults.rules import Severity
from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.cards.typed import read_quantity, write_quantity
from registry.codes import typed_number
from registry.disposal.kinds import MEANINGS, DisposalKind, Ground
from registry.fields import ParsedField
from registry.kinds import Category
from registry.supervision.stocktaking.rules import (
    MAX_NAME,
    MAX_NOTE,
    OF_LISTED,
    CampaignKind,
    Count,
    CountWay,
    Opening,
    Outcome,
    Surplus,
    Way,
)
from registry.supervision.stocktaking.settling import Settlement
from registry.web import BaseForm

_PHOTOS = {"data_shrink": True, "accept": "image/jpeg,image/png", "multiple": True}


def _quantity(label: str) -> ParsedField:
    return ParsedField(
        label, [Optional()], read=read_quantity, write=write_quantity, render_kw={"inputmode": "decimal"}
    )


class OpeningForm(BaseForm):
    """A count to be called."""

    kind = RadioField(_l("种类"), [NEEDED], choices=lambda: choices(CampaignKind), default=CampaignKind.YEARLY.value)
    year = IntegerField(_l("清查年度"), [NEEDED])
    basis = StringField(_l("文件或理由"), [Length(max=200)])
    cutoff_on = DateField(_l("基准日"), [Optional()])
    report_by = DateField(_l("上报截止"), [Optional()])

    def to_opening(self, region_code: str) -> Opening:
        return Opening(
            region_code, CampaignKind(self.kind.data), self.year.data, (self.basis.data or "").strip(),
            self.cutoff_on.data, self.report_by.data,
        )  # fmt: skip


class CloseForm(BaseForm):
    """Why a count is closed although some sheets are not in."""

    reason = TextAreaField(_l("原因"), [Length(max=1000)], render_kw=MANY)


def read_tapped(text: str) -> datetime | None:
    """Read the moment at which a phone says that it was tapped; what cannot be read was not said."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


class MarkForm(BaseForm):
    """One tap: as the books say. ``tapped_at`` is filled in by a phone that had no link."""

    tapped_at = HiddenField()
    way = HiddenField(default=CountWay.LIST.value)

    @property
    def tapped(self) -> datetime | None:
        return read_tapped(self.tapped_at.data or "")

    @property
    def came_by(self) -> CountWay:
        return CountWay.SCAN if self.way.data == CountWay.SCAN.value else CountWay.LIST


class CountForm(MarkForm):
    """What was found of one line."""

    outcome = RadioField(_l("盘点结果"), [NEEDED])
    counted = _quantity(_l("实有数量"))
    note = TextAreaField(_l("情况"), [Length(max=MAX_NOTE)], render_kw=MANY)
    file = MultipleFileField(_l("照片"))

    def offer(self, *, listed: bool) -> None:
        """Offer what may be said of a listed asset, or of something that is on no list."""
        offered = OF_LISTED if listed else (Outcome.UNEXPECTED,)
        self.outcome.choices = [SelectChoice(one.value, _l(one.label)) for one in offered]

    def to_count(self) -> Count:
        return Count(
            Outcome(self.outcome.data), self.counted.data, self.note.data or "", self.came_by, self.tapped
        )  # fmt: skip


class SurplusForm(BaseForm):
    """Something that is on no list."""

    name = StringField(_l("实物名称"), [NEEDED, Length(max=MAX_NAME)])
    category = SelectField(_l("类别"), choices=lambda: [SelectChoice("", _l("还不清楚")), *choices(Category)])
    quantity = _quantity(_l("数量"))
    unit = StringField(_l("计量单位"), [Length(max=10)])
    place = StringField(_l("存放地点"), [Length(max=200)])
    note = TextAreaField(_l("情况"), [NEEDED, Length(max=MAX_NOTE)], render_kw=MANY)
    file = MultipleFileField(_l("照片"))

    def to_surplus(self) -> Surplus:
        return Surplus(
            self.name.data or "", self.category.data or "", self.quantity.data, self.unit.data or "",
            self.place.data or "", self.note.data or "",
        )  # fmt: skip


class OpinionForm(BaseForm):
    """What the second person, or the level above, says of a sheet."""

    answer = RadioField(
        _l("意见"), [NEEDED], choices=[SelectChoice("agree", _l("通过")), SelectChoice("back", _l("退回"))]
    )  # fmt: skip
    opinion = TextAreaField(_l("说明"), [Length(max=500)], render_kw=MANY)


class SettlingForm(BaseForm):
    """How a difference is settled; what does not belong to a way is not read."""

    way = RadioField(_l("怎么处理"), [NEEDED])
    reason = TextAreaField(_l("原因和处理意见"), [NEEDED, Length(max=500)], render_kw=MANY)
    asset_no = StringField(_l("补登记的资产编号"), [Length(max=23)])
    holder = StringField(_l("由谁提出"), [Length(max=80)])
    is_dispute = BooleanField(_l("有人主张权利（权属争议）"))
    severity = SelectField(_l("问题轻重"), choices=lambda: choices(Severity), default=Severity.B.value)
    ground = SelectField(_l("处置事由"))

    def offer(self, ways: Sequence[Way], outcome: Outcome) -> None:
        """Offer the ways out of a difference, and ask only for what they need."""
        self.way.choices = [SelectChoice(one.value, _l(one.label)) for one in ways]
        kind = DisposalKind.LOSS if outcome is Outcome.MISSING else DisposalKind.SCRAP
        grounds = sorted(MEANINGS[kind].grounds, key=list(Ground).index)
        self.ground.choices = [SelectChoice(one.value, _l(one.label)) for one in grounds]
        needed = {"asset_no": Way.REGISTRATION, "holder": Way.TITLE, "is_dispute": Way.TITLE, "severity": Way.REPAIR,
                  "ground": Way.DISPOSAL}  # fmt: skip
        for name, way in needed.items():
            if way not in ways:
                del self[name]

    def to_settlement(self) -> Settlement:
        ground = self["ground"].data if "ground" in self else ""
        return Settlement(
            Way(self.way.data), self.reason.data or "",
            asset_no=typed_number(self["asset_no"].data or "") if "asset_no" in self else "",
            holder=(self["holder"].data or "") if "holder" in self else "",
            is_dispute=bool(self["is_dispute"].data) if "is_dispute" in self else False,
            severity=Severity(self["severity"].data) if "severity" in self else Severity.B,
            ground=Ground(ground) if ground else None,
        )  # fmt: skip
