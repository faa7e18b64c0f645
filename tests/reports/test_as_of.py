"""A paper of a past day shows what stood on that day, whatever was changed, corrected or merged since."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import false, select

from registry.assets.register.amendments import past
from registry.assets.register.amendments.past import card_on, changed_since
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.depreciation import accumulated_fen, changed_plan, first_plan
from registry.assets.register.registration import ValueKind
from registry.config import Settings
from registry.database import db
from registry.reports import asset_card, classified_ledger, summary
from registry.reports.asset_card import AssetCardFigures
from registry.reports.classified_ledger import LedgerLine
from registry.reports.parameters import NOTHING, Parameters
from tests.conftest import opened
from tests.factories import SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person
from tests.reports.histories import (
    CORRECTIONS,
    FIRST_DAY,
    Calendar,
    asset,
    calendar,
    change_value,
    confirm,
    correct,
    enter,
    merge,
    papers,
    pass_days,
    remark,
    remember,
    rename,
    revalue,
)

Deed = tuple[str, Callable[[], None]]
_WAITING = st.integers(0, 9)
DEEDS: st.SearchStrategy[Deed] = st.one_of(
    st.tuples(st.sampled_from(sorted(CORRECTIONS)), _WAITING).map(
        lambda x: (f"correct {x}", lambda: correct(x[0], waiting_days=x[1]))
    ),
    st.tuples(st.integers(-2_000_000, 9_000_000), _WAITING).map(
        lambda x: (f"revalue {x}", lambda: revalue(x[0], waiting_days=x[1]))
    ),
    st.tuples(st.sampled_from((ValueKind.ENLARGEMENT, ValueKind.MAJOR_REPAIR)), st.integers(1, 90_000_000),
              st.integers(0, 3), st.booleans()).map(
        lambda x: (f"value {x}", lambda: change_value(x[0], x[1], source=x[2], refused=x[3]))
    ),
    st.integers(1, 20_000_000).map(
        lambda fen: (f"loss {fen}", lambda: change_value(ValueKind.PARTIAL_LOSS, -fen))
    ),
    st.just(("merge", merge)),
    st.just(("remark", remark)),
    _WAITING.map(lambda days: (f"remember {days}", lambda: remember(waiting_days=days))),
)  # fmt: skip


@pytest.fixture
def days(app: Flask) -> Iterator[type[Calendar]]:
    with calendar() as one:
        yield one


@pytest.fixture
def stood(days: type[Calendar]) -> type[Calendar]:
    """An asset entered on the first day and confirmed the day after."""
    enter()
    pass_days(1)
    confirm()
    return days


def card(on: date) -> AssetCardFigures:
    thing = asset()
    return asset_card.collect(thing.region_code, Parameters((thing.asset_no,)), actor=person("township_clerk"), on=on)


def line(on: date, unit: str = TOWNSHIP) -> LedgerLine:
    figures = classified_ledger.collect(unit, NOTHING, actor=person("township_clerk"), on=on)
    return next(line for part in figures.parts for line in part.lines)


def lived(template: Path, deeds: list[tuple[int, Deed]], look_after: list[int]) -> None:
    """Live a life in a database of its own, look at the papers of many days when each is over, and again at the end."""
    with TemporaryDirectory() as folder, calendar():
        home = Path(folder) / "instance"
        shutil.copytree(template, home)
        for _ in opened(Settings(data_dir=home, require_second_factor=False)):
            enter()
            shown = {FIRST_DAY: papers(FIRST_DAY)}
            pass_days(1)
            confirm()
            for (gap, (_, deed)), later in zip(deeds, look_after, strict=True):
                pass_days(gap)
                deed()
                shown[Calendar.day] = papers(Calendar.day)
                pass_days(later)
                shown[Calendar.day] = papers(Calendar.day)
            for day, seen in shown.items():
                assert papers(day) == seen, day


def _lives(deeds: int) -> st.SearchStrategy[tuple[list[tuple[int, Deed]], list[int]]]:
    return st.integers(1, deeds).flatmap(
        lambda count: st.tuples(
            st.lists(st.tuples(st.integers(1, 40), DEEDS), min_size=count, max_size=count),
            st.lists(st.integers(0, 40), min_size=count, max_size=count),
        )
    )


@pytest.mark.parametrize("examples", [8, pytest.param(60, marks=pytest.mark.full)])
def test_a_paper_of_any_day_is_the_paper_that_was_shown_on_that_day(template: Path, full: bool, examples: int) -> None:
    if examples > 8 and not full:
        pytest.skip("heavy: --full")

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_lives(6))
    def check(life: tuple[list[tuple[int, Deed]], list[int]]) -> None:
        lived(template, *life)

    check()


def test_the_check_objects_when_the_old_values_of_corrections_are_forgotten(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "_decided_after", lambda _day: (false(),))
    with pytest.raises(AssertionError):
        lived(template, [(3, ("correct", lambda: correct("idle")))], [3])


@pytest.mark.parametrize(
    ("kind", "field", "before", "after"),
    [
        ("name", "name", "中益冷链仓库", "中益冷藏库"),
        ("idle", "status", "自用", "闲置"),
        ("disputed", "title", "未确权", "有争议"),
        ("welfare", "subtype", "仓储冷链", "道路交通"),
        ("quantity", "quantity", "1 座", "2.5 座"),
        ("owner", "owner", "华溪村股份经济合作社", "先锋组"),
        ("halves", "owner", "华溪村股份经济合作社", "先锋组 50.00%；华溪村股份经济合作社 50.00%"),
    ],
)
@pytest.mark.usefixtures("stood")
def test_a_line_of_an_earlier_day_says_what_the_card_said(kind: str, field: str, before: str, after: str) -> None:
    day = Calendar.day
    pass_days(1)
    correct(kind, waiting_days=2)
    assert getattr(line(day), field) == before
    assert getattr(line(Calendar.day - timedelta(days=1)), field) == before
    assert getattr(line(Calendar.day), field) == after


@pytest.mark.usefixtures("stood")
def test_a_card_of_an_earlier_day_has_the_owners_and_shares_of_that_day() -> None:
    day = Calendar.day
    pass_days(1)
    correct("halves")
    assert [(one.name, one.share) for one in card(day).owners] == [("华溪村股份经济合作社", "100.00%")]
    assert sorted(one.share for one in card(Calendar.day).owners) == ["50.00%", "50.00%"]


@pytest.mark.usefixtures("stood")
def test_a_card_waits_on_paper_until_the_day_of_its_second_person() -> None:
    assert (line(FIRST_DAY).status, line(Calendar.day).status) == ("待确认", "自用")


@pytest.mark.usefixtures("stood")
def test_a_change_of_value_written_down_late_counts_from_its_own_day() -> None:
    pass_days(40)
    change_value(ValueKind.ENLARGEMENT, 1_000_000, days_ago=20)
    began = Calendar.day - timedelta(days=20)
    assert [line(day).original_fen for day in (began - timedelta(days=1), began)] == [128_640_000, 129_640_000]
    assert len(card(began).changes) == 2


@pytest.mark.usefixtures("stood")
def test_a_value_put_right_is_another_only_from_the_day_it_was_decided() -> None:
    pass_days(40)
    revalue(1_000_000, waiting_days=5)
    eve = Calendar.day - timedelta(days=1)
    assert [line(day).original_fen for day in (eve, Calendar.day)] == [128_640_000, 129_640_000]
    assert sum(one.amount_fen for one in card(eve).funding) == 128_640_000


@pytest.mark.usefixtures("stood")
def test_before_the_card_was_entered_paper_says_what_is_known_now_but_for_what_has_a_day() -> None:
    pass_days(1)
    correct("name")
    revalue(1_000_000)
    change_value(ValueKind.ENLARGEMENT, 500_000)
    early = line(date(2025, 12, 31))
    assert (early.name, early.original_fen) == ("中益冷藏库", 129_640_000)


@pytest.mark.usefixtures("stood")
def test_depreciation_runs_along_the_line_that_held_on_the_day() -> None:
    first = first_plan(128_640_000, start=date(2019, 12, 1), months=240)
    pass_days(30)
    change_value(ValueKind.ENLARGEMENT, 30_000_000)
    second, bent_on = changed_plan(first, 30_000_000, on=Calendar.day), Calendar.day
    pass_days(60)
    change_value(ValueKind.PARTIAL_LOSS, -9_000_000)
    third, lost_on = changed_plan(second, -9_000_000, on=Calendar.day), Calendar.day
    pass_days(60)
    for day, plan in (
        (date(2025, 12, 31), first), (bent_on - timedelta(days=1), first), (bent_on, second),
        (lost_on - timedelta(days=1), second), (lost_on, third), (Calendar.day, third),
    ):  # fmt: skip
        assert line(day).accumulated_fen == accumulated_fen(plan, day), day


@pytest.mark.usefixtures("stood")
def test_depreciation_of_an_earlier_day_keeps_the_life_that_held_then() -> None:
    day = Calendar.day
    shown = line(day)
    pass_days(1)
    correct("life")
    assert line(day) == shown
    assert line(Calendar.day).accumulated_fen != shown.accumulated_fen


@pytest.mark.usefixtures("stood")
def test_before_a_merger_the_asset_stands_in_the_old_unit_under_its_name() -> None:
    pass_days(1)
    merge()
    eve, day = Calendar.day - timedelta(days=1), Calendar.day
    assert (line(eve).village_name, line(day).village_name) == ("华溪村", "盐井村")
    assert line(eve, VILLAGE) == line(eve)
    for unit, on in ((SIBLING_VILLAGE, eve), (VILLAGE, day)):
        with pytest.raises(StopIteration):
            line(on, unit)
    assert (card(eve).region_code, card(day).region_code) == (VILLAGE, SIBLING_VILLAGE)
    assert card(eve).unit_name.endswith("华溪村")


@pytest.mark.usefixtures("stood")
def test_a_summary_of_an_earlier_day_counts_by_the_units_and_owners_of_that_day() -> None:
    eve = Calendar.day
    pass_days(1)
    correct("owner")
    merge()
    by = person("township_clerk")
    for on, name, place in ((eve, "华溪村", 2), (Calendar.day, "盐井村", 3)):
        rows = summary.collect(TOWNSHIP, NOTHING, actor=by, on=on).rows
        assert {row.region_name for row in rows} == {name}
        assert [one.count for one in rows[0].holdings] == [int(level == place) for level in range(6)]


@pytest.mark.usefixtures("stood")
def test_a_unit_renamed_since_bears_its_old_name() -> None:
    merge()
    pass_days(1)
    rename("盐井新村村民委员会")
    eve = Calendar.day - timedelta(days=1)
    assert (line(eve).village_name, line(Calendar.day).village_name) == ("盐井村", "盐井新村")


@pytest.mark.usefixtures("stood")
def test_a_card_of_today_is_the_card() -> None:
    for kind in ("halves", "leased", "life", "earlier"):
        correct(kind)
    change_value(ValueKind.ENLARGEMENT, 7_000_001)
    revalue(-500_000)
    thing = asset()
    then = card_on(thing, Calendar.day)
    assert (then.facts, then.plan, then.stage) == (registration_of(thing), thing.plan, thing.state)
    assert db.session.scalars(select(Asset.id).where(changed_since(Calendar.day))).all() == []


@pytest.mark.usefixtures("stood")
def test_what_was_remarked_and_remembered_later_is_not_on_an_earlier_card() -> None:
    day = Calendar.day
    shown = card(day)
    pass_days(1)
    remark()
    remember(waiting_days=3)
    assert card(day) == shown
    assert len(card(Calendar.day).events) == len(shown.events) + 2
