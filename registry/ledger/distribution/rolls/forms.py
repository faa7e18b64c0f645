"""Forms of the roll: a household with its people, its account, its confirmation, the yearly review, an import."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from registry.assets.register.sheets.exporting import ExportForm
from registry.fields import ParsedField, TicksField
from registry.ledger.distribution.rolls.enrolling import MOST_BASIS, Earlier, Enrolment, Kept
from registry.ledger.distribution.rolls.rules import RELIEF, STANDING, BeneficiaryClass
from registry.parties.households.models import Household
from registry.parties.households.rules import (
    MOST_PERSONS,
    MOST_UNNAMED,
    ContactFacts,
    HouseholdFacts,
    Labour,
    PersonFacts,
    Relation,
    parse_shares,
    shares_text,
)
from registry.text import Labelled
from registry.web import BaseForm, picked_ids

NEEDED = DataRequired(_l("这一项必填。"))
#: An id that every database holds.
MOST_DIGITS = 15
_ID = {"autocomplete": "off", "maxlength": 18}
_DIGITS = {"autocomplete": "off", "inputmode": "numeric", "maxlength": 40}
_NOTHING = Kept()
_STANDING = [one for one in BeneficiaryClass if one in STANDING]
_RELIEF = [one for one in BeneficiaryClass if one in RELIEF]


def choices(members: Iterable[Labelled]) -> list[SelectChoice]:
    """Offer codes under their labels."""
    return [SelectChoice(one.value, _l(one.label)) for one in members]


def number(text: str | None) -> str:
    """Return an identity number as it is checked: without blanks, its last letter a capital."""
    return "".join((text or "").split()).upper()


def _digits(text: str | None) -> str:
    return "".join((text or "").split()).replace("-", "")


class PersonForm(Form):  # type: ignore[misc]
    """One person of a household; a line without a name is not there.

    ``person_id`` names the person of a registration that was sent back: a number left empty stays as it was.
    """

    person_id = HiddenField()
    name = StringField(_l("姓名"), [Length(max=40)])
    resident_id = StringField(_l("身份证号"), [Length(max=24)], render_kw=_ID)
    relation = SelectField(_l("与户主关系"), choices=lambda: choices(Relation), default=Relation.OTHER.value)
    labour = SelectField(_l("劳动能力"), choices=lambda: choices(Labour), default=Labour.FULL.value)
    is_member = BooleanField(_l("集体成员"))
    shares = ParsedField(_l("成员股"), [Optional()], read=parse_shares, write=shares_text)
    assistance = ParsedField(_l("扶贫配股"), [Optional()], read=parse_shares, write=shares_text)

    def begin(self, facts: PersonFacts, person_id: int) -> None:
        """Show what is known of a person and not sealed."""
        self.person_id.data, self.name.data = str(person_id), facts.name
        self.relation.data, self.labour.data = facts.relation.value, facts.labour.value
        self.is_member.data = facts.is_member
        self.shares.data, self.assistance.data = facts.share_hundredths or None, facts.assistance_hundredths or None

    def to_person(self, kept: Kept = _NOTHING) -> PersonFacts:
        return PersonFacts(
            name=(self.name.data or "").strip(),
            relation=Relation(self.relation.data),
            resident_id=number(self.resident_id.data) or kept.numbers.get(self.person_id.data or "", ""),
            labour=Labour(self.labour.data),
            is_member=bool(self.is_member.data),
            share_hundredths=self.shares.data or 0,
            assistance_hundredths=self.assistance.data or 0,
        )


class HouseholdForm(BaseForm):
    """A household to be put on the roll; sent once to be looked over, and once more to be entered."""

    checked = HiddenField()
    region_code = SelectField(_l("村（社区）"), [NEEDED])
    group_name = StringField(_l("组"), [Length(max=20)])
    persons = FieldList(FormField(PersonForm), label=_l("人口"), min_entries=4, max_entries=MOST_PERSONS)
    unnamed = IntegerField(_l("未列名人口"), [Optional(), NumberRange(0, MOST_UNNAMED)], default=0)
    standing = RadioField(_l("类别"), [NEEDED], choices=lambda: choices(_STANDING))
    relief = TicksField(_l("兼有"), choices=lambda: choices(_RELIEF))
    recognised_on = DateField(_l("认定日期"), [NEEDED])
    basis = StringField(_l("认定依据"), [NEEDED, Length(max=MOST_BASIS)])
    bank_name = StringField(_l("开户行"), [Length(max=60)])
    bank_account = StringField(_l("银行账号"), [Length(max=40)], render_kw=_DIGITS)
    phone = StringField(_l("电话"), [Length(max=20)], render_kw={"inputmode": "tel", "autocomplete": "off"})
    is_cadre = BooleanField(_l("村干部家庭"))

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer the villages in which the person may enter households."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in units]

    def begin(self, unit: str) -> None:
        """Put the head on the first line of a blank form."""
        self.region_code.data, self.standing.data = unit, BeneficiaryClass.ORDINARY.value
        self.persons[0].form.relation.data = Relation.HEAD.value

    def begin_again(self, earlier: Earlier) -> None:
        """Show what a registration said that was sent back; what is sealed stays where it is."""
        made, facts = earlier.enrolment, earlier.enrolment.household
        self.region_code.data, self.group_name.data = facts.region_code, facts.group_name
        self.standing.data, self.relief.data = made.standing.value, [one.value for one in sorted(made.relief)]
        self.recognised_on.data, self.basis.data = made.recognised_on, made.basis
        self.unnamed.data, self.bank_name.data, self.is_cadre.data = facts.unnamed, facts.bank_name, facts.is_cadre
        for place, (one, person_id) in enumerate(zip(facts.persons, earlier.person_ids, strict=True)):
            if place == len(self.persons):
                self.persons.append_entry()
            self.persons[place].form.begin(one, person_id)

    def to_enrolment(self, kept: Kept = _NOTHING) -> Enrolment:
        """Return what was typed, in plain values; what is sealed and left empty is what was kept."""
        people = [entry.form for entry in self.persons if (entry.form.name.data or "").strip()]
        household = HouseholdFacts(
            region_code=self.region_code.data,
            group_name=(self.group_name.data or "").strip(),
            persons=tuple(one.to_person(kept) for one in people),
            bank_name=(self.bank_name.data or "").strip(),
            bank_account=_digits(self.bank_account.data) or kept.bank_account,
            phone=_digits(self.phone.data) or kept.phone,
            is_cadre=bool(self.is_cadre.data),
            unnamed=self.unnamed.data or 0,
        )
        return Enrolment(
            household=household,
            recognised_on=self.recognised_on.data,
            basis=(self.basis.data or "").strip(),
            standing=BeneficiaryClass(self.standing.data),
            relief=frozenset(BeneficiaryClass(one) for one in self.relief.data or ()),
        )


class ContactForm(BaseForm):
    """Telephone number, left empty to keep what is known; group, and whether a cadre's household."""

    group_name = StringField(_l("组"), [Length(max=20)])
    phone = StringField(_l("新的电话"), [Length(max=20)], render_kw={"inputmode": "tel", "autocomplete": "off"})
    is_cadre = BooleanField(_l("村干部家庭"))
    reason = StringField(_l("修改原因"), [NEEDED, Length(max=200)])

    def begin(self, household: Household) -> None:
        """Show what is known and not sealed."""
        self.group_name.data, self.is_cadre.data = household.group_name, household.is_cadre

    def to_contact(self) -> ContactFacts:
        return ContactFacts((self.group_name.data or "").strip(), _digits(self.phone.data), bool(self.is_cadre.data))


class AnswerForm(BaseForm):
    """What the second person says of a household."""

    answer = RadioField(
        _l("核对结果"), [NEEDED],
        choices=[SelectChoice("confirm", _l("情况属实，确认")), SelectChoice("back", _l("有出入，退回"))],
    )  # fmt: skip
    reason = TextAreaField(_l("退回原因"), [Length(max=200)], render_kw={"rows": 2})


class RollExportForm(BaseForm):
    """In which form the roll is taken out."""

    file_format = SelectField(_l("格式"), [NEEDED], choices=lambda: choices(ExportForm))


class RollWholeForm(RollExportForm):
    """In which form the roll is taken out with whole numbers, and what for."""

    reason = StringField(_l("导出事由"), [NEEDED, Length(max=200)])


class PickForm(BaseForm):
    """Households ticked on a list, by id."""

    households = SelectMultipleField(_l("农户"), validate_choice=False)

    @property
    def picked(self) -> list[int]:
        """Return the ids ticked."""
        return picked_ids(self.households.data or ())


class ReviewForm(PickForm):
    """Households that stay as they are in the yearly review."""

    note = StringField(_l("复核说明"), [NEEDED, Length(max=200)])


class ImportForm(BaseForm):
    """A sheet of households, one line for each person, from a file or pasted."""

    region_code = SelectField(_l("村（社区）"), [NEEDED])
    file = FileField(_l("农户名册"), render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"})
    pasted = TextAreaField(_l("粘贴单元格"), render_kw={"rows": 6, "spellcheck": "false"})
    recognised_on = DateField(_l("认定日期（表里没写时）"), [Optional()])
    basis = StringField(_l("认定依据"), [NEEDED, Length(max=MOST_BASIS)])

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer the villages in which the person may enter households."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in units]

    @property
    def day(self) -> date | None:
        day: date | None = self.recognised_on.data
        return day
