"""The authorisation matrix: which roles may enter which route. Data written by hand, not derived from GRANTS."""

from registry.permissions import Role
from tests.authorisation import (
    approvals,
    boards,
    desk,
    disposal_deeds,
    disposals,
    duties,
    evaluation,
    findings,
    keeping,
    ledger_books,
    ledger_distribution,
    ledger_income,
    ledger_operation,
    ledger_paper,
    ledger_people,
    months,
    platform,
    proceeds,
    register,
    stocktaking,
    warnings,
)

#: Endpoint → who may enter; None is a visitor who has not signed in. No route stands in two files.
MATRIX: dict[str, frozenset[Role | None]] = {}
for _area in (
    platform,
    register,
    approvals,
    keeping,
    desk,
    disposal_deeds,
    disposals,
    ledger_books,
    ledger_operation,
    ledger_income,
    ledger_people,
    ledger_distribution,
    ledger_paper,
    proceeds,
    stocktaking,
    warnings,
    duties,
    findings,
    evaluation,
    months,
    boards,
):
    assert not MATRIX.keys() & _area.ROUTES.keys()
    MATRIX |= _area.ROUTES

#: Routes that end what the test stands on; each role enters them last.
LAST = frozenset({"accounts.sign_out"})

#: A query parameter that names an object, beside those that stand in the path: (endpoint, parameter, kind of object).
IN_QUERY: tuple[tuple[str, str, str], ...] = (
    ("places.index", "region", "region_code"),
    ("places.go_live", "region", "region_code"),
    ("administration.able", "region", "region_code"),
    ("policy.index", "region", "region_code"),
    ("agreements.new", "region", "region_code"),
    ("contracts.index", "region", "region_code"),
    ("contracts.new", "region", "region_code"),
    ("equity.index", "region", "region_code"),
    ("equity.new", "region", "region_code"),
    ("reviews.index", "region", "region_code"),
    ("books.index", "region", "region_code"),
    ("disposal_edit.new", "asset", "asset_no"),
    ("proceeds.index", "region", "region_code"),
    ("findings.index", "region", "region_code"),
    ("benefits.index", "region", "region_code"),
    ("boards.show", "region", "region_code"),
    ("findings.index", "asset_no", "asset_no"),
    ("findings.new", "asset_no", "asset_no"),
    ("engagements.index", "region", "region_code"),
    ("sampling.index", "region", "region_code"),
    ("months.index", "region", "region_code"),
    ("desk.bundles", "region", "region_code"),
    ("desk.verify", "region", "region_code"),
    ("desk_papers.edits", "region", "region_code"),
    ("desk_papers.leaving", "region", "region_code"),
    ("desk_papers.reveals", "region", "region_code"),
    ("disposal_deeds.loss", "asset", "asset_no"),
    ("disposal_deeds.past", "asset", "asset_no"),
)
#: Path parameters whose objects belong to a unit; a foreign one does not exist (404).
OBJECTS = frozenset(
    {
        "asset_no", "party_id", "project_id", "user_id", "grant_id", "region_code", "case_id", "notice_id",
        "objection_id", "contract_id", "plan_id", "household_id", "book_id", "voucher_id",
        "disposal_id",
        "proceeds_id", "warning_id", "hand_off_id",
    }
)  # fmt: skip
#: Routes whose object belongs to a person, an import, a correction: their own tests ask whose it is.
PERSONAL = frozenset(
    {
        "session_id",
        "draft_id",
        "month",
        "period",
        "table",
        "holder_id",
        "duty",
        "reopening_id",
        "view_id",
        "attachment_id",
        "encumbrance_id",
        "agreement_id",
        "line_id",
        "price_id",
        "note_id",
        "order_id",
        "use_id",
        "query_id",
        "work_id",
        "fault_id",
        "equity_id",
        "right_id",
        "link",
        "receipt_id",
        "due_id",
        "letter_id",
        "write_off_id",
        "post_id",
        "correction_id",
        "delegation_id",
        "request_id",
        "fact_id",
        "meeting_id",
        "job_id",
        "filename",
        "serial",
        "seq",
        "log_id",
        "upload_id",
        "proposal_id",
        "kind",
        "key",
        "token_id",
        "export_id",
        "file_format",
        "person_id",
        "change_id",
        "code",
        "campaign_id",
        "sheet_id",
        "mark_id",
        "difference_id",
        "evaluation_id",
        "score_id",
        "finding_id",
        "step_id",
        "word_id",
        "engagement_id",
        "sample_id",
        "item_id",
    }
)
#: What a scan, a board or the policy shows to everybody is public, and answers without signing in.
OPEN_OBJECTS = frozenset(
    {
        "public_pages.figures", "public_pages.poster", "public_pages.qr", "public_pages.show",
        "lookup.scanned", "policy.public", "public_notices.board", "public_notices.notice", "public_notices.object_to",
    }
)  # fmt: skip
#: What an object has only after something was done; tests/rest asks for it before and after.
NOT_YET = frozenset({"disposal_deeds_api.execution"})
#: What an asset or a unit has and no sector does: a sector department does not meet it.
OF_NO_SECTOR = frozenset(
    {
        "parties_api.one", "beneficiaries.show", "beneficiaries_api.one", "distributions.show", "payouts.of_plan",
        "account_changes_api.of_household",
        "plan_chain.income", "plan_steps.lines", "distribution_plans_api.one", "distribution_plans_api.lines",
        "distribution_plans_api.income", *ledger_books.ROUTES, *ledger_paper.ROUTES,
        *proceeds.ROUTES,
    }
)  # fmt: skip
