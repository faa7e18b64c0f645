"""How the result of a disposal reads on the board: what went to whom at which price; persons who bought are masked."""

from registry.approvals.notices.tables import Column, NoticeTable
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.queries import list_lines
from registry.disposal.prices.kinds import CARRIES, PriceVerdict
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.queries import find_price
from registry.kinds import OwnerKind
from registry.money import format_yuan
from registry.text import N_

BUYER = N_("受让方")
#: Buyers who are persons: their names are masked wherever the public reads them.
_PERSONS = frozenset({OwnerKind.HOUSEHOLD, OwnerKind.OTHER})


def _price(case: DisposalCase) -> DisposalPrice | None:
    row = find_price(case.id)
    return row if row is not None and PriceVerdict(row.verdict) in CARRIES else None


def _recipient(case: DisposalCase) -> tuple[str, str]:
    """Return name and kind of whoever it passed to."""
    price = _price(case)
    return (price.buyer_name, price.buyer_kind) if price else (case.recipient_name, case.recipient_kind)


def names_to_mask(case: DisposalCase) -> str:
    """Return the heading of the column in which a person stands; empty if none does."""
    name, kind = _recipient(case)
    return BUYER if name and kind in _PERSONS else ""


def result_body(case: DisposalCase) -> str:
    """Return how the notice of a result begins."""
    price, (name, kind) = _price(case), _recipient(case)
    said = [N_("经各级批准，下列资产已按“%(kind)s”处置完毕，从 %(day)s 起生效，现将结果公示。")
            % {"kind": case.about.label, "day": case.effective_on.isoformat()}]  # fmt: skip
    if price:
        said.append(_opened(price))
    elif name and kind not in _PERSONS:
        said.append(N_("接收方：%(name)s。") % {"name": name})
    if case.use_of_proceeds:
        said.append(N_("处置收入拟用于：%(use)s。") % {"use": case.use_of_proceeds.rstrip("。")})
    said.append(N_("有异议的，请在公示期内提出。"))
    return "".join(said)


def _opened(price: DisposalPrice) -> str:
    where = N_("在%(platform)s公开交易（登记号 %(no)s），") % {"platform": price.platform, "no": price.record_no}
    return (where if price.platform else "") + N_("成交价 %(price)s 元，评估价 %(base)s 元。") % {
        "price": format_yuan(price.price_fen), "base": format_yuan(price.base_fen)
    }  # fmt: skip


def result_table(case: DisposalCase) -> NoticeTable:
    """Return what was disposed of, asset by asset."""
    name, kind = _recipient(case)
    columns = [Column(N_("资产编号")), Column(N_("资产")), Column(N_("处置方式")), Column(N_("原值（元）"))]
    columns += [Column(BUYER, personal=kind in _PERSONS)] if name else []
    rows = tuple(
        (line.asset.asset_no, line.asset.name, case.about.label, format_yuan(line.original_fen),
         *((name,) if name else ()))
        for line in list_lines(case.id, taken=True)
    )  # fmt: skip
    return NoticeTable(tuple(columns), rows)
