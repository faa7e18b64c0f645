"""Evaluations as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.kinds import Category, Sector
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, row_id, seen_version, text, whole
from registry.supervision.evaluation.criteria import BOTH, Criterion, Grade, How, points_text, read_points
from registry.supervision.evaluation.rules import (
    MAX_BASIS,
    MAX_PAPER,
    MAX_REASON,
    MAX_SCORER,
    EvaluationStatus,
    Given,
    Opening,
    ScoreKind,
)

_LAST_YEAR = 2999
_POINTS = r"\d{1,3}(\.\d{1,2})?"


class Points(fields.Field[int]):
    """Hundredths of a point inside, ``"87.05"`` outside."""

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else points_text(value)


class EvaluationEntry(Strict):
    """What is to be evaluated: a county's assets of a year; without units the whole county."""

    region_code = code(needed=True)
    year = whole(0, _LAST_YEAR, needed=True)
    categories = fields.List(choice(Category), load_default=lambda: [one.value for one in BOTH])
    units = fields.List(code(), load_default=list)
    specials = fields.List(choice(Sector), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Opening:
        kinds = tuple(Category(one) for one in data["categories"])
        return Opening(data["region_code"], data["year"], kinds, tuple(data["units"]), tuple(data["specials"]))


class GivenEntry(Strict):
    """What a person says of a criterion; points as text, null where it does not apply."""

    criterion = choice(Criterion, needed=True)
    points = fields.String(required=True, allow_none=True, validate=validate.Regexp(f"^{_POINTS}$"))
    reason = text(MAX_REASON, needed=True, least=1)
    paper = text(MAX_PAPER, needed=True, least=1)


class EvaluationScoreEntry(GivenEntry):
    """What an expert or third party says."""

    scorer = text(MAX_SCORER, needed=True, least=1)


class EvaluationAppealEntry(GivenEntry):
    """What an objection to the notice comes to."""

    objection_id = row_id(needed=True)


def given_of(body: dict[str, Any]) -> Given:
    """Return what a body says of a criterion."""
    cents = None if body["points"] is None else read_points(body["points"])
    return Given(Criterion(body["criterion"]), cents, body["reason"], body["paper"], body.get("scorer", ""))


class EvaluationOpinionEntry(Strict):
    """What the second person says, of the version that was read."""

    version = seen_version()
    agrees = fields.Boolean(required=True)
    opinion = text(MAX_REASON, load_default="")


class EvaluationSubsidyEntry(Strict):
    """The total to be split over the support list of the version that was read."""

    version = seen_version()
    total = Money(required=True)
    basis = text(MAX_BASIS, needed=True, least=1)


class EvaluationLineArguments(PageArguments):
    """Which lines a list shows."""

    region = code()
    grade = choice(Grade)


class EvaluationRow(Strict):
    """An evaluation."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    categories = fields.Function(lambda one: one.categories.split(), required=True)
    units = fields.Function(lambda one: one.units.split(), required=True)
    specials = fields.Function(lambda one: one.specials.split(), required=True)
    until_on = fields.Date(required=True)
    frozen_on = fields.Date(required=True)
    #: Canonical JSON, as it was frozen.
    scheme = fields.String(attribute="scheme_text", required=True)
    assets = fields.Integer(required=True)
    status = choice(EvaluationStatus, needed=True)
    opened_by = fields.String(attribute="opened_by_text", required=True)
    submitted_by = fields.String(attribute="submitted_by_text", required=True)
    confirmed_by = fields.String(attribute="confirmed_by_text", required=True)
    opinion = fields.String(required=True)
    digest = fields.String(required=True)
    final_digest = fields.String(required=True)
    concluded_on = fields.Date(required=True, allow_none=True)
    subsidy_total = Money(attribute="subsidy_fen", required=True, allow_none=True)
    subsidy_basis = fields.String(required=True)


class EvaluationAwardRow(Strict):
    """What one criterion brought, and the frozen figures behind it; points null: it does not apply."""

    criterion = choice(Criterion, needed=True)
    most = Points(required=True)
    points = Points(required=True, allow_none=True)
    how = choice(How, needed=True)
    given = fields.Boolean(required=True)
    done = fields.Integer(required=True)
    of = fields.Integer(required=True)
    facts = fields.Dict(required=True)


class EvaluationLineRow(Strict):
    """One asset: what it comes to."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    evaluation_id = fields.String(required=True)
    region_code = fields.String(required=True)
    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    category = choice(Category, needed=True)
    sector = choice(Sector, needed=True)
    value = Money(attribute="value_fen", required=True)
    is_special = fields.Boolean(required=True)
    earned = Points(attribute="earned_cents", required=True)
    applicable = Points(attribute="applicable_cents", required=True)
    score = Points(attribute="score_cents", required=True, allow_none=True)
    grade = choice(Grade, needed=True)
    waiting = fields.Integer(required=True)
    evidence_digest = fields.String(required=True)
    last_id = fields.String(required=True, allow_none=True)
    finding_id = fields.String(required=True, allow_none=True)
    support_order = fields.Integer(required=True, allow_none=True)
    support = Money(attribute="support_fen", required=True, allow_none=True)


class EvaluationLineWhole(EvaluationLineRow):
    """One asset with its criteria."""

    awards = fields.List(fields.Nested(EvaluationAwardRow), required=True)


class EvaluationScoreRow(Strict):
    """What a person said of a criterion; the newest counts."""

    id = fields.String(required=True)
    kind = choice(ScoreKind, needed=True)
    criterion = choice(Criterion, needed=True)
    most = Points(attribute="points_cents", required=True)
    points = Points(attribute="cents", required=True, allow_none=True)
    reason = fields.String(required=True)
    paper = fields.String(required=True)
    scorer = fields.String(required=True)
    objection_id = fields.String(required=True, allow_none=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.DateTime(required=True)


EvaluationPage = listed(EvaluationRow)
EvaluationLinePage = listed(EvaluationLineRow)
EvaluationScorePage = listed(EvaluationScoreRow)
