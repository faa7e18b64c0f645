"""Papers of title: the register of a unit, the certificate of an asset, the list of a hand-over."""

from datetime import timedelta

import pytest
from flask import Flask

from registry.assets.title.certificates.rules import NotCertified
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance
from registry.assets.title.execution.services import Registration, register_title
from registry.database import transaction
from registry.errors import Missing
from registry.kinds import TitleDeed
from registry.reports import hand_over_sheet, title_certificate, title_register
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.hand_over_sheet import HandedOver
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.title_certificate import CertificateOwner, CertificateWeight
from tests.assets.title.making import (
    agreed,
    asset_of,
    case_of,
    fill_in,
    opened,
    policy,
    storehouse,
    submitted,
    titled,
)
from tests.factories import TODAY, TOWNSHIP, VILLAGE, person
from tests.reports.printing import asked, printed


def certified(number: str) -> str:
    """Take an asset to its certificate; the certificate's number."""
    case_id = titled(number)
    with transaction(VILLAGE):
        who = person("township_clerk")
        return register_title(case_of(case_id), Registration(TODAY), by=who, on=TODAY, policy=policy())[0].number


def handed_over(*numbers: str) -> int:
    """Agree on a hand-over; the id of its case."""
    case_id = opened(*numbers, deed=TitleDeed.HAND_OVER, giver="县农业农村委")
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)
    return case_id


@pytest.mark.usefixtures("app")
def test_a_register_of_titles_holds_every_standing_asset_with_its_certificate() -> None:
    number = storehouse("一号仓")
    storehouse("二号仓", 20_000_000)
    certificate = certified(number)
    figures = title_register.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=TODAY)
    assert [(row.name, row.title, row.certificate, row.original_fen) for row in figures.rows] == [
        ("一号仓", "已确权", certificate, 10_000_000),
        ("二号仓", "未确权", "", 20_000_000),
    ]
    before = title_register.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=TODAY - timedelta(days=1))
    assert {row.certificate for row in before.rows} == {""}
    with pytest.raises(Missing):
        title_register.collect(TOWNSHIP, NOTHING, actor=person("village_clerk"), on=TODAY)


@pytest.mark.usefixtures("app")
def test_a_certificate_says_who_holds_what_and_what_weighs_on_it() -> None:
    number = storehouse("一号仓")
    certificate = certified(number)
    weight = EncumbranceFacts(EncumbranceKind.PLEDGE, "农商行", "抵字1号", TODAY)
    with transaction(VILLAGE):
        add_encumbrance(asset_of(number), weight, by=person("township_clerk"), on=TODAY)
    figures = title_certificate.collect(VILLAGE, Parameters((number,)), actor=person("village_clerk"), on=TODAY)
    assert (figures.number, figures.kind) == (certificate, "农村集体资产确权登记证")
    assert figures.owners == (CertificateOwner("华溪村股份经济合作社", "村集体", "N2500235MF1234567T", "100.00%"),)
    assert figures.weights == (CertificateWeight("抵押质押", "农商行", "抵字1号", TODAY.isoformat()),)
    with pytest.raises(Missing):
        title_certificate.collect(VILLAGE, Parameters((number,)), actor=person("sibling_clerk"), on=TODAY)


@pytest.mark.usefixtures("app")
def test_without_a_certificate_there_is_no_paper_of_it() -> None:
    number = storehouse()
    with pytest.raises(NotCertified):
        title_certificate.collect(VILLAGE, Parameters((number,)), actor=person("village_clerk"), on=TODAY)


@pytest.mark.usefixtures("app")
def test_a_list_of_a_hand_over_names_both_sides_and_every_condition() -> None:
    number = storehouse("一号仓", accepted_on=TODAY - timedelta(days=10))
    case_id = handed_over(number)
    figures = hand_over_sheet.collect(VILLAGE, Parameters(case_id=case_id), actor=person("village_clerk"), on=TODAY)
    assert (figures.giver, figures.receiver) == ("县农业农村委", "华溪村股份经济合作社")
    due = (TODAY + timedelta(days=50)).isoformat()
    assert figures.rows == (
        HandedOver(number, "一号仓", "华溪村股份经济合作社", "1 座", 10_000_000, "2026-11-13", due, "完好"),
    )
    with pytest.raises(Missing):
        hand_over_sheet.collect(VILLAGE, Parameters(case_id=titled(storehouse("别的"))), actor=person("village_clerk"),
                                on=TODAY)  # fmt: skip


@pytest.mark.parametrize("name", [ReportName.TITLE_REGISTER, ReportName.TITLE_CERTIFICATE, ReportName.HAND_OVER_SHEET])
def test_papers_of_title_read_back_as_they_were_and_are_drawn(app: Flask, name: ReportName) -> None:
    number = storehouse("一号仓")
    certified(number)
    case_id = handed_over(number)
    parameters = Parameters((number,), case_id=case_id)
    report = REPORTS[name]
    figures = report.collect(VILLAGE, parameters, actor=person("village_clerk"), on=TODAY)
    assert read_figures(type(figures), figures_text(figures)) == figures
    row = printed(asked(name, VILLAGE, parameters=parameters), "village_clerk")
    assert row.title == report.label
