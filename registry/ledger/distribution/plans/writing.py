"""What is typed of a use, and how amounts by household and weights by factor stand in a row. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from registry.audit.canonical import JsonValue, decode, encode
from registry.errors import Invalid
from registry.ledger.distribution.plans.shares import Basis, Entitlement
from registry.ledger.distribution.plans.uses import Terms, UseKind
from registry.ledger.distribution.plans.weighing import Factor
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, RollEntry
from registry.money import parse_fen, plain_yuan
from registry.text import N_

MAX_LABEL, MOST_WEIGHT = 60, 1_000
LEAST_CELLS = 2


class LabelMissing(Invalid):
    """A use has a name under which it is read out."""

    message = N_("请给这一项写个名称，最多 60 个字。")


class WeightsMissing(Invalid):
    """Need is weighed by something."""

    message = N_("按需求因素分配要给至少一个因素填权重，权重是 0 到 1000 的整数。")


class FixedOdd(Invalid):
    """Fixed amounts are amounts."""

    message = N_("固定金额要大于 0。")


class LineOdd(Invalid):
    """A line names a household and an amount."""

    message = N_("第 %(number)s 行看不懂，每行写户号或户主姓名，空格，再写金额（元）。")


class HouseholdUnknown(Invalid):
    """Only households of the roll are paid."""

    message = N_("名册里没有“%(name)s”。")


class HouseholdTwice(Invalid):
    """Two heads of one name are told apart by their numbers."""

    message = N_("“%(name)s”有几户同名或写了两次，请改写户号。")


@dataclass(frozen=True)
class UseFacts:
    """One use as it is typed: amounts by household number or head (fen), weights by factor, classes of households."""

    kind: UseKind
    label: str
    amount_fen: int
    basis: Basis
    entitlement: Entitlement = Entitlement.NONE
    classes: frozenset[BeneficiaryClass] = frozenset()
    named: tuple[tuple[str, int], ...] = ()
    factors: Mapping[Factor, int] = field(default_factory=dict)
    terms: Terms | None = None
    contract_id: int | None = None
    asset_id: int | None = None
    goods: str = ""
    payee: str = ""
    cost: tuple[str, str] | None = None


def check_use_facts(facts: UseFacts) -> None:
    """Raise unless a use can be written down; whether it fits the plan is asked when the plan is checked."""
    if not 0 < len(facts.label.strip()) <= MAX_LABEL:
        raise LabelMissing(field="label")
    weights = facts.factors.values()
    if facts.basis is Basis.FACTORS and not (any(weights) and all(0 <= one <= MOST_WEIGHT for one in weights)):
        raise WeightsMissing(field="factors")
    if any(amount <= 0 for _, amount in facts.named):
        raise FixedOdd(field="named")


def parse_named(text: str) -> tuple[tuple[str, int], ...]:
    """Read lines of household numbers or heads' names with amounts in yuan, as pasted or typed.

    Raises LineOdd, and what an amount raises.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.replace("，", " ").replace("\t", " ").split()
        if not cells:
            continue
        if len(cells) < LEAST_CELLS:
            raise LineOdd(field="named", number=number)
        found.append((cells[0], parse_fen(cells[-1])))
    return tuple(found)


def named_text(fixed: Mapping[int, int], keys: Mapping[int, str]) -> str:
    """Write amounts by household as they would be typed."""
    return "\n".join(f"{keys.get(one, one)} {plain_yuan(fixed[one])}" for one in sorted(fixed))


def resolve(named: Iterable[tuple[str, int]], entries: Sequence[RollEntry]) -> dict[int, int]:
    """Return amounts by household for numbers and names. Raises HouseholdUnknown, HouseholdTwice."""
    known: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        known[entry.head_name].append(entry.household_id)
        known[number_of(entry)].append(entry.household_id)
    found: dict[int, int] = {}
    for name, amount in named:
        keys = known.get(name, [])
        if not keys:
            raise HouseholdUnknown(field="named", name=name)
        if len(keys) > 1 or keys[0] in found:
            raise HouseholdTwice(field="named", name=name)
        found[keys[0]] = amount
    return found


def number_of(entry: RollEntry) -> str:
    """Return the number of a household in its village, as rolls show it."""
    return str(int(entry.sort_key.rpartition("-")[2]))


def fixed_text(fixed: Mapping[int, int]) -> str:
    """Write amounts by household as they are stored."""
    return encode([[key, fixed[key]] for key in sorted(fixed)])


def read_fixed(text: str) -> dict[int, int]:
    """Read stored amounts by household."""
    return {int(str(key)): int(str(fen)) for key, fen in _pairs(text)}


def factors_text(factors: Mapping[Factor, int]) -> str:
    """Write weights by factor as they are stored; a weight of nothing is none."""
    return encode([[factor.value, factors[factor]] for factor in Factor if factors.get(factor)])


def read_factors(text: str) -> dict[str, int]:
    """Read stored weights by factor."""
    return {str(name): int(str(weight)) for name, weight in _pairs(text)}


def _pairs(text: str) -> list[list[JsonValue]]:
    rows = decode(text)
    return [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def classes_text(classes: frozenset[BeneficiaryClass]) -> str:
    """Write classes as they are stored."""
    return " ".join(one.value for one in BeneficiaryClass if one in classes)


def read_classes(text: str) -> frozenset[BeneficiaryClass]:
    """Read stored classes."""
    return frozenset(BeneficiaryClass(one) for one in text.split())
