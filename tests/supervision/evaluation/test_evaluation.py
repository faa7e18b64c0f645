"""From frozen evidence to what follows of it: what each deed writes, and what it refuses."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.kinds import Category, Sector
from registry.supervision.evaluation import refusals, waiting
from registry.supervision.evaluation.criteria import CENTS, Criterion, Grade, How
from registry.supervision.evaluation.frozen import digest_of
from registry.supervision.evaluation.models import Evaluation
from registry.supervision.evaluation.outcomes import list_supported, list_to_mend
from registry.supervision.evaluation.queries import list_scores
from registry.supervision.evaluation.services import awards_of, void_evaluation
from registry.supervision.evaluation.showing import told
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import Source
from tests.approvals.notices.boards import answered
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person
from tests.supervision.evaluation.scoring import (
    YEAR,
    appealed,
    checked,
    concluded,
    confirmed_one,
    evaluation_of,
    given,
    lines_of,
    objection_to,
    opened,
    public,
    published,
    scored,
    split_over,
    submitted,
)

AFTER = TODAY + timedelta(days=12)


def test_opening_freezes_scheme_and_figures_of_every_asset(any_app: Flask) -> None:
    confirmed()
    public()
    found = evaluation_of(opened())
    assert (found.number, found.status, found.assets) == (f"PJ500240-{YEAR}-1", "SCORING", 2)
    assert (found.until_on, found.frozen_on) == (date(YEAR, 12, 31), TODAY)
    store, road = sorted(lines_of(found.id), key=lambda line: line.category)
    assert digest_of(store.evidence) == store.evidence_digest
    marks = {mark.criterion: mark for mark in store.marks}
    assert (marks[Criterion.TITLE].how, marks[Criterion.TITLE].measured.done) == (How.COMPUTED, 0)
    assert marks[Criterion.COLLECTION].how is marks[Criterion.DISTRIBUTION].how is How.ABSENT
    assert Criterion.SATISFACTION not in marks
    assert (store.waiting, road.waiting) == (0, 1)
    # Nothing due, nothing to distribute, nothing to repair: those points are left out of the sum, not lost.
    out = {
        Criterion.REPAIR: 500,
        Criterion.PATROL: 1000,
        Criterion.COLLECTION: 1000,
        Criterion.DISTRIBUTION: 1000,
        Criterion.REACH: 1000,
    }
    assert store.applicable_cents == 100 * CENTS - sum(out.values())
    assert {one.mark.criterion for one in awards_of(store) if one.cents is None} == out.keys()
    facts = {fact.label: fact.value for fact in told(marks[Criterion.YIELD].measured.facts)}
    assert (facts["原值（元）"], facts["基准收益率"]) == ("1,286,400.00", "6.00%")
    actions = db.session.scalars(select(TrailEvent.action).where(TrailEvent.thing_table == "evaluation")).all()
    assert actions == ["EVALUATION_OPENED", "EVALUATION_FROZEN"]


def test_what_changes_later_does_not_change_the_evidence(app: Flask) -> None:
    asset = confirmed()
    before = lines_of(opened())[0]
    text, score = before.evidence, before.score_cents
    with transaction(VILLAGE):
        row = db.session.get_one(Asset, asset.id)
        row.remarks = "改了备注"
        from registry.audit.actions import Action
        from registry.audit.services import record

        record(Action.ASSET_CORRECTED, row, by=person("village_clerk"))
    after = lines_of(before.evaluation_id)[0]
    assert (after.evidence, after.score_cents) == (text, score)


def test_an_asset_is_evaluated_once_a_year_and_households_are_not(app: Flask) -> None:
    confirmed()
    first = opened(categories=(Category.OPERATING,))
    public()
    second = opened()
    assert [line.category for line in lines_of(second)] == ["PUBLIC_WELFARE"]
    with pytest.raises(refusals.NothingToEvaluate):
        opened()
    with transaction(COUNTY):
        void_evaluation(db.session.get_one(Evaluation, first), "范围选错了", by=person("county_clerk"))
    assert [line.category for line in lines_of(opened())] == ["OPERATING"]


@pytest.mark.parametrize(("changes", "refusal"), [
    ({"by": "township_supervisor"}, refusals.NotYourCounty),
    ({"by": "county_agriculture"}, refusals.NotYourCounty),
    ({"year": TODAY.year + 1}, refusals.YearOdd),
    ({"year": 2019}, refusals.YearOdd),
    ({"categories": ()}, refusals.NothingChosen),
    ({"categories": (Category.HOUSEHOLD,)}, refusals.NothingChosen),
    ({"units": ("500101101000",)}, refusals.OtherUnit),
])  # fmt: skip
def test_what_cannot_be_opened_is_refused(app: Flask, changes: dict[str, object], refusal: type[Exception]) -> None:
    confirmed()
    with pytest.raises(refusal):
        opened(**changes)  # type: ignore[arg-type]
    assert opened()


def test_an_expert_scores_what_the_register_does_not_hold(any_app: Flask) -> None:
    public()
    evaluation_id = opened()
    line = lines_of(evaluation_id)[0]
    applicable = line.applicable_cents
    scored(line.id, given(Criterion.SATISFACTION, 850))
    line = lines_of(evaluation_id)[0]
    assert (line.applicable_cents, line.waiting) == (applicable + 1000, 0)
    scored(line.id, given(Criterion.SATISFACTION, None, reason="没有测评"), "county_clerk")
    line = lines_of(evaluation_id)[0]
    assert (line.applicable_cents, line.waiting) == (applicable, 0)
    assert [score.cents for score in list_scores(line.id)] == [850, None]


@pytest.mark.parametrize(("said", "refusal"), [
    (given(Criterion.TITLE, 100), refusals.NotByExpert),
    (given(Criterion.YIELD, 100), refusals.NotInLine),
    (given(Criterion.SATISFACTION, 1001), refusals.PointsOdd),
    (given(Criterion.SATISFACTION, 100, reason=" "), refusals.ReasonMissing),
    (given(Criterion.SATISFACTION, 100, paper=""), refusals.PaperMissing),
    (given(Criterion.SATISFACTION, 100, scorer=""), refusals.ScorerMissing),
])  # fmt: skip
def test_what_no_expert_may_say_is_refused(app: Flask, said: object, refusal: type[Exception]) -> None:
    public()
    line = lines_of(opened())[0]
    with pytest.raises(refusal):
        scored(line.id, said)  # type: ignore[arg-type]
    assert list_scores(line.id) == []


def test_specialised_assets_wait_for_their_expert(app: Flask) -> None:
    asset = confirmed()
    evaluation_id = opened(specials=(Sector(asset.sector),))
    with pytest.raises(refusals.ExpertsMissing):
        submitted(evaluation_id)
    line = lines_of(evaluation_id)[0]
    assert waiting.list_of_experts(person("township_supervisor"), 9)[0].id == evaluation_id
    assert waiting.count_of_experts(person("county_clerk"), 9) == 0
    scored(line.id, given(Criterion.YIELD, 1200))
    submitted(evaluation_id)
    assert evaluation_of(evaluation_id).status == "SUBMITTED"
    with pytest.raises(refusals.NotScoring):
        scored(line.id, given(Criterion.YIELD, 1500))


def test_another_person_confirms_and_sends_back_with_a_word(any_app: Flask) -> None:
    confirmed()
    evaluation_id = opened()
    with pytest.raises(refusals.NotSubmitted):
        checked(evaluation_id)
    submitted(evaluation_id)
    with pytest.raises(refusals.OwnEvaluation):
        checked(evaluation_id, "county_clerk")
    with pytest.raises(refusals.OpinionMissing):
        checked(evaluation_id, agrees=False, words=" ")
    checked(evaluation_id, agrees=False, words="巡查的期数请核对")
    assert evaluation_of(evaluation_id).status == "SCORING"
    submitted(evaluation_id)
    checked(evaluation_id)
    found = evaluation_of(evaluation_id)
    assert (found.status, len(found.digest), found.digest) == ("CONFIRMED", 64, found.final_digest)


def test_results_hold_after_the_notice_and_lead_to_lists(any_app: Flask) -> None:
    confirmed()
    evaluation_id = confirmed_one()
    with pytest.raises(refusals.NotHung):
        concluded(evaluation_id, AFTER)
    published(evaluation_id)
    with pytest.raises(refusals.NotHung):
        concluded(evaluation_id, TODAY + timedelta(days=2))
    with pytest.raises(refusals.OwnEvaluation):
        concluded(evaluation_id, AFTER, "county_clerk")
    concluded(evaluation_id, AFTER)
    found, reader = evaluation_of(evaluation_id), person("county_agriculture")
    assert (found.status, found.concluded_on) == ("DONE", AFTER)
    [(line, finding)] = list_to_mend(evaluation_id, reader)
    assert line.graded is Grade.POOR
    assert (finding.found_by, finding.origin_table, finding.origin_id) == (
        Source.EVALUATION,
        "evaluation_line",
        line.id,
    )
    assert "评为“差”" in finding.problem
    assert "收益率（0.00/15.00 分）" in finding.demand
    assert list_supported(evaluation_id, reader) == []
    with pytest.raises(refusals.NobodySupported):
        split_over(evaluation_id, 100)
    assert len(db.session.scalars(select(Finding)).all()) == 1


def test_an_appeal_scores_anew_with_its_reason_and_a_second_person(any_app: Flask) -> None:
    confirmed()
    evaluation_id = confirmed_one()
    line = lines_of(evaluation_id)[0]
    was = line.earned_cents
    with pytest.raises(refusals.NotPublished):
        appealed(line.id, given(Criterion.YIELD, 1500), 1)
    objection_id = objection_to(published(evaluation_id))
    for said, objection, refusal in (
        (given(Criterion.YIELD, 1500), 10**6, refusals.NotItsObjection),
        (given(Criterion.YIELD, 1501), objection_id, refusals.PointsOdd),
        (given(Criterion.YIELD, 0), objection_id, refusals.SameScore),
        (given(Criterion.YIELD, 1500, reason=""), objection_id, refusals.ReasonMissing),
    ):
        with pytest.raises(refusal):
            appealed(line.id, said, objection)
    with pytest.raises(refusals.NotYourCounty):
        appealed(line.id, given(Criterion.YIELD, 1500), objection_id, "township_supervisor")
    appealed(line.id, given(Criterion.YIELD, 1500, reason="租金收据补交，收益属实"), objection_id)
    found, line = evaluation_of(evaluation_id), lines_of(evaluation_id)[0]
    assert (found.status, line.earned_cents) == ("APPEALED", was + 1500)
    award = next(one for one in awards_of(line) if one.mark.criterion is Criterion.YIELD)
    assert (award.cents, award.given, award.mark.measured.done) == (1500, True, 0)
    answered(objection_id, "county_agriculture", TODAY + timedelta(days=2))
    with pytest.raises(refusals.Rescoring):
        concluded(evaluation_id, AFTER + timedelta(days=20))
    with pytest.raises(refusals.OwnEvaluation):
        checked(evaluation_id, "county_clerk")
    checked(evaluation_id)
    found = evaluation_of(evaluation_id)
    assert found.digest != found.final_digest
    concluded(evaluation_id, AFTER + timedelta(days=20))
    assert evaluation_of(evaluation_id).status == "DONE"
