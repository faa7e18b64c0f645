"""The figures of a plan of distribution as it is posted and of its result; names are masked before they are kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.rules import percent
from registry.errors import Conflict, Missing
from registry.ledger.distribution.plans.computing import compute
from registry.ledger.distribution.plans.gathering import frozen_inputs
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.naming import names_by_key
from registry.ledger.distribution.plans.queries import all_lines, get_plan
from registry.ledger.distribution.plans.rules import TAKING
from registry.ledger.distribution.plans.uses import UseKind
from registry.permissions import Actor, Permission
from registry.reports.covering import covered
from registry.reports.paper.imprint import figures_digest
from registry.reports.parameters import Parameters
from registry.reports.payments import NOT_ORDERED, Payment, payments_on
from registry.sealing import masked_name
from registry.text import N_


class NotSubmittedYet(Conflict):
    """What is posted has been put before those who decide on it."""

    message = N_("方案还没有提交审议，提交以后才能打印公示表。")


@dataclass(frozen=True, slots=True)
class Step:
    """One step from what was received to what can be used, in fen; what is taken off is negative."""

    label: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use: how it is split, among how many, how much (fen), and what of it has been paid."""

    label: str
    kind: str
    basis: str
    count: int
    amount_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One household's line of a use in fen, its names masked. ``state`` says what became of the payment."""

    group_name: str
    head: str
    payee: str
    use: str
    months: str
    amount_fen: int
    withheld_fen: int
    paid_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class DistributionSheet:
    """The figures of a plan as it is posted, and of its result."""

    unit_name: str
    region_code: str
    number: str
    title: str
    owner: str
    period_text: str
    state: str
    steps: tuple[Step, ...]
    uses: tuple[UseRow, ...]
    shares: tuple[ShareRow, ...]
    words: tuple[str, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


@dataclass(frozen=True, slots=True)
class _Part:
    """One line of a plan before lines of one household and use are put together."""

    use_id: int
    beneficiary: int
    group_name: str
    head: str
    payee: str
    amount_fen: int
    withheld_fen: int
    months: int
    of_months: int
    payment: Payment


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> DistributionSheet:
    """Read a plan that was submitted, and what had become of it by a day. Raises Missing, NotSubmittedYet."""
    plan = get_plan(parameters.plan_id, actor, Permission.PRINT)
    if plan.region_code != region_code:
        raise Missing
    if plan.state not in TAKING or not plan.digest:
        raise NotSubmittedYet
    parts = _agreed(plan, on) or _computed(plan)
    return DistributionSheet(
        unit_name=covered(region_code, actor, on).unit_name,
        region_code=region_code,
        number=plan.number,
        title=plan.title,
        owner=plan.party.name,
        period_text=N_("%(first)s 至 %(last)s") % {"first": plan.period_from, "last": plan.period_to},
        state=plan.state.label,
        steps=_steps(plan),
        uses=tuple(_use(use, [part for part in parts if part.use_id == use.id]) for use in plan.uses),
        shares=tuple(_shares(plan, parts)),
        words=_words(plan),
    )


def _agreed(plan: Plan, on: date) -> list[_Part]:
    """Read the agreed lines of a plan; there are none before it is carried out."""
    lines = all_lines(plan.id)
    payments = payments_on([line.id for line in lines], on)
    return [
        _Part(line.use_id, line.beneficiary, line.group_name, line.head_name, line.payee_name, line.amount_fen,
              line.withheld_fen, line.months, line.of_months, payments.get(line.id, Payment()))
        for line in lines
    ]  # fmt: skip


def _computed(plan: Plan) -> list[_Part]:
    """Compute the lines of a plan that is being decided on, from its frozen inputs."""
    shares = compute(frozen_inputs(plan)).shares
    told = [(use, share) for use, lines in zip(plan.uses, shares, strict=True) for share in lines]
    keys = {f"household/{share.beneficiary_id}" for _, share in told} | {share.payee for _, share in told}
    names = names_by_key(keys - {"", "household/0"})
    found = []
    for use, share in told:
        own = names.get(f"household/{share.beneficiary_id}")
        payee = names.get(share.payee, own)
        found.append(
            _Part(
                use.id, share.beneficiary_id, own.group if own else "", own.name if own else "",
                payee.name if payee else use.payee, share.amount_fen, share.withheld_fen, share.months,
                share.of_months, Payment(),
            )
        )  # fmt: skip
    return found


def _steps(plan: Plan) -> tuple[Step, ...]:
    """Say how what was received comes down to what can be used."""
    fund = N_("减：提取公积公益金（%(percent)s%%）") % {"percent": percent(plan.charter_bp)}
    steps = (
        Step(N_("本期已到账收益"), plan.income_fen),
        Step(N_("减：已入账成本费用"), -plan.costs_fen),
        Step(N_("减：弥补亏损"), -plan.loss_fen),
        Step(fund, -plan.fund_fen),
    )
    return (steps[0], *(step for step in steps[1:] if step.amount_fen))


def _use(use: PlanUse, parts: Sequence[_Part]) -> UseRow:
    households = {part.beneficiary for part in parts if part.beneficiary}
    paid = sum(part.payment.paid_fen for part in parts)
    basis = use.split_by.label if use.about is not UseKind.CARRIED else ""
    return UseRow(use.label, use.about.label, basis, len(households), use.amount_fen, paid)


def _shares(plan: Plan, parts: Iterable[_Part]) -> Iterable[ShareRow]:
    """Give one row for each household and use, over all instalments, in the order of the uses."""
    held = defaultdict[tuple[int, int], list[_Part]](list)
    for part in parts:
        if part.beneficiary:
            held[part.use_id, part.beneficiary].append(part)
    for use in plan.uses:
        for key in sorted(key for key in held if key[0] == use.id):
            yield _share(use, held[key])


def _share(use: PlanUse, parts: Sequence[_Part]) -> ShareRow:
    payees = dict.fromkeys(masked_name(part.payee) for part in parts)
    return ShareRow(
        group_name=parts[0].group_name,
        head=masked_name(parts[0].head),
        payee="、".join(payees),
        use=use.label,
        months=f"{sum(part.months for part in parts)}/{sum(part.of_months for part in parts)}",
        amount_fen=sum(part.amount_fen for part in parts),
        withheld_fen=sum(part.withheld_fen for part in parts),
        paid_fen=sum(part.payment.paid_fen for part in parts),
        state="、".join(dict.fromkeys(part.payment.state for part in parts if part.amount_fen)) or NOT_ORDERED,
    )


def _words(plan: Plan) -> tuple[str, ...]:
    state = N_("方案状态：%(state)s；决策摘要 %(digest)s") % {"state": plan.state.label, "digest": plan.digest[:16]}
    right = N_("对方案或发放有异议，可在公示期内向村集体经济组织、村务监督委员会或乡镇提出。")
    official = N_("提取和亏损依据：%(paper)s") % {"paper": plan.official_paper} if plan.official_paper else ""
    return tuple(filter(None, (state, official, right)))
