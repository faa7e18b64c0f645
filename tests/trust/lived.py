"""A database that the product itself wrote: cards, corrections, people, places, denials, checkpoints, a witness."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from registry import config
from registry.accounts.models import User
from registry.accounts.services import NewUser, change_user, disable_user, issue_account
from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.services import resubmit, send_back, withdraw
from registry.assets.register.registration import OwnerFact
from registry.audit.keys import service_verifier
from registry.audit.services import make_checkpoint
from registry.audit.verify_audit import Report, verify
from registry.audit.witness import witness
from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.books.drafts.services import make_reversal
from registry.ledger.books.exchange.rules import BroughtLine
from registry.ledger.books.exchange.services import bring_numbers
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.queries import list_postings
from registry.ledger.books.rules import month_of
from registry.permissions import system_actor
from registry.places.services import merge_region, rename_region
from registry.workbench.moving import hand_over
from tests.approvals.gatherings import about, held
from tests.approvals.notices.boards import answered, objected, posted
from tests.assets.custody.keeping import accepted, road
from tests.assets.title.making import storehouse, titled
from tests.factories import (
    MUNICIPALITY,
    PASSWORD,
    SIBLING_VILLAGE,
    TODAY,
    VILLAGE,
    confirmed,
    entered,
    person,
)  # fmt: skip
from tests.ledger.books.keeping import book_of, checked, closed, drafted, reopened
from tests.ledger.books.keeping import posted as posted_voucher
from tests.policy.setting import agreed

COUNTY_LOG, CITY_LOG = 500240, 500000


def live(app: Flask) -> None:
    """Do a little of everything a county does, sign, do some more, sign and witness."""
    _enter_and_mend()
    _correct()
    _agree()
    _keep_books()
    make_checkpoint(COUNTY_LOG, "test")
    witness()
    _manage_people()
    _sign_in(app)
    _change_places()
    make_checkpoint(COUNTY_LOG, "test")
    witness()
    make_checkpoint(CITY_LOG, "test")


def _enter_and_mend() -> None:
    clerk, township = person("village_clerk"), person("township_clerk")
    asset_id = entered(name="双河渠").id
    with transaction(VILLAGE):
        asset = db.session.get_one(Asset, asset_id)
        send_back(asset, "照片不清", by=township)
        resubmit(asset, replace(registration_of(asset), name="双河灌溉渠"), by=clerk, on=TODAY)
    household = OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社")
    other = entered(name="误登一项", owners=(household,)).id
    with transaction(VILLAGE):
        withdraw(db.session.get_one(Asset, other), "重复登记", by=clerk)


def _correct() -> None:
    asset_id = confirmed(name="中益加工车间").id
    with transaction(VILLAGE):
        asset = db.session.get_one(Asset, asset_id)
        facts = replace(registration_of(asset), remarks="屋顶已换", location_detail="三组")
        ask_correction(asset, facts, reason="补记位置", by=person("village_clerk"), on=TODAY)
    confirmed(name="蜂场")


def _agree() -> None:
    """Set policy, meet, post, object and answer, take a card to title, give it into somebody's care."""
    agreed()
    held(items=(about(),))
    answered(objected(posted()).objection.id, "village_head")
    titled(storehouse("一号仓"))
    accepted(road())


def _keep_books() -> None:
    """Post by hand, undo, take an asset on, close a month, open it again, bring a number back."""
    book_id = book_of().id
    checked(drafted(book_id).id)
    wrong = posted_voucher(book_id)
    with transaction(VILLAGE):
        red = make_reversal(db.session.get_one(Voucher, wrong.id), "记错", by=person("village_clerk"), on=TODAY)
    checked(red.id)
    drafted(book_id)
    closed(book_id, month_of(date(2026, 1, 1)))
    reopened(book_id, month_of(date(2026, 1, 1)))
    with transaction(VILLAGE):
        lines = [BroughtLine(1, wrong.uid, one.account, one.debit_fen, one.credit_fen, "三资-9")
                 for one in list_postings(db.session.get_one(Voucher, wrong.id))]  # fmt: skip
        bring_numbers(db.session.get_one(Book, book_id), lines, by=person("village_clerk"))


def _manage_people() -> None:
    by = person("system_administrator")
    with transaction(VILLAGE):
        user, _code = issue_account(NewUser("new_one", "谭新", "报账员", VILLAGE), by=by)
        change_user(user, "谭新", "会计", VILLAGE, reason="改任", by=by)
    with transaction(VILLAGE):
        user = db.session.scalars(select(User).where(User.username == "new_one")).one()
        disable_user(user, reason="调离", by=by)


def _sign_in(app: Flask) -> None:
    client = app.test_client()
    client.post("/login", data={"username": "village_clerk", "password": "wrong"})
    client.post("/login", data={"username": "nobody-here", "password": "wrong"})
    client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    client.get("/admin/users")


def _change_places() -> None:
    by = system_actor(MUNICIPALITY)
    with transaction(VILLAGE, SIBLING_VILLAGE):
        rename_region(VILLAGE, "华溪新村村民委员会", on=TODAY, basis="批复1号", by=by)
        merge_region(VILLAGE, SIBLING_VILLAGE, on=TODAY, basis="批复2号", by=by)
        hand_over(VILLAGE, SIBLING_VILLAGE, by=by)


def keys() -> list[str]:
    """The public keys under which this installation signs its logs."""
    return [service_verifier(config.current(), log_id) for log_id in (COUNTY_LOG, CITY_LOG, 500101)]


def outside() -> list[str]:
    """The checkpoints that lie beside the database."""
    return [file.read_text("utf-8") for file in sorted(config.current().checkpoints.glob("[0-9]*"))]


def database_file() -> Path:
    """The SQLite file of the running application, with everything in the file itself."""
    db.session.remove()
    with db.engine.connect() as connection:
        path = str(connection.engine.url.database)
    db.engine.dispose()
    return Path(path)


def judged(path: Path) -> Report:
    """The verdict of the standalone verifier over a source."""
    return verify(path, outside(), keys())


def told(report: Report) -> str:
    """Everything a report says, for the message of a failed test."""
    return "\n".join(report.lines()) + json.dumps(report.firsts)
