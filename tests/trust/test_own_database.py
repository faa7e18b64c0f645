"""The standalone verifier accepts what the product writes, on a database that lived."""

from tests.trust.lived import CITY_LOG, COUNTY_LOG, database_file, judged, live, told


def test_a_database_that_lived_is_sound_to_the_last_event_and_row(app):
    live(app)
    report = judged(database_file())
    assert report.code == 0, told(report)
    assert [(log.log, log.anchored) for log in report.logs] == [
        (CITY_LOG, report.logs[0].size),
        (500101, 0),
        (COUNTY_LOG, report.logs[2].size),
    ]
    assert {"asset", "user", "region", "party"} <= set(report.reconciled)
    assert report.findings == []
