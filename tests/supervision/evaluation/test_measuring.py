"""How each criterion is measured in the course of a year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.categories import Publicity, TitleStatus
from registry.supervision.evaluation.criteria import (
    share_of,
)
from registry.supervision.evaluation.figures import (
    Distribution,
    agreement_figures,
    collection_figures,
    distribution_figures,
    months_held,
    openness_figures,
    patrol_figures,
    reach_figures,
    risk_figures,
    title_figures,
    yield_figures,
)
from registry.supervision.evaluation.frozen import (
    FACT_LABELS,
)

END = date(2025, 12, 31)


def test_title_counts_confirmation_and_certificate_by_halves() -> None:
    def done(status: TitleStatus, *, paper: bool) -> int:
        return title_figures(status, has_paper=paper).done

    assert done(TitleStatus.CONFIRMED, paper=True) == 2
    assert done(TitleStatus.CONFIRMED, paper=False) == 1
    assert done(TitleStatus.UNCONFIRMED, paper=True) == 1
    assert done(TitleStatus.DISPUTED, paper=True) == 0
    assert agreement_figures(True, False).done == 1


def test_what_was_missed_in_spring_is_not_made_up_for_in_december() -> None:
    often = [date(2025, 12, day) for day in range(1, 29)]
    found = patrol_figures(often, 3, date(2020, 1, 1), END)
    assert (found.done, found.of) == (1, 4)
    spread = [date(2025, month, 20) for month in (1, 4, 7, 10)]
    assert patrol_figures(spread, 3, date(2020, 1, 1), END).done == 4


@pytest.mark.parametrize(("since", "until", "periods"), [
    (date(2020, 1, 1), END, 12), (date(2025, 6, 1), END, 7), (date(2025, 6, 2), END, 6),
    (date(2020, 1, 1), date(2025, 11, 29), 10), (date(2025, 12, 2), END, 0),
])  # fmt: skip
def test_only_whole_periods_are_asked_for(since: date, until: date, periods: int) -> None:
    assert patrol_figures([], 1, since, until).of == periods
    assert months_held(since, until) == periods


@given(st.lists(st.dates(date(2025, 1, 1), END)), st.integers(1, 24), st.dates(date(2015, 1, 1), END))
def test_patrols_never_exceed_the_periods(days: list[date], months: int, since: date) -> None:
    found = patrol_figures(days, months, since, END)
    assert 0 <= found.done <= max(found.of, 0)


def test_yield_is_measured_against_the_benchmark_by_months() -> None:
    whole = yield_figures(60_000_00, 1_000_000_00, 600, 12)
    assert share_of(1500, whole.done, whole.of) == 1500
    half = yield_figures(15_000_00, 1_000_000_00, 600, 6)
    assert share_of(1500, half.done, half.of) == 750
    idle = yield_figures(0, 1_000_000_00, 600, 12)
    assert (idle.done, idle.of) == (0, 600)
    assert yield_figures(1, 0, 600, 12).of == yield_figures(1, 100, 600, 0).of == 0


def test_distribution_is_on_time_and_paid_by_halves_and_waits_for_its_last_day() -> None:
    last = date(2026, 1, 31)
    in_time, late = (date(2026, 1, 20), True), (date(2026, 2, 20), True)

    def told(*plans: tuple[date, bool], income: int = 1, on: date = date(2026, 3, 1)) -> tuple[int, int]:
        found = distribution_figures(income, Distribution(plans), last, on)
        return found.done, found.of

    assert told(in_time) == (2, 2)
    assert told(late) == (1, 2)
    assert told((date(2026, 1, 20), False)) == (1, 2)
    assert told() == (0, 2)
    assert told(income=0) == (0, 0)
    assert told(on=date(2026, 1, 15)) == (0, 0)
    assert told((date(2026, 1, 10), False), on=date(2026, 1, 15)) == (1, 1)


def test_no_due_no_household_and_no_income_do_not_apply() -> None:
    assert collection_figures(0, 0).of == 0
    assert (collection_figures(100, 40).done, collection_figures(100, 40).of) == (40, 100)
    assert reach_figures(0, Distribution(households=3)).of == 0
    assert reach_figures(1, Distribution()).of == 0
    assert reach_figures(1, Distribution(households=3, reached=2)).done == 2


def test_nothing_found_is_all_of_it_and_a_debt_is_a_problem() -> None:
    def told(*figures: int) -> tuple[int, int]:
        found = risk_figures(*figures)
        return found.done, found.of

    assert told(0, 0, 0) == (1, 1)
    assert told(2, 0, 0) == (2, 2)
    assert told(1, 1, 0) == (1, 2)
    assert told(0, 0, 5) == (0, 1)
    assert openness_figures(Publicity.NOT_YET, [True, False]).done == 1
    assert openness_figures(Publicity.VILLAGE, []).done == 1


def test_warnings_are_shown_beside_the_evidence_and_bring_nothing() -> None:
    plain, warned = risk_figures(1, 1, 0), risk_figures(1, 1, 0, {"IDLE": 2, "ARREARS": 1})
    assert (warned.done, warned.of) == (plain.done, plain.of)
    assert dict(warned.facts)["warned"] == 3
    assert dict(risk_figures(1, 1, 0, {}).facts)["warned"] == 0
    assert "warned" not in dict(plain.facts)
    assert risk_figures(0, 0, 0, {"IDLE": 1}).done == 1


def test_every_fact_has_a_name() -> None:
    found = [
        title_figures(TitleStatus.CONFIRMED, has_paper=True), agreement_figures(True, True),
        patrol_figures([], 1, date(2020, 1, 1), END), patrol_figures([], 1, END, END),
        yield_figures(1, 100, 600, 12), collection_figures(1, 1), risk_figures(0, 0, 0, {"IDLE": 1}),
        distribution_figures(1, Distribution(((END, True),), 1, 1), END, END),
        distribution_figures(0, Distribution(), END, END), reach_figures(1, Distribution(households=1)),
        openness_figures(Publicity.VILLAGE, []),
    ]  # fmt: skip
    assert {key for one in found for key, _value in one.facts} <= FACT_LABELS.keys()
