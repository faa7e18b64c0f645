"""The table of headings itself: nothing means two things, and nothing foreign is forced into a field."""

import pytest

from registry.assets.register.sheets.fields import FIELDS
from registry.assets.register.sheets.heading_texts import Confidence, fold, match_heading
from registry.assets.register.sheets.headings import find_heading
from tests.assets.sheets.sheet_samples import HEADINGS, text


def test_no_heading_means_two_fields() -> None:
    headings = [fold(heading) for field in FIELDS for heading in field.headings]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("heading", HEADINGS.split())
def test_the_headings_of_a_real_ledger_are_known(heading: str) -> None:
    assert match_heading(heading)[1] is Confidence.EXACT


@pytest.mark.parametrize("heading", ["按投入资金6%收益(万元)", "天气", "联系电话"])
def test_a_heading_of_something_else_is_not_forced_into_a_field(heading: str) -> None:
    assert match_heading(heading)[0] is None


def test_a_heading_needs_two_known_names() -> None:
    assert find_heading([(text("资产名称"),), (text("甲"), text("乙"))]) is None
    assert find_heading([(text("资产名称"), text("原值"))]) is not None
