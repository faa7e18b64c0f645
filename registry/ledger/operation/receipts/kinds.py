"""What can be received, and what each kind means: one table, read top to bottom. Pure.

Domain rules, sections 5 and 6: only what the assets earned is ever distributed. Deposits, money paid in advance,
returned principal, compensation and insurance stand for the asset itself or belong to somebody else.
"""

from dataclasses import dataclass

from registry.ledger.operation.kinds import DueKind
from registry.text import N_, Labelled


class IncomeKind(Labelled):
    """What was received, by its nature."""

    RENT = "RENT", N_("租金、承包费")
    DIVIDEND = "DIVIDEND", N_("分红")
    GUARANTEED_RETURN = "GUARANTEED_RETURN", N_("保底收益")
    PV_SETTLEMENT = "PV_SETTLEMENT", N_("光伏发电结算")
    SELF_RUN = "SELF_RUN", N_("自营盈余")
    OTHER = "OTHER", N_("其他收益")
    IN_KIND = "IN_KIND", N_("实物收益")
    DEPOSIT_TAKEN = "DEPOSIT_TAKEN", N_("收取押金")
    DEPOSIT_RETURNED = "DEPOSIT_RETURNED", N_("退还押金")
    PREPAYMENT = "PREPAYMENT", N_("预收款")
    PREPAYMENT_RETURNED = "PREPAYMENT_RETURNED", N_("退还预收款")
    PRINCIPAL_RETURNED = "PRINCIPAL_RETURNED", N_("收回本金")
    COMPENSATION = "COMPENSATION", N_("征收、毁损补偿")
    INSURANCE = "INSURANCE", N_("保险赔款")


@dataclass(frozen=True)
class KindRule:
    """What a kind means.

    ``is_earned``: it is income and may be distributed once it is both earned and received. ``settles``: which dues it
    pays. ``needs_contract``: it makes no sense without one. ``is_paid_out``: money leaves.
    """

    is_earned: bool = False
    settles: frozenset[DueKind] = frozenset()
    needs_contract: bool = False
    is_paid_out: bool = False


_K, _D = IncomeKind, DueKind
#: What an operator owes for the use of an asset, whatever the contract calls it.
_USE = frozenset({_D.RENT, _D.SHARE, _D.LATE_FEE})
KINDS: dict[IncomeKind, KindRule] = {
    _K.RENT: KindRule(is_earned=True, settles=_USE),
    _K.DIVIDEND: KindRule(is_earned=True, settles=frozenset({_D.DIVIDEND, _D.SHARE})),
    _K.GUARANTEED_RETURN: KindRule(is_earned=True, settles=frozenset({_D.GUARANTEED_RETURN, _D.SHARE})),
    _K.PV_SETTLEMENT: KindRule(is_earned=True, settles=_USE),
    _K.SELF_RUN: KindRule(is_earned=True),
    _K.OTHER: KindRule(is_earned=True),
    _K.IN_KIND: KindRule(is_earned=True, settles=_USE | {_D.DIVIDEND, _D.GUARANTEED_RETURN}),
    _K.DEPOSIT_TAKEN: KindRule(settles=frozenset({_D.DEPOSIT}), needs_contract=True),
    _K.DEPOSIT_RETURNED: KindRule(needs_contract=True, is_paid_out=True),
    _K.PREPAYMENT: KindRule(needs_contract=True),
    _K.PREPAYMENT_RETURNED: KindRule(needs_contract=True, is_paid_out=True),
    _K.PRINCIPAL_RETURNED: KindRule(settles=frozenset({_D.PRINCIPAL})),
    _K.COMPENSATION: KindRule(),
    _K.INSURANCE: KindRule(),
}
#: As what a due is entered if nobody says otherwise.
BY_DUE: dict[DueKind, IncomeKind] = {
    _D.RENT: _K.RENT,
    _D.SHARE: _K.RENT,
    _D.LATE_FEE: _K.RENT,
    _D.GUARANTEED_RETURN: _K.GUARANTEED_RETURN,
    _D.DIVIDEND: _K.DIVIDEND,
    _D.DEPOSIT: _K.DEPOSIT_TAKEN,
    _D.PRINCIPAL: _K.PRINCIPAL_RETURNED,
}
#: The kinds that may ever be distributed.
DISTRIBUTABLE = frozenset(kind for kind, rule in KINDS.items() if rule.is_earned)
#: What other operators' and households' assets earn is noted as these only.
REPORTED = DISTRIBUTABLE
