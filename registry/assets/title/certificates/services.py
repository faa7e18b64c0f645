"""Issuing certificates and making them void. The case that asks for it records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.assets.register.rights.services import Certificate, set_certificate
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.certificates.queries import certificates_of, last_serial
from registry.assets.title.certificates.rules import (
    AlreadyCertified,
    CertificateKind,
    NotCertified,
    certificate_number,
    check_real_estate,
    kind_for,
)
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.kinds import OwnerKind
from registry.permissions import Actor
from registry.regions import Level, ancestor


@dataclass(frozen=True)
class Issue:
    """What certificates are issued for: the case, the day, and who signs."""

    case_id: int
    issued_on: date
    by_id: int | None
    by_text: str


def issue_certificates(assets: Sequence[Asset], issue: Issue, *, on: date) -> list[TitleCertificate]:
    """Issue a certificate for each asset, numbered on within its county and year. Raises AlreadyCertified."""
    held = certificates_of([asset.id for asset in assets])
    for asset in assets:
        if asset.id in held:
            raise AlreadyCertified(name=asset.name, number=held[asset.id].number)
    county = ancestor(assets[0].region_code, Level.COUNTY)
    first = last_serial(county, issue.issued_on.year) + 1
    rows = []
    for serial, asset in enumerate(assets, first):
        number = certificate_number(county, issue.issued_on.year, serial)
        rows.append(_certificate(asset, number, issue))
        set_certificate(asset, Certificate(CertificateKind(rows[-1].kind).label, number, issue.issued_on), on=on)
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _certificate(asset: Asset, number: str, issue: Issue) -> TitleCertificate:
    kind = kind_for(asset.kind, OwnerKind(asset.owner_kind))
    return TitleCertificate(
        asset_id=asset.id, region_code=asset.region_code, case_id=issue.case_id, number=number, kind=kind.value,
        issued_on=issue.issued_on, holders=asset.owner_text, issued_by_id=issue.by_id, issued_by_text=issue.by_text,
    )  # fmt: skip


def void_certificates(assets: Sequence[Asset], reason: str, *, on: date) -> None:
    """Make the certificates of assets void from a day on; cards that end keep theirs as they were."""
    for asset_id, row in certificates_of([asset.id for asset in assets]).items():
        row.void_on, row.void_reason = on, reason
        asset = next(one for one in assets if one.id == asset_id)
        if asset.closed_on is None:
            set_certificate(asset, None, on=on)


def renew_certificate(asset: Asset, heir: Asset, reason: str, *, by: Actor, on: date) -> None:
    """Let another certificate take the place of one that holds no longer: other holders, or what is left of an asset.

    A number that stands on the card alone, from before go-live, is taken out: it names what is not so any more.
    """
    held = certificates_of([asset.id]).get(asset.id)
    void_certificates([asset], reason, on=on)
    if held is not None:
        signed = f"{by.unit_name} {by.post} {by.name}".strip()
        issue_certificates([heir], Issue(held.case_id, on, by.id, signed), on=on)
    elif heir.certificate_number:
        set_certificate(heir, None, on=on)


def register_real_estate(asset: Asset, number: str, *, registered_on: date, by: Actor) -> None:
    """Note the entry in the land register beside a certificate. Raises NotCertified, NotRealEstate, NumberMissing."""
    check_real_estate(asset.name, number, is_real_estate=asset.subtype_row.real_estate)
    row = certificates_of([asset.id]).get(asset.id)
    if row is None:
        raise NotCertified
    row.real_estate_number, row.real_estate_on = number.strip(), registered_on
    record(Action.REAL_ESTATE_REGISTERED, asset, by=by, reason=number.strip())
