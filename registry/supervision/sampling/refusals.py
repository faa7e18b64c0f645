"""Refusals of samples."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class SizeOdd(Invalid):
    """A sample has a size."""

    message = N_("抽取数量要在 1 到 %(most)s 之间。")


class PopulationEmpty(Invalid):
    """Nothing is drawn from nothing."""

    message = N_("这个范围内没有可以抽的%(what)s，请换一个范围。")


class PopulationTooLarge(Invalid):
    """A population is read whole."""

    message = N_("这个范围内有 %(count)s 项，一次最多从 %(most)s 项里抽，请选小一点的单位。")


class MethodNotFit(Invalid):
    """Risk is known of assets and contracts."""

    message = N_("%(what)s不能按风险抽，请选随机或按金额。")


class YearOdd(Invalid):
    """Vouchers and disposals are drawn from a year."""

    message = N_("请填写年度，不能晚于今年。")


class PurposeMissing(Invalid):
    """A sample has a purpose."""

    message = N_("请写明抽查目的。")


class SeedOdd(Invalid):
    """A seed is a few plain characters that anybody can write down."""

    message = N_("抽样种子只用字母、数字和 - _ .，最多 64 个字。")


class ResultKnown(Conflict):
    """A result is entered once."""

    message = N_("这一项已经登记了结果：%(result)s，不能再改。")


class NoteMissing(Invalid):
    """What was found wrong is described."""

    message = N_("有问题的要写明发现了什么问题。")


class FindingNeeded(Invalid):
    """What is wrong becomes a finding with its basis, demand and last day."""

    message = N_("有问题的要写明依据、整改要求和期限，转为问题交办整改。")


class NotYourSample(Forbidden):
    """A sample is drawn where one supervises."""

    message = N_("这个单位不在您的抽查范围内。")
