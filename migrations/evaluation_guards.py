"""What the database itself refuses of evaluations: evidence that changes, a first person who confirms, a silent edit.

Evidence and scheme stand as they were frozen; no asset goes along that was not there when it was opened; a score moves
after that only with a row that says why; whoever opened, scored or submitted never confirms; results that hold stay. Nothing is deleted.
"""

from guarding import Guard, fixed, kept

_INVOLVED = """(NEW.{who} = NEW.opened_by_id OR NEW.{who} = NEW.submitted_by_id
    OR EXISTS (SELECT 1 FROM evaluation_score s WHERE s.evaluation_id = NEW.id AND s.by_id = NEW.{who}))"""
#: Line and score are written while their evaluation is in one of these.
_STATE = "(SELECT e.status FROM evaluation e WHERE e.id = NEW.evaluation_id)"

_EVALUATIONS = (
    Guard(
        "evaluation", "INSERT", "fresh", "an evaluation begins unscored",
        "NEW.status <> 'SCORING' OR NEW.confirmed_by_id IS NOT NULL OR NEW.concluded_by_id IS NOT NULL",
    ),
    fixed(
        "evaluation", "frozen", (
            "number", "year", "categories", "units", "specials", "until_on", "frozen_on", "scheme_text", "assets",
            "opened_by_id", "opened_by_text", "opened_at",
        ), "what an evaluation is about, and its scheme, never change",
    ),
    Guard(
        "evaluation", "UPDATE", "turn", "an evaluation is scored, submitted, confirmed and concluded, in this order",
        """NEW.status <> OLD.status AND NOT (
  (OLD.status = 'SCORING' AND NEW.status IN ('SUBMITTED', 'VOID'))
  OR (OLD.status = 'SUBMITTED' AND NEW.status IN ('SCORING', 'CONFIRMED'))
  OR (OLD.status = 'CONFIRMED' AND NEW.status IN ('APPEALED', 'DONE'))
  OR (OLD.status = 'APPEALED' AND NEW.status = 'CONFIRMED'))""",
        (), ("status",),
    ),
    # Counted once, when it is handed on: counting at each of many thousand lines would be quadratic.
    Guard(
        "evaluation", "UPDATE", "whole", "an evaluation is handed on with exactly the assets that it was opened for",
        """NEW.status = 'SUBMITTED' AND OLD.status <> 'SUBMITTED'
  AND NEW.assets <> (SELECT count(*) FROM evaluation_line l WHERE l.evaluation_id = NEW.id)""",
        ("evaluation_line",), ("status",),
    ),
    Guard(
        "evaluation", "UPDATE", "second", "who opened, scored or submitted an evaluation never confirms it",
        "NEW.status = 'CONFIRMED' AND OLD.status <> 'CONFIRMED' AND (NEW.confirmed_by_id IS NULL OR "
        + _INVOLVED.format(who="confirmed_by_id") + ")",
        ("evaluation_score",),
    ),
    Guard(
        "evaluation", "UPDATE", "concluded", "who opened, scored or submitted an evaluation never concludes it",
        "NEW.status = 'DONE' AND OLD.status <> 'DONE' AND (NEW.concluded_by_id IS NULL OR "
        + _INVOLVED.format(who="concluded_by_id") + ")",
        ("evaluation_score",),
    ),
    Guard(
        "evaluation", "UPDATE", "hung", "results hold once a notice of exactly these has hung",
        """NEW.status = 'DONE' AND OLD.status <> 'DONE' AND NOT EXISTS (SELECT 1 FROM notice n
  WHERE n.case_table = 'evaluation' AND n.case_id = CAST(NEW.id AS TEXT) AND n.content_digest = NEW.digest
    AND n.state <> 'TAKEN_DOWN' AND n.ends_on <= NEW.concluded_on)""",
        ("notice",),
    ),
    fixed(
        "evaluation", "published", ("digest",), "what was confirmed first is what the notice is about",
        unless="OLD.status = 'SUBMITTED'",
    ),
    fixed(
        "evaluation", "over", (
            "status", "submitted_by_id", "confirmed_by_id", "digest", "final_digest", "rescored", "concluded_by_id",
            "concluded_on",
        ), "results that hold stay as they are", unless="OLD.status NOT IN ('DONE', 'VOID')",
    ),
    kept("evaluation", "evaluations are kept"),
)  # fmt: skip

_LINES = (
    Guard(
        "evaluation_line", "INSERT", "joined", "assets join an evaluation while it is being opened",
        f"{_STATE} <> 'SCORING'", ("evaluation",),
    ),
    fixed(
        "evaluation_line", "evidence", (
            "evaluation_id", "asset_id", "year", "asset_no", "name", "category", "sector", "value_fen", "owner_text",
            "is_special", "evidence", "evidence_digest", "last_id",
        ), "evidence is frozen",
    ),
    Guard(
        "evaluation_line", "UPDATE", "silent", "a result moves with a score that says why, while it may be scored",
        f"""(NEW.earned_cents IS DISTINCT FROM OLD.earned_cents
    OR NEW.applicable_cents IS DISTINCT FROM OLD.applicable_cents
    OR NEW.score_cents IS DISTINCT FROM OLD.score_cents OR NEW.grade IS DISTINCT FROM OLD.grade)
  AND NOT (
    ({_STATE} = 'SCORING' AND EXISTS (SELECT 1 FROM evaluation_score s WHERE s.line_id = NEW.id))
    OR ({_STATE} IN ('CONFIRMED', 'APPEALED')
      AND EXISTS (SELECT 1 FROM evaluation_score s WHERE s.line_id = NEW.id AND s.kind = 'RESCORED')))""",
        ("evaluation", "evaluation_score"), ("earned_cents", "applicable_cents", "score_cents", "grade"),
    ),
    fixed(
        "evaluation_line", "finding", ("finding_id",), "a poor result becomes one finding",
        unless="OLD.finding_id IS NULL AND NEW.grade = 'POOR'",
    ),
    Guard(
        "evaluation_line", "UPDATE", "order", "who is supported is settled when the results hold",
        f"""NEW.support_order IS DISTINCT FROM OLD.support_order
  AND (OLD.support_order IS NOT NULL OR {_STATE} IN ('SCORING', 'SUBMITTED', 'VOID'))""",
        ("evaluation",), ("support_order",),
    ),
    kept("evaluation_line", "evaluated assets are kept"),
)  # fmt: skip

_SCORES = (
    Guard(
        "evaluation_score", "INSERT", "time", "experts score while it is scored, appeals are decided after that",
        f"""NOT ((NEW.kind = 'EXPERT' AND {_STATE} = 'SCORING')
  OR (NEW.kind = 'RESCORED' AND {_STATE} IN ('CONFIRMED', 'APPEALED')))""",
        ("evaluation",),
    ),
    Guard(
        "evaluation_score", "INSERT", "appeal", "an appeal is an objection to the notice of this evaluation",
        """NEW.kind = 'RESCORED' AND NOT EXISTS (SELECT 1 FROM objection o JOIN notice n ON n.id = o.notice_id
  WHERE o.id = NEW.objection_id AND n.case_table = 'evaluation' AND n.case_id = CAST(NEW.evaluation_id AS TEXT))""",
        ("objection", "notice"),
    ),
)  # fmt: skip

EVALUATION_GUARDS = (*_EVALUATIONS, *_LINES, *_SCORES)
