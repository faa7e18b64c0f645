"""The words of earmarked money. Pure."""

from registry.text import N_, Labelled


class Destination(Labelled):
    """Where the money of a disposal belongs (domain rules, section 7.4)."""

    EARMARKED = "EARMARKED", N_("村集体专户，重新安排使用")
    TREASURY = "TREASURY", N_("应缴财政款（收支两条线）")
    OWN = "OWN", N_("权利人自行管理")


class Purpose(Labelled):
    """For what earmarked money is used again (渝府办发〔2021〕149号第十一章第四节)."""

    NEW_ASSET = "NEW_ASSET", N_("新建、购置资产")
    CUSTODY = "CUSTODY", N_("资产管护、维修")
    CONSOLIDATION = "CONSOLIDATION", N_("巩固拓展脱贫成果项目")
    REVITALISATION = "REVITALISATION", N_("乡村振兴项目")
    PAID_IN = "PAID_IN", N_("上缴财政")


class ReceiptStatus(Labelled):
    """What became of money that somebody entered as come in."""

    WAITING = "WAITING", N_("待第二人核对")
    TAKEN = "TAKEN", N_("已到账")
    REFUSED = "REFUSED", N_("未同意")


class UseStatus(Labelled):
    """How far a use has come."""

    WAITING = "WAITING", N_("待第二人确认")
    CONFIRMED = "CONFIRMED", N_("已使用")
    REFUSED = "REFUSED", N_("未同意")
    UNDOING = "UNDOING", N_("申请撤销，待第二人确认")
    UNDONE = "UNDONE", N_("已撤销")


class AgeClass(Labelled):
    """How long money has waited to be used again."""

    FRESH = "FRESH", N_("90 天以内")
    YEAR = "YEAR", N_("90 天至一年")
    OVER = "OVER", N_("一年以上")


class Standing(Labelled):
    """What a list of accounts is narrowed to."""

    BALANCE = "BALANCE", N_("有结余")
    OVERDUE = "OVERDUE", N_("超期未用")
    UNPAID = "UNPAID", N_("价款没有到齐")
    SETTLED = "SETTLED", N_("已用完")


#: Money whose use township and county watch; an owner that keeps its own books sees to its own.
WATCHED = frozenset({Destination.EARMARKED, Destination.TREASURY})
#: A confirmed use counts until its undoing is confirmed.
COUNTED = frozenset({UseStatus.CONFIRMED, UseStatus.UNDOING})
