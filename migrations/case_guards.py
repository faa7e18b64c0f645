"""What the database itself refuses of any case that is decided on: title, contracts, plans, posts, disposals alike.

A decision at a level that is not reached, by one's own hand, twice by one person, by an administrator or of another
content; a step taken as done without what it waits for; a request agreed to without all of its steps; a notice that did
not hang its days. The rules say the same first, and better (approvals/requests/machine.py); this is for who comes
round them.
"""

from guarding import Guard, fixed, kept

_ADMINISTRATORS = "('SYSTEM_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR')"
_DECIDED = "('COUNTERSIGN', 'REVIEW', 'APPROVAL')"
_PERSONS = "(NEW.by_id, NEW.for_id)"
_OVER = "('EXECUTED', 'REJECTED', 'WITHDRAWN')"

_DECISIONS = (
    Guard(
        "approval_decision", "INSERT", "own", "who submitted a case or is interested in it never decides it",
        f"""NEW.by_id IS NULL
  OR EXISTS (SELECT 1 FROM approval_request r WHERE r.id = NEW.request_id AND r.submitted_by_id IN {_PERSONS})
  OR EXISTS (SELECT 1 FROM approval_interest i JOIN approval_request r ON r.id = i.request_id
    WHERE i.request_id = NEW.request_id AND i.user_id IN {_PERSONS}
      AND (i.content_version IS NULL OR i.content_version = r.content_version))""",
        ("approval_request", "approval_interest"),
    ),
    Guard(
        "approval_decision", "INSERT", "levels", "nobody decides at two levels of one case",
        f"""EXISTS (SELECT 1 FROM approval_decision d WHERE d.request_id = NEW.request_id
  AND d.position <> NEW.position AND (d.by_id IN {_PERSONS} OR d.for_id IN {_PERSONS}))""",
    ),
    Guard(
        "approval_decision", "INSERT", "step", "the case has not reached this step, or has left it",
        f"""NOT EXISTS (SELECT 1 FROM approval_step s JOIN approval_request r ON r.id = s.request_id
  WHERE s.request_id = NEW.request_id AND s.position = NEW.position AND (
    (NEW.verdict IN ('AGREE', 'SEND_BACK', 'REJECT') AND s.status = 'CURRENT' AND r.status = 'OPEN'
      AND s.kind IN {_DECIDED})
    OR (NEW.verdict = 'CALL_IN' AND s.status = 'RECEIVED' AND r.status IN ('OPEN', 'APPROVED'))
    OR (NEW.verdict IN ('RELEASE', 'SEND_BACK') AND s.status = 'CALLED_IN' AND r.status = 'CALLED_IN')))""",
        ("approval_request", "approval_step"),
    ),
    Guard(
        "approval_decision", "INSERT", "administrator", "administrators decide nothing",
        f"""EXISTS (SELECT 1 FROM user_grant g WHERE g.user_id IN {_PERSONS} AND g.role IN {_ADMINISTRATORS}
  AND g.valid_from <= TODAY() AND (g.valid_to IS NULL OR g.valid_to > TODAY()))""",
        ("user_grant",),
    ),
    Guard(
        "approval_decision", "INSERT", "content", "a decision binds the content as it stands",
        """NOT EXISTS (SELECT 1 FROM approval_request r WHERE r.id = NEW.request_id
  AND r.content_digest = NEW.content_digest AND r.content_version = NEW.content_version)""",
        ("approval_request",),
    ),
)  # fmt: skip

_AGREED = """EXISTS (SELECT 1 FROM approval_decision d WHERE d.request_id = s.request_id AND d.position = s.position
      AND d.verdict = 'AGREE' AND d.content_digest = NEW.content_digest AND d.content_version = NEW.content_version)"""
_REQUESTS = (
    Guard(
        "approval_request", "INSERT", "fresh", "a request begins open",
        "NEW.status <> 'OPEN' OR NEW.content_version <> 1",
    ),
    Guard(
        "approval_request", "UPDATE", "approved", "not every step of the case is done by this content",
        f"""NEW.status = 'APPROVED' AND OLD.status <> 'APPROVED' AND (
  NOT EXISTS (SELECT 1 FROM approval_step s WHERE s.request_id = NEW.id)
  OR EXISTS (SELECT 1 FROM approval_step s WHERE s.request_id = NEW.id
    AND (s.status IN ('WAITING', 'CURRENT', 'CALLED_IN') OR (s.kind IN {_DECIDED} AND NOT {_AGREED})))
  OR (NEW.subject = 'DISPOSAL' AND NOT EXISTS (SELECT 1 FROM approval_step s
    WHERE s.request_id = NEW.id AND s.kind = 'APPROVAL')))""",
        ("approval_step", "approval_decision"), ("status",),
    ),
    Guard(
        "approval_request", "UPDATE", "executed", "only what is approved is carried out",
        "NEW.status = 'EXECUTED' AND OLD.status NOT IN ('APPROVED', 'EXECUTED')", columns=("status",),
    ),
    Guard(
        "approval_request", "UPDATE", "over", "a request that is over stays over",
        f"OLD.status IN {_OVER} AND NEW.status <> OLD.status", columns=("status",),
    ),
    fixed(
        "approval_request", "content", ("content", "content_digest", "content_version", "amount_fen", "submitted_by_id"),
        "what is decided on changes only after it was sent back", unless="OLD.status = 'SENT_BACK'",
    ),
    Guard(
        "approval_request", "UPDATE", "version", "another content is another version",
        "NEW.content_digest <> OLD.content_digest AND NEW.content_version <= OLD.content_version",
        columns=("content_digest",),
    ),
    fixed(
        "approval_request", "about", ("subject", "deed", "route_key", "case_table", "case_id"),
        "a request stays about its case",
    ),
    kept("approval_request", "requests are kept"),
)  # fmt: skip

_OPEN_OBJECTION = """EXISTS (SELECT 1 FROM objection o WHERE o.notice_id = {notice} AND (o.state IN ('OPEN', 'PASSED_ON')
      OR (o.state = 'ANSWERED' AND o.pass_on_until >= {day})))"""
_HUNG = f"""EXISTS (SELECT 1 FROM notice n JOIN approval_request r ON r.id = NEW.request_id
    WHERE n.case_table = 'approval_request' AND n.case_id = CAST(NEW.request_id AS TEXT)
      AND NEW.answer_table = 'notice' AND CAST(n.id AS TEXT) = NEW.answer_id AND n.state = 'CLOSED'
      AND n.content_digest = r.content_digest AND DAYS(n.starts_on, n.ended_on) >= coalesce(NEW.hang_days, 1)
      AND NOT {_OPEN_OBJECTION.format(notice="n.id", day="n.ended_on")}
      AND NOT EXISTS (SELECT 1 FROM approval_step t WHERE t.request_id = NEW.request_id
        AND t.position <> NEW.position AND t.answer_table = 'notice' AND t.answer_id = NEW.answer_id))"""
_CARRIED = """EXISTS (SELECT 1 FROM resolution t JOIN approval_request r ON r.id = NEW.request_id
    WHERE t.case_table = 'approval_request' AND t.case_id = CAST(NEW.request_id AS TEXT)
      AND t.content_digest = r.content_digest AND t.carried
      AND NEW.answer_table = 'meeting' AND CAST(t.meeting_id AS TEXT) = NEW.answer_id)"""
_APPRAISED = """EXISTS (SELECT 1 FROM appraisal a JOIN approval_request r ON r.id = a.request_id
    WHERE a.request_id = NEW.request_id AND a.content_digest = r.content_digest)"""


def _decided(verdict: str) -> str:
    return f"""EXISTS (SELECT 1 FROM approval_decision d JOIN approval_request r ON r.id = d.request_id
    WHERE d.request_id = NEW.request_id AND d.position = NEW.position AND d.verdict = '{verdict}'
      AND d.content_digest = r.content_digest AND d.content_version = r.content_version)"""


def _done(name: str, kinds: str, condition: str, why: str, *needs: str) -> Guard:
    """Return the guard that takes no step of these kinds as done unless something stands."""
    return Guard(
        "approval_step", "UPDATE", name, why,
        f"NEW.status = 'DONE' AND OLD.status <> 'DONE' AND NEW.kind IN {kinds} AND NOT {condition}",
        needs, ("status",),
    )  # fmt: skip


_STEPS = (
    Guard("approval_step", "INSERT", "fresh", "a step begins waiting", "NEW.status <> 'WAITING'"),
    fixed(
        "approval_step", "copied", ("request_id", "position", "kind", "sector", "hang_days", "papers"),
        "a step stays as it was copied when its request was opened",
    ),
    Guard(
        "approval_step", "UPDATE", "turn", "no level is skipped",
        """(NEW.status = 'CURRENT' AND OLD.status <> 'CURRENT' AND (NEW.kind = 'FILING'
    OR EXISTS (SELECT 1 FROM approval_step t WHERE t.request_id = NEW.request_id AND t.position < NEW.position
      AND t.status IN ('WAITING', 'CURRENT'))))
  OR (NEW.status = 'DONE' AND OLD.status NOT IN ('CURRENT', 'DONE'))
  OR (NEW.status = 'RECEIVED' AND NEW.kind <> 'FILING')""",
        columns=("status",),
    ),
    _done(
        "hung", "('NOTICE')", _HUNG, "the notice has not hung its days without an open objection",
        "notice", "objection", "approval_request",
    ),
    _done(
        "carried", "('MEETING')", _CARRIED, "no meeting has carried this content", "resolution", "approval_request"
    ),
    _done("appraised", "('APPRAISAL')", _APPRAISED, "no report appraises this content", "appraisal", "approval_request"),
    _done("agreed", _DECIDED, _decided("AGREE"), "nobody at this desk agreed", "approval_decision", "approval_request"),
    Guard(
        "approval_step", "UPDATE", "called", "a filed case is called in and released by a decision",
        f"""(NEW.status = 'CALLED_IN' AND OLD.status <> 'CALLED_IN'
    AND NOT (OLD.status = 'RECEIVED' AND {_decided("CALL_IN")}))
  OR (NEW.status = 'RELEASED' AND OLD.status <> 'RELEASED'
    AND NOT (OLD.status = 'CALLED_IN' AND {_decided("RELEASE")}))""",
        ("approval_decision", "approval_request"), ("status",),
    ),
    kept("approval_step", "steps are kept"),
)  # fmt: skip

_NOTICES = (
    Guard(
        "notice", "INSERT", "fresh", "a notice begins hanging, for its days",
        "NEW.state <> 'POSTED' OR DAYS(NEW.starts_on, NEW.ends_on) < NEW.days",
    ),
    fixed(
        "notice", "words", (
            "kind", "title", "body", "table_json", "days", "days_kind", "starts_on", "ends_on", "case_table", "case_id",
            "content_digest",
        ), "what a notice says never changes",
    ),
    Guard(
        "notice", "UPDATE", "closed", "the notice has not hung its days without an open objection",
        f"""NEW.state = 'CLOSED' AND OLD.state <> 'CLOSED' AND (OLD.state <> 'POSTED' OR NEW.ended_on IS NULL
  OR NEW.ended_on < NEW.ends_on OR NEW.first_photo = '' OR NEW.last_photo = ''
  OR {_OPEN_OBJECTION.format(notice="NEW.id", day="NEW.ended_on")})""",
        ("objection",), ("state",),
    ),
    fixed(
        "notice", "ended", ("state", "ended_on", "first_photo", "last_photo"), "a notice that ended stays as it ended",
        unless="OLD.state = 'POSTED'",
    ),
    kept("notice", "notices are kept"),
)  # fmt: skip

_QUERIES = (
    fixed(
        "approval_query", "words", ("request_id", "position", "question", "content_digest", "answer_by", "asked_by_id"),
        "a query stays as it was put",
    ),
    fixed(
        "approval_query", "answered", ("answer", "answered_by_id", "answered_at"), "a query is answered once",
        unless="OLD.answered_at IS NULL",
    ),
    kept("approval_query", "queries are kept"),
)  # fmt: skip

CASE_GUARDS: tuple[Guard, ...] = (*_DECISIONS, *_REQUESTS, *_STEPS, *_NOTICES, *_QUERIES)
