"""Check digits, with the published vectors and every single slip of a digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.codes import (
    CREDIT_ALPHABET,
    asset_number,
    is_asset_number,
    is_credit_code,
    is_organisation_code,
    is_resident_id,
    typed_number,
)
from registry.kinds import Category

CREDIT = ("91110000600037341L", "N2500235MF1234567T")
RESIDENT = ("360426199101010071", "500235199001010017")


@pytest.mark.parametrize("code", CREDIT)
def test_valid_credit_codes_pass_and_each_slip_fails(code: str) -> None:
    assert is_credit_code(code)
    for place in range(18):
        for other in CREDIT_ALPHABET:
            if other != code[place]:
                assert not is_credit_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("code", ["", "N2500240MFI203840W", "N2500235MF1234567", "n2500235mf1234567t"])
def test_malformed_credit_codes_fail(code: str) -> None:
    assert not is_credit_code(code)


@pytest.mark.parametrize("code", ["600037341", "MF1234567", "60003734-1"])
def test_valid_organisation_codes_pass(code: str) -> None:
    assert is_organisation_code(code)


@pytest.mark.parametrize("number", RESIDENT)
def test_valid_resident_ids_pass_and_each_digit_slip_fails(number: str) -> None:
    assert is_resident_id(number)
    for place in range(17):
        slipped = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert not is_resident_id(slipped)


@given(
    st.sampled_from(Category), st.integers(2012, 2030), st.integers(1, 99_999), st.integers(0, 22), st.integers(1, 9)
)
def test_an_asset_number_finds_every_slip_of_a_digit(
    category: Category, year: int, serial: int, place: int, by: int
) -> None:
    number = asset_number("500240213203", category, year, serial)
    assert is_asset_number(number)
    if number[place].isdigit():
        slipped = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
        assert not is_asset_number(slipped)


@pytest.mark.parametrize(
    "typed",
    [
        "500240213203J201900001Y",
        " 500240213203 j2019 00001 y ",
        "５００２４０２１３２０３Ｊ２０１９００００１Ｙ",
        "500240213203\u3000J201900001Y",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert typed_number(typed) == "500240213203J201900001Y"
