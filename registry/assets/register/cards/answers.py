"""A card as groups of label and answer: to be checked before it is submitted, and by the second person. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.cards.typed import write_percent, write_quantity
from registry.assets.register.categories import (
    BY_CODE,
    AccountingSystem,
    IndustryClass,
    OperatingMode,
    Publicity,
    TitleStatus,
    UseStatus,
)
from registry.assets.register.registration import Registration
from registry.money import format_yuan
from registry.sealing import masked_id
from registry.text import N_, Labelled


@dataclass(frozen=True)
class Answer:
    """One answer: its label, its text, and the field it was given in."""

    label: str
    text: str
    field: str


@dataclass(frozen=True)
class AnswerGroup:
    """The answers of one section."""

    title: str
    answers: tuple[Answer, ...]


def answers_of(facts: Registration) -> tuple[AnswerGroup, ...]:
    """Return what a card says, section by section; what was left empty is left out."""
    groups = (
        AnswerGroup(N_("是什么"), _identity(facts)),
        AnswerGroup(N_("花了多少钱、谁出的"), _money(facts)),
        AnswerGroup(N_("归谁、谁管"), _rights(facts)),
        AnswerGroup(N_("怎么用"), _use(facts)),
    )
    return tuple(AnswerGroup(one.title, tuple(a for a in one.answers if a.text)) for one in groups)


def _identity(facts: Registration) -> tuple[Answer, ...]:
    subtype = BY_CODE[facts.subtype]
    size = (
        f"{write_quantity(facts.quantity_milli)} {facts.unit or subtype.unit}"
        if facts.quantity_milli is not None
        else ""
    )
    place = " ".join(filter(None, (facts.location_code, facts.location_detail)))
    return (
        Answer(N_("资产名称"), facts.name, "name"),
        Answer(N_("类别"), facts.category.label, "subtype"),
        Answer(N_("子类"), subtype.label, "subtype"),
        Answer(N_("登记单位"), facts.region_code, "region_code"),
        Answer(N_("简称"), facts.short_name, "short_name"),
        Answer(N_("数量"), size, "quantity"),
        Answer(N_("结构、规格"), facts.specification, "specification"),
        Answer(N_("建设内容和规模"), facts.scale, "scale"),
        Answer(N_("坐落"), place, "location_detail"),
        Answer(N_("国标资产分类代码"), facts.gbt14885_code, "gbt14885_code"),
    )


def _money(facts: Registration) -> tuple[Answer, ...]:
    lines = tuple(
        Answer(line.source.label, _line(line.level, line.year, line.document_no, line.amount_fen), "funding")
        for line in facts.funding
    )
    total = facts.total_investment_fen
    return (
        Answer(N_("原值"), f"{format_yuan(facts.original_value_fen)} 元", "original_value"),
        *lines,
        Answer(N_("项目总投资"), f"{format_yuan(total)} 元" if total is not None else "", "total_investment"),
        Answer(N_("项目名称"), facts.project_name, "project_name"),
        Answer(N_("计划文号"), facts.plan_document, "plan_document"),
        Answer(N_("购建时间"), facts.acquired.text(), "acquired"),
        Answer(N_("竣工验收日期"), _day(facts.accepted_on), "accepted_on"),
        Answer(N_("投入使用日期"), _day(facts.in_use_on), "in_use_on"),
    )


def _line(level: Labelled, year: int | None, document_no: str, amount_fen: int) -> str:
    return " ".join(filter(None, (f"{format_yuan(amount_fen)} 元", level.label, str(year or ""), document_no)))


def _rights(facts: Registration) -> tuple[Answer, ...]:
    owners = tuple(
        Answer(owner.kind.label, " ".join(filter(None, (owner.name, f"{write_percent(owner.share_bp)}%",
               owner.credit_code or masked_id(owner.resident_id)))), "owners")
        for owner in facts.owners
    )  # fmt: skip
    return (
        *owners,
        Answer(N_("确权情况"), TitleStatus(facts.title_status).label, "title_status"),
        Answer(
            N_("权属凭证"),
            " ".join(filter(None, (facts.certificate_kind, facts.certificate_number))),
            "certificate_kind",
        ),
        Answer(N_("管护责任人"), facts.custodian, "custodian"),
        Answer(N_("经营主体"), facts.operator, "operator"),
        Answer(N_("监管责任人"), facts.supervisor, "supervisor"),
    )


def _use(facts: Registration) -> tuple[Answer, ...]:
    interest = facts.interest
    return (
        Answer(N_("使用状况"), UseStatus(facts.use_status).label, "use_status"),
        Answer(
            N_("经营方式"), OperatingMode(facts.operating_mode).label if facts.operating_mode else "", "operating_mode"
        ),
        Answer(
            N_("四个一批"), IndustryClass(facts.industry_class).label if facts.industry_class else "", "industry_class"
        ),
        Answer(N_("纳入哪个资产管理系统"), AccountingSystem(facts.accounting_system).label, "accounting_system"),
        Answer(N_("公开情况"), Publicity(facts.publicity).label, "publicity"),
        Answer(N_("接受投资的单位"), interest.investee, "investee"),
        Answer(N_("退出和处置约定"), interest.exit_terms, "exit_terms"),
        Answer(N_("档案清单"), facts.archives, "archives"),
        Answer(N_("备注"), facts.remarks, "remarks"),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
