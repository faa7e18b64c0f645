"""An import on SQLite and on PostgreSQL: the same rows, the same sums, the same way back."""

import pytest
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.stock import stock_by
from registry.assets.register.sheets import services
from registry.assets.register.sheets.running import run_import, run_undo
from registry.database import db
from tests.assets.sheets.importing import CLERK, GOOD, HEAD, assets, batch_of, begin, check, keep, many, pasted
from tests.factories import person

pytestmark = pytest.mark.usefixtures("any_app")


def test_a_file_comes_in_and_goes_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    assert run_import(upload_id, by=person(CLERK), seconds=None)
    (row,) = stock_by(["500240000000"], "category")
    assert (assets(), batch_of(upload_id).added, row.assets) == (10, 10, 10)
    assert (check(many(10)).added, check(many(10)).duplicate) == (0, 10)
    assert run_undo(upload_id, by=person(CLERK))
    assert set(db.session.scalars(select(Asset.stage))) == {"WITHDRAWN"}


def test_texts_as_long_as_the_reading_admits_fit_the_columns() -> None:
    head = HEAD + "|资产简称|规格|规模|管护人|备注|项目名称|档案清单"
    long = "|".join("长" * length for length in (40, 200, 500, 80, 800, 100, 500))
    upload_id = keep(pasted(head, GOOD.replace("蓄水池", "池" * 100) + "|" + long))
    begin(upload_id)
    assert run_import(upload_id, by=person(CLERK), seconds=None)
    assert batch_of(upload_id).added == 1
