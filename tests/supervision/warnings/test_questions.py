"""Every risk fires on what is wrong and on nothing else, whether a single event is followed or everything is asked."""

import pytest
from flask import Flask

from registry.supervision.warnings.risks import ROWS, Risk
from tests.factories import VILLAGE
from tests.supervision.warnings.cases import CASES
from tests.supervision.warnings.scenery import ask_all, deed, follow, sound_world, standing, the_asset


def test_every_risk_has_a_case() -> None:
    assert set(CASES) == set(Risk)


@pytest.mark.parametrize("risk", list(Risk), ids=lambda risk: risk.value)
def test_a_risk_fires_when_something_is_wrong_and_goes_when_it_is_mended(any_app: Flask, risk: Risk) -> None:
    key, (breaking, mending) = sound_world(), CASES[risk]
    ask_all()
    assert standing() == []

    with deed():
        breaking(the_asset(key))
    follow()
    (found,) = standing(risk)
    assert (found.region_code, found.subject) == (VILLAGE, ROWS[risk].subject.value)
    assert found.told
    same = ask_all()
    assert (same.opened, same.closed, same.changed) == (0, 0, 0)

    with deed():
        mending(the_asset(key))
    follow()
    assert standing(risk) == []
    same = ask_all()
    assert (same.opened, same.closed, same.changed) == (0, 0, 0)
