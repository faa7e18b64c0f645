"""How a change of the roll is refused. Pure."""

from registry.errors import Conflict, Invalid
from registry.text import N_


class ReasonUnfit(Invalid):
    """The reason does not fit what the household is."""

    message = N_("%(head)s 户：“%(reason)s”与这一户现在的情况不符，请核对。")


class ClassMissing(Invalid):
    """A change says what the household becomes."""

    message = N_("%(head)s 户：“%(reason)s”要选调整后的类别。")


class PersonMissing(Invalid):
    """The reason is about one person."""

    message = N_("%(head)s 户：“%(reason)s”要选是哪一个人。")


class PersonUnasked(Invalid):
    """The reason is about the whole household."""

    message = N_("%(head)s 户：“%(reason)s”是全户的事，不要选人。")


class NotPresent(Invalid):
    """Only who lives in the household can leave it."""

    message = N_("%(head)s 户：所选的人不在这一户。")


class TargetMissing(Invalid):
    """A merger and a transfer name the other side."""

    message = N_("%(head)s 户：“%(reason)s”要选另一方，而且不能是自己。")


class PeopleMissing(Invalid):
    """A split takes some of the people along, not all."""

    message = N_("%(head)s 户：分户要选分出去的人，原户至少留一人。")


class NewcomerMissing(Invalid):
    """Somebody new has a name."""

    message = N_("%(head)s 户：新增人口要填姓名和与户主关系。")


class EventAhead(Invalid):
    """What changes a roll has happened."""

    message = N_("%(head)s 户：发生日期不能晚于今天，也不能早于立户日期。")


class SharesTooFew(Invalid):
    """Nobody passes on more shares than they hold."""

    message = N_("%(head)s 户：转出的股份超过现有的 %(held)s 股。")


class NoLines(Invalid):
    """A sheet of adjustments has lines."""

    message = N_("请至少填一户，最多 %(most)s 户。")


class HouseholdBusy(Invalid):
    """Another request about the household is running."""

    message = N_("%(head)s 户已有一项调整在审批中，请等它办完。")


class NotInRegister(Invalid):
    """Only a confirmed household that still stands is changed."""

    message = N_("%(head)s 户还没有确认，或已经销户，不能申请调整。")


class OneStanding(Invalid):
    """A household stands in one class."""

    message = N_("请选这一户的类别：脱贫户、监测对象或其他农户。")


class RecognisedAhead(Invalid):
    """Nobody is recognised in days to come."""

    message = N_("认定日期不能晚于今天。")


class BasisMissing(Invalid):
    """A class has a paper."""

    message = N_("请写明认定依据（文件、会议或系统名册），最多 200 个字。")


class OneVillage(Invalid):
    """Whole numbers of a county in one file are a register copied."""

    message = N_("完整号码一次只能导出一个村的。")


class PurposeMissing(Invalid):
    """Who takes whole numbers out says what for."""

    message = N_("请写明导出事由。")


class EnteredAgain(Conflict):
    """What was sent back is entered again once."""

    message = N_("这一户不在已退回状态，或者已经重新登记过了。")


class HouseholdTwice(Invalid):
    """One request changes a household in one way."""

    message = N_("%(head)s 户在表里出现了两次，一次申请每户只填一行。")


class NobodyPicked(Invalid):
    """Something is done to those who are ticked."""

    message = N_("请至少勾选一户。")


class ReviewedAlready(Conflict):
    """A household is looked at once a year."""

    message = N_("%(head)s 户今年已经复核过，或者不在册。")
