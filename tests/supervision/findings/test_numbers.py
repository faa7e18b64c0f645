"""How findings are numbered."""

from flask import Flask

from registry.database import db
from tests.disposal.shortcuts.attacks import copied
from tests.factories import TODAY
from tests.supervision.findings.finding import entered, finding_of


def test_numbers_go_on_beyond_four_digits(any_app: Flask) -> None:
    first = entered()
    with db.engine.connect().execution_options(fpa_writing=True) as connection, connection.begin():
        for number in (9_999, 10_000):
            connection.connection.cursor().execute(copied("finding", first, number=f"'WT500240-{TODAY.year}-{number}'"))
    assert finding_of(entered()).number == f"WT500240-{TODAY.year}-10001"
