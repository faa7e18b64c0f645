"""Published write-offs as worked cases: seeds of 博罗 that never became a fixed asset, losses counted in 利州."""

import csv
from datetime import date
from pathlib import Path

from flask import Flask

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import FundingFact, PartialDate
from registry.disposal.kinds import DisposalKind, Extent, Ground
from registry.disposal.rules import Part
from registry.money import Unit, parse_fen
from tests.disposal.execution.doing import accounts_of, balance, book_opened, carried_out, lines, sums_hold
from tests.disposal.scenery import approved_case, asset_of, case_of, lines_of, machine, request_of
from tests.factories import confirmed

ROWS = Path("tests/assets/sheets/published/N_disposal_and_change_notices.csv")


def row(key: str) -> dict[str, str]:
    """A line of the published notices."""
    with ROWS.open(encoding="utf-8-sig", newline="") as file:
        return next(one for one in csv.DictReader(file) if one["编号"] == key)


def flowers() -> str:
    """The ornamental rape of 杨村村 (D01): 40,000 yuan of central money for seed and fertiliser, never titled."""
    told = row("D01")
    fen = parse_fen(told["金额"], Unit.WAN)
    money = (FundingFact(FundingSource.POVERTY_FUND, fen, FundingLevel.CENTRAL, 2016),)
    return confirmed(
        name=told["项目或资产"], subtype="OTHER_OPERATING", unit="项", original_value_fen=fen, funding=money,
        acquired=PartialDate(date(2016, 3, 1)), in_use_on=None, project_year=2016, quantity_milli=None,
    ).asset_no  # fmt: skip


def test_the_rape_of_bolu_is_written_off_without_ever_having_had_title(any_app: Flask) -> None:
    told, number = row("D01"), flowers()
    assert asset_of(number).title_status == "UNCONFIRMED"
    case_id = approved_case(DisposalKind.CONSUMED, number, ground=Ground.CONSUMED, reason=told["事由"])
    case = case_of(case_id)
    assert case.own_fen == 4_000_000
    # Villagers' meeting, village notice, township, county: as published.
    assert [step.kind for step in request_of(case_id).steps] == [
        "MEETING", "NOTICE", "COUNTERSIGN", "APPROVAL", "APPROVAL", "FILING"
    ]  # fmt: skip
    carried_out(case_id, sheet=False)
    assert (asset_of(number).stage, lines(case_id), accounts_of(case_id)) == ("DISPOSED", [], [])
    assert sums_hold()


def test_had_it_been_taken_on_the_books_its_net_value_would_be_a_cost(app: Flask) -> None:
    number = flowers()
    book = book_opened()
    case_id = approved_case(DisposalKind.CONSUMED, number, ground=Ground.CONSUMED)
    carried_out(case_id, sheet=False)
    # 40,000.00 over 240 months since April 2016: 128 months up to November 2026.
    assert lines(case_id)[-3:] == ["CONSUMED 借511 1866667", "CONSUMED 借152 2133333", "CONSUMED 贷151 4000000"]
    assert balance(book, "151") == 0


def test_of_twenty_five_assets_counted_some_are_scrapped_and_the_others_stay(app: Flask) -> None:
    """D07: 利州区 counts 25 assets of before, scrapped or damaged; the rest of each card goes on."""
    assert row("D07")["项目或资产"] == "扶贫资产25个"
    number = machine("太阳能路灯", 2_500_000, subtype="OTHER_OPERATING", unit="个", quantity_milli=60_000)
    part = {number: Part(Extent.QUANTITY, quantity_milli=25_000)}
    case_id = approved_case(DisposalKind.SCRAP, number, parts=part)
    carried_out(case_id, sheet=False)
    line = lines_of(case_id)[0]
    assert (line.original_fen, asset_of(number).stage) == (1_041_666, "SUPERSEDED")
    assert line.part_asset_id is not None
