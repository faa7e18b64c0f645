"""Questions about certificates; whoever sees the asset sees its certificates."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.certificates.rules import number_prefix, serial_of
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within


def list_certificates(asset_id: int) -> list[TitleCertificate]:
    """Return every certificate an asset ever had, the latest first."""
    rows = select(TitleCertificate).where(TitleCertificate.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(TitleCertificate.id.desc())))


def list_certificates_of_case(case_id: int, *, after: int = 0, limit: int) -> list[TitleCertificate]:
    """Return the certificates issued on a case in order of number; whoever sees the case sees them."""
    rows = select(TitleCertificate).where(TitleCertificate.case_id == case_id, TitleCertificate.id > after)
    return list(db.session.scalars(rows.order_by(TitleCertificate.id).limit(limit)))


def get_certificate(certificate_id: int, actor: Actor, permission: Permission) -> TitleCertificate:
    """Return a certificate within the actor's reach; raises Missing."""
    here = within(TitleCertificate, actor, permission)
    row = db.session.scalar(select(TitleCertificate).where(TitleCertificate.id == certificate_id, here))
    if row is None:
        raise Missing
    return row


def certificates_of(asset_ids: Iterable[int]) -> dict[int, TitleCertificate]:
    """Return the certificate that holds of each of these assets."""
    rows = select(TitleCertificate).where(TitleCertificate.asset_id.in_(asset_ids), TitleCertificate.void_on.is_(None))
    return {row.asset_id: row for row in db.session.scalars(rows)}


def find_certificate_on(asset_id: int, on: date) -> TitleCertificate | None:
    """Return the certificate of an asset that held at the end of a day."""
    rows = select(TitleCertificate).where(TitleCertificate.asset_id == asset_id, _held_on(on))
    return db.session.scalar(rows.order_by(TitleCertificate.id.desc()).limit(1))


def certificates_in(region_code: str, on: date) -> dict[int, TitleCertificate]:
    """Return the certificates of a unit's assets that held at the end of a day, for whoever prints its papers."""
    rows = select(TitleCertificate).where(TitleCertificate.region_code.between(*code_range(region_code)), _held_on(on))
    return {row.asset_id: row for row in db.session.scalars(rows.order_by(TitleCertificate.id))}


def _held_on(on: date) -> ColumnElement[bool]:
    stands = or_(TitleCertificate.void_on.is_(None), TitleCertificate.void_on > on)
    return and_(TitleCertificate.issued_on <= on, stands)


def last_serial(county_code: str, year: int) -> int:
    """Return the last serial given in a county and year; the county's log is locked."""
    prefix = number_prefix(county_code, year)
    # Numbers of one prefix are padded alike, so the longest of the last ones is the last.
    rows = select(TitleCertificate.number).where(TitleCertificate.number.between(prefix, prefix + "~"))
    last = db.session.scalars(rows.order_by(TitleCertificate.number.desc()).limit(1)).first()
    return serial_of(last or "")
