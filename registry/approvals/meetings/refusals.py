"""Why a meeting is not taken as it was told: one class per broken rule. Pure."""

from registry.errors import Conflict, Invalid
from registry.text import N_


class KindNotOfUnit(Invalid):
    """A unit of this level holds no such meeting."""

    message = N_("本单位不召开这种会议。")


class KindMayNotDecide(Invalid):
    """The law withholds this matter from this kind of meeting."""

    message = N_("这种会议不能决定“%(matter)s”。")


class LawNotInForce(Invalid):
    """The meeting was held before its law came into force."""

    message = N_("农村集体经济组织法自 %(since)s 起施行，此前的会议请作为历史会议补录。")


class InFuture(Invalid):
    """The day has not come yet."""

    message = N_("日期在今天之后，会开完了再登记。")


class NoticeTooShort(Invalid):
    """The meeting was called, or its papers laid open, too late."""

    message = N_("通知不够提前：规定提前 %(days)s 天，%(start)s 通知，最早 %(earliest)s 才能开会。")


class NotNotified(Invalid):
    """Nobody said when the meeting was called."""

    message = N_("请填写通知日期，通知不能晚于会议。")


class PapersOpenedLate(NoticeTooShort):
    """The plan or the accounts could not be read long enough before the meeting."""

    message = N_(
        "方案、账目要在会议 %(days)s 天前供成员查阅（农村集体经济组织法第四十六条），最早 %(earliest)s 才能开会。"
    )


class PapersNotOpened(Invalid):
    """Nobody said from when the plan or the accounts could be read."""

    message = N_("请填写方案、账目从哪天起供成员查阅（农村集体经济组织法第四十六条）。")


class NotStudiedFirst(Invalid):
    """The party organisation did not study an important matter before the members' assembly."""

    message = N_("“%(matter)s”是重要事项，提交成员大会前应先经党组织研究讨论，请填写不晚于会议的研究日期。")


class AuthorityMissing(Invalid):
    """A body of representatives acts only by the charter or an authorisation."""

    message = N_("请写明依据：%(what)s。")


class NobodyDue(Invalid):
    """Nobody was due, or nobody came."""

    message = N_("应到人数和到会人数都要大于 0。")


class MorePresentThanDue(Invalid):
    """More came than were due."""

    message = N_("到会（含委托）%(attending)s 人，多于应到 %(due)s 人。")


class ProxiesNotAllowed(Invalid):
    """This kind of meeting knows no proxies."""

    message = N_("这种会议不能委托他人参加；只有成员大会可以书面委托同一户的成员。")


class HouseholdsDoNotFit(Invalid):
    """More households represented than there are, or than people came."""

    message = N_("到会 %(present)s 户：不能多于应到的 %(due)s 户，也不能多于到会的 %(people)s 人。")


class BodyTooSmall(Invalid):
    """The assembly of representatives is smaller than the law demands."""

    message = N_("成员代表应当多于 %(over)s 人，现为 %(due)s 人（农村集体经济组织法第二十八条）。")


class TooFewRepresentatives(Invalid):
    """Too few of the body are villagers' representatives."""

    message = N_("村民代表应当占组成人员的五分之四以上：%(due)s 人中至少 %(needed)s 人，且不多于组成人员。")


class TooFewWomen(Invalid):
    """Too few of the body are women."""

    message = N_("组成人员 %(due)s 人中至少要有 %(needed)s 名妇女代表，且不多于代表人数。")


class VotesDoNotAddUp(Invalid):
    """Votes for, against and abstained are not those who could vote."""

    message = N_("第 %(number)s 项：同意、反对、弃权共 %(cast)s 票，到会（含委托）%(attending)s 人，两者要相等。")


class NothingDecided(Invalid):
    """A meeting without an item."""

    message = N_("至少要有一项议题，写明内容和票数。")


class SameCaseTwice(Invalid):
    """One meeting decides a case once."""

    message = N_("同一次会议对同一件事只作一项决议。")


class StageMissing(Invalid):
    """One of the four discussions was not told."""

    message = N_("四议两公开要依次填写提议、商议、审议三个环节，并选定由哪种会议决议。")


class StagesOutOfOrder(Invalid):
    """A later discussion was held before an earlier one."""

    message = N_("四个环节的日期要先后相接：提议、商议、审议、决议。")


class StageNotPassed(Invalid):
    """A discussion did not have its quorum or its majority."""

    message = N_("这个环节没有通过：应到 %(due)s 人，到会至少 %(people)s 人、同意至少 %(votes)s 人。")


class LowerBody(Conflict):
    """A resolution is altered by the same body or a higher one."""

    message = N_("这项决议不能由这种会议变更，须由原会议或者上一级的会议重新讨论。")


class NotANewMeeting(Conflict):
    """A resolution is altered by a later meeting, and once."""

    message = N_("决议只能由以后的会议重新讨论变更；这项决议已被变更，或者新会议不晚于原会议。")


class NotPublishable(Conflict):
    """The publication is not due now: done already, or an earlier one is missing."""

    message = N_("先公开决议，再公开实施结果，各登记一次，日期依次不早于会议。")


class NotHistory(Invalid):
    """Only what was held before the unit went live is entered as history."""

    message = N_("历史会议只补录本单位启用日期以前开的会，以后的会议按程序登记。")


class NotACount(Invalid):
    """The text is not a number of people, households or votes."""

    message = N_("“%(text)s”不是人数或票数，请填整数。")


class NoPapers(Invalid):
    """Minutes are mandatory (农村集体经济组织法 art. 33)."""

    message = N_("请附上会议记录或现场照片，至少一件。")
