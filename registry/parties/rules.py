"""What must be known of a holder of assets. Pure."""

from dataclasses import dataclass

from registry.codes import is_credit_code, is_resident_id
from registry.errors import Invalid
from registry.kinds import OwnerKind
from registry.text import N_

#: Bodies that are registered and so have a unified social credit code.
WITH_CREDIT_CODE = frozenset(OwnerKind) - {OwnerKind.HOUSEHOLD}
MAX_NAME = 80


class BadCreditCode(Invalid):
    """The credit code fails its check character."""

    message = N_("信用代码“%(code)s”不对：应为 18 位，请对照证书，注意数字 1、0 与字母 I、O。")


class BadResidentId(Invalid):
    """The identity number fails its check character."""

    message = N_("身份证号不对，请对照证件。")


class NameMissing(Invalid):
    """A holder has a name."""

    message = N_("请填写权利人名称，最多 80 个字。")


@dataclass(frozen=True)
class PersonalData:
    """What is sealed of a household, whole or masked."""

    resident_id: str
    phone: str

    def __bool__(self) -> bool:
        return bool(self.resident_id or self.phone)


@dataclass(frozen=True)
class PartyFacts:
    """What is said of a holder; ``resident_id`` and ``phone`` of a household are sealed when stored."""

    kind: OwnerKind
    name: str
    region_code: str
    credit_code: str = ""
    resident_id: str = ""
    phone: str = ""


def check_party(facts: PartyFacts) -> None:
    """Raise unless name and codes are in order; codes may be absent."""
    if not 0 < len(facts.name.strip()) <= MAX_NAME:
        raise NameMissing(field="name")
    if facts.credit_code and not is_credit_code(facts.credit_code):
        raise BadCreditCode(field="credit_code", code=facts.credit_code)
    if facts.resident_id and not is_resident_id(facts.resident_id):
        raise BadResidentId(field="resident_id")
