"""What a price must say, and what follows from it against the appraised value. Pure.

Domain rules, section 7.4: below the appraised value a disposal goes back to approval, far below it is suspended;
农村集体经济组织法第三十五条: nothing is passed on at a low price.
"""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.registration import WHOLE_BP
from registry.disposal.kinds import DisposalStatus, Meaning, Pricing
from registry.disposal.prices.kinds import PriceVerdict, TradeWay
from registry.disposal.refusals import NotCleared
from registry.errors import Conflict, Invalid, RegistryError, refuse_all
from registry.kinds import OwnerKind
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_

#: Cases of which a price may be told: approved ones, and suspended ones that were opened anew.
_PRICED = frozenset({DisposalStatus.APPROVED, DisposalStatus.SUSPENDED})


class NothingOpened(Conflict):
    """Only what is traded openly has a result."""

    message = N_("这种处置不公开交易，不用登记成交结果。")


class PriceMissing(Invalid):
    """A result has a price."""

    message = N_("请填写成交价。")


class BuyerMissing(Invalid):
    """A result names who bought."""

    message = N_("请填写受让方。")


class RecordMissing(Invalid):
    """A public trade leaves a record (公共资源交易)."""

    message = N_("公开交易要填交易平台和交易登记号。")


class OpenedAtOddDay(Invalid):
    """A price is found after every level agreed, and not tomorrow."""

    message = N_("成交日期要在批准日期 %(day)s 以后、今天以前。")


class PriceWaits(Conflict):
    """One price at a time is decided on again."""

    message = N_("上一次成交价正在重新审批，等结果出来再登记。")


class PriceStands(Conflict):
    """An accepted price is not replaced by another (成交后不得改价)."""

    message = N_("成交价 %(price)s 元已经确定，不能改。")


class MustBePublic(Invalid):
    """What belongs to everybody is offered to everybody (重庆市农村集体资产管理条例第十五条)."""

    message = N_("批准的方式是公开交易，不能改为协议转让。")


@dataclass(frozen=True)
class Result:
    """The result of a trade. Money is fen."""

    way: TradeWay
    price_fen: int
    opened_on: date
    buyer_kind: OwnerKind
    buyer_name: str
    buyer_code: str = ""
    platform: str = ""
    record_no: str = ""
    bidders: int | None = None
    note: str = ""


def check_result(result: Result, *, approved_on: date | None, on: date, public: bool) -> None:
    """Raise unless a result says everything; all that is wrong is told at once."""
    refuse_all(_wrong(result, approved_on, on, public=public))


def _wrong(result: Result, approved_on: date | None, on: date, *, public: bool) -> list[RegistryError]:
    found: list[RegistryError] = []
    if result.price_fen <= 0:
        found.append(PriceMissing(field="price"))
    if not result.buyer_name.strip():
        found.append(BuyerMissing(field="buyer_name"))
    if approved_on is None or not approved_on <= result.opened_on <= on:
        found.append(OpenedAtOddDay(field="opened_on", day=approved_on.isoformat() if approved_on else "—"))
    if result.way is TradeWay.NEGOTIATED:
        if public:
            found.append(MustBePublic(field="way"))
    elif not (result.platform.strip() and result.record_no.strip()):
        found.append(RecordMissing(field="record_no"))
    return found


def check_priced(meaning: Meaning, status: DisposalStatus) -> None:
    """Raise unless a result may be told of a case now. Raises NothingOpened, NotCleared."""
    if meaning.pricing is not Pricing.OPENED:
        raise NothingOpened
    if status not in _PRICED:
        raise NotCleared(status=status.label)


def check_next(verdict: PriceVerdict | None, price: str) -> None:
    """Raise unless another result may follow the last one. Raises PriceWaits, PriceStands."""
    if verdict is PriceVerdict.WAITING:
        raise PriceWaits
    if verdict in {PriceVerdict.ACCEPTED, PriceVerdict.RENEWED}:
        raise PriceStands(price=price)


def bounds(policy: Policy) -> tuple[int, int]:
    """Return from which share of its value on a price is accepted, and below which it is suspended (basis points)."""
    accept, suspend = policy.number(Parameter.MIN_PRICE_PERCENT), policy.number(Parameter.SUSPEND_PRICE_PERCENT)
    return accept, min(accept, suspend)


def verdict_of(price_fen: int, base_fen: int, accept_bp: int, suspend_bp: int) -> PriceVerdict:
    """Return what follows from a price, exact to the fen: no division, no rounding."""
    if price_fen * WHOLE_BP >= base_fen * accept_bp:
        return PriceVerdict.ACCEPTED
    return PriceVerdict.WAITING if price_fen * WHOLE_BP >= base_fen * suspend_bp else PriceVerdict.SUSPENDED
