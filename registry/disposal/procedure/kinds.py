"""The words of what is recorded without a way through the levels. Pure."""

from registry.text import N_, Labelled


class HouseholdAct(Labelled):
    """What a household did with what is its own."""

    SOLD = "SOLD", N_("出售")
    DIED = "DIED", N_("死亡")
    USED_UP = "USED_UP", N_("自用、消耗")
    GIVEN = "GIVEN", N_("赠与他人")
    BROKEN = "BROKEN", N_("损坏、报废")
    LOST = "LOST", N_("遗失、被盗")
    GIVEN_UP = "GIVEN_UP", N_("自愿放弃")
    OTHER = "OTHER", N_("其他")


class NoteStatus(Labelled):
    """How far a record has come."""

    WAITING = "WAITING", N_("待第二人确认")
    CONFIRMED = "CONFIRMED", N_("已确认")
    REFUSED = "REFUSED", N_("未同意")
