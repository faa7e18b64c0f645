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


class UseStatus(Labelled):
    """How far a use has come."""

    WAITING = "WAITING", N_("待第二人确认")
    CONFIRMED = "CONFIRMED", N_("已使用")
    REFUSED = "REFUSED", N_("未同意")
    UNDOING = "UNDOING", N_("申请撤销，待第二人确认")
    UNDONE = "UNDONE", N_("已撤销")
