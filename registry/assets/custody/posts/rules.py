"""Who may hold a public post (公益性岗位): one per household, no cadre's kin, of age, for a short term. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.custody.kinds import PaySource
from registry.codes import is_resident_id
from registry.errors import Conflict, Invalid
from registry.policy.calendar import add_months
from registry.text import N_, Labelled

#: 劳动法第十五条: nobody younger is employed.
LEAST_AGE = 16


class PostStatus(Labelled):
    """How far a person's appointment has come."""

    PROPOSED = "PROPOSED", N_("待审批")
    IN_OFFICE = "IN_OFFICE", N_("在岗")
    REFUSED = "REFUSED", N_("未聘用")
    LEFT = "LEFT", N_("已离岗")


#: A person or household that is proposed or in office holds a post.
HOLDING = frozenset({PostStatus.PROPOSED, PostStatus.IN_OFFICE})


class BadResidentId(Invalid):
    """The identity number fails its check character."""

    message = N_("身份证号不对，请对照证件。")


class TooYoung(Invalid):
    """Nobody under sixteen is employed."""

    message = N_("%(name)s 未满 %(least)s 周岁，不能聘用。")


class HouseholdHasPost(Invalid):
    """One household, one post."""

    message = N_("这一户已经有人在公益性岗位（%(name)s），一户只安排一人。")


class SecondPost(Invalid):
    """One person, one post."""

    message = N_("%(name)s 已经有一个公益性岗位（%(title)s），不能再兼一个。")


class CadresKin(Invalid):
    """A cadre's household and near kin are excluded."""

    message = N_("%(name)s 是村干部%(cadre)s的%(relation)s，按规定不能安排公益性岗位。")


class KinshipUnsaid(Invalid):
    """Who declares kinship says with whom."""

    message = N_("请写明是哪位村干部、什么关系。")


class TermTooLong(Invalid):
    """An appointment is short and renewed."""

    message = N_("公益性岗位协议最长 %(most)s 个月，请把到期日期改到 %(last)s 或以前。")


class TermBackwards(Invalid):
    """A term ends after it begins."""

    message = N_("到期日期要在起始日期之后。")


class NotProposed(Conflict):
    """The appointment was decided already."""

    message = N_("这个岗位已经审批过了。")


class NotInOffice(Conflict):
    """Only who holds a post leaves it."""

    message = N_("这个人现在不在岗。")


@dataclass(frozen=True)
class PostFacts:
    """What is said of a person proposed for a post; numbers are sealed when stored."""

    region_code: str
    title: str
    duties: str
    name: str
    resident_id: str
    head_name: str
    head_resident_id: str
    starts_on: date
    ends_on: date
    pay_fen: int
    pay_source: PaySource
    phone: str = ""
    is_cadres_kin: bool = False
    cadre_name: str = ""
    cadre_relation: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Holder:
    """Who holds a post already: a person, and by whose household."""

    name: str
    title: str


def born_on(resident_id: str) -> date:
    """Return the birthday an identity number names. Raises BadResidentId."""
    digits = resident_id[6:14]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise BadResidentId(field="resident_id") from error


def age_on(born: date, on: date) -> int:
    """Return the full years of life on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def last_day(starts_on: date, months: int) -> date:
    """Return the last day of a term of so many months."""
    return add_months(starts_on, months)


def check_post(facts: PostFacts, *, most_months: int, person: Holder | None, household: Holder | None) -> None:
    """Raise unless this person may be proposed; ``person`` and ``household`` are the posts they hold already."""
    _check_numbers(facts)
    _check_term(facts, most_months)
    _check_kinship(facts)
    if person is not None:
        raise SecondPost(field="resident_id", name=facts.name, title=person.title)
    if household is not None:
        raise HouseholdHasPost(field="head_resident_id", name=household.name)


def _check_numbers(facts: PostFacts) -> None:
    if not is_resident_id(facts.resident_id):
        raise BadResidentId(field="resident_id")
    if not is_resident_id(facts.head_resident_id):
        raise BadResidentId(field="head_resident_id")
    if age_on(born_on(facts.resident_id), facts.starts_on) < LEAST_AGE:
        raise TooYoung(field="resident_id", name=facts.name, least=LEAST_AGE)


def _check_term(facts: PostFacts, most_months: int) -> None:
    if facts.ends_on <= facts.starts_on:
        raise TermBackwards(field="ends_on")
    last = last_day(facts.starts_on, most_months)
    if facts.ends_on > last:
        raise TermTooLong(field="ends_on", most=most_months, last=last.isoformat())


def _check_kinship(facts: PostFacts) -> None:
    if not facts.is_cadres_kin:
        return
    if not (facts.cadre_name.strip() and facts.cadre_relation.strip()):
        raise KinshipUnsaid(field="cadre_name")
    raise CadresKin(field="is_cadres_kin", name=facts.name, cadre=facts.cadre_name, relation=facts.cadre_relation)
