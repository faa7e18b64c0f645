"""What each kind of disposal means, and that the words of the routes are the words of the table."""

import pytest

from registry.assets.register.categories import INTERESTS, Nature
from registry.disposal.kinds import COUNTED, EDITABLE, MEANINGS, OPEN, SUDDEN, DisposalKind, DisposalStatus, Pricing
from registry.kinds import Subject
from registry.policy.routes import ROUTES


def test_every_kind_has_a_meaning() -> None:
    assert set(MEANINGS) == set(DisposalKind)


def test_the_routes_name_kinds_that_there_are() -> None:
    named = {deed for route in ROUTES if route.subject is Subject.DISPOSAL for deed in route.deeds}
    assert named
    assert named <= {kind.value for kind in DisposalKind}


@pytest.mark.parametrize("kind", [DisposalKind.CONVERSION, DisposalKind.STOP_USE])
def test_a_change_of_line_or_a_stop_takes_nothing_away(kind: DisposalKind) -> None:
    meaning = MEANINGS[kind]
    assert [meaning.removes, meaning.passes, meaning.has_proceeds] == [False] * 3
    assert meaning.use_after is not None


@pytest.mark.parametrize("kind", list(DisposalKind), ids=lambda kind: kind.value.lower())
def test_only_what_stays_has_a_use_afterwards(kind: DisposalKind) -> None:
    assert (MEANINGS[kind].use_after is None) is MEANINGS[kind].removes


def test_seeds_that_were_used_up_need_no_title() -> None:
    assert not MEANINGS[DisposalKind.CONSUMED].needs_title
    assert MEANINGS[DisposalKind.SALE].needs_title


def test_whatever_is_opened_goes_to_somebody_and_brings_money() -> None:
    for meaning in MEANINGS.values():
        if meaning.pricing is Pricing.OPENED:
            assert meaning.passes
            assert meaning.has_proceeds


def test_equity_is_left_by_its_own_kinds_only() -> None:
    exits = {kind for kind, meaning in MEANINGS.items() if meaning.is_exit}
    assert exits == {DisposalKind.EQUITY_EXIT, DisposalKind.EQUITY_BUY_BACK}
    assert all(MEANINGS[kind].natures == {Nature.EQUITY} for kind in exits)


def test_a_thing_is_never_put_into_a_company_as_a_share() -> None:
    assert not MEANINGS[DisposalKind.IN_KIND].natures & INTERESTS


def test_a_sudden_loss_passes_to_nobody() -> None:
    assert all(not MEANINGS[kind].passes for kind in SUDDEN)


def test_what_is_over_holds_no_asset() -> None:
    assert {DisposalStatus.DONE, DisposalStatus.REJECTED, DisposalStatus.WITHDRAWN} & OPEN == set()
    assert EDITABLE <= OPEN


def test_a_draft_and_what_came_to_nothing_do_not_count_against_splitting() -> None:
    assert set(DisposalStatus) - COUNTED == {
        DisposalStatus.DRAFT,
        DisposalStatus.REJECTED,
        DisposalStatus.WITHDRAWN,
    }
