"""The net value that the database works out is the one that the plan says."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, cast, literal, select
from sqlalchemy.orm import aliased

from registry.assets.register.cards.models import Asset
from registry.assets.register.depreciation import DepreciationPlan, accumulated_by_month
from registry.assets.register.lookup.totals import net_value
from registry.database import db

PLANS = st.builds(
    DepreciationPlan,
    from_month=st.integers(24_000, 24_400),
    accumulated_fen=st.integers(0, 10**11),
    remaining_fen=st.integers(0, 10**13),
    months=st.integers(0, 480),
)
COLUMNS = ("original_value_fen", "plan_from_month", "plan_months", "plan_accumulated_fen", "plan_remaining_fen")


def net_value_of(plan: DepreciationPlan, value: int, month: int) -> int:
    """Let the database work it out for a row that exists only in the question."""
    figures = (value, plan.from_month, plan.months, plan.accumulated_fen, plan.remaining_fen)
    given_row = (cast(literal(figure), BigInteger).label(name) for name, figure in zip(COLUMNS, figures, strict=True))
    row = aliased(Asset, select(*given_row).subquery(), adapt_on_names=True)
    return int(db.session.scalar(select(net_value(month, row))))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS, value=st.integers(0, 10**13), month=st.integers(23_990, 24_900))
def test_the_database_depreciates_as_the_plan_does(within, plan, value, month):
    assert net_value_of(plan, value, month) == value - accumulated_by_month(plan, month)


def test_a_plan_of_no_months_divides_by_nothing(within):
    assert net_value_of(DepreciationPlan(24_000, 500, 0, 0), 1_000, 24_100) == 500
