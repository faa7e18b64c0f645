"""Questions about results of trades."""

from sqlalchemy import select

from registry.database import db
from registry.disposal.prices.models import DisposalPrice
from registry.errors import Missing


def find_price(case_id: int) -> DisposalPrice | None:
    """Return the newest result of a case."""
    rows = select(DisposalPrice).where(DisposalPrice.case_id == case_id)
    return db.session.scalar(rows.order_by(DisposalPrice.id.desc()).limit(1))


def list_prices(case_id: int) -> list[DisposalPrice]:
    """Return every result of a case, the oldest first."""
    rows = select(DisposalPrice).where(DisposalPrice.case_id == case_id)
    return list(db.session.scalars(rows.order_by(DisposalPrice.id)))


def get_price(price_id: int, case_id: int) -> DisposalPrice:
    """Return a result of a case; raises Missing."""
    row = db.session.scalar(select(DisposalPrice).filter_by(id=price_id, case_id=case_id))
    if row is None:
        raise Missing
    return row
