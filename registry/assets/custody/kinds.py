"""The words that agreements, posts and repairs share. Pure."""

from registry.kinds import OwnerKind
from registry.text import N_, Labelled


class CustodianKind(Labelled):
    """In which form an asset is looked after (Chapter 11, section 2: several forms and levels)."""

    OWNER = "OWNER", N_("产权单位自管")
    VILLAGE = "VILLAGE", N_("村级管护员")
    PUBLIC_POST = "PUBLIC_POST", N_("公益性岗位人员")
    COMPANY = "COMPANY", N_("专业公司、物业")
    COOPERATIVE = "COOPERATIVE", N_("合作社、用水协会")
    OPERATOR = "OPERATOR", N_("经营主体代管")
    SECTOR = "SECTOR", N_("行业部门")
    HOUSEHOLD = "HOUSEHOLD", N_("农户")


#: Custodians that are registered bodies: with a credit code they become a holder of the register.
BODIES: dict[CustodianKind, OwnerKind] = {
    CustodianKind.COMPANY: OwnerKind.ENTERPRISE,
    CustodianKind.COOPERATIVE: OwnerKind.COOPERATIVE,
    CustodianKind.OPERATOR: OwnerKind.ENTERPRISE,
    CustodianKind.SECTOR: OwnerKind.STATE,
}


class PaySource(Labelled):
    """Out of what custody is paid."""

    OPERATING_INCOME = "OPERATING_INCOME", N_("集体经营收入")
    WELFARE_FUND = "WELFARE_FUND", N_("公积公益金")
    FISCAL = "FISCAL", N_("财政资金")
    POST_SUBSIDY = "POST_SUBSIDY", N_("公益性岗位补助")
    OTHER = "OTHER", N_("其他")


class PayPeriod(Labelled):
    """For how long one amount of pay is."""

    MONTH = "MONTH", N_("每月")
    YEAR = "YEAR", N_("每年")
    TERM = "TERM", N_("整个协议期")
