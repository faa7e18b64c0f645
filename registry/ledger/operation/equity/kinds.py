"""The words of equity. Pure."""

from registry.text import N_, Labelled


class ReturnKind(Labelled):
    """How what equity pays is fixed."""

    FIXED = "FIXED", N_("固定分红")
    GUARANTEED = "GUARANTEED", N_("保底分红")
    FLOATING = "FLOATING", N_("按效益分红")


class EquityStatus(Labelled):
    """How far equity has come."""

    ENTERED = "ENTERED", N_("待第二人确认")
    HELD = "HELD", N_("持有中")
    EXITED = "EXITED", N_("已退出")
    VOID = "VOID", N_("已作废")


class ContributionKind(Labelled):
    """With what equity was acquired."""

    MONEY = "MONEY", N_("货币资金")
    GRANT = "GRANT", N_("财政补助资金股权化")
    IN_KIND = "IN_KIND", N_("实物作价入股")
