"""What the page of a sample says about checking it: followed to the letter, it draws the same sample."""

import hashlib
import re
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

import pytest
from flask import Flask

from registry.database import db
from registry.policy.queries import policy_for
from registry.supervision.sampling.population import read_population
from registry.supervision.sampling.queries import get_sample, list_items
from registry.supervision.sampling.rules import DrawMethod, weights_of
from tests.factories import COUNTY, TODAY, person
from tests.journeys.test_case_agreed import visitor
from tests.supervision.sampling.test_sampling import PLAN, drawn, worth

_VALUES = (900, 400, 170, 90, 75, 60, 41, 37, 20, 13, 8, 5)


def number(text: str) -> int:
    """Step 1: the SHA-256 of a text, taken as one number."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def told(page: str) -> dict[str, str]:
    """The numbers and the seed that the recipe names."""
    text = re.sub(r"<[^>]+>", "", page.partition("怎么自己核对")[2].partition("</details>")[0])
    found = re.search(r"这次必抽 (\d+) 项，剩下的总长度是 ([\d,]+)，还要抽 (\d+) 项", text)
    assert found, text
    start = re.search(r"起点是“(.+?)”的号", text)
    size = re.search(r"要抽的项数（(\d+)）", text)
    assert size
    names = {"sure": found[1], "total": found[2].replace(",", ""), "left": found[3], "size": size[1]}
    return {**names, "start": start[1] if start else "", "seed": PLAN.seed}


def certain(lengths: dict[str, int], size: int) -> set[str]:
    """Step 3: what is long enough, again and again, until nothing is."""
    rest, sure = {key: length for key, length in lengths.items() if length > 0}, set[str]()
    while rest and size > len(sure):
        total = sum(rest.values())
        long = {key for key, length in rest.items() if length * (size - len(sure)) >= total}
        if not long:
            break
        sure |= long
        rest = {key: length for key, length in rest.items() if key not in long}
    return sure


def followed(lengths: dict[str, int], said: dict[str, str]) -> set[str]:
    """The sample by the letter of the recipe."""
    sure = certain(lengths, int(said["size"]))
    rest = {key: length for key, length in lengths.items() if length > 0 and key not in sure}
    left, total = int(said["left"]), int(said["total"])
    assert (len(sure), sum(rest.values())) == (int(said["sure"]), total)
    if not left:
        return sure
    interval, start = Fraction(total, left), Fraction(number(said["start"]) % total, left)
    order = sorted(rest, key=lambda key: number(f"{said['seed']}|{key}"))
    ends = list(accumulate(rest[key] for key in order))
    places = [start + interval * step for step in range(left)]
    return sure | {order[next(n for n, end in enumerate(ends) if place < end)] for place in places}


@pytest.mark.parametrize("size", [3, 7])
@pytest.mark.parametrize("method", [DrawMethod.VALUE, DrawMethod.RISK])
def test_the_recipe_on_the_page_draws_the_same_sample(app: Flask, method: DrawMethod, size: int) -> None:
    for ordinal, value in enumerate(_VALUES):
        worth(f"资产{ordinal}", value * 100_000_01, use_status="IDLE" if ordinal % 3 else "IN_USE")
    plan, by = replace(PLAN, method=method, size=size), person("auditor")
    sample_id = drawn(plan)
    page = visitor(app, "auditor").open(f"/samples/{sample_id}").text
    db.session.rollback()
    weights = weights_of(policy_for(COUNTY, TODAY))
    lengths = {one.member.key: one.member.weight for one in read_population(plan, weights, by=by, on=TODAY)}
    items = {one.draw_key for one in list_items(get_sample(sample_id, by).id)}
    assert len(items) == size
    assert followed(lengths, told(page)) == items
    if method is DrawMethod.RISK:
        assert "闲置 3" in page
        assert "金额大" in page


def test_the_recipe_of_a_draw_at_random_takes_the_lowest_numbers(app: Flask) -> None:
    for ordinal, value in enumerate(_VALUES):
        worth(f"资产{ordinal}", value * 100_000_00)
    sample_id = drawn(replace(PLAN, size=4))
    page = visitor(app, "auditor").open(f"/samples/{sample_id}").text
    assert "最前面的 4 项就是样本" in page
    db.session.rollback()
    by = person("auditor")
    plan, weights = replace(PLAN, size=4), weights_of(policy_for(COUNTY, TODAY))
    keys = [one.member.key for one in read_population(plan, weights, by=by, on=TODAY)]
    lowest = sorted(keys, key=lambda key: number(f"{PLAN.seed}|{key}"))[:4]
    assert {one.draw_key for one in list_items(get_sample(sample_id, by).id)} == set(lowest)
