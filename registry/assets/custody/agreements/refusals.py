"""Why an agreement is refused: each broken rule by its name. Pure."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class NothingChosen(Invalid):
    """An agreement is about assets."""

    message = N_("请至少选一项资产。")


class TooManyChosen(Invalid):
    """What is signed is read first."""

    message = N_("一份协议最多 %(most)s 项资产，请分几份签。")


class NotKept(Invalid):
    """Household assets are the household's; what is not confirmed is not handed to anybody."""

    message = N_("“%(name)s”不能签管护协议：到户类资产由农户自己管，未确认的资产先确认登记。")


class OtherUnit(Invalid):
    """An agreement is made by one unit about its own assets."""

    message = N_("“%(name)s”不是本单位的资产，请分单位签。")


class AlreadyOffered(Conflict):
    """One offer at a time."""

    message = N_("“%(name)s”已有一份协议在等管护人接受，办完再签。")


class TermBackwards(Invalid):
    """A term ends after it begins."""

    message = N_("到期日期要在起始日期之后。")


class PostTermTooLong(Invalid):
    """A person in a public post is engaged for a short term."""

    message = N_("公益性岗位的管护协议最长 %(most)s 个月，请把到期日期改到 %(last)s 或以前。")


class PostMissing(Invalid):
    """Whoever is engaged as a person in a public post holds one."""

    message = N_("请选在岗的公益性岗位人员；还没聘用的先在公益性岗位里提出。")


class TooSeldom(Invalid):
    """An agreement may ask for more patrols than the policy, never for fewer."""

    message = N_("这些资产至少每 %(most)s 个月巡查一次，协议不能更少。")


class PayUnsourced(Invalid):
    """Pay comes from somewhere."""

    message = N_("有报酬的要写明报酬从哪里出。")


class NotYetBegun(Conflict):
    """Care goes over with the acceptance, so nobody accepts before the first day."""

    message = N_("这份协议从 %(day)s 起，到那天再接受；在那以前仍由原管护人管。")


class NotOffered(Conflict):
    """The offer was answered or withdrawn already."""

    message = N_("这份协议已经答复过或撤回了。")


class NotRunning(Conflict):
    """Only an accepted agreement ends."""

    message = N_("这份协议不在履行。")


class NotTheCustodian(Forbidden):
    """Only the person who shall look after it accepts on screen."""

    message = N_("只有协议里的管护人本人才能在系统里接受或谢绝。")


class OwnPaper(Forbidden):
    """Nobody certifies their own signature: with an account one signs on screen."""

    message = N_("您就是管护人，请直接在系统里接受，不用上传纸质签字。")


class SignatureMissing(Invalid):
    """What was signed on paper is shown."""

    message = N_("请上传签字的协议照片或扫描件。")


class SignedAtOddDay(Invalid):
    """A signature stands between the offer's first day and today."""

    message = N_("签字日期要在协议起始日期（%(day)s）以后、今天以前。")


class ReasonMissing(Invalid):
    """Who declines or leaves says why."""

    message = N_("请写明原因。")


class MeanwhileMissing(Invalid):
    """No asset is left alone when a custodian goes."""

    message = N_("请写明在新管护人接手前由谁代管。")


class MeanwhileSame(Invalid):
    """Who leaves does not stay on meanwhile."""

    message = N_("代管的人不能是正在交还的管护人。")


class ConditionMissing(Invalid):
    """Every asset handed back is looked at."""

    message = N_("请逐项写明交还时的状况。")
