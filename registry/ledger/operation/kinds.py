"""The words that contracts, equity and dues share. Pure."""

from registry.text import N_, Labelled


class RentKind(Labelled):
    """How what an operator pays is fixed."""

    FIXED = "FIXED", N_("固定金额")
    SHARE = "SHARE", N_("按效益分成")
    GUARANTEED = "GUARANTEED", N_("保底加分成")


class Frequency(Labelled):
    """How often is paid."""

    MONTHLY = "MONTHLY", N_("按月")
    QUARTERLY = "QUARTERLY", N_("按季")
    HALF_YEARLY = "HALF_YEARLY", N_("按半年")
    YEARLY = "YEARLY", N_("按年")
    ONCE = "ONCE", N_("一次付清")


#: Months of a period; whoever pays once pays the whole term.
PERIOD_MONTHS: dict[Frequency, int] = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}


class DueKind(Labelled):
    """What is owed."""

    RENT = "RENT", N_("租金、承包费")
    SHARE = "SHARE", N_("效益分成")
    GUARANTEED_RETURN = "GUARANTEED_RETURN", N_("保底收益")
    DIVIDEND = "DIVIDEND", N_("股份分红")
    DEPOSIT = "DEPOSIT", N_("押金、保证金")
    PRINCIPAL = "PRINCIPAL", N_("返还本金")
    LATE_FEE = "LATE_FEE", N_("违约金")


#: What is income; a deposit is owed back, principal was there before.
EARNED = frozenset(DueKind) - {DueKind.DEPOSIT, DueKind.PRINCIPAL}
#: What is known only when the operator has stated its result.
PERFORMANCE = frozenset({DueKind.SHARE})


class DueStatus(Labelled):
    """How far a due has been met."""

    UNSTATED = "UNSTATED", N_("待核定金额")
    OPEN = "OPEN", N_("未收")
    PART = "PART", N_("部分收到")
    SETTLED = "SETTLED", N_("已收齐")
    WRITTEN_OFF = "WRITTEN_OFF", N_("已核销")
    VOID = "VOID", N_("不再应收")


#: Dues on which money may still come.
OUTSTANDING = frozenset({DueStatus.OPEN, DueStatus.PART})
