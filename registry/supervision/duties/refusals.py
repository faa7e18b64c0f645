"""Refusals of the duty list."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class NameMissing(Invalid):
    """Whoever answers for a duty is a person with a name."""

    message = N_("请选本单位的人员，或者填写姓名。")


class PostMissing(Invalid):
    """A person without an account is known by name and post."""

    message = N_("不是本单位账号的，请填写职务。")


class NotOfTheUnit(Invalid):
    """Only who holds a role in the unit is named by account."""

    message = N_("这个账号在本单位没有岗位，请另选，或者填写姓名和职务。")


class DayOdd(Invalid):
    """A person takes a duty over about now."""

    message = N_("起始日期不能早于 %(first)s，也不能晚于 %(last)s。")


class BeforeTheLast(Invalid):
    """Who follows begins after who came before."""

    message = N_("现任责任人从 %(day)s 起负责，新的责任人要从这天以后起。")


class AlreadyWaiting(Conflict):
    """One change of a duty is confirmed at a time."""

    message = N_("这项责任已经有一条登记等着确认，请先确认或撤回。")


class SamePerson(Conflict):
    """A change names somebody else."""

    message = N_("这个人已经是这项责任的责任人，不用再登记。")


class NotWaiting(Conflict):
    """Only what waits is confirmed, sent back or withdrawn."""

    message = N_("这条登记现在是“%(status)s”，不能再办。")


class OwnEntry(Forbidden):
    """Whoever entered a person does not confirm the entry."""

    message = N_("这条登记是您自己录入的，要由另一个人确认。")


class OpinionMissing(Invalid):
    """Whoever sends back says why."""

    message = N_("退回的请写明原因。")
