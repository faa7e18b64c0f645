"""Drawing from the register, freezing the list, entering results, and what the database refuses of a drawn list."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.funding import FundingSource
from registry.assets.register.registration import FundingFact
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Missing
from registry.policy.queries import policy_for
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import FindingFacts, Source
from registry.supervision.sampling import refusals
from registry.supervision.sampling.models import Sample
from registry.supervision.sampling.queries import get_item, get_sample, list_items
from registry.supervision.sampling.rules import DrawMethod, ItemResult, Population, SamplePlan
from registry.supervision.sampling.services import Checked, enter_result, finding_of, keep_sample, prepare
from tests.disposal.shortcuts.attacks import carried_out, copied, refusal_of
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person

PLAN = SamplePlan(COUNTY, Population.ASSETS, DrawMethod.RANDOM, 2, "年度审计抽查", seed="2026-11")
WORDS = FindingFacts("", Source.TOWNSHIP, "", "管护办法第三条", "明确管护人", TODAY, TODAY + timedelta(days=30))


def drawn(plan: SamplePlan = PLAN, username: str = "auditor") -> int:
    """Draw and keep a sample; its id."""
    by = person(username)
    prepared = prepare(plan, by=by, on=TODAY, policy=policy_for(plan.region_code, TODAY))
    with transaction(plan.region_code):
        return keep_sample(prepared, by=by, on=TODAY).id


def checked(item_id: int, result: ItemResult, note: str = "", words: FindingFacts | None = WORDS) -> None:
    """Enter what was found of an item."""
    by = person("auditor")
    with transaction(COUNTY, VILLAGE):
        item = get_item(item_id, by)
        facts = finding_of(item, words, by) if words and result is ItemResult.UNSOUND else None
        enter_result(item, Checked(result, note, facts), by=by, on=TODAY)


def three_assets() -> None:
    for name, value in (("冷库", 120_000_000), ("路", 30_000_000), ("井", 5_000_000)):
        worth(name, value)


def worth(name: str, value_fen: int, **changes: object) -> None:
    """A confirmed asset of so much, paid from one fund."""
    money = (FundingFact(FundingSource.POVERTY_FUND, value_fen),)
    confirmed(name=name, original_value_fen=value_fen, funding=money, **changes)


def test_a_draw_is_kept_with_everything_needed_to_do_it_again(any_app: Flask) -> None:
    three_assets()
    sample = get_sample(drawn(), person("auditor"))
    assert (sample.number, sample.drawn, sample.population_size) == ("CY500240-2026-001", 2, 3)
    assert sample.population_fen == 155_000_000
    event = db.session.scalars(select(TrailEvent).where(TrailEvent.action == "SAMPLE_DRAWN")).one()
    facts = json.loads(event.payload)["facts"]
    assert (facts["seed"], facts["population"], facts["digest"]) == ("2026-11", 3, sample.population_digest)
    again = get_sample(drawn(), person("auditor"))
    assert [one.draw_key for one in list_items(again.id)] == [one.draw_key for one in list_items(sample.id)]
    assert again.population_digest == sample.population_digest


def test_without_a_seed_one_is_made_up(app: Flask) -> None:
    three_assets()
    seeds = {get_sample(drawn(replace(PLAN, seed="")), person("auditor")).seed for _turn in range(2)}
    assert len(seeds) == 2
    assert all(len(seed) == 16 for seed in seeds)


def test_by_value_what_reaches_the_interval_is_certain(app: Flask) -> None:
    three_assets()
    sample = get_sample(drawn(replace(PLAN, method=DrawMethod.VALUE)), person("auditor"))
    items = {one.name: one.is_sure for one in list_items(sample.id)}
    assert (sample.rest_weight, items["冷库"]) == (35_000_000, True)


def test_by_risk_the_signs_of_each_are_kept(any_app: Flask) -> None:
    three_assets()
    worth("闲置车间", 5_000_000, use_status="IDLE")
    sample = get_sample(drawn(replace(PLAN, method=DrawMethod.RISK, size=4)), person("auditor"))
    items = {one.name: one for one in list_items(sample.id)}
    assert items["闲置车间"].signs == "IDLE NO_TITLE NO_CUSTODIAN"
    assert items["冷库"].signs == "LARGE NO_TITLE NO_CUSTODIAN"
    assert items["闲置车间"].weight == 1 + 3 + 2 + 2
    assert json.loads(sample.weights)["IDLE"] == 3


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"size": 0}, refusals.SizeOdd),
        ({"size": 501}, refusals.SizeOdd),
        ({"purpose": ""}, refusals.PurposeMissing),
        ({"seed": "种子"}, refusals.SeedOdd),
        ({"population": Population.VOUCHERS, "year": 2026, "method": DrawMethod.RISK}, refusals.MethodNotFit),
        ({"population": Population.VOUCHERS}, refusals.YearOdd),
        ({"population": Population.VOUCHERS, "year": 2027}, refusals.YearOdd),
        ({"population": Population.DISPOSALS, "year": 2026}, refusals.PopulationEmpty),
        ({"population": Population.CONTRACTS}, refusals.PopulationEmpty),
        ({"category": "PUBLIC_WELFARE"}, refusals.PopulationEmpty),
    ],
)
def test_what_cannot_be_drawn_is_refused(app: Flask, changes: dict[str, object], refusal: type[Exception]) -> None:
    confirmed()
    with pytest.raises(refusal):
        drawn(replace(PLAN, **changes))  # type: ignore[arg-type]


def test_one_draws_where_one_supervises(app: Flask) -> None:
    confirmed()
    for username in ("village_head", "sector_officer", "other_supervisor"):
        with pytest.raises(refusals.NotYourSample):
            drawn(username=username)
    drawn(replace(PLAN, region_code=VILLAGE), "township_supervisor")
    with pytest.raises(Missing):
        get_sample(drawn(), person("township_supervisor"))


def test_what_is_wrong_becomes_a_finding_and_the_last_result_ends_the_sample(any_app: Flask) -> None:
    three_assets()
    sample_id = drawn()
    first, second = (one.id for one in list_items(sample_id))
    with pytest.raises(refusals.NoteMissing):
        checked(first, ItemResult.UNSOUND)
    with pytest.raises(refusals.FindingNeeded):
        checked(first, ItemResult.UNSOUND, "没有管护人", None)
    checked(first, ItemResult.UNSOUND, "没有管护人")
    finding, item = db.session.scalars(select(Finding)).one(), get_item(first, person("auditor"))
    assert (finding.origin_table, finding.origin_id, finding.source) == ("sample_item", first, "AUDIT")
    assert (finding.problem, finding.region_code, item.finding_id) == ("没有管护人", VILLAGE, finding.id)
    with pytest.raises(refusals.ResultKnown):
        checked(first, ItemResult.SOUND)
    assert get_sample(sample_id, person("auditor")).status == "OPEN"
    checked(second, ItemResult.SOUND)
    done = get_sample(sample_id, person("auditor"))
    assert (done.status, done.done_on) == ("DONE", TODAY)


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        ("UPDATE sample SET seed = 'x'", "never altered"),
        ("UPDATE sample SET population_digest = 'x'", "never altered"),
        ("UPDATE sample SET status = 'DONE', done_on = '2026-11-23'", "every item"),
        ("DELETE FROM sample", "are kept"),
        ("UPDATE sample_item SET draw_key = 'asset:99' WHERE ordinal = 1", "never altered"),
        ("UPDATE sample_item SET result = 'SOUND', note = 'x' WHERE ordinal = 2", "entered once"),
        ("DELETE FROM sample_item", "are kept"),
    ],
)
def test_a_drawn_list_is_frozen(any_app: Flask, attack: str, words: str) -> None:
    three_assets()
    first, second = (one.id for one in list_items(drawn()))
    checked(second, ItemResult.SOUND)
    assert words in refusal_of(attack)
    more = copied("sample_item", first, ordinal="9", draw_key="'asset:99'")
    assert "drawn list" in refusal_of(more)
    assert carried_out(f"UPDATE sample_item SET result = 'SOUND', checked_on = '2026-11-23' WHERE id = {first}") == 1
    assert db.session.scalar(select(Sample.status)) == "OPEN"
