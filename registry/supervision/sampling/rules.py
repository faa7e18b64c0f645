"""What is drawn from, how, with which weights; and when a result of an item is whole. Pure."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.errors import RegistryError, refuse_all
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.supervision.sampling.drawing import Draw, Member, draw_at_random, draw_by_weight
from registry.supervision.sampling.refusals import (
    FindingNeeded,
    MethodNotFit,
    NoteMissing,
    PopulationEmpty,
    PopulationTooLarge,
    PurposeMissing,
    ResultKnown,
    SeedOdd,
    SizeOdd,
    YearOdd,
)
from registry.text import N_, Labelled

MOST_SIZE = 500
#: A population is read and ordered in memory: half a second for so many.
MOST_MEMBERS = 200_000
FIRST_YEAR = 2012
MAX_PURPOSE = 200
MAX_NOTE = 1000
_SEED = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Population(Labelled):
    """What is drawn from."""

    ASSETS = "ASSETS", N_("资产")
    CONTRACTS = "CONTRACTS", N_("合同")
    VOUCHERS = "VOUCHERS", N_("记账凭证")
    DISPOSALS = "DISPOSALS", N_("处置事项")


class DrawMethod(Labelled):
    """How it is drawn."""

    RANDOM = "RANDOM", N_("随机")
    VALUE = "VALUE", N_("按金额")
    RISK = "RISK", N_("按风险")


class Sign(Labelled):
    """Why a thing weighs more where it is drawn by risk."""

    LARGE = "LARGE", N_("金额大")
    IDLE = "IDLE", N_("闲置")
    ARREARS = "ARREARS", N_("欠款")
    NO_TITLE = "NO_TITLE", N_("未确权")
    NO_CUSTODIAN = "NO_CUSTODIAN", N_("无管护人")


class SampleStatus(Labelled):
    """How far a sample has come."""

    OPEN = "OPEN", N_("抽查中")
    DONE = "DONE", N_("已查完")


class ItemResult(Labelled):
    """What was found of an item."""

    SOUND = "SOUND", N_("无问题")
    UNSOUND = "UNSOUND", N_("有问题")


#: Of what signs are known.
RISKY = frozenset({Population.ASSETS, Population.CONTRACTS})
#: What belongs to a year.
YEARLY = frozenset({Population.VOUCHERS, Population.DISPOSALS})
_WEIGHTS: dict[Sign, Parameter] = {
    Sign.LARGE: Parameter.SAMPLE_WEIGHT_LARGE,
    Sign.IDLE: Parameter.SAMPLE_WEIGHT_IDLE,
    Sign.ARREARS: Parameter.SAMPLE_WEIGHT_ARREARS,
    Sign.NO_TITLE: Parameter.SAMPLE_WEIGHT_NO_TITLE,
    Sign.NO_CUSTODIAN: Parameter.SAMPLE_WEIGHT_NO_CUSTODIAN,
}


@dataclass(frozen=True)
class SamplePlan:
    """What is to be drawn; without a seed one is made up."""

    region_code: str
    population: Population
    method: DrawMethod
    size: int
    purpose: str
    category: str = ""
    year: int = 0
    seed: str = ""


@dataclass(frozen=True)
class Weights:
    """How many points each sign adds to the one that every thing has, and from which value (fen) on one is large."""

    points: Mapping[Sign, int]
    large_fen: int

    def weight(self, signs: Collection[Sign]) -> int:
        """Return how much a thing with these signs weighs."""
        return 1 + sum(self.points[sign] for sign in signs)


def weights_of(policy: Policy) -> Weights:
    """Return the weights that a region has set."""
    points = {sign: policy.number(parameter) for sign, parameter in _WEIGHTS.items()}
    return Weights(points, policy.number(Parameter.SAMPLE_LARGE))


def check_plan(plan: SamplePlan, on: date) -> None:
    """Raise everything that is wrong with a plan, at once."""
    found: list[RegistryError] = []
    if not 1 <= plan.size <= MOST_SIZE:
        found.append(SizeOdd(field="size", most=MOST_SIZE))
    if plan.method is DrawMethod.RISK and plan.population not in RISKY:
        found.append(MethodNotFit(field="method", what=plan.population.label))
    if plan.population in YEARLY and not FIRST_YEAR <= plan.year <= on.year:
        found.append(YearOdd(field="year"))
    if not plan.purpose.strip():
        found.append(PurposeMissing(field="purpose"))
    if plan.seed and not _SEED.fullmatch(plan.seed):
        found.append(SeedOdd(field="seed"))
    refuse_all(found)


def check_population(population: Population, count: int) -> None:
    """Raise PopulationEmpty, PopulationTooLarge."""
    if not count:
        raise PopulationEmpty(field="population", what=population.label)
    if count > MOST_MEMBERS:
        raise PopulationTooLarge(field="region_code", count=f"{count:,}", most=f"{MOST_MEMBERS:,}")


_METHODS: dict[DrawMethod, Callable[[Sequence[Member], int, str], Draw]] = {
    DrawMethod.RANDOM: draw_at_random,
    DrawMethod.VALUE: draw_by_weight,
    DrawMethod.RISK: draw_by_weight,
}


def drawn(method: DrawMethod, members: Sequence[Member], size: int, seed: str) -> Draw:
    """Draw a sample; same members, size and seed give the same draw."""
    return _METHODS[method](members, size, seed)


def check_result(known: ItemResult | None, result: ItemResult, note: str, *, has_finding: bool) -> None:
    """Raise unless a result may be entered. Raises ResultKnown, NoteMissing, FindingNeeded."""
    if known is not None:
        raise ResultKnown(result=known.label)
    if result is ItemResult.UNSOUND:
        if not note.strip():
            raise NoteMissing(field="note")
        if not has_finding:
            raise FindingNeeded(field="due_on")
