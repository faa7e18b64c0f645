"""What must be known of a household and its people, and who is paid in its place. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from registry.codes import is_resident_id
from registry.errors import Invalid
from registry.parties.households.refusals import (
    BadAccount,
    BadNumber,
    BadPhone,
    BadShares,
    BankUnnamed,
    HeadUnidentified,
    KnownElsewhere,
    KnownHere,
    OneHead,
    PersonNameMissing,
    SameAccount,
    SameNumber,
    SharesOfNone,
    TooManyPersons,
)
from registry.text import N_, Labelled

MAX_NAME = 40
MOST_PERSONS = 30
MOST_UNNAMED = 30
#: Shares are kept in hundredths: half a share is common, a thousandth is not.
HUNDREDTHS = 100
MOST_HUNDREDTHS = 100_000_000
_ACCOUNT = re.compile(r"[0-9]{8,32}")
_SHARES = re.compile(r"(?P<whole>[0-9]{1,6})(?:\.(?P<part>[0-9]{1,2}))?")
_PHONE = re.compile(r"[0-9]{7,15}")


class Relation(Labelled):
    """What a person is to the head of the household."""

    HEAD = "HEAD", N_("户主")
    SPOUSE = "SPOUSE", N_("配偶")
    CHILD = "CHILD", N_("子女")
    CHILD_IN_LAW = "CHILD_IN_LAW", N_("儿媳、女婿")
    GRANDCHILD = "GRANDCHILD", N_("孙子女、外孙子女")
    PARENT = "PARENT", N_("父母、公婆、岳父母")
    GRANDPARENT = "GRANDPARENT", N_("祖父母、外祖父母")
    SIBLING = "SIBLING", N_("兄弟姐妹")
    OTHER = "OTHER", N_("其他家人")


class Labour(Labelled):
    """Whether a person can work, as the monitoring of households puts it."""

    SKILLED = "SKILLED", N_("技能劳动力")
    FULL = "FULL", N_("普通劳动力")
    WEAK = "WEAK", N_("弱劳动力或半劳动力")
    NONE = "NONE", N_("无劳动能力")


#: Who counts as labour when a plan weighs by it.
ABLE = frozenset({Labour.SKILLED, Labour.FULL})


class ShareKind(Labelled):
    """Shares a person holds: as a member of the collective, or given to a poor household (配股到户)."""

    MEMBER = "MEMBER", N_("成员股")
    ASSISTANCE = "ASSISTANCE", N_("扶贫配股")


class Parting(Labelled):
    """How a person left a household, or a household ended."""

    DIED = "DIED", N_("死亡")
    MOVED = "MOVED", N_("迁出")
    SPLIT = "SPLIT", N_("分户")
    MERGED = "MERGED", N_("并户")


class HouseholdStatus(Labelled):
    """How far the registration of a household has come."""

    SUBMITTED = "SUBMITTED", N_("待确认")
    CONFIRMED = "CONFIRMED", N_("已确认")
    SENT_BACK = "SENT_BACK", N_("已退回")
    ENDED = "ENDED", N_("已销户")


class AccountStatus(Labelled):
    """How far a change of a household's account has come."""

    WAITING = "WAITING", N_("待第二人确认")
    CONFIRMED = "CONFIRMED", N_("已确认，启用")
    REFUSED = "REFUSED", N_("未同意")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


#: A household that stands in the register, or waits to; its people may not be entered twice.
COUNTED = frozenset({HouseholdStatus.SUBMITTED, HouseholdStatus.CONFIRMED})


@dataclass(frozen=True)
class PersonFacts:
    """What is said of a person; ``resident_id`` is sealed when stored, and may be unknown of all but the head."""

    name: str
    relation: Relation
    resident_id: str = ""
    labour: Labour = Labour.NONE
    is_member: bool = False
    share_hundredths: int = 0
    assistance_hundredths: int = 0


@dataclass(frozen=True)
class HouseholdFacts:
    """What is said of a household; account and telephone number are sealed when stored.

    ``unnamed`` counts people of the household who are not listed by name.
    """

    region_code: str
    group_name: str
    persons: tuple[PersonFacts, ...]
    bank_name: str = ""
    bank_account: str = ""
    phone: str = ""
    is_cadre: bool = False
    unnamed: int = 0

    @property
    def head(self) -> PersonFacts:
        return next(one for one in self.persons if one.relation is Relation.HEAD)


@dataclass(frozen=True)
class ContactFacts:
    """What one person may change of a household; an empty telephone number keeps the known."""

    group_name: str
    phone: str = ""
    is_cadre: bool = False


@dataclass(frozen=True)
class AccountFacts:
    """The account money shall go to from now on, and why; sealed when stored."""

    bank_name: str
    bank_account: str
    reason: str


@dataclass(frozen=True)
class HouseholdData:
    """What is sealed of a household, whole or masked; ``new_account`` is one that waits for its second person."""

    resident_id: str
    phone: str
    bank_account: str
    new_account: str = ""


@dataclass(frozen=True)
class Known:
    """Where a person with the same identity number is registered already."""

    region_code: str
    group_name: str
    head_name: str


def check_household(facts: HouseholdFacts) -> None:
    """Raise unless a household can be registered as it is said to be."""
    if len([one for one in facts.persons if one.relation is Relation.HEAD]) != 1:
        raise OneHead(field="persons")
    if not facts.head.resident_id:
        raise HeadUnidentified(field="persons")
    if len(facts.persons) + facts.unnamed > MOST_PERSONS or not 0 <= facts.unnamed <= MOST_UNNAMED:
        raise TooManyPersons(field="unnamed", most=MOST_PERSONS)
    for person in facts.persons:
        check_person(person)
    _check_distinct(facts.persons)
    check_account(facts.bank_name, facts.bank_account)
    check_phone(facts.phone)


def check_person(person: PersonFacts) -> None:
    """Raise unless name, number and shares of a person are in order."""
    if not 0 < len(person.name.strip()) <= MAX_NAME:
        raise PersonNameMissing(field="name")
    if person.resident_id and not is_resident_id(person.resident_id):
        raise BadNumber(field="resident_id", name=person.name)
    for hundredths in (person.share_hundredths, person.assistance_hundredths):
        if not 0 <= hundredths <= MOST_HUNDREDTHS:
            raise BadShares(field="shares")
    if person.share_hundredths and not person.is_member:
        raise SharesOfNone(field="shares", name=person.name)


def _check_distinct(persons: Sequence[PersonFacts]) -> None:
    seen: set[str] = set()
    for person in persons:
        if person.resident_id in seen:
            raise SameNumber(field="persons", name=person.name)
        seen |= {person.resident_id} - {""}


def check_account(bank_name: str, account: str) -> None:
    """Raise unless an account is digits and its bank is named; no account is in order too."""
    if account and not _ACCOUNT.fullmatch(account):
        raise BadAccount(field="bank_account")
    if account and not bank_name.strip():
        raise BankUnnamed(field="bank_name")


def check_account_change(facts: AccountFacts, known_bank: str, known_account: str) -> None:
    """Raise unless another account is asked for than the one that is known, and whole."""
    if not facts.bank_account:
        raise BadAccount(field="bank_account")
    check_account(facts.bank_name, facts.bank_account)
    if (facts.bank_name.strip(), facts.bank_account) == (known_bank, known_account):
        raise SameAccount(field="bank_account")


def check_phone(phone: str) -> None:
    """Raise unless a telephone number is digits; none is in order too."""
    if phone and not _PHONE.fullmatch(phone):
        raise BadPhone(field="phone")


def refuse_known(name: str, known: Known, region_code: str) -> Invalid:
    """Return the refusal of a person who is registered already; of another village nothing is told."""
    if known.region_code != region_code:
        return KnownElsewhere(field="persons", name=name)
    return KnownHere(field="persons", name=name, group=known.group_name, head=known.head_name)


@dataclass(frozen=True)
class Ending:
    """How a household stands when it is to be paid: alive, or ended on a day in a way, with who comes after it."""

    household_id: int
    ended_on: date | None = None
    parting: Parting | None = None
    successor_id: int | None = None
    heir_id: int | None = None


@dataclass(frozen=True)
class Payee:
    """To whom months already earned are paid: a household, or a person as heir; neither if nobody is named yet."""

    household_id: int | None = None
    heir_id: int | None = None


def payee_of(ending: Ending) -> Payee:
    """Return who is paid what a household had earned: itself, the household it merged into, or the heir.

    A household that moved away is still paid what it earned while it was here.
    """
    if ending.ended_on is None or ending.parting is Parting.MOVED:
        return Payee(household_id=ending.household_id)
    if ending.parting in {Parting.MERGED, Parting.SPLIT}:
        return Payee(household_id=ending.successor_id)
    return Payee(heir_id=ending.heir_id)


def next_head(present: Collection[tuple[int, Relation]]) -> int | None:
    """Return who becomes head when the head is gone: the spouse, else a child, else whoever was entered first."""
    order = [Relation.HEAD, Relation.SPOUSE, Relation.CHILD]
    ranked = sorted(present, key=lambda one: (order.index(one[1]) if one[1] in order else len(order), one[0]))
    return ranked[0][0] if ranked else None


def parse_shares(text: str) -> int:
    """Read shares as people write them (1, 0.5, 2.25 股) and return hundredths; raises BadShares."""
    plain = text.strip().removesuffix("股").strip()
    match = _SHARES.fullmatch(plain)
    if match is None:
        raise BadShares(field="shares")
    return int(match["whole"]) * HUNDREDTHS + int((match["part"] or "").ljust(2, "0"))


def shares_text(hundredths: int) -> str:
    """Write shares as people do: whole, or with the decimals they have."""
    whole, part = divmod(hundredths, HUNDREDTHS)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
