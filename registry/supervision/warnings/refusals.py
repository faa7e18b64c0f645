"""Refusals of warnings and of what is handed to units."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class WarningOver(Conflict):
    """What is mended needs nobody."""

    message = N_("这条预警已经消除，不用交办。")


class AlreadyHanded(Conflict):
    """A warning lies with one unit at a time."""

    message = N_("这条预警已经交办给%(unit)s，办结以后才能再交办。")


class NotBelow(Forbidden):
    """Only a level above hands on."""

    message = N_("只能交办给下级单位。")


class NotOnTheWay(Invalid):
    """A warning is handed to its unit, or to a level between."""

    message = N_("只能交办给出现预警的单位或它的上级单位。")


class SaidNothing(Invalid):
    """Words are needed."""

    message = N_("请写明内容，最多 1000 个字。")


class DueOdd(Invalid):
    """A time limit lies ahead."""

    message = N_("办理期限要在今天以后。")


class NotAwaiting(Conflict):
    """It was answered already."""

    message = N_("已经回复，等交办单位核实。")


class NotAnswered(Conflict):
    """There is nothing to judge yet."""

    message = N_("承办单位还没有回复。")


class OverAlready(Conflict):
    """After its end nothing is said of it."""

    message = N_("这件交办已经办结。")


class NotThisUnit(Forbidden):
    """The unit that has it answers."""

    message = N_("只有承办单位的经办人、负责人可以回复。")


class NotTheDesk(Forbidden):
    """The desk that handed it on judges the answer."""

    message = N_("只有交办单位可以核实、撤回。")


class NotYourAnswer(Forbidden):
    """Whoever answered proves it, until the desk has said something to it."""

    message = N_("佐证材料由回复的人补充，交办单位核实以后不再补充。")


class OwnAnswer(Forbidden):
    """Nobody judges what they answered themselves, whatever seats they hold."""

    message = N_("办理情况是您本人回复的，请交办单位的其他人核实。")


class SaidAnew(Conflict):
    """A verdict is of the answer that was seen; something else has been said since."""

    message = N_("您打开以后，这件交办又有了新的办理情况。请看过以后再核实。")


class OpinionMissing(Invalid):
    """Who sends back says why."""

    message = N_("退回要写明还缺什么。")


class CauseStands(Invalid):
    """Who takes an answer although nothing is mended says why."""

    message = N_("预警的原因还没有消除，办结要写明意见：为什么可以办结。")
