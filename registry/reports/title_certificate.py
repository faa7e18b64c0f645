"""确权登记表: the certificate of one asset on paper, with its holders, what proves it, and what weighs on it."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.amendments.past import CardThen, card_on
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.categories import BY_CODE
from registry.assets.register.rules import percent
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.certificates.queries import find_certificate_on
from registry.assets.title.certificates.rules import CertificateKind, NotCertified
from registry.assets.title.encumbrances.queries import list_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.database import db
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.places.queries import full_name_on
from registry.reports.covering import names_on
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.reports.parameters import Parameters
from registry.reports.wording import quantity_text
from registry.text import N_

TITLE = N_("扶贫项目资产确权登记表")
_SIGNERS = (N_("登记人："), N_("审核人："), N_("权利人："))


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """One label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CertificateOwner:
    """One holder with its share as printed."""

    name: str
    kind: str
    code: str
    share: str


@dataclass(frozen=True, slots=True)
class CertificateWeight:
    """One thing that weighs on the asset."""

    kind: str
    holder: str
    document: str
    since: str


@dataclass(frozen=True, slots=True)
class CertificateFigures:
    """The figures of one certificate."""

    unit_name: str
    region_code: str
    number: str
    kind: str
    asset: tuple[CertificateFact, ...]
    owners: tuple[CertificateOwner, ...]
    title: tuple[CertificateFact, ...]
    weights: tuple[CertificateWeight, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> CertificateFigures:
    """Read the certificate of one asset that held at the end of a day. Raises Missing, NotCertified."""
    asset = get_asset(parameters.asset_numbers[0] if parameters.asset_numbers else "", actor, Permission.PRINT)
    if asset.region_code != region_code:
        raise Missing
    certificate = find_certificate_on(asset.id, on)
    if certificate is None:
        raise NotCertified
    card = card_on(asset, on)
    names = names_on(card.facts.region_code, on)
    return CertificateFigures(
        unit_name="　".join(names[1:] or names),
        region_code=card.facts.region_code,
        number=certificate.number,
        kind=CertificateKind(certificate.kind).label,
        asset=_asset(card, on),
        owners=_owners(card),
        title=_title(certificate),
        weights=tuple(
            CertificateWeight(EncumbranceKind(one.kind).label, one.holder, one.document_no, one.valid_from.isoformat())
            for one in list_encumbrances(asset.id, on)
        ),
    )


def _asset(card: CardThen, on: date) -> tuple[CertificateFact, ...]:
    facts = card.facts
    place = full_name_on(facts.location_code, on) if facts.location_code else ""
    return (
        CertificateFact(N_("资产名称"), facts.name),
        CertificateFact(N_("资产编号"), card.asset_no),
        CertificateFact(N_("类别"), facts.category.label),
        CertificateFact(N_("子类"), BY_CODE[facts.subtype].label),
        CertificateFact(N_("数量"), quantity_text(facts.quantity_milli, facts.unit, facts.interest.share_bp)),
        CertificateFact(N_("原值（元）"), format_yuan(facts.original_value_fen)),
        CertificateFact(N_("坐落"), place + facts.location_detail),
        CertificateFact(N_("形成日期"), facts.acquired.text()),
        CertificateFact(N_("项目名称"), facts.project_name),
        CertificateFact(N_("计划文号"), facts.plan_document),
    )


def _owners(card: CardThen) -> tuple[CertificateOwner, ...]:
    return tuple(
        CertificateOwner(
            row.party.name, OwnerKind(row.party.kind).label, row.party.credit_code, f"{percent(row.share_bp)}%"
        )
        for row in card.owners
    )


def _title(certificate: TitleCertificate) -> tuple[CertificateFact, ...]:
    case = db.session.get(TitleCase, certificate.case_id)
    return (
        CertificateFact(N_("证书号"), certificate.number),
        CertificateFact(N_("证书种类"), CertificateKind(certificate.kind).label),
        CertificateFact(N_("办理事项"), case.kind.label if case else ""),
        CertificateFact(N_("同意日期"), case.approved_on.isoformat() if case and case.approved_on else ""),
        CertificateFact(N_("发证日期"), certificate.issued_on.isoformat()),
        CertificateFact(N_("发证人"), certificate.issued_by_text),
        CertificateFact(N_("不动产权证号"), certificate.real_estate_number),
        CertificateFact(
            N_("不动产登记日期"), certificate.real_estate_on.isoformat() if certificate.real_estate_on else ""
        ),
    )


def draw(figures: CertificateFigures, imprint: Imprint) -> bytes:
    """Draw the certificate, upright, on one sheet unless it has very many holders."""
    heading = Heading(
        title=TITLE, part=f"{figures.kind}　{figures.number}", unit_name=figures.unit_name,
        region_code=figures.region_code, signers=_SIGNERS,
    )  # fmt: skip
    blocks = [_facts(N_("资产"), figures.asset), _holders(figures), _facts(N_("确权"), figures.title)]
    blocks.append(_weights(figures))
    return draw_blocks(PORTRAIT, heading, blocks, imprint)


def _facts(title: str, facts: tuple[CertificateFact, ...]) -> Block:
    columns = (BlockColumn("", 17), BlockColumn("", 33), BlockColumn("", 17), BlockColumn("", 33))
    cells = [(fact.label, fact.value or "—") for fact in facts]
    rows = tuple(left + right for left, right in zip(cells[::2], cells[1::2], strict=True))
    return Block(title, columns, rows, quiet=(0, 2))


def _holders(figures: CertificateFigures) -> Block:
    columns = (
        BlockColumn(N_("权利人"), 44),
        BlockColumn(N_("性质"), 16, Align.CENTER),
        BlockColumn(N_("统一社会信用代码"), 26, Align.CENTER),
        BlockColumn(N_("份额"), 14, Align.RIGHT),
    )
    rows = tuple((one.name, one.kind, one.code or "—", one.share) for one in figures.owners)
    return Block(N_("权利人"), columns, rows)


def _weights(figures: CertificateFigures) -> Block:
    columns = (
        BlockColumn(N_("种类"), 20, Align.CENTER),
        BlockColumn(N_("提出人或受益人"), 34),
        BlockColumn(N_("依据"), 30),
        BlockColumn(N_("起始日期"), 16, Align.CENTER),
    )
    rows = tuple((one.kind, one.holder, one.document, one.since) for one in figures.weights)
    return Block(N_("权利限制"), columns, rows or ((N_("无"), "—", "—", "—"),))
