"""How certificates are numbered, and of which kind they are. Pure."""

import re

from registry.errors import Conflict, Invalid
from registry.kinds import Category, OwnerKind
from registry.text import N_, Labelled

MAX_REAL_ESTATE = 60
_SERIAL = 5
_SHAPE = re.compile(r"扶资权(?P<county>[0-9]{6})〔(?P<year>[0-9]{4})〕(?P<serial>[0-9]{5,})号")


class CertificateKind(Labelled):
    """Which certificate an asset gets, by who holds it."""

    COLLECTIVE = "COLLECTIVE", N_("农村集体资产确权登记证")
    STATE = "STATE", N_("国有资产确权登记证")
    HOUSEHOLD = "HOUSEHOLD", N_("到户资产确权登记证")
    OTHER = "OTHER", N_("扶贫项目资产确权登记证")


_KINDS = {
    OwnerKind.VILLAGE_COLLECTIVE: CertificateKind.COLLECTIVE,
    OwnerKind.GROUP_COLLECTIVE: CertificateKind.COLLECTIVE,
    OwnerKind.STATE: CertificateKind.STATE,
    OwnerKind.TOWNSHIP: CertificateKind.STATE,
}


class AlreadyCertified(Conflict):
    """An asset has one certificate that holds."""

    message = N_("“%(name)s”已有证书 %(number)s。")


class NotCertified(Conflict):
    """The land register follows the certificate."""

    message = N_("这项资产还没有确权证书。")


class NotRealEstate(Invalid):
    """Only buildings and land stand in the land register."""

    message = N_("“%(name)s”不是不动产，不需要不动产登记。")


class NumberMissing(Invalid):
    """An entry in another register has a number."""

    message = N_("请填写登记号，最多 60 个字。")


def kind_for(category: Category, owner_kind: OwnerKind) -> CertificateKind:
    """Return the kind of certificate for an asset of a category and its first holder."""
    if category is Category.HOUSEHOLD:
        return CertificateKind.HOUSEHOLD
    return _KINDS.get(owner_kind, CertificateKind.OTHER)


def number_prefix(county_code: str, year: int) -> str:
    """Return what all certificate numbers of a county and year begin with."""
    return f"扶资权{county_code[:6]}〔{year}〕"


def certificate_number(county_code: str, year: int, serial: int) -> str:
    """Return a certificate number: county, year of issue, serial of the county and year, never given twice."""
    return f"{number_prefix(county_code, year)}{serial:0{_SERIAL}d}号"


def serial_of(number: str) -> int:
    """Return the serial in a certificate number; 0 for nothing."""
    match = _SHAPE.fullmatch(number)
    return int(match["serial"]) if match else 0


def check_real_estate(name: str, number: str, *, is_real_estate: bool) -> None:
    """Raise unless the asset stands in the land register and the entry has a number."""
    if not is_real_estate:
        raise NotRealEstate(field="number", name=name)
    if not 0 < len(number.strip()) <= MAX_REAL_ESTATE:
        raise NumberMissing(field="number")
