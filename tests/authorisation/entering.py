"""One person who enters pages with a cookie and the API with a token, and sends what each route asks for."""

import contextlib
import io
import json
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.accounts.rules import NoTokensForAdministrators
from tests.factories import VILLAGE
from tests.rest.program import card_of, token_of

_LINES = [{"source": "POVERTY_FUND", "amount": "1.00"}]
_RECEIVED = {
    "kind": "OTHER", "amount": "1.00", "received_on": "2026-01-01", "earned_from": "2026-01-01",
    "earned_to": "2026-01-31",
}  # fmt: skip
_OFFICIAL = {"prior_loss": "0.00", "result": "1.00", "fund": "0.00", "paper": "x", "charter_bp": 2000}
#: What a call must send to come as far as looking for its object: pattern of the path, body.
_BODIES: tuple[tuple[str, dict[str, Any]], ...] = (
    (r"/corrections$", {"reason": "x", "version": 1}),
    (r"/value-changes$", {"kind": "MAJOR_REPAIR", "effective_on": "2026-01-01", "lines": _LINES, "reason": "x"}),
    (r"/comments$", {"body": "x"}),
    (r"/policy/proposals/.*/withdraw$", {}),
    (r"/contracts/[0-9]+/void$", {"reason": "x"}),
    (r"/assets/[^/]+/receipts$", _RECEIVED),
    (r"/distribution-plans/[0-9]+/drop$", {"reason": "x"}),
    (r"/distribution-plans/[0-9]+/official$", _OFFICIAL),
    (r"/distribution-plans/[0-9]+/uses$", {"kind": "CARRIED", "label": "x", "basis": "LUMP"}),
    (r"/distribution-plans/[0-9]+/payouts$", {"instalment": 1, "use_ids": [1], "method": "BANK"}),
    (r"/(?:send-back|withdraw|take-down|pass-on|recuse)$", {"reason": "x"}),
    (r"/notices/[0-9]+/objections$", {"channel": "PAPER", "text": "x"}),
    (r"/objections/[0-9]+/answer$", {"finding": "EXPLAINED", "text": "x"}),
    (r"/title-cases/[0-9]+$", {"facts": {"title": "x"}}),
    (r"/title-cases/[0-9]+/certificates$", {"issued_on": "2026-01-01"}),
    (
        r"/disposals/[0-9]+$",
        {"kind": "SALE", "ground": "IDLE", "title": "x", "reason": "x", "effective_on": "2026-01-01"},
    ),
    (r"/disposals/[0-9]+/lines/[0-9]+/decide$", {"decision": "TAKEN"}),
    (r"/lines/decide$", {"verification": "MATCHES", "decision": "CONFIRMED"}),
    (r"/lines/drop$", {"assets": ["x"]}),
    (r"/lines/owners$", {"owners": [{"kind": "STATE", "name": "x", "region_code": VILLAGE}]}),
    (r"/proceeds/[0-9]+/receipt-drafts$", {"amount": "1.00", "received_on": "2026-01-01", "paper_no": "x"}),
    (r"/proceeds/[0-9]+/uses$", {"purpose": "PAID_IN", "amount": "1.00", "used_on": "2026-01-01", "note": "x"}),
    (r"/evaluations/[0-9]+/confirm$", {"version": 1, "agrees": True}),
    (r"/evaluations/[0-9]+/subsidy$", {"version": 1, "total": "1.00", "basis": "x"}),
    (
        r"/evaluation-lines/[0-9]+/scores$",
        {"criterion": "SOUND", "points": "1", "reason": "x", "paper": "x", "scorer": "x"},
    ),
    (
        r"/evaluation-lines/[0-9]+/appeals$",
        {"criterion": "SOUND", "points": "1", "reason": "x", "paper": "x", "objection_id": 1},
    ),
    (r"/findings/[0-9]+/check$", {"version": 1, "agrees": True, "words": "x"}),
    (
        r"/engagements/[0-9]+/findings$",
        {
            "region_code": VILLAGE,
            "source": "AGENCY",
            "problem": "x",
            "basis": "x",
            "demand": "x",
            "found_on": "2026-01-01",
            "due_on": "2026-02-01",
        },
    ),
    (r"/sample-items/[0-9]+/result$", {"result": "SOUND"}),
    (r"/(?:refuse|undo)$", {"reason": "x"}),
    (r"/account-changes$", {"bank_name": "x", "bank_account": "12345678", "reason": "x"}),
    (r"/account-changes/[0-9]+/refuse$", {"reason": "x"}),
    (r"/papers$", {"papers": []}),
    (r"/parts$", {"parts": [{"name": "x", "value": "1.00"}]}),
    (r"/encumbrances$", {"kind": "PLEDGE", "holder": "x", "document_no": "x", "valid_from": "2026-01-01"}),
    (r"/real-estate$", {"number": "x", "registered_on": "2026-01-01"}),
    (r"/books$", {"system": "STATE", "number": "x"}),
    (r"/books/[0-9]+/drafts$|/drafts/[0-9]+$", {"deed": "BANK_FEE", "booked_on": "2026-01-01", "summary": "x"}),
    (r"/books/[0-9]+/opening$", {"lines": []}),
    (r"/books/[0-9]+/differences$", {"difference": "NEW", "booked_on": "2026-01-01"}),
    (r"/books/[0-9]+/exchange$", {"numbers": [{"uid": "x", "number": "x"}]}),
    (r"/reopenings/[0-9]+/answer$", {"agree": True}),
    (r"/(?:reopen|reverse|return)$", {"reason": "x"}),
    (r"/warnings/[0-9]+/hand-offs$", {"to_code": VILLAGE, "text": "x", "due_on": "2999-01-01"}),
    (r"/warning-hand-offs/[0-9]+/answers$", {"text": "x"}),
    (r"/warning-hand-offs/[0-9]+/withdrawal$", {"reason": "x"}),
    (r"/warning-hand-offs/[0-9]+/verdicts$", {"version": 1, "takes": True, "opinion": "x"}),
    (r"/projects/[0-9]+$", {"project": {"region_code": VILLAGE, "name": "x", "year": 2019, "lines": _LINES}}),
)

#: Calls of several parts: pattern of the path, name and content of the part that is JSON; files come beside it.
_PARTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (r"/findings/[0-9]+/report$", "report", {"words": "x"}),
    (r"/engagements/[0-9]+/report$", "report", {"reported_on": "2026-01-01", "conclusions": "x"}),
    (r"/disposals/[0-9]+/execute$", "execution", {}),
    (
        r"/disposals/[0-9]+/reports$",
        "report",
        {"agency": "x", "report_no": "x", "appraisers": ["x"], "value": "1.00", "appraised_on": "2026-01-01"},
    ),
    (
        r"/disposals/[0-9]+/prices$",
        "result",
        {"way": "LISTED", "price": "1.00", "opened_on": "2026-01-01", "buyer_kind": "STATE", "buyer_name": "x"},
    ),
)

#: Calls that send a file, and what stands beside it in the query.
_FILES: tuple[tuple[str, str], ...] = (
    (r"/attachments$", "kind=OTHER"),
    (r"/warning-hand-offs/[0-9]+/words/[0-9]+/files$", ""),
    (r"/publication$", "published_on=2026-01-01"),
    (r"/(?:photo|close)$", ""),
    (r"/hand-over$", "handed_over_on=2026-01-01"),
    (r"/paper$", "answer=accept&signed_on=2026-01-01"),
    (r"/contracts/[0-9]+/sign$", "signed_on=2026-01-01"),
    (r"/contracts/[0-9]+/end$", "ended_on=2026-01-01&reason=x&deposit_return=0.00&use_after=IDLE"),
)

#: Used in turn, so that hundreds of routes entered in a minute stay below what one token may call.
_TOKENS = 4


def is_call(path: str) -> bool:
    """Say whether an address is one of the API's, which no cookie opens."""
    return path.startswith("/api/v1/")


class Entrant:
    """A person with a browser and, unless they administer, a token with every scope."""

    def __init__(self, client: FlaskClient, username: str) -> None:
        self.client, self.calls = client, 0
        self.tokens: list[str] = []
        with contextlib.suppress(NoTokensForAdministrators):
            self.tokens = [token_of(username) for _ in range(_TOKENS)]

    def open(self, url: str, method: str = "GET", *, asset_no: str = "", **options: Any) -> TestResponse:
        """Enter a route as its kind asks for."""
        if not is_call(url):
            data = {"reason": "x", "asset_no": asset_no} if asset_no else options.pop("data", None)
            return self.client.open(url, method=method, data=data, **options)
        self.calls += 1
        headers = {"Idempotency-Key": f"call-{self.calls}", "If-Match": '"1-0"'}
        if self.tokens:
            headers["Authorization"] = f"Bearer {self.tokens[self.calls % _TOKENS]}"
        beside = next((query for pattern, query in _FILES if re.search(pattern, url)), None)
        if beside is not None and method == "POST":
            file = {"file": (io.BytesIO(b"%PDF-1.4 %%EOF"), "x.pdf")}
            return self.client.open(f"{url}?{beside}", method=method, data=file, headers=headers)
        part = next(((name, told) for pattern, name, told in _PARTS if re.search(pattern, url)), None)
        if part is not None and method == "POST":
            parts = {part[0]: json.dumps(part[1]), "files": (io.BytesIO(b"%PDF-1.4 %%EOF"), "x.pdf")}
            return self.client.open(url, method=method, data=parts, headers=headers)
        body = None if method == "GET" else _body(url)
        return self.client.open(url, method=method, json=body, headers=headers, **options)

    def get(self, url: str, **options: Any) -> TestResponse:
        """Look at a route."""
        return self.open(url, **options)

    def post(self, url: str, **options: Any) -> TestResponse:
        """Send something to a route."""
        return self.open(url, "POST", **options)


def _body(url: str) -> dict[str, Any]:
    for pattern, body in _BODIES:
        if re.search(pattern, url):
            return {**body, "card": card_of()} if pattern == r"/corrections$" else body
    return {"card": card_of()} if re.search(r"/assets/[^/]+$", url) else {}
