"""What people of a case do at a desk: choose, sign, take a notice in, enter a meeting, read a paper."""

import subprocess
from datetime import date, timedelta

from playwright.sync_api import FilePayload

from registry.approvals.requests.models import ApprovalRequest
from registry.clock import today
from registry.database import db
from tests.approvals.notices.boards import photograph
from tests.browser.desk import Desk

#: How many clicks an approval may take: open it in the inbox, choose, sign.
CLICKS_TO_SIGN = 3
SIGN = "核对并签署"


def choose(desk: Desk, words: str) -> None:
    """Click the tile that says so, and count it."""
    desk.click(f"main .tile label:has-text('{words}')")


def press(desk: Desk, words: str) -> None:
    """Click the button or link of the page that says so, and count it."""
    desk.click(f"main :is(button, a.btn):has-text('{words}'):visible")


def begin(desk: Desk, subject: str) -> None:
    """Open what waits for this person from the inbox on the workbench."""
    desk.click(f"main tr:has-text('{subject}') td.act a.btn")


def says(desk: Desk) -> str:
    """Return what the page says."""
    return desk.page.inner_text("main") + "".join(desk.page.locator(".flash, [role=status]").all_inner_texts())


def sign(desk: Desk, username: str, subject: str, verdict: str = "同意", opinion: str = "", defect: str = "") -> None:
    """Sign in, open the case from the workbench, decide; typing is no click."""
    desk.sign_in_as_another(username)
    begin(desk, subject)
    choose(desk, verdict)
    for name, text in (("opinion", opinion), ("defect", defect)):
        if text:
            desk.page.fill(f"[name={name}]", text)
    press(desk, SIGN)


def picture(colour: str) -> FilePayload:
    """Return a photograph as a file to choose."""
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": photograph(colour)}


def take_in_notice(desk: Desk, request_id: int) -> str:
    """Take the notice of a case in with a photograph of the last day; what the page says then."""
    desk.open(f"/requests/{request_id}/notice/close")
    desk.page.set_input_files("[name=file]", picture("grey"))
    press(desk, "收回公示，转下一环节")
    return says(desk)


def enter_meeting(desk: Desk, request_id: int, agreed: int) -> str:
    """Enter the vote of 24 of 30 representatives on a case; what the page says then."""
    desk.open(f"/requests/{request_id}")
    press(desk, "登记会议和表决")
    desk.click("main a:has-text('登记'):right-of(:text('成员代表大会'))")
    for name, text in sitting(today() - timedelta(days=1)).items():
        desk.page.fill(f"[name={name}]", text)
    desk.page.fill("[name='items-0-agreed']", str(agreed))
    desk.page.fill("[name='items-0-opposed']", str(24 - agreed))
    desk.page.fill("[name='items-0-abstained']", "0")
    desk.page.set_input_files("[name=file]", picture("white"))
    press(desk, "登记会议和表决")
    return says(desk)


def sitting(held: date) -> dict[str, str]:
    """What is typed of a meeting of representatives, by the name of the field."""
    return {
        "body_name": "华溪村股份经济合作社成员代表大会", "held_on": held.isoformat(),
        "notified_on": (held - timedelta(days=12)).isoformat(), "chair": "王兴安", "recorder": "谭小玲",
        "place": "村委会", "authority": "章程第十二条", "due": "30", "present": "24", "women": "8",
    }  # fmt: skip


def now_at(request_id: int) -> ApprovalRequest:
    """Read a request anew, past what the test still holds."""
    db.session.rollback()
    return db.session.get_one(ApprovalRequest, request_id)


def text_of(paper: bytes) -> str:
    """Return the text of a PDF, without the space between its lines."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=paper, stdout=subprocess.PIPE, check=True)
    return "".join(done.stdout.decode().split())
