"""What a reader of a plan should be told before it goes on: warnings, never bars. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.audit.canonical import JsonValue, decode, encode
from registry.ledger.distribution.plans.pool import WHOLE_BP, OfficialYear, expected_fund
from registry.ledger.distribution.plans.shares import Basis, Entitlement, Share
from registry.ledger.distribution.plans.uses import WORK, Use
from registry.money import format_yuan, plain_yuan
from registry.text import N_, Labelled


class Warned(Labelled):
    """What a warning is about."""

    EQUAL_SPLIT = "EQUAL_SPLIT", N_("平均发钱占发放总额的 %(percent)s%%，超过提醒线 %(line)s%%，避免“一分了之”。")
    NO_WORK = "NO_WORK", N_("没有安排公益性岗位或用工报酬，村级资产收益提倡通过劳动取得。")
    CADRE = "CADRE", N_("“%(use)s”里有 %(count)s 户村干部家庭，请核对并说明。")
    LATE = "LATE", N_("方案晚于 %(deadline)s 的截止日期。")
    FUND_LOW = "FUND_LOW", N_("公积公益金提取 %(percent)s%%，低于政策值 %(line)s%%；以章程为准。")
    FUND_DIFFERS = (
        "FUND_DIFFERS",
        N_("正式账提取公积公益金 %(official)s 元，按章程应提 %(expected)s 元，差 %(gap)s 元。"),
    )
    TERMS_DIFFER = "TERMS_DIFFER", N_("“%(use)s”列 %(planned)s 元，按合同应为 %(promised)s 元，%(word)s %(gap)s 元。")
    TERMS_MISSING = "TERMS_MISSING", N_("“%(use)s”没有填合同约定的本金、收益率，无法核对。")


@dataclass(frozen=True)
class Caution:
    """A warning with what stands in it."""

    about: Warned
    params: dict[str, str]

    def __str__(self) -> str:
        return self.about.label % self.params


def cautions_text(cautions: Iterable[Caution]) -> str:
    """Write cautions as they are stored beside the inputs they were said of."""
    return encode([[one.about.value, {**one.params}] for one in cautions])


def read_cautions(text: str) -> tuple[Caution, ...]:
    """Read stored cautions."""
    rows = decode(text)
    return tuple(_read(row) for row in rows if isinstance(row, list)) if isinstance(rows, list) else ()


def _read(row: list[JsonValue]) -> Caution:
    about, params = row
    told = params if isinstance(params, dict) else {}
    return Caution(Warned(str(about)), {name: str(value) for name, value in told.items()})


@dataclass(frozen=True)
class Standards:
    """What the region's policy asks of a plan, in basis points, and its last day."""

    equal_split_bp: int
    fund_bp: int
    deadline: date


@dataclass(frozen=True)
class Draft:
    """A plan as the warnings see it; ``shares`` stand beside their uses; ``cadres`` are households of cadres."""

    uses: Sequence[Use]
    shares: Sequence[Sequence[Share]]
    official: OfficialYear
    charter_bp: int
    cadres: frozenset[int]
    on: date


def cautions_of(draft: Draft, standards: Standards) -> list[Caution]:
    """Return what should be said of a plan, in the order of the table."""
    return [found for question in _QUESTIONS for found in question(draft, standards)]


def equal_split_bp(uses: Iterable[Use], shares: Iterable[Sequence[Share]]) -> int:
    """Return which part of what households get is equal cash without work or need, in basis points."""
    equal = total = 0
    for use, lines in zip(uses, shares, strict=True):
        amount = sum(line.amount_fen for line in lines)
        total += amount
        equal += amount if is_equal_cash(use, lines) else 0
    return equal * WHOLE_BP // total if total else 0


def is_equal_cash(use: Use, lines: Sequence[Share]) -> bool:
    """Say whether a use hands the same cash to everybody, however it is called; members' own shares are a right."""
    if not use.rule.is_cash or use.rule.is_work or use.entitlement is Entitlement.MEMBER:
        return False
    if use.basis in {Basis.PER_HEAD, Basis.PER_HOUSEHOLD}:
        return True
    gross: dict[int, int] = {}
    for line in lines:
        gross[line.beneficiary_id] = gross.get(line.beneficiary_id, 0) + line.amount_fen + line.withheld_fen
    amounts = gross.values()
    return len(gross) > 1 and max(amounts) - min(amounts) <= 1


def _percent(bp: int) -> str:
    return plain_yuan(bp).rstrip("0").rstrip(".")


def _equal_split(draft: Draft, standards: Standards) -> Iterable[Caution]:
    share = equal_split_bp(draft.uses, draft.shares)
    if share > standards.equal_split_bp:
        yield Caution(Warned.EQUAL_SPLIT, {"percent": _percent(share), "line": _percent(standards.equal_split_bp)})


def _no_work(draft: Draft, _standards: Standards) -> Iterable[Caution]:
    if not any(use.kind in WORK for use in draft.uses):
        yield Caution(Warned.NO_WORK, {})


def _cadre(draft: Draft, _standards: Standards) -> Iterable[Caution]:
    for use, lines in zip(draft.uses, draft.shares, strict=True):
        found = {line.beneficiary_id for line in lines} & draft.cadres if use.rule.capacity else set()
        if found:
            yield Caution(Warned.CADRE, {"use": use.label, "count": str(len(found))})


def _late(draft: Draft, standards: Standards) -> Iterable[Caution]:
    if draft.on > standards.deadline:
        yield Caution(Warned.LATE, {"deadline": standards.deadline.isoformat()})


def _fund(draft: Draft, standards: Standards) -> Iterable[Caution]:
    if draft.charter_bp < standards.fund_bp:
        yield Caution(Warned.FUND_LOW, {"percent": _percent(draft.charter_bp), "line": _percent(standards.fund_bp)})
    expected, official = expected_fund(draft.official, draft.charter_bp), draft.official.fund_fen
    if official != expected:
        gap = format_yuan(abs(official - expected))
        params = {"official": format_yuan(official), "expected": format_yuan(expected), "gap": gap}
        yield Caution(Warned.FUND_DIFFERS, params)


def _terms(draft: Draft, _standards: Standards) -> Iterable[Caution]:
    for use in draft.uses:
        if not use.rule.has_terms:
            continue
        if use.terms is None:
            yield Caution(Warned.TERMS_MISSING, {"use": use.label})
        elif use.amount_fen != use.terms.promised_fen:
            yield Caution(Warned.TERMS_DIFFER, _differing(use, use.terms.promised_fen))


def _differing(use: Use, promised: int) -> dict[str, str]:
    return {
        "use": use.label,
        "planned": format_yuan(use.amount_fen),
        "promised": format_yuan(promised),
        "word": N_("多") if use.amount_fen > promised else N_("少"),
        "gap": format_yuan(abs(use.amount_fen - promised)),
    }


_QUESTIONS: tuple[Callable[[Draft, Standards], Iterable[Caution]], ...] = (
    _equal_split, _no_work, _cadre, _late, _fund, _terms,
)  # fmt: skip
