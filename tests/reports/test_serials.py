"""Serials of prints: they run on within a log, find every slip of the pen, and are understood as people type them."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from registry.reports.prints.rules import is_serial, number_of, print_serial, typed_serial
from tests.factories import VILLAGE
from tests.reports.printing import asked, printed, township


@pytest.fixture
def filled(app: Flask) -> Flask:
    township()
    return app


@pytest.mark.usefixtures("filled")
def test_serials_run_on_within_a_log() -> None:
    numbers = [number_of(printed(asked(region_code=VILLAGE), "village_clerk").serial) for _ in range(3)]
    assert numbers == [1, 2, 3]


@given(st.integers(100_000, 999_999), st.integers(2000, 2999), st.integers(1, 999_999), st.data())
def test_a_serial_finds_every_single_slip(log_id: int, year: int, number: int, data: st.DataObject) -> None:
    serial = print_serial(log_id, year, number)
    assert is_serial(serial)
    place = data.draw(st.sampled_from([i for i, c in enumerate(serial) if c.isdigit() and i < len(serial) - 2]))
    other = data.draw(st.sampled_from([c for c in "0123456789" if c != serial[place]]))
    assert not is_serial(serial[:place] + other + serial[place + 1 :])


STYLES: tuple[Callable[[str], str], ...] = (
    str.lower,
    lambda serial: serial.replace("-", ""),
    lambda serial: f"  {serial[1:]} ",
    lambda serial: serial.replace("-", "－"),  # what a Chinese keyboard gives
)


@pytest.mark.parametrize("style", STYLES)
def test_a_serial_typed_from_paper_is_understood(style: Callable[[str], str]) -> None:
    serial = print_serial(500240, 2026, 318)
    assert typed_serial(style(serial)) == serial
