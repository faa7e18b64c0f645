"""A canary in every sealed field: nobody meets it on any page or paper, in any file, log or trail, but by a reveal."""

import io
import re
import shutil
import sqlite3
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from registry.assets.register.registration import OwnerFact
from registry.audit.models import TrailEvent
from registry.config import Settings
from registry.database import Base, db, transaction
from registry.kinds import Category, OwnerKind
from registry.ledger.distribution.rolls.asking import ChangeFacts, ask_change
from registry.ledger.distribution.rolls.changes import LineFacts, ReasonCode
from registry.operations import logs
from registry.parties.households.accounts import ask_account
from registry.parties.households.models import Household
from registry.parties.households.rules import AccountFacts, PersonFacts, Relation
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from registry.permissions import Role
from registry.policy.queries import policy_for
from tests.authorisation.entering import Entrant
from tests.factories import COUNTY, TODAY, TOWNSHIP, VILLAGE, confirmed, entered, person
from tests.journeys.browser import Visitor
from tests.ledger.rolls.people import number, on_roll
from tests.rest.program import Program

#: Digits that stand nowhere else; whole and masked forms share only what a mask may show.
RESIDENT, PHONE = "500240196604157736", "13996057184"
ACCOUNT = "6217003760058812347"
#: Another account that waits for its second person.
ACCOUNT_ASKED = "6228480476613907735"
CHILD, BRIDE = number(661, "19940809"), number(662, "19960203")
#: Any stretch of the hidden part is a leak, however it is written.
SECRETS = (
    RESIDENT[:14],
    RESIDENT[6:14],
    PHONE[3:7] + PHONE[7:],
    PHONE,
    ACCOUNT[:15],
    ACCOUNT[4:12],
    ACCOUNT_ASKED[:15],
    ACCOUNT_ASKED[4:12],
    CHILD[:14],
    BRIDE[:14],
)
PRINTED = re.compile(rb'href="(/prints/[^"]+\.(?:pdf|xlsx))')
PEOPLE = (
    PersonFacts("谭正国", Relation.HEAD, RESIDENT, is_member=True, share_hundredths=100),
    PersonFacts("谭小军", Relation.CHILD, CHILD),
)
HOUSEHOLD = OwnerFact(OwnerKind.HOUSEHOLD, "谭正国", resident_id=RESIDENT)


@dataclass(frozen=True)
class Canary:
    """A household asset whose owner has an identity number and a telephone number, and stands on the roll.

    The household has an account, a son, and a daughter-in-law who is asked to be added.
    """

    asset_no: str
    waiting_no: str
    party_id: int
    household_id: int
    person_id: int
    change_id: int


@pytest.fixture
def canary(app: Flask) -> Canary:
    with transaction(VILLAGE):
        facts = PartyFacts(OwnerKind.HOUSEHOLD, "谭正国", VILLAGE, resident_id=RESIDENT, phone=PHONE)
        party_id = add_party(facts, by=person("village_clerk")).id
    kind = {"category": Category.HOUSEHOLD, "subtype": "HOUSEHOLD_STOCK", "owners": (HOUSEHOLD,)}
    numbers = confirmed(**kind).asset_no, entered(name="脱贫户圈舍", **kind).asset_no
    household_id = on_roll(1, persons=PEOPLE, bank_account=ACCOUNT, phone=PHONE)
    with transaction(VILLAGE):
        facts = AccountFacts("农业银行", ACCOUNT_ASKED, "换卡")
        ask_account(db.session.get_one(Household, household_id), facts, by=person("village_clerk"))
    return Canary(*numbers, party_id, household_id, _son(household_id), _newcomer(household_id))


def _son(household_id: int) -> int:
    return db.session.get_one(Household, household_id).stays[1].person_id


def _newcomer(household_id: int) -> int:
    newcomer = PersonFacts("向小琴", Relation.CHILD_IN_LAW, BRIDE)
    line = LineFacts(household_id, ReasonCode.PERSON_ADDED, TODAY, newcomer=newcomer)
    with transaction(VILLAGE):
        facts, policy = ChangeFacts(VILLAGE, "结婚证", (line,)), policy_for(VILLAGE, TODAY)
        return ask_change(facts, by=person("village_clerk"), on=TODAY, policy=policy).id


def found_in(data: bytes) -> list[str]:
    """Return what of the canary stands in bytes: as they are, unpacked, and as the text of a paper."""
    plain = data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            plain = b"\n".join(archive.read(name) for name in archive.namelist())
    elif data.startswith(b"%PDF"):
        plain = subprocess.run(["pdftotext", "-", "-"], input=data, stdout=subprocess.PIPE, check=True).stdout
    whole = plain + re.sub(rb"\s", b"", plain)
    return [secret for secret in SECRETS if secret.encode() in whole or secret.encode("utf-16-le") in whole]


def addresses(app: Flask, canary: Canary) -> list[str]:
    """Return every address that can be looked at, with the canary's own objects."""
    known = {
        "asset_no": canary.asset_no, "party_id": canary.party_id, "region_code": VILLAGE, "filename": "css/app.css",
        "seq": 1, "log_id": int(COUNTY[:6]), "file_format": "pdf", "household_id": canary.household_id,
        "person_id": canary.person_id, "change_id": canary.change_id, "code": "DIED",
    }  # fmt: skip
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, **{name: known.get(name, 1) for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        ]


def more(canary: Canary) -> list[str]:
    """Return addresses with a query: the tabs of an asset, the search for a person."""
    tabs = ("money", "rights", "changes", "files", "trail")
    return [
        *(f"/assets/{canary.asset_no}?tab={tab}" for tab in tabs),
        f"/assets/{canary.waiting_no}", f"/assets/{canary.waiting_no}/confirm", f"/assets/{canary.waiting_no}/edit",
        f"/assets?owner=谭正国&q={RESIDENT}", f"/assets?q={PHONE}", f"/labels?no={canary.asset_no}",
        f"/api/v1/assets/{canary.waiting_no}", f"/api/v1/assets?q={RESIDENT}", "/api/v1/parties?q=谭正国",
        "/api/v1/beneficiaries", f"/beneficiaries?q={RESIDENT}", f"/trail?thing=household-{canary.household_id}",
        "/beneficiaries/adjust", "/requests/1/notice", "/requests/1/meeting",
        f"/trail?thing=party-{canary.party_id}", *(f"/trail/{COUNTY[:6]}/{number}" for number in range(1, 12)),
    ]  # fmt: skip


def handed_out(client: FlaskClient, canary: Canary, role: Role) -> list[TestResponse]:
    """Return every file this role gets by sending a form: lists, cards, ledgers, labels, trails."""
    key = role.value
    forms = (
        ("/assets/export", {"form": "xlsx"}),
        ("/assets/export", {"form": "csv"}),
        (f"/assets/{canary.asset_no}/print", {}),
        ("/labels", {"no": canary.asset_no}),
        ("/prints", {"report": "ledger", "region_code": TOWNSHIP, "on": "2026-11-23"}),
        ("/trail/export", {"region": COUNTY}),
    )
    answers = []
    for place, (url, data) in enumerate(forms):
        answer = client.post(url, data={**data, "one_time_key": f"{key}{place}"}, follow_redirects=True)
        answers.append(answer)
        answers += [client.get(link.decode()) for link in PRINTED.findall(answer.data)]
    return answers


def own_search(answer: TestResponse) -> str:
    """Return a page without what the reader typed into the address themselves: an echo is no leak."""
    return re.sub(rf"(?:{RESIDENT}|{PHONE})", "", answer.text)


#: One of each reach is given papers in every run; all of them with --full.
PRINTERS = frozenset({Role.VILLAGE_CLERK, Role.TOWNSHIP_SUPERVISOR, Role.AUDITOR})


@pytest.mark.parametrize("role", Role, ids=str)
def test_no_role_meets_the_canary_on_any_page_or_paper(app: Flask, canary: Canary, role: Role, full: bool) -> None:
    visitor = Visitor(app.test_client(), role.value.lower())
    entrant = Entrant(visitor.client, role.value.lower())
    leaks = []
    for url in [*addresses(app, canary), *more(canary)]:
        answer = entrant.get(url)
        typed = RESIDENT in url or PHONE in url
        if found_in(own_search(answer).encode() if typed else answer.data):
            leaks.append(url)
    for answer in handed_out(visitor.client, canary, role) if full or role in PRINTERS else ():
        if found_in(answer.data):
            leaks.append(answer.request.path)
    assert leaks == []


def test_files_are_handed_out_and_hold_the_household_so_the_search_could_find_something(
    app: Flask, canary: Canary
) -> None:
    visitor = Visitor(app.test_client(), "auditor")
    answers = handed_out(visitor.client, canary, Role.AUDITOR)
    kinds = {answer.mimetype.rpartition("/")[2] for answer in answers if answer.status_code == 200}
    assert kinds >= {"pdf", "csv", "zip", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert any("谭正国" in answer.text for answer in answers if answer.mimetype == "text/csv")


def test_nothing_lies_readable_in_the_database_the_trail_the_log_or_a_backup(
    app: Flask, canary: Canary, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    logs.attach(app)
    client = app.test_client()
    Visitor(client, "township_supervisor")
    revealed = client.post(f"/holders/{canary.party_id}/reveal", data={"reason": "核对证件", "one_time_key": "k"})
    assert found_in(revealed.data)
    client.post("/assets/check", data={"owners-0-resident_id": RESIDENT})
    said = capsys.readouterr().err
    assert "/reveal" in said
    db.session.rollback()
    payloads = "\n".join(db.session.scalars(select(TrailEvent.payload)))
    rows = "\n".join(repr(row) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table)))
    db.session.rollback()
    with sqlite3.connect(settings.data_dir / "app.db") as own, sqlite3.connect(tmp_path / "backup.db") as kept:
        own.backup(kept)
    shutil.copytree(settings.data_dir, tmp_path / "copy")
    files = [path for path in [*(tmp_path / "copy").rglob("*"), tmp_path / "backup.db"] if path.is_file()]
    assert files
    for url in (f"/households/{canary.household_id}/reveal", f"/persons/{canary.person_id}/reveal"):
        assert found_in(client.post(url, data={"reason": "核对发放表", "one_time_key": url}).data)
    assert found_in(payloads.encode()) == found_in(rows.encode()) == found_in(said.encode()) == []
    assert [path.name for path in files if found_in(path.read_bytes())] == []


def test_a_program_that_writes_the_canary_finds_it_nowhere_again(app: Flask, canary: Canary) -> None:
    program = Program(app.test_client(), "village_clerk")
    read = program.get(f"/assets/{canary.waiting_no}")
    assert "谭正国" in read.text
    card = {**read.json["card"], "owners": [{"kind": "HOUSEHOLD", "name": "谭正国", "resident_id": RESIDENT}]}
    sent = program.put(f"/assets/{canary.waiting_no}", {"card": card}, read.headers["ETag"])
    made = program.post("/assets", {"card": {**card, "name": "另一处圈舍"}})
    wrong = program.post("/assets", {"card": {**card, "name": "", "remarks": 1}})
    assert (sent.status_code, made.status_code, wrong.status_code) == (200, 201, 422)
    assert [answer for answer in (read, sent, made, wrong) if found_in(answer.data)] == []
    db.session.rollback()
    rows = "\n".join(repr(row) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table)))
    assert found_in(rows.encode()) == []


def test_one_reveal_leaves_one_event_and_its_page_is_the_only_one_that_shows_it(app: Flask, canary: Canary) -> None:
    client = app.test_client()
    Visitor(client, "auditor")
    url = f"/holders/{canary.party_id}/reveal"
    shown = client.post(url, data={"reason": "抽查", "one_time_key": "k"})
    db.session.rollback()
    events = list(db.session.scalars(select(TrailEvent.payload).where(TrailEvent.action == "REVEALED")))
    assert len(events) == 1
    assert found_in(shown.data)
    assert not found_in(client.get(url).data)


@pytest.mark.parametrize("packed", ["plain", "zip"])
def test_the_search_would_find_a_leak(packed: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{RESIDENT}</t>")
    data = out.getvalue() if packed == "zip" else f"身份证 {RESIDENT[:6]} {RESIDENT[6:]}".encode()
    assert found_in(data)
