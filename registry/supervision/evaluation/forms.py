"""Forms of the evaluation."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.fields import ParsedField, TicksField, money_field
from registry.kinds import Category, Sector
from registry.supervision.evaluation.criteria import BOTH, Criterion, Mark, points_text, read_points
from registry.supervision.evaluation.rules import MAX_BASIS, MAX_PAPER, MAX_REASON, MAX_SCORER, Given, Opening
from registry.web import BaseForm, SeenForm


class OpeningForm(BaseForm):
    """What is to be evaluated."""

    year = IntegerField(_l("评价年度"), [NEEDED])
    categories = TicksField(_l("资产类别"), choices=lambda: choices(Category)[: len(BOTH)])
    units = TicksField(_l("只评这些单位"))
    specials = TicksField(_l("请专家评的行业"), choices=lambda: choices(Sector))

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """Offer the units of a county."""
        self.units.choices = [SelectChoice(code, name) for code, name in units]

    def to_opening(self, region_code: str) -> Opening:
        return Opening(
            region_code, self.year.data, tuple(Category(one) for one in self.categories.data or ()),
            tuple(self.units.data or ()), tuple(self.specials.data or ()),
        )  # fmt: skip


class GivenForm(BaseForm):
    """What a person says of a criterion."""

    criterion = RadioField(_l("指标"), [NEEDED])
    points = ParsedField(
        _l("得分"), [Optional()], read=read_points, write=points_text, render_kw={"inputmode": "decimal"}
    )
    lacks = BooleanField(_l("这项指标对这项资产不适用"))
    reason = TextAreaField(_l("理由"), [NEEDED, Length(max=MAX_REASON)], render_kw=MANY)
    paper = StringField(_l("依据材料"), [NEEDED, Length(max=MAX_PAPER)])

    def offer(self, marks: Sequence[Mark]) -> None:
        """Offer the criteria that may be said something of."""
        self.criterion.choices = [
            SelectChoice(mark.criterion.value, _l("%(what)s（满分 %(points)s）", what=mark.criterion.label,
                                                  points=points_text(mark.points)))
            for mark in marks
        ]  # fmt: skip

    @property
    def cents(self) -> int | None:
        """What is given; nothing where it does not apply."""
        given: int | None = None if self.lacks.data else self.points.data
        return given

    @property
    def says_nothing(self) -> bool:
        """Whether neither points are given nor that it does not apply."""
        return self.points.data is None and not self.lacks.data


class ScoreForm(GivenForm):
    """What an expert or third party says."""

    scorer = StringField(_l("专家或机构"), [NEEDED, Length(max=MAX_SCORER)])
    file = MultipleFileField(_l("材料扫描件"))

    def to_given(self) -> Given:
        return Given(
            Criterion(self.criterion.data), self.cents, self.reason.data or "", self.paper.data or "",
            self.scorer.data or "",
        )  # fmt: skip


class RescoreForm(GivenForm):
    """What an appeal comes to."""

    objection = SelectField(_l("对应的异议"), [NEEDED])

    def to_given(self) -> Given:
        return Given(Criterion(self.criterion.data), self.cents, self.reason.data or "", self.paper.data or "")


class OpinionForm(SeenForm):
    """What the second person says."""

    answer = RadioField(
        _l("意见"), [NEEDED], default="agree",
        choices=lambda: [SelectChoice("agree", _l("复核通过")), SelectChoice("back", _l("退回"))],
    )  # fmt: skip
    opinion = TextAreaField(_l("说明"), [Length(max=MAX_REASON)], render_kw=MANY)


class VoidForm(BaseForm):
    """Why an evaluation is given up."""

    reason = TextAreaField(_l("作废原因"), [NEEDED, Length(max=MAX_REASON)], render_kw=MANY)


class SubsidyForm(SeenForm):
    """The total that the county says."""

    total = money_field(_l("补贴总额"), [NEEDED])
    basis = StringField(_l("文件依据"), [NEEDED, Length(max=MAX_BASIS)])
