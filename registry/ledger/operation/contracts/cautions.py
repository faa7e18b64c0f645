"""What the people who decide on a contract should look at: warnings, each with its figures. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from registry.ledger.operation.contracts.kinds import INVESTED, LEASED, AwardWay
from registry.ledger.operation.contracts.rules import WHOLE_BP, policy_floor_fen
from registry.ledger.operation.contracts.terms import HandledAsset, Terms, period_rent_fen, rate_bp
from registry.ledger.operation.kinds import RentKind
from registry.money import format_yuan
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_, Labelled


class CautionKind(Labelled):
    """What should be looked at; the label is said with the figures put in."""

    LONG_TERM = "LONG_TERM", N_("期限 %(months)s 个月，超过提醒线 %(most)s 个月。")
    BELOW_FLOOR = "BELOW_FLOOR", N_("每年 %(yearly)s 元，低于底线 %(floor)s 元（评估租金和年折旧中较高的）。")
    NO_APPRAISAL = "NO_APPRAISAL", N_("没有填评估租金，底线只按年折旧算。")
    OVERLAP = "OVERLAP", N_("与合同 %(number)s（%(operator)s）有相同的资产，期限重叠。")
    PREPAID = "PREPAID", N_("一次预收 %(months)s 个月，超过 %(most)s 个月。")
    LOW_DEPOSIT = "LOW_DEPOSIT", N_("押金 %(deposit)s 元，少于规定的 %(least)s 元。")
    NO_TENDER = "NO_TENDER", N_("没有公开竞标：%(note)s")
    NOT_MEMBER = "NOT_MEMBER", N_("经营方不是本集体成员；同等条件下成员优先。")
    NO_OFFICERS = "NO_OFFICERS", N_("没有登记经营方的负责人和近亲属，无法核对利益回避。")
    VALUE_TO_RECOGNISE = "VALUE_TO_RECOGNISE", N_("以资产入股、合作的，价值须经成员会议认定。")
    ONLY_GUARANTEED = "ONLY_GUARANTEED", N_("只有保底收益（年 %(percent)s%%），没有按效益分成，注意“名股实债”。")
    NO_LATE_TERMS = "NO_LATE_TERMS", N_("没有约定逾期付款怎么办，以后不能收违约金。")


@dataclass(frozen=True)
class Caution:
    """One thing to look at, with its figures."""

    kind: CautionKind
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Overlap:
    """Another contract about some of the same assets at some of the same time."""

    number: str
    operator: str


def cautions(
    terms: Terms, assets: tuple[HandledAsset, ...], overlaps: Sequence[Overlap], *, policy: Policy
) -> list[Caution]:
    """Return what should be looked at before a contract is decided, the weightiest first."""
    found = [Caution(CautionKind.OVERLAP, {"number": one.number, "operator": one.operator}) for one in overlaps]
    if terms.is_own:
        return found
    return [*found, *_of_price(terms, assets, policy), *_of_term(terms, policy), *_of_operator(terms)]


def _of_term(terms: Terms, policy: Policy) -> list[Caution]:
    found = []
    months, warned = terms.months, policy.number(Parameter.LEASE_WARN_MONTHS)
    if months > warned:
        found.append(Caution(CautionKind.LONG_TERM, {"months": months, "most": warned}))
    prepaid, most = terms.prepaid_months, policy.number(Parameter.PREPAID_MONTHS)
    if prepaid > most:
        found.append(Caution(CautionKind.PREPAID, {"months": prepaid, "most": most}))
    if not terms.clauses.late_terms.strip():
        found.append(Caution(CautionKind.NO_LATE_TERMS))
    return found


def _of_price(terms: Terms, assets: tuple[HandledAsset, ...], policy: Policy) -> list[Caution]:
    rent, found = terms.rent, []
    floor = policy_floor_fen(terms, assets, policy)
    if rent.kind is not RentKind.SHARE and rent.yearly_fen < floor:
        figures = {"yearly": format_yuan(rent.yearly_fen), "floor": format_yuan(floor)}
        found.append(Caution(CautionKind.BELOW_FLOOR, figures))
    if terms.appraised_fen is None and terms.mode in LEASED:
        found.append(Caution(CautionKind.NO_APPRAISAL))
    least = _least_deposit_fen(terms, policy)
    if terms.mode in LEASED and rent.deposit_fen < least:
        figures = {"deposit": format_yuan(rent.deposit_fen), "least": format_yuan(least)}
        found.append(Caution(CautionKind.LOW_DEPOSIT, figures))
    if rent.kind is RentKind.GUARANTEED and not rent.share_bp:
        rate = rate_bp(rent)
        found.append(Caution(CautionKind.ONLY_GUARANTEED, {"percent": f"{rate // 100}.{rate % 100:02d}"}))
    return found


def _least_deposit_fen(terms: Terms, policy: Policy) -> int:
    period = period_rent_fen(terms.rent, terms.starts_on, terms.ends_on)
    return period * policy.number(Parameter.DEPOSIT_PERCENT) // WHOLE_BP


def _of_operator(terms: Terms) -> list[Caution]:
    found = []
    if terms.award is AwardWay.EXEMPT:
        found.append(Caution(CautionKind.NO_TENDER, {"note": terms.award_note}))
    if terms.operator is not None and not terms.operator.is_member:
        found.append(Caution(CautionKind.NOT_MEMBER))
    if not terms.officers:
        found.append(Caution(CautionKind.NO_OFFICERS))
    if terms.mode in INVESTED:
        found.append(Caution(CautionKind.VALUE_TO_RECOGNISE))
    return found
