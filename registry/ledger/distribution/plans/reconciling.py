"""Holding published figures against their own parts: by how much a figure does not add up. Pure, exact fractions."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from registry.money import format_yuan
from registry.text import N_, Labelled

_BP = 10_000
_MONTHS = 12


class Claim(Labelled):
    """What a published figure claims to be."""

    SUM = "SUM", N_("各项合计")
    YIELD = "YIELD", N_("本金按年收益率计算")
    EACH = "EACH", N_("每份金额乘份数")
    MEAN = "MEAN", N_("总额除以份数")
    PARTED = "PARTED", N_("收入与各项用途合计")


@dataclass(frozen=True)
class Finding:
    """A published figure beside what it should be, both in fen; the right one may lie between two fen."""

    claim: Claim
    published_fen: int
    computed: Fraction
    #: How exactly the figure was published: 万元 with two decimals is 10,000 fen.
    unit_fen: int = 1

    @property
    def gap(self) -> Fraction:
        """By how much the published figure is too high; negative if it is too low."""
        return self.published_fen - self.computed

    @property
    def adds_up(self) -> bool:
        """Whether the figure is right to the places it was published with."""
        return abs(self.gap) * 2 <= self.unit_fen if self.unit_fen > 1 else not self.gap

    @property
    def computed_fen(self) -> int:
        """What it should be in whole fen, halves up."""
        return int((self.computed * 2 + 1) // 2)

    def said(self) -> tuple[str, dict[str, str]]:
        """Say it to a reader: a message and what stands in it, amounts in yuan."""
        params = {
            "claim": self.claim.label,
            "published": format_yuan(self.published_fen),
            "computed": format_yuan(self.computed_fen),
            "gap": format_yuan(abs(self.published_fen - self.computed_fen)),
        }
        if self.adds_up:
            return N_("%(claim)s：公布 %(published)s 元，计算 %(computed)s 元，相符。"), params
        if self.gap > 0:
            return N_("%(claim)s：公布 %(published)s 元，计算 %(computed)s 元，多 %(gap)s 元。"), params
        return N_("%(claim)s：公布 %(published)s 元，计算 %(computed)s 元，少 %(gap)s 元。"), params


def yield_of(principal_fen: int, rate_bp: int, months: int) -> Fraction:
    """Return what a principal yields at a yearly rate, exactly."""
    return Fraction(principal_fen * rate_bp * months, _BP * _MONTHS)


def hold_sum(published_fen: int, parts: Iterable[int], unit_fen: int = 1) -> Finding:
    """Hold a total against its parts."""
    return Finding(Claim.SUM, published_fen, Fraction(sum(parts)), unit_fen)


def hold_yield(published_fen: int, principal_fen: int, rate_bp: int, months: int, unit_fen: int = 1) -> Finding:
    """Hold a yield against principal, rate and months."""
    return Finding(Claim.YIELD, published_fen, yield_of(principal_fen, rate_bp, months), unit_fen)


def hold_each(published_fen: int, each_fen: int, count: int, unit_fen: int = 1) -> Finding:
    """Hold a total against so much for each of so many."""
    return Finding(Claim.EACH, published_fen, Fraction(each_fen * count), unit_fen)


def hold_mean(published_fen: int, total_fen: int, count: int, unit_fen: int = 1) -> Finding:
    """Hold an amount for each against the total among so many."""
    return Finding(Claim.MEAN, published_fen, Fraction(total_fen, count), unit_fen)


def hold_parted(income_fen: int, uses: Iterable[int]) -> Finding:
    """Hold the uses of an income against it: what is left has not been accounted for."""
    return Finding(Claim.PARTED, income_fen, Fraction(sum(uses)))
