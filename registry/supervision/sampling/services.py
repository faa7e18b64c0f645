"""Drawing a sample, freezing it, and entering what was found of each item."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.events import Facts
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.evidence.services import KeptFile
from registry.permissions import Actor, Permission
from registry.places.queries import get_region, heir_of
from registry.policy.rules import Policy
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import FindingFacts, Origin, supervises, usual_source
from registry.supervision.findings.services import enter_finding
from registry.supervision.sampling.drawing import Draw, population_digest
from registry.supervision.sampling.models import Sample, SampleItem
from registry.supervision.sampling.population import Candidate, Described, described, read_population
from registry.supervision.sampling.queries import ITEM_TABLE, count_unchecked, next_number
from registry.supervision.sampling.refusals import NotYourSample, PopulationEmpty
from registry.supervision.sampling.rules import (
    DrawMethod,
    ItemResult,
    SamplePlan,
    SampleStatus,
    Weights,
    check_plan,
    check_result,
    drawn,
    weights_of,
)

_SEED_BYTES = 8
_MOST_NAME, _MOST_FACTS = 200, 300


@dataclass(frozen=True)
class Prepared:
    """A draw that has been made and is not kept yet."""

    plan: SamplePlan
    weights: Weights
    candidates: Mapping[str, Candidate]
    draw: Draw
    digest: str


def prepare(plan: SamplePlan, *, by: Actor, on: date, policy: Policy) -> Prepared:
    """Read the population and draw, before the transaction: it takes a while and changes nothing.

    Raises NotYourSample, what check_plan raises, PopulationEmpty, PopulationTooLarge.
    """
    if not supervises(by, Permission.SAMPLE_DRAW, plan.region_code, ""):
        raise NotYourSample
    get_region(plan.region_code)
    check_plan(plan, on)
    weights = weights_of(policy)
    found = {one.member.key: one for one in read_population(plan, weights, by=by, on=on)}
    plan = replace(plan, seed=plan.seed or secrets.token_hex(_SEED_BYTES))
    members = [one.member for one in found.values()]
    made = drawn(plan.method, members, plan.size, plan.seed)
    if not made.keys:
        raise PopulationEmpty(field="population", what=plan.population.label)
    return Prepared(plan, weights, found, made, population_digest(members))


def keep_sample(prepared: Prepared, *, by: Actor, on: date) -> Sample:
    """Freeze a draw: the sample with its seed and the digest of its population, and every item as it stands now."""
    plan, made = prepared.plan, prepared.draw
    sample = Sample(
        region_code=plan.region_code, number=next_number(plan.region_code, on), population=plan.population.value,
        category=plan.category, year=plan.year, method=plan.method.value, size=plan.size, drawn=len(made.keys),
        purpose=plan.purpose.strip(), seed=plan.seed, population_size=len(prepared.candidates),
        population_fen=sum(one.member.value_fen for one in prepared.candidates.values()),
        population_digest=prepared.digest, rest_weight=made.rest_weight, weights=_weights_text(prepared),
        status=SampleStatus.OPEN.value, drawn_by_id=by.id, drawn_by_text=signature(by), drawn_on=on, drawn_at=now(),
    )  # fmt: skip
    db.session.add(sample)
    db.session.flush()
    db.session.add_all(_items(sample, prepared))
    facts: Facts = {
        "seed": sample.seed, "population": sample.population_size, "digest": sample.population_digest,
        "drawn": sample.drawn,
    }  # fmt: skip
    record(Action.SAMPLE_DRAWN, sample, by=by, reason=sample.purpose, content=sample.population_digest, facts=facts)
    return sample


def _weights_text(prepared: Prepared) -> str:
    if prepared.plan.method is not DrawMethod.RISK:
        return ""
    points = {sign.value: points for sign, points in prepared.weights.points.items()}
    return json.dumps({**points, "large_fen": prepared.weights.large_fen}, sort_keys=True)


def _items(sample: Sample, prepared: Prepared) -> list[SampleItem]:
    """Return the rows of what was drawn, by unit and number."""
    told = described(prepared.plan.population, [int(key.partition(":")[2]) for key in prepared.draw.keys])
    rows = [(told[int(key.partition(":")[2])], key) for key in prepared.draw.keys]
    rows.sort(key=lambda row: (row[0].unit_code, row[0].number, row[1]))
    sure = set(prepared.draw.sure)
    return [
        _item(sample, ordinal, what, prepared.candidates[key], is_sure=key in sure)
        for ordinal, (what, key) in enumerate(rows, 1)
    ]


def _item(sample: Sample, ordinal: int, what: Described, one: Candidate, *, is_sure: bool) -> SampleItem:
    return SampleItem(
        sample_id=sample.id, region_code=sample.region_code, ordinal=ordinal, draw_key=one.member.key,
        unit_code=what.unit_code, sector=what.sector, number=what.number, name=what.name[:_MOST_NAME],
        value_fen=one.member.value_fen, weight=one.member.weight, is_sure=is_sure,
        signs=" ".join(one.signs) if sample.way is DrawMethod.RISK else "", facts=what.facts[:_MOST_FACTS],
    )  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What was found of an item; what is wrong carries the finding that it becomes."""

    result: ItemResult
    note: str = ""
    finding: FindingFacts | None = None


def enter_result(
    item: SampleItem, checked: Checked, files: Sequence[KeptFile] = (), *, by: Actor, on: date
) -> Finding | None:
    """Enter what was found of an item, once; what is wrong becomes a finding. The last result ends the sample.

    Raises ResultKnown, NoteMissing, FindingNeeded and what enter_finding raises.
    """
    check_result(item.found, checked.result, checked.note, has_finding=checked.finding is not None)
    finding = None
    if checked.result is ItemResult.UNSOUND and checked.finding is not None:
        facts = replace(checked.finding, origin=Origin(ITEM_TABLE, item.id), problem=checked.note)
        finding = enter_finding(facts, files, by=by, on=on)
        item.finding_id = finding.id
    item.result, item.note = checked.result.value, checked.note.strip()
    item.checked_by_id, item.checked_by_text, item.checked_on = by.id, signature(by), on
    record(Action.SAMPLE_CHECKED, item, by=by, reason=item.note)
    if not count_unchecked(item.sample_id):
        _end(item, by, on)
    return finding


def _end(item: SampleItem, by: Actor, on: date) -> None:
    sample = db.session.scalars(select(Sample).where(Sample.id == item.sample_id)).one()
    sample.status, sample.done_on = SampleStatus.DONE.value, on
    record(Action.SAMPLE_DONE, sample, by=by)


def finding_of(item: SampleItem, words: FindingFacts, by: Actor) -> FindingFacts:
    """Return what is entered of an item: the unit that stands for it today, its sector, its asset if it is one."""
    assets = (item.number,) if item.draw_key.startswith("asset:") else ()
    contract = item.number if item.draw_key.startswith("contract:") else ""
    disposal = item.number if item.draw_key.startswith("disposal_case:") else ""
    return replace(
        words, region_code=heir_of(item.unit_code), source=usual_source(by), sector=item.sector, assets=assets,
        contract_no=contract, disposal_no=disposal,
    )  # fmt: skip
