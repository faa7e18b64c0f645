"""What money may be used for, what is said of a plan, and frozen inputs that compute the same years later."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.distribution.plans import uses as rules
from registry.ledger.distribution.plans.cautions import Caution, Draft, Standards, Warned, cautions_of, equal_split_bp
from registry.ledger.distribution.plans.computing import Inputs, compute
from registry.ledger.distribution.plans.freezing import digest_of, freeze, thaw
from registry.ledger.distribution.plans.pool import Cost, OfficialYear, Order, Pool, Taken
from registry.ledger.distribution.plans.shares import Basis, Beneficiary, Entitlement, Instalment
from registry.ledger.distribution.plans.uses import USES, Terms, Use, UseKind, Work, check_uses
from registry.ledger.distribution.work.rules import pay_of

ORDER = Order(0, 200_000, 800_000)
ROAD = Use(UseKind.CUSTODY, "冷库管护", 300_000, Basis.LUMP)
DIVIDEND = Use(UseKind.PERFORMANCE_DIVIDEND, "效益分红", 400_000, Basis.PER_SHARE, Entitlement.MEMBER)
SWEEPING = Work(5, 31, "谭守田", 20, 10_000, is_verified=True)
LABOUR = Use(UseKind.DAY_LABOUR, "清淤用工", 100_000, Basis.WORK, work=(SWEEPING,))
STANDARDS = Standards(8_000, 2_000, date(2026, 1, 31))
BOOKS = OfficialYear(0, 1_000_000, 200_000, "2025年收益及收益分配表")
ROLL = tuple(Beneficiary(key, shares=key, heads=2, spells=(("2020-01", ""),)) for key in (1, 2, 3, 4))
INPUTS = Inputs(
    "2025-01", "2025-12", (Instalment(1, "2025-06"), Instalment(2, "2025-12")),
    Pool((Taken(1, 700_000, 700_000), Taken(2, 400_000, 400_000)), (Cost("fault", "7", 100_000),)), BOOKS, 2_000,
    (ROAD, DIVIDEND, LABOUR), ((), ROLL, ()),
)  # fmt: skip


def check(*uses: Use, posted: frozenset[tuple[str, str]] = frozenset(), incentive_bp: int = 1_000) -> None:
    check_uses(uses, ORDER, posted=posted, incentive_bp=incentive_bp)


def test_every_kind_of_use_has_its_row() -> None:
    assert set(USES) == set(UseKind)


def test_uses_that_are_the_whole_of_what_is_left_are_taken() -> None:
    check(ROAD, DIVIDEND, LABOUR)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        (replace(ROAD, amount_fen=0), rules.AmountNotPositive),
        (replace(ROAD, basis=Basis.PER_HEAD), rules.BasisDoesNotFit),
        (replace(ROAD, entitlement=Entitlement.ASSISTANCE), rules.EntitlementDoesNotFit),
        (replace(ROAD, cost=("fault", "7")), rules.CountedTwice),
        (replace(ROAD, amount_fen=299_999), rules.UsesNotWhole),
        (replace(DIVIDEND, kind=UseKind.IN_KIND_DIVIDEND), rules.GoodsUnsaid),
        (replace(LABOUR, work=(replace(SWEEPING, is_verified=False),)), rules.WorkUnverified),
        (replace(LABOUR, work=(replace(SWEEPING, other_plan=True),)), rules.WorkPaidTwice),
    ],
)
def test_a_use_that_breaks_a_rule_is_refused(changed: Use, refusal: type[Exception]) -> None:
    others = [use for use in (ROAD, DIVIDEND, LABOUR) if use.kind is not changed.kind]
    with pytest.raises(refusal):
        check(changed, *others, posted=frozenset({("fault", "7")}))


def test_uses_that_are_not_the_whole_say_by_how_much() -> None:
    with pytest.raises(rules.UsesNotWhole) as caught:
        check(ROAD, DIVIDEND)
    assert "少 1,000.00 元" in str(caught.value)
    with pytest.raises(rules.UsesNotWhole) as caught:
        check(ROAD, DIVIDEND, replace(LABOUR, amount_fen=100_001))
    assert "多 0.01 元" in str(caught.value)


def test_what_managers_get_is_capped() -> None:
    pay = Use(UseKind.INCENTIVE, "理事长激励", 100_000, Basis.NAMED, fixed={9: 100_000})
    check(ROAD, DIVIDEND, pay, incentive_bp=1_250)
    with pytest.raises(rules.IncentiveAboveCap) as caught:
        check(ROAD, DIVIDEND, pay)
    assert "上限 800.00 元" in str(caught.value)


def test_too_many_uses_and_none_are_refused() -> None:
    with pytest.raises(rules.UsesMissing):
        check()
    with pytest.raises(rules.UsesMissing):
        check(*[replace(ROAD, amount_fen=1)] * 31)


def test_work_is_paid_by_half_days_at_its_rate_and_together_for_one_person() -> None:
    assert pay_of(3, 9_999) == 14_999
    assert rules.paid_for_work([SWEEPING, replace(SWEEPING, record_id=6, half_days=1)]) == {31: 105_000}


def test_a_promise_is_kept_in_full() -> None:
    assert Terms(100, 333, 1).promised_fen == 1
    assert Terms(85_165_000_0, 600, 3).promised_fen == 12_774_750


def said(**changes: object) -> list[Caution]:
    computed = compute(INPUTS)
    draft = Draft(INPUTS.uses, computed.shares, BOOKS, 2_000, frozenset(), date(2026, 1, 20))
    return cautions_of(replace(draft, **changes), STANDARDS)  # type: ignore[arg-type]


def test_a_plan_that_keeps_every_standard_is_not_warned_of() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"on": date(2026, 2, 1)}, Warned.LATE),
        ({"charter_bp": 1_500, "official": replace(BOOKS, fund_fen=150_000)}, Warned.FUND_LOW),
        ({"official": replace(BOOKS, fund_fen=150_000)}, Warned.FUND_DIFFERS),
    ],
)
def test_what_departs_from_the_policy_is_said(changes: dict[str, object], about: Warned) -> None:
    assert [one.about for one in said(**changes)] == [about]


def drawn(*uses: Use) -> Draft:
    inputs = replace(INPUTS, uses=uses, rolls=(ROLL,) * len(uses))
    return Draft(uses, compute(inputs).shares, BOOKS, 2_000, frozenset({2, 31}), date(2026, 1, 20))


def test_equal_cash_is_seen_however_it_is_called() -> None:
    equal = replace(DIVIDEND, basis=Basis.PER_HOUSEHOLD, entitlement=Entitlement.NONE)
    named = replace(equal, kind=UseKind.AWARD, basis=Basis.NAMED, fixed=dict.fromkeys((1, 2, 3, 4), 100_000))
    unequal = replace(named, fixed={1: 250_000, 2: 100_000, 3: 30_000, 4: 20_000})
    for use in (equal, named):
        draft = drawn(use, LABOUR)
        assert equal_split_bp(draft.uses, draft.shares) == 8_000
        assert Warned.EQUAL_SPLIT not in [one.about for one in cautions_of(draft, STANDARDS)]
        draft = drawn(use)
        assert Warned.EQUAL_SPLIT in [one.about for one in cautions_of(draft, STANDARDS)]
    for use in (unequal, DIVIDEND, replace(equal, kind=UseKind.IN_KIND_DIVIDEND, goods="大米")):
        draft = drawn(use)
        assert equal_split_bp(draft.uses, draft.shares) == 0


def test_a_plan_without_pay_for_work_is_warned_of() -> None:
    assert Warned.NO_WORK in [one.about for one in cautions_of(drawn(DIVIDEND), STANDARDS)]


def test_a_cadres_household_on_an_individual_line_is_named_by_use_only() -> None:
    award = Use(UseKind.AWARD, "产业奖补", 50_000, Basis.NAMED, fixed={2: 30_000, 3: 20_000})
    cautions = cautions_of(drawn(award, LABOUR, DIVIDEND), STANDARDS)
    assert [one.params["use"] for one in cautions if one.about is Warned.CADRE] == ["产业奖补", "清淤用工"]


def test_a_guaranteed_dividend_is_held_against_its_contract() -> None:
    use = replace(DIVIDEND, kind=UseKind.GUARANTEED_DIVIDEND, terms=Terms(10_000_000, 500, 12))
    (caution,) = [one for one in cautions_of(drawn(use), STANDARDS) if one.about is Warned.TERMS_DIFFER]
    assert str(caution) == "“效益分红”列 4,000.00 元，按合同应为 5,000.00 元，少 1,000.00 元。"
    right = replace(use, terms=Terms(8_000_000, 500, 12))
    assert not {Warned.TERMS_DIFFER, Warned.TERMS_MISSING} & {one.about for one in cautions_of(drawn(right), STANDARDS)}
    bare = replace(use, terms=None)
    assert Warned.TERMS_MISSING in {one.about for one in cautions_of(drawn(bare), STANDARDS)}


def test_a_plan_takes_of_the_income_what_it_hands_out_and_sets_aside() -> None:
    computed = compute(INPUTS)
    assert computed.order == Order(0, 200_000, 800_000)
    assert computed.handed_fen == 800_000
    assert computed.returned == {}


def test_what_is_carried_over_or_withheld_goes_back_to_the_income() -> None:
    carried = replace(ROAD, kind=UseKind.CARRIED)
    roll = (replace(ROLL[0], spells=(("2025-01", "2025-03"),)), *ROLL[1:])
    helped = replace(DIVIDEND, entitlement=Entitlement.ASSISTANCE)
    computed = compute(replace(INPUTS, uses=(carried, helped, LABOUR), rolls=((), roll, ())))
    assert computed.withheld_fen == 30_000
    assert computed.handed_fen == 470_000
    assert computed.returned == {2: 330_000}


def test_pay_for_work_is_one_payment_whatever_the_instalments() -> None:
    (line,) = compute(INPUTS).shares[2]
    assert (line.beneficiary_id, line.instalment, line.amount_fen) == (31, 1, 100_000)


PEOPLE = st.lists(
    st.builds(
        Beneficiary, id=st.integers(1, 99), shares=st.integers(0, 9), heads=st.integers(0, 9),
        factors=st.just((("重病", 1), ("无劳动力", 2))), spells=st.sampled_from([(), (("2025-02", ""),)]),
        payee=st.sampled_from(["", "person/7", "household/12"]),
    ), max_size=8, unique_by=lambda one: one.id,
)  # fmt: skip


@given(PEOPLE)
def test_frozen_inputs_come_back_the_same_and_compute_the_same(people: list[Beneficiary]) -> None:
    roll = (*people, Beneficiary(100, shares=1))
    inputs = replace(INPUTS, rolls=((), roll, ()))
    text = freeze(inputs)
    thawed = thaw(text)
    assert freeze(thawed) == text
    assert freeze(replace(inputs, rolls=((), roll[::-1], ()))) == text
    assert compute(thawed) == compute(inputs)


def test_another_input_has_another_digest() -> None:
    other = replace(INPUTS, charter_bp=2_001)
    assert digest_of(freeze(INPUTS)) != digest_of(freeze(other))


def test_inputs_frozen_under_another_rule_are_not_read_as_this_one() -> None:
    with pytest.raises(ValueError, match="another rule"):
        thaw(freeze(INPUTS).replace("months-even/1", "months-even/2"))
