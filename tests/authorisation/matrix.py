"""The authorisation matrix: which roles may enter which route. Data written by hand, not derived from GRANTS."""

from registry.permissions import Role

_R = Role
ANYBODY: frozenset[Role | None] = frozenset({*Role, None})
EVERYONE: frozenset[Role | None] = frozenset(Role)
ADMINISTRATORS: frozenset[Role | None] = frozenset(
    {_R.SYSTEM_ADMINISTRATOR, _R.SECURITY_ADMINISTRATOR, _R.AUDIT_ADMINISTRATOR}
)
READERS = EVERYONE - ADMINISTRATORS
PRINTERS = READERS - {_R.CUSTODIAN}
ENTERERS: frozenset[Role | None] = frozenset({_R.VILLAGE_CLERK, _R.TOWNSHIP_CLERK, _R.COUNTY_CLERK})
CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_CLERK, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE}
)
UPPER_CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.MUNICIPAL_SUPERVISOR}
)
ADDERS_OF_EVIDENCE: frozenset[Role | None] = ENTERERS | {_R.VILLAGE_HEAD, _R.CUSTODIAN, _R.TOWNSHIP_SUPERVISOR}
COMMENTERS: frozenset[Role | None] = UPPER_CONFIRMERS | {
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.RESIDENT_WORK_TEAM,
    _R.COUNTY_FINANCE,
    _R.COUNTY_GOVERNMENT,
    _R.SECTOR_OFFICER,
    _R.DISCIPLINE_INSPECTOR,
}
REVEALERS: frozenset[Role | None] = UPPER_CONFIRMERS | {_R.AUDITOR}
GO_LIVE_SETTERS: frozenset[Role | None] = frozenset({_R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE})
#: Everybody who reads a register but those at the counter of the village.
EXPORTERS = PRINTERS - {
    _R.DEPUTY,
    _R.CASHIER,
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.RESIDENT_WORK_TEAM,
}
TRAIL_VERIFIERS: frozenset[Role | None] = frozenset(
    {
        _R.COUNTY_AGRICULTURE,
        _R.DISCIPLINE_INSPECTOR,
        _R.MUNICIPAL_SUPERVISOR,
        _R.AUDITOR,
        _R.AUDIT_ADMINISTRATOR,
    }
)
TRAIL_EXPORTERS: frozenset[Role | None] = frozenset({_R.AUDITOR, _R.AUDIT_ADMINISTRATOR})
TRAIL_READERS = PRINTERS | {_R.AUDIT_ADMINISTRATOR}
POLICY_PROPOSERS: frozenset[Role | None] = frozenset({_R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE, _R.MUNICIPAL_SUPERVISOR})
POLICY_CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.COUNTY_AGRICULTURE, _R.COUNTY_GOVERNMENT, _R.MUNICIPAL_SUPERVISOR}
)
OBJECTION_ENTERERS: frozenset[Role | None] = ENTERERS | {
    _R.VILLAGE_HEAD, _R.VILLAGE_SUPERVISORY_COMMITTEE, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE,
}  # fmt: skip
OBJECTION_ANSWERERS: frozenset[Role | None] = UPPER_CONFIRMERS | {_R.VILLAGE_HEAD}
SYSTEM: frozenset[Role | None] = frozenset({_R.SYSTEM_ADMINISTRATOR})
SECURITY: frozenset[Role | None] = frozenset({_R.SECURITY_ADMINISTRATOR})

TITLE_ENTERERS: frozenset[Role | None] = ENTERERS | {_R.SECTOR_OFFICER}
TITLE_REGISTRARS: frozenset[Role | None] = frozenset({_R.TOWNSHIP_CLERK, _R.COUNTY_CLERK})
ACCEPTERS: frozenset[Role | None] = ENTERERS | {_R.VILLAGE_HEAD, _R.CUSTODIAN}
PATROLLERS: frozenset[Role | None] = ENTERERS | {_R.CUSTODIAN}
CHECKERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.SECTOR_OFFICER}
)

#: Who brings meetings and notices to the cases of their units.
CASE_CLERKS: frozenset[Role | None] = ENTERERS
#: Who may sit at a desk on which cases are decided.
DECIDERS: frozenset[Role | None] = UPPER_CONFIRMERS | {
    _R.VILLAGE_HEAD,
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.COUNTY_FINANCE,
    _R.COUNTY_GOVERNMENT,
    _R.SECTOR_OFFICER,
    _R.DEPUTY,
}

#: Endpoint → who may enter; None is a visitor who has not signed in.
MATRIX: dict[str, frozenset[Role | None]] = {
    "accounts.end_session": EVERYONE,
    "accounts.enrol": EVERYONE,
    "accounts.me": EVERYONE,
    "accounts.password": EVERYONE,
    "accounts.second_factor": ANYBODY,
    "accounts.sign_in": ANYBODY,
    "accounts.sign_out": EVERYONE,
    "administration.able": SECURITY,
    "administration.disable": SYSTEM,
    "administration.edit_user": SYSTEM,
    "administration.enable": SYSTEM,
    "administration.grants": SECURITY,
    "administration.new_user": SYSTEM,
    "administration.person": SECURITY,
    "administration.reset": SYSTEM,
    "administration.user": SYSTEM,
    "administration.users": SYSTEM,
    "administration.withdraw_grant": SECURITY,
    "agreements.accept": ACCEPTERS,
    "agreements.file": READERS,
    "agreements.give_back": ACCEPTERS,
    "agreements.new": ENTERERS,
    "agreements.paper": ENTERERS,
    "agreements.refuse": ACCEPTERS,
    "agreements.show": READERS,
    "agreements.withdraw": ENTERERS,
    "amendments_api.change_value": ENTERERS,
    "amendments_api.changes_of_value": READERS,
    "amendments_api.comment": COMMENTERS,
    "amendments_api.comments": READERS,
    "amendments_api.confirm": UPPER_CONFIRMERS,
    "amendments_api.correct": ENTERERS,
    "amendments_api.corrections": READERS,
    "amendments_api.one": READERS,
    "amendments_api.refuse": UPPER_CONFIRMERS,
    "amendments_api.void": ENTERERS,
    "amendments.add_comment": COMMENTERS,
    "amendments.add_legacy": ENTERERS,
    "amendments.change_value": ENTERERS,
    "amendments.confirm_past": CONFIRMERS,
    "amendments.correct": ENTERERS,
    "amendments.decide": UPPER_CONFIRMERS,
    "amendments.void": ENTERERS,
    "answering.add_appraisal": CASE_CLERKS,
    "answering.add_papers": ADDERS_OF_EVIDENCE,
    "answering.again": READERS,
    "answering.finish": CASE_CLERKS,
    "answering.paper": READERS,
    "answering.recuse": DECIDERS,
    "answering.withdraw": READERS,
    "asset_evidence.add": ADDERS_OF_EVIDENCE,
    "asset_evidence.show": READERS,
    "assets_api.attach_file": ADDERS_OF_EVIDENCE,
    "assets_api.attachment": READERS,
    "assets_api.attachments": READERS,
    "assets_api.confirm": CONFIRMERS,
    "assets_api.enter": ENTERERS,
    "assets_api.one": READERS,
    "assets_api.replace": ENTERERS,
    "assets_api.return_card": CONFIRMERS,
    "assets_api.withdraw": ENTERERS,
    "audit_api.changes": PRINTERS,
    "audit.checkpoint": TRAIL_READERS,
    "audit.event": TRAIL_READERS,
    "audit.events": TRAIL_READERS,
    "audit.export": TRAIL_EXPORTERS,
    "audit.verify": TRAIL_VERIFIERS,
    "bringing.close": CASE_CLERKS,
    "bringing.meet": CASE_CLERKS,
    "bringing.post": CASE_CLERKS,
    "cards.autosave": ENTERERS,
    "cards.check": ENTERERS,
    "cards.confirm": CONFIRMERS,
    "cards.drop": ENTERERS,
    "cards.edit": ENTERERS,
    "cards.fill_in": ENTERERS,
    "cards.new": ENTERERS,
    "cards.submit": ENTERERS,
    "cards.withdraw": ENTERERS,
    "encumbrances.add": TITLE_REGISTRARS,
    "encumbrances.lift": TITLE_REGISTRARS,
    "custody.agreements": READERS,
    "custody.asset": READERS,
    "custody.index": READERS,
    "deciding.decide": DECIDERS,
    "deciding.index": READERS,
    "deciding.show": READERS,
    "delegations.end": DECIDERS,
    "delegations.index": DECIDERS,
    "faults.check": CHECKERS,
    "faults.file": READERS,
    "faults.index": READERS,
    "faults.repair": PATROLLERS,
    "faults.show": READERS,
    "faults.start": PATROLLERS,
    "lookup_api.assets": READERS,
    "lookup_api.events": READERS,
    "lookup.asset": READERS,
    "lookup.assets": READERS,
    "lookup.forget_view": READERS,
    "lookup.labels": PRINTERS,
    "lookup.scanned": ANYBODY,
    "lookup.views": READERS,
    "meetings.enter": ENTERERS,
    "meetings.evidence": READERS,
    "meetings.index": READERS,
    "meetings.new": ENTERERS,
    "meetings.publish": ENTERERS,
    "meetings.show": READERS,
    "mergers.abolish": SYSTEM,
    "mergers.merge": SYSTEM,
    "mergers.people": SYSTEM,
    "money.documents": READERS,
    "money.funding": READERS,
    "money.link": ENTERERS,
    "money.no_asset": ENTERERS,
    "money.project": READERS,
    "money.reopen": ENTERERS,
    "money.unlink": ENTERERS,
    "notices.add_photo": ENTERERS,
    "notices.close": ENTERERS,
    "notices.index": READERS,
    "notices.new": ENTERERS,
    "notices.notice": READERS,
    "notices.photo": READERS,
    "notices.take_down": ENTERERS,
    "objections.answer": OBJECTION_ANSWERERS,
    "objections.enter": OBJECTION_ENTERERS,
    "objections.pass_on": OBJECTION_ENTERERS,
    "objections.reveal": OBJECTION_ANSWERERS,
    "operations.healthz": ANYBODY,
    "operations.readyz": ANYBODY,
    "operations.setup": ANYBODY,
    "operations.status": ADMINISTRATORS,
    "parties_api.index": READERS,
    "parties_api.one": READERS,
    "parties.reveal": REVEALERS,
    "patrols.check": CHECKERS,
    "patrols.normal": PATROLLERS,
    "patrols.patrol": PATROLLERS,
    "patrols.walk": PATROLLERS,
    "people.accounts": SYSTEM,
    "people.blank_accounts": SYSTEM,
    "people.blank_grants": SECURITY,
    "people.grants": SECURITY,
    "places_api.index": READERS,
    "places_api.one": READERS,
    "places.add": SYSTEM,
    "places.go_live": GO_LIVE_SETTERS,
    "places.index": SYSTEM,
    "places.name": EVERYONE,
    "places.rename": SYSTEM,
    "places.unit": SYSTEM,
    "policy.answer": POLICY_CONFIRMERS,
    "policy.file": READERS,
    "policy.index": READERS,
    "policy.proposal": READERS,
    "policy.propose_route": POLICY_PROPOSERS,
    "policy.propose_value": POLICY_PROPOSERS,
    "policy.public": ANYBODY,
    "policy.withdraw": POLICY_PROPOSERS,
    "posts.index": READERS,
    "posts.new": ENTERERS,
    "posts.show": READERS,
    "prints_api.draw": PRINTERS,
    "prints_api.file": PRINTERS,
    "prints_api.index": PRINTERS,
    "prints_api.job": PRINTERS,
    "prints_api.make": PRINTERS,
    "prints_api.one": PRINTERS,
    "projects_api.add": ENTERERS,
    "projects_api.change": ENTERERS,
    "projects_api.index": READERS,
    "projects_api.one": READERS,
    "projects.edit": ENTERERS,
    "projects.index": READERS,
    "projects.new": ENTERERS,
    "public_notices.board": ANYBODY,
    "public_notices.look_up": ANYBODY,
    "public_notices.notice": ANYBODY,
    "public_notices.object_to": ANYBODY,
    "public_notices.pass_on_by_receipt": ANYBODY,
    "publishing.new": CASE_CLERKS,
    "reports.finish_print": PRINTERS,
    "reports.index": PRINTERS,
    "reports.labels": PRINTERS,
    "reports.make_print": PRINTERS,
    "reports.print_card": PRINTERS,
    "reports.print_file": PRINTERS,
    "reports.print_notice": PRINTERS,
    "reports.print_job": PRINTERS,
    "reports.show_print": PRINTERS,
    "reports.summary": PRINTERS,
    "reports.verify": ANYBODY,
    "reports.verify_form": ANYBODY,
    "rest.description": ANYBODY,
    "rest.index": ANYBODY,
    "sheets_api.carry_on": ENTERERS,
    "sheets_api.confirm": ENTERERS,
    "sheets_api.export": EXPORTERS,
    "sheets_api.exported": EXPORTERS,
    "sheets_api.one": ENTERERS,
    "sheets_api.problems": ENTERERS,
    "sheets_api.upload": ENTERERS,
    "sheets.blank": ENTERERS,
    "sheets.carry_on": ENTERERS,
    "sheets.columns": ENTERERS,
    "sheets.confirm": ENTERERS,
    "sheets.errors": ENTERERS,
    "sheets.export": EXPORTERS,
    "sheets.precheck": ENTERERS,
    "sheets.undo": ENTERERS,
    "sheets.upload": ENTERERS,
    "static": ANYBODY,
    "title.file": READERS,
    "title.index": READERS,
    "title.new": TITLE_ENTERERS,
    "title.show": READERS,
    "title.submit": TITLE_ENTERERS,
    "title.withdraw": TITLE_ENTERERS,
    "title_edit.drop": TITLE_ENTERERS,
    "title_edit.facts": TITLE_ENTERERS,
    "title_edit.files": TITLE_ENTERERS,
    "title_edit.lines": TITLE_ENTERERS,
    "title_edit.owners": TITLE_ENTERERS,
    "title_edit.papers": TITLE_ENTERERS,
    "title_edit.parts": TITLE_ENTERERS,
    "title_execution.books": TITLE_REGISTRARS,
    "title_execution.certificates": TITLE_REGISTRARS,
    "title_execution.hand_over": TITLE_ENTERERS,
    "title_execution.real_estate": TITLE_REGISTRARS,
    "title_reports.print_certificate": PRINTERS,
    "title_reports.print_sheet": PRINTERS,
    "title_standing.asset": READERS,
    "tokens.index": EVERYONE,
    "tokens.revoke": EVERYONE,
    "web.set_large": ANYBODY,
    "workbench.home": EVERYONE,
    "workbench.todo": READERS,
}

#: Routes that end what the test stands on; each role enters them last.
LAST = frozenset({"accounts.sign_out"})

#: A query parameter that names an object, beside those that stand in the path: (endpoint, parameter, kind of object).
IN_QUERY: tuple[tuple[str, str, str], ...] = (
    ("places.index", "region", "region_code"),
    ("places.go_live", "region", "region_code"),
    ("administration.able", "region", "region_code"),
    ("policy.index", "region", "region_code"),
    ("agreements.new", "region", "region_code"),
)
#: Path parameters whose objects belong to a unit; a foreign one does not exist (404).
OBJECTS = frozenset(
    {
        "asset_no", "party_id", "project_id", "user_id", "grant_id", "region_code", "case_id", "notice_id",
        "objection_id",
    }
)  # fmt: skip
#: Routes whose object belongs to a person, an import, a correction: their own tests ask whose it is.
PERSONAL = frozenset(
    {
        "session_id",
        "draft_id",
        "view_id",
        "attachment_id",
        "encumbrance_id",
        "agreement_id",
        "fault_id",
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
    }
)
#: What a scan, a board or the policy shows to everybody is public, and answers without signing in.
OPEN_OBJECTS = frozenset(
    {
        "lookup.scanned", "policy.public", "public_notices.board", "public_notices.notice", "public_notices.object_to",
    }
)  # fmt: skip
#: What an asset or a unit has and no sector does: a sector department does not meet it.
OF_NO_SECTOR = frozenset({"parties_api.one"})
