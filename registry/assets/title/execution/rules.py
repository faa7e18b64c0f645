"""When title and hand-over are due and late, and what carrying out asks for. Pure."""

from datetime import date, timedelta

from registry.assets.register.registration import WHOLE_BP
from registry.errors import Conflict, Invalid
from registry.kinds import TitleDeed
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_

#: Cases that end with certificates.
CERTIFIED = frozenset({TitleDeed.FIRST_TITLE, TitleDeed.ERROR, TitleDeed.SPLIT, TitleDeed.MERGER})


class NotAgreedYet(Conflict):
    """Nothing is carried out before it was agreed to."""

    message = N_("这件事项是“%(status)s”，还不能办理%(what)s。")


class NothingToCertify(Conflict):
    """Certificates are for assets whose title is settled."""

    message = N_("没有可以发证的资产：都已发证，或者权属有争议，争议了结后再办。")


class CalledIn(Conflict):
    """What the level above has called in waits until it is released."""

    message = N_("上级正在调阅这件事项，放行后再办。")


class SheetMissing(Invalid):
    """A hand-over is done when the signed sheet is there."""

    message = N_("请上传双方签字盖章的移交清单。")


class WrongDay(Invalid):
    """A certificate and a hand-over are dated between agreement and today."""

    message = N_("日期要在同意之日 %(day)s 之后、今天以前。")


def check_day(day: date, agreed_on: date, *, on: date) -> None:
    """Raise unless a day lies between agreement and today."""
    if not agreed_on <= day <= on:
        raise WrongDay(field="day", day=agreed_on.isoformat())


def due_on(accepted_on: date, policy: Policy) -> date:
    """Return until when an asset that was accepted on a day is titled and handed over."""
    return policy.due_on(accepted_on, Parameter.TRANSFER_DAYS)


def accepted_before(on: date, policy: Policy) -> date:
    """Return the last day of acceptance whose time limit is spent, on a day, as far as the policy reminds of it."""
    days = policy.number(Parameter.TRANSFER_DAYS) * policy.number(Parameter.ALERT_PERCENT)
    return on - timedelta(days=-(-days // WHOLE_BP))
