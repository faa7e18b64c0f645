"""The four groups and their yearly review; what a year may pay to managers and members."""

from datetime import date

import pytest
from flask import Flask

from registry.assets.register.amendments.past import card_on
from registry.assets.register.categories import IndustryClass, OperatingMode
from registry.database import transaction
from registry.ledger.operation.reviews.queries import latest_reviews
from registry.ledger.operation.reviews.rules import (
    FindingMissing,
    IdleCaution,
    IncentiveTooHigh,
    MeasuresMissing,
    MoreThanEarned,
    ReturnTooLow,
    ReviewFacts,
    ReviveDateMissing,
    YearFacts,
    check_review,
    check_year,
    idle_cautions,
)
from registry.ledger.operation.reviews.services import review_asset
from registry.policy.rules import Policy
from tests.assets.title.making import asset_of, policy, storehouse
from tests.factories import TODAY, VILLAGE, person

POLICY = Policy(VILLAGE, TODAY, {}, {})


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (ReviewFacts(2026, IndustryClass.CONSOLIDATE, " "), FindingMissing),
        (ReviewFacts(2026, IndustryClass.REVIVE, "闲置"), MeasuresMissing),
        (ReviewFacts(2026, IndustryClass.REVIVE, "闲置", "招租", date(2026, 6, 1)), ReviveDateMissing),
        (
            ReviewFacts(2026, IndustryClass.REVIVE, "闲置", "招租", date(2026, 6, 1), date(2028, 6, 2)),
            ReviveDateMissing,
        ),
    ],
)
def test_a_review_says_what_was_found_and_what_is_done_by_when(facts: ReviewFacts, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_review(facts, on=TODAY, policy=POLICY)


def test_idle_assets_are_warned_of_by_their_days() -> None:
    assert idle_cautions(2025, None, None, on=TODAY, policy=POLICY) == []
    assert idle_cautions(None, None, None, on=TODAY, policy=POLICY) == [IdleCaution.NOT_REVIEWED]
    found = idle_cautions(2025, date(2026, 5, 22), date(2026, 11, 22), on=TODAY, policy=POLICY)
    assert found == [IdleCaution.LONG_IDLE, IdleCaution.REVIVE_LATE]


@pytest.mark.parametrize(
    ("facts", "mode", "error"),
    [
        (YearFacts(2025, 200_000, 100_000, 10_001), OperatingMode.SELF_RUN, IncentiveTooHigh),
        (YearFacts(2025, 100_000, 200_000, 1), OperatingMode.SELF_RUN, IncentiveTooHigh),
        (YearFacts(2025, 200_000, 100_000, 10_000, 90_001), OperatingMode.SELF_RUN, MoreThanEarned),
        (YearFacts(2025, 200_000, 100_000, 10_000, 53_999), OperatingMode.COOPERATIVE, ReturnTooLow),
    ],
)
def test_a_year_pays_managers_no_more_and_members_no_less(
    facts: YearFacts, mode: OperatingMode, error: type[Exception]
) -> None:
    with pytest.raises(error):
        check_year(facts, mode, on=TODAY, policy=POLICY)


def test_what_is_within_bounds_is_taken() -> None:
    check_year(YearFacts(2025, 200_000, 100_000, 10_000, 54_000), OperatingMode.COOPERATIVE, on=TODAY, policy=POLICY)


def test_the_card_bears_the_group_from_the_day_of_the_review(any_app: Flask) -> None:
    number = storehouse()
    with transaction(VILLAGE):
        facts = ReviewFacts(2026, IndustryClass.UPGRADE, "设备老化", "更换制冷机组")
        review_asset(asset_of(number), facts, by=person("village_clerk"), on=TODAY, policy=policy())
    asset = asset_of(number)
    assert asset.industry_class == "UPGRADE"
    assert latest_reviews([asset.id])[asset.id].measures == "更换制冷机组"
    assert card_on(asset, TODAY).facts.industry_class == "UPGRADE"
