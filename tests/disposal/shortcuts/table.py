"""The illegal shortcuts of a disposal, one row each: where it is tried, and how over page, program and database."""

from collections.abc import Callable
from io import BytesIO

from flask import Flask
from werkzeug.test import TestResponse

from registry.approvals.notices.models import Notice
from registry.approvals.notices.rules import Case as NoticeCase
from registry.approvals.notices.rules import NoticeFacts, NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.requests.queries import CASE_TABLE
from registry.assets.register.registration import OwnerFact
from registry.clock import today
from registry.database import db, transaction
from registry.disposal.kinds import DisposalKind
from registry.kinds import Category, OwnerKind
from registry.permissions import Role
from registry.policy.queries import policy_for
from tests.approvals.notices.boards import kept, photograph
from tests.disposal.scenery import (
    asset_of,
    case_of,
    lines_of,
    machine,
    opened_case,
    request_of,
    submitted_case,
)
from tests.disposal.shortcuts.attacks import copied, decision, position_of
from tests.disposal.shortcuts.prices import execution, price_again, price_again_by_program, reprice, sold
from tests.disposal.shortcuts.scene import Attacks, Scene, Shortcut, api_decision, at, granted, page_decision
from tests.factories import MUNICIPALITY, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.reports.printing import money
from tests.rest.program import Program

# ---- skip a level


def _fresh(_app: Flask) -> Scene:
    return at(submitted_case())


def _skip(scene: Scene) -> Attacks:
    found, there = request_of(scene.case_id), position_of(request_of(scene.case_id), "TOWNSHIP_SUPERVISOR")
    step = f"request_id = {found.id} AND position = {there}"
    return [
        ("has not reached this step", decision(found, there, "township_supervisor")),
        ("no level is skipped", f"UPDATE approval_step SET status = 'CURRENT' WHERE {step}"),
        ("nobody at this desk agreed|no level is skipped", f"UPDATE approval_step SET status = 'DONE' WHERE {step}"),
        ("steps are kept", f"DELETE FROM approval_step WHERE {step}"),
        ("stays as it was copied", f"UPDATE approval_step SET kind = 'FILING' WHERE {step}"),
        ("not every step", f"UPDATE approval_request SET status = 'APPROVED' WHERE id = {found.id}"),
        ("only what is approved", f"UPDATE approval_request SET status = 'EXECUTED' WHERE id = {found.id}"),
        ("not every level", f"UPDATE disposal_case SET status = 'APPROVED' WHERE id = {scene.case_id}"),
        ("not carried out", f"UPDATE disposal_case SET status = 'DONE' WHERE id = {scene.case_id}"),
    ]  # fmt: skip


def at_township(_app: Flask) -> Scene:
    """A case that waits for the township's agreement."""
    return at(submitted_case(), "TOWNSHIP_SUPERVISOR")


def _township_agrees(app: Flask) -> tuple[str, ...]:
    found = request_of(at_township(app).case_id)
    return (decision(found, position_of(found, "TOWNSHIP_SUPERVISOR"), "township_supervisor"),)


# ---- approve one's own, at two levels, as an administrator


def _two_hats(username: str) -> Callable[[Flask], Scene]:
    def scene(app: Flask) -> Scene:
        granted(username, Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)
        return at_township(app)

    return scene


def _agrees(username: str, says: str) -> Callable[[Scene], Attacks]:
    def sql(scene: Scene) -> Attacks:
        found = request_of(scene.case_id)
        here, other = position_of(found, "TOWNSHIP_SUPERVISOR"), str(person("township_supervisor").id)
        mine = str(person(username).id)
        # In one's own name, in another's, and by another's hand in one's own name.
        return [
            (says, decision(found, here, username)),
            (says, decision(found, here, username, for_id=other)),
            (says, decision(found, here, "county_finance", for_id=mine)),
        ]

    return sql


def _administrator(app: Flask) -> Scene:
    scene = at_township(app)
    scene.program = Program(app.test_client(), "township_supervisor")  # a token of before
    granted("township_supervisor", Role.SYSTEM_ADMINISTRATOR, MUNICIPALITY)
    return scene


# ---- short notice


def _hanging(_app: Flask) -> Scene:
    scene = at(submitted_case(), "NOTICE")
    found, photo = request_of(scene.case_id), kept("white")
    facts = NoticeFacts(
        NoticeKind.DISPOSAL_PLAN, VILLAGE, found.title, "公示正文", "村务公开栏", "谭小玲", "023-0000",
        case=NoticeCase(CASE_TABLE, str(found.id), found.content_digest),
    )  # fmt: skip
    with transaction(VILLAGE):
        notice = post_notice(facts, by=person("village_clerk"), on=today(), policy=policy_for(VILLAGE, today()))
        add_first_photo(notice, photo, by=person("village_clerk"), on=today())
        scene.other_id = notice.id
    return scene


def _take_in(app: Flask, scene: Scene) -> TestResponse:
    data = {"file": (BytesIO(photograph("grey")), "收回.jpg"), "one_time_key": "close"}
    clerk = Visitor(app.test_client(), "village_clerk")
    return clerk.client.post(f"/requests/{scene.request_id}/notice/close", data=data)


def _finish(app: Flask, scene: Scene) -> TestResponse:
    return Program(app.test_client(), "village_clerk").post(f"/requests/{scene.request_id}/finish-step")


def _shorten(scene: Scene) -> Attacks:
    notice, on = scene.other_id, db.session.get_one(Notice, scene.other_id).starts_on.isoformat()
    step = f"request_id = {scene.request_id} AND kind = 'NOTICE'"
    over = f"UPDATE notice SET state = 'CLOSED', ended_on = '{on}', last_photo = 'x' WHERE id = {notice}"
    done = f"UPDATE approval_step SET status = 'DONE', answer_table = 'notice', answer_id = '{notice}' WHERE {step}"
    return [
        ("has not hung its days", over),
        ("has not hung its days", done),
        ("what a notice says never changes", f"UPDATE notice SET starts_on = '2026-01-01' WHERE id = {notice}"),
        ("what a notice says never changes", f"UPDATE notice SET ends_on = '{on}', days = 0 WHERE id = {notice}"),
        ("stays as it was copied", f"UPDATE approval_step SET hang_days = 0 WHERE {step}"),
        ("for its days", copied("notice", notice, ends_on="starts_on", state="'CLOSED'")),
    ]


def _hung(app: Flask) -> tuple[str, ...]:
    """The same notice, taken in once its days are over; only then its step is done."""
    scene = _hanging(app)
    row = db.session.get_one(Notice, scene.other_id)
    notice, until = row.id, row.ends_on.isoformat()
    step = f"request_id = {scene.request_id} AND kind = 'NOTICE'"
    return (
        f"UPDATE notice SET state = 'CLOSED', ended_on = '{until}', last_photo = 'x' WHERE id = {notice}",
        f"UPDATE approval_step SET status = 'DONE', answer_table = 'notice', answer_id = '{notice}' WHERE {step}",
    )


# ---- split the lot


def _two_lots(_app: Flask) -> Scene:
    submitted_case(DisposalKind.SALE, machine("烘干机一"))
    return at(submitted_case(DisposalKind.SALE, machine("烘干机二")))


def _split(scene: Scene) -> Attacks:
    own = case_of(scene.case_id).own_fen
    alone = copied("approval_request", scene.request_id, amount_fen=str(own), status="'OPEN'", content_version="1")
    return [
        ("summed, not split", alone),
        (
            "summed, not split|only after it was sent back",
            f"UPDATE approval_request SET amount_fen = {own} WHERE id = {scene.request_id}",
        ),
        ("only after it was sent back", f"UPDATE disposal_case SET own_fen = 0 WHERE id = {scene.case_id}"),
        ("only after it was sent back", f"UPDATE disposal_case SET window_from = NULL WHERE id = {scene.case_id}"),
    ]  # fmt: skip


def _whole_sum(app: Flask) -> tuple[str, ...]:
    return (copied("approval_request", _two_lots(app).request_id, status="'OPEN'"),)


# ---- dispose of a household's asset


def goats() -> str:
    """A household's asset of the village, confirmed; its number."""
    owner = OwnerFact(OwnerKind.HOUSEHOLD, "谭正国")
    return confirmed(
        name="山羊十只", category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", owners=(owner,),
        original_value_fen=800_000, funding=money(800_000), quantity_milli=10_000, unit="头",
    ).asset_no  # fmt: skip


def _households(_app: Flask) -> Scene:
    case_id = opened_case()
    return Scene(case_id, asset_no=goats())


def _apply(app: Flask, scene: Scene) -> TestResponse:
    said = {"kind": "SALE", "ground": "IDLE", "title": "出售山羊", "reason": "x", "effective_on": today().isoformat(),
            "one_time_key": "apply"}  # fmt: skip
    clerk = Visitor(app.test_client(), "village_clerk")
    return clerk.client.post(f"/disposals/new?asset={scene.asset_no}", data=said)


def _apply_by_program(app: Flask, scene: Scene) -> TestResponse:
    words = {"kind": "SALE", "ground": "IDLE", "title": "出售山羊", "reason": "x", "effective_on": today().isoformat()}
    said = {"words": words, "assets": [{"asset_no": scene.asset_no}]}
    return Program(app.test_client(), "village_clerk").post("/disposals", said)


def _take(scene: Scene) -> Attacks:
    asset, line = asset_of(scene.asset_no).id, line_of(scene.case_id)
    return [
        ("a household disposes of its own", copied("disposal_line", line, asset_id=str(asset))),
        ("a line stays about its asset", f"UPDATE disposal_line SET asset_id = {asset} WHERE id = {line}"),
        ("only by a case that was carried out", f"UPDATE asset SET stage = 'DISPOSED' WHERE id = {asset}"),
    ]


def line_of(case_id: int) -> int:
    """The first line of a case."""
    return lines_of(case_id)[0].id


def _takes_a_machine(_app: Flask) -> tuple[str, ...]:
    line = line_of(opened_case())
    return (copied("disposal_line", line, asset_id=str(asset_of(machine("另一台")).id)),)


TOWNSHIP_PERSON, COMMITTEE = "township_supervisor", "village_supervisory_committee"
SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(
        "a level is skipped", _fresh, _skip, _township_agrees,
        page=lambda app, scene: page_decision(app, scene, TOWNSHIP_PERSON),
        api=lambda app, scene: api_decision(app, scene, TOWNSHIP_PERSON),
    ),
    Shortcut(
        "the submitter approves", _two_hats("village_clerk"), _agrees("village_clerk", "who submitted a case"),
        _township_agrees,
        page=lambda app, scene: page_decision(app, scene, "village_clerk"),
        api=lambda app, scene: api_decision(app, scene, "village_clerk"),
    ),
    Shortcut(
        "one person approves at two levels", _two_hats(COMMITTEE), _agrees(COMMITTEE, "at two levels"),
        _township_agrees,
        page=lambda app, scene: page_decision(app, scene, COMMITTEE),
        api=lambda app, scene: api_decision(app, scene, COMMITTEE),
    ),
    Shortcut(
        "an administrator approves", _administrator, _agrees(TOWNSHIP_PERSON, "administrators decide nothing"),
        _township_agrees,
        page=lambda app, scene: page_decision(app, scene, TOWNSHIP_PERSON),
        api=lambda app, scene: api_decision(app, scene, TOWNSHIP_PERSON),
    ),
    Shortcut(
        "the price is changed after approval", sold, reprice, lambda app: (execution(sold(app)),),
        page=price_again, api=price_again_by_program,
    ),
    Shortcut("the notice hangs too short", _hanging, _shorten, _hung, page=_take_in, api=_finish),
    Shortcut("the lot is split", _two_lots, _split, _whole_sum),
    Shortcut(
        "a household's asset is disposed of", _households, _take, _takes_a_machine, page=_apply,
        api=_apply_by_program,
    ),
)  # fmt: skip
