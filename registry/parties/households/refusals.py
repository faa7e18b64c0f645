"""How the registration of a household says no. Pure."""

from registry.errors import Conflict, Invalid
from registry.text import N_


class PersonNameMissing(Invalid):
    """Everybody has a name."""

    message = N_("请填写姓名，最多 40 个字。")


class BadNumber(Invalid):
    """An identity number fails its check character."""

    message = N_("%(name)s 的身份证号不对，请对照证件。")


class SameNumber(Invalid):
    """Two persons of a household cannot have one number."""

    message = N_("%(name)s 的身份证号与同户另一人相同。")


class OneHead(Invalid):
    """A household has one head."""

    message = N_("一户要有且只有一个户主。")


class HeadUnidentified(Invalid):
    """The head's number is what a household is found again by."""

    message = N_("请填写户主的身份证号。")


class TooManyPersons(Invalid):
    """A household is not a village."""

    message = N_("一户最多 %(most)s 人，请核对。")


class BadAccount(Invalid):
    """An account number is digits."""

    message = N_("银行账号应为 8 到 32 位数字。")


class BankUnnamed(Invalid):
    """Money is sent to an account at a bank."""

    message = N_("填了银行账号，请一并填写开户行。")


class BadPhone(Invalid):
    """A telephone number is digits."""

    message = N_("电话应为 7 到 15 位数字。")


class SharesOfNone(Invalid):
    """Member shares are a member's."""

    message = N_("%(name)s 不是集体成员，不能持成员股。")


class BadShares(Invalid):
    """Shares are a count, to a hundredth."""

    message = N_("股份数应不小于 0，最多两位小数。")


class KnownHere(Invalid):
    """The person stands in another household of the same village."""

    message = N_("%(name)s 已登记在本村 %(group)s%(head)s 户。")


class KnownElsewhere(Invalid):
    """The person stands in a household elsewhere in the county; where, is not told."""

    message = N_("%(name)s 的身份证号已在本区县其他村登记，请联系乡镇核实。")


class NotWaiting(Conflict):
    """Only what waits for its second person is confirmed or sent back."""

    message = N_("这一户已经确认或退回过了。")


class OwnEntry(Conflict):
    """Who entered a household does not confirm it."""

    status = 403
    message = N_("本人登记的农户要由另一人确认。")


class SameAccount(Invalid):
    """A change changes something."""

    message = N_("这就是现在的账号和开户行，没有变化。")


class AccountWaits(Conflict):
    """A household waits for one change of its account at a time."""

    message = N_("这一户已有一项换账号在等第二人确认，请先确认或撤回那一项。")


class AccountAnswered(Conflict):
    """A change is answered once."""

    message = N_("这项换账号已经办过了。")


class OwnAccountChange(Conflict):
    """Nobody pays into an account that one person changed alone."""

    status = 403
    message = N_("本人申请的换账号要由另一人确认。")


class OthersAccountChange(Conflict):
    """A change is taken back by whoever asked for it."""

    status = 403
    message = N_("只有申请的人可以撤回，其他人请写明原因不予同意。")


class WhyRefused(Invalid):
    """Who refuses or sends back says why."""

    message = N_("请写明原因。")


class NotRegistered(Conflict):
    """A registration that was sent back is entered anew, account and all."""

    message = N_("这一户的登记已退回，请在重新登记时一并填写账号。")
