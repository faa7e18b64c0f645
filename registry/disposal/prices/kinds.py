"""How a price came about and what follows from it against the appraised value. Pure."""

from registry.text import N_, Labelled


class TradeWay(Labelled):
    """How a price was found."""

    PUBLIC_AUCTION = "PUBLIC_AUCTION", N_("公开拍卖")
    PUBLIC_TENDER = "PUBLIC_TENDER", N_("公开招标")
    LISTED = "LISTED", N_("挂牌交易")
    BIDDING = "BIDDING", N_("网络竞价")
    NEGOTIATED = "NEGOTIATED", N_("协议转让")


class PriceVerdict(Labelled):
    """What follows from a price."""

    ACCEPTED = "ACCEPTED", N_("不低于评估价，可以成交")
    WAITING = "WAITING", N_("低于评估价，等重新审批")
    RENEWED = "RENEWED", N_("低于评估价，已重新批准")
    SUSPENDED = "SUSPENDED", N_("过低，已中止")
    REFUSED = "REFUSED", N_("低于评估价，重新审批未同意")


#: Only such a price is carried out.
CARRIES = frozenset({PriceVerdict.ACCEPTED, PriceVerdict.RENEWED})
