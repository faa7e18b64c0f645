"""What people write in the column of classes: read where it means one thing, asked for where it does not."""

import pytest

from registry.ledger.distribution.rolls.rules import RELIEF, STANDING
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.ledger.distribution.rolls.sheet_words import (
    BOTH,
    FORMERLY_POOR,
    MONITORED_OF_SOME_KIND,
    RELIEFS,
    STANDINGS,
    ClassUnread,
    KindUnsaid,
    PoorFormerly,
    StandingTwice,
    read_classes,
)


@pytest.mark.parametrize(
    ("text", "standing", "relief"),
    [
        ("", None, set()),
        ("无", None, set()),
        ("脱贫户", C.LIFTED, set()),
        ("脱贫户（稳定）", C.LIFTED, set()),
        ("脱贫户(稳定)", C.LIFTED, set()),
        ("监测对象：边缘易致贫户", C.EDGE, set()),
        ("监测对象:边缘易致贫户", C.EDGE, set()),
        ("边缘易致贫户", C.EDGE, set()),
        ("边缘户", C.EDGE, set()),
        ("突发严重困难户", C.SUDDEN, set()),
        ("突发严重困难", C.SUDDEN, set()),
        ("脱贫不稳定户", C.UNSTABLE, set()),
        ("脱贫监测户", C.UNSTABLE, set()),
        ("一般农户", C.ORDINARY, set()),
        ("五保", None, {C.EXTREME_POVERTY}),
        ("五保户", None, {C.EXTREME_POVERTY}),
        ("特困供养户", None, {C.EXTREME_POVERTY}),
        ("低保户", None, {C.LOW_INCOME}),
        ("低保脱贫户", C.LIFTED, {C.LOW_INCOME}),
        ("五保脱贫户", C.LIFTED, {C.EXTREME_POVERTY}),
        ("脱贫户、低保户", C.LIFTED, {C.LOW_INCOME}),
        ("边缘易致贫户兼低保", C.EDGE, {C.LOW_INCOME}),
        ("低保,特困", None, {C.LOW_INCOME, C.EXTREME_POVERTY}),
    ],
)
def test_words_that_mean_one_thing_are_read(text: str, standing: C | None, relief: set[C]) -> None:
    said = read_classes("类别", text)
    assert (said.standing, said.relief) == (standing, relief)


@pytest.mark.parametrize(
    ("text", "refusal", "write"),
    [
        ("贫困户", PoorFormerly, "稳定脱贫的请写脱贫户"),
        ("建档立卡", PoorFormerly, "在监测的请写脱贫不稳定户"),
        ("建档立卡贫困户", PoorFormerly, "2020 年以前的叫法"),
        ("监测户", KindUnsaid, "请写脱贫不稳定户、边缘易致贫户或突发严重困难户"),
        ("防止返贫致贫对象", KindUnsaid, "没说是哪一种监测对象"),
        ("富裕户", ClassUnread, "请写脱贫户、脱贫不稳定户"),
        ("脱贫户、边缘户", StandingTwice, "只能写一种"),
        ("脱贫户、富裕户", ClassUnread, "“富裕户”看不懂"),
    ],
)
def test_words_that_do_not_are_answered_with_what_to_write(text: str, refusal: type[Exception], write: str) -> None:
    with pytest.raises(refusal) as refused:
        read_classes("类别", text)
    assert write in refused.value.text % refused.value.params  # type: ignore[attr-defined]


def test_no_word_means_two_things() -> None:
    tables = [set(STANDINGS), set(RELIEFS), set(BOTH), set(FORMERLY_POOR), set(MONITORED_OF_SOME_KIND)]
    assert sum(map(len, tables)) == len(set().union(*tables))
    assert set(STANDINGS.values()) == STANDING
    assert set(RELIEFS.values()) == RELIEF
