"""What the database itself refuses of findings, samples and warnings handed on: every shortcut to their end.

Checking off what one reported oneself, from a seat that is not above; judging one's own answer; a status that no step
led to; another wording after entry; a drawn list that grows, shrinks or changes; a result that is altered.
"""

from guarding import Guard, fixed, kept

_CHECKS = "('CHECKED_OFF', 'SENT_BACK')"
_ABOVE = "('TOWNSHIP_SUPERVISOR', 'COUNTY_AGRICULTURE', 'MUNICIPAL_SUPERVISOR')"
#: The grant lies above the unit that mends, or (audit, discipline) at it or above.
_SEAT_ABOVE = """(g.region_code <> f.mender_code AND g.region_code IN (substr(f.mender_code, 1, 9) || '000',
      substr(f.mender_code, 1, 6) || '000000', substr(f.mender_code, 1, 2) || '0000000000'))"""
_OUTSIDE = f"""((g.role = 'AUDITOR' AND f.source = 'AUDIT')
      OR (g.role = 'DISCIPLINE_INSPECTOR' AND f.source = 'DISCIPLINE'))
      AND (g.region_code = f.mender_code OR {_SEAT_ABOVE})"""

_STEPS = (
    Guard(
        "finding_step", "INSERT", "second", "who mended or reported a finding never checks it off",
        f"""NEW.kind IN {_CHECKS} AND (NEW.by_id IS NULL OR EXISTS (SELECT 1 FROM finding_step s
  WHERE s.finding_id = NEW.finding_id AND s.kind = 'REPORTED' AND s.by_id = NEW.by_id))""",
    ),
    Guard(
        "finding_step", "INSERT", "above", "a finding is checked off above the unit that mends, or from outside",
        f"""NEW.kind IN {_CHECKS} AND NOT EXISTS (SELECT 1 FROM finding f
  JOIN user_grant g ON g.user_id = NEW.by_id
  WHERE f.id = NEW.finding_id AND g.valid_from <= TODAY() AND (g.valid_to IS NULL OR g.valid_to > TODAY())
    AND ((g.role IN {_ABOVE} AND {_SEAT_ABOVE}) OR ({_OUTSIDE})))""",
        ("finding", "user_grant"),
    ),
    Guard(
        "finding_step", "INSERT", "turn", "a finding is mended, reported and checked, in this order",
        f"""NOT EXISTS (SELECT 1 FROM finding f WHERE f.id = NEW.finding_id AND (
    (NEW.kind = 'ENTERED' AND f.status = 'OPEN'
      AND NOT EXISTS (SELECT 1 FROM finding_step s WHERE s.finding_id = f.id))
    OR (NEW.kind = 'REPORTED' AND f.status IN ('OPEN', 'SENT_BACK'))
    OR (NEW.kind IN {_CHECKS} AND f.status = 'REPORTED')))""",
        ("finding",),
    ),
)  # fmt: skip

_FINDINGS = (
    Guard("finding", "INSERT", "fresh", "a finding begins open", "NEW.status <> 'OPEN' OR NEW.checked_by_id IS NOT NULL"),
    Guard(
        "finding", "INSERT", "recurring", "what comes back was checked off, and is counted on",
        """NEW.recurs_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM finding f
  WHERE f.id = NEW.recurs_id AND f.status = 'CHECKED_OFF' AND NEW.recurrences = f.recurrences + 1)""",
    ),
    Guard(
        "finding", "UPDATE", "status", "the status of a finding follows from its last step",
        """NEW.status <> OLD.status AND NOT (
  ((NEW.status = 'REPORTED' AND OLD.status IN ('OPEN', 'SENT_BACK'))
    OR (NEW.status IN ('SENT_BACK', 'CHECKED_OFF') AND OLD.status = 'REPORTED'))
  AND EXISTS (SELECT 1 FROM finding_step s WHERE s.finding_id = NEW.id AND s.kind = NEW.status
    AND s.id = (SELECT max(t.id) FROM finding_step t WHERE t.finding_id = NEW.id)))""",
        ("finding_step",), ("status",),
    ),
    Guard(
        "finding", "UPDATE", "checker", "who checked a finding is who said so in its last step",
        """NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id AND NEW.checked_by_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM finding_step s WHERE s.finding_id = NEW.id AND s.by_id = NEW.checked_by_id
    AND s.id = (SELECT max(t.id) FROM finding_step t WHERE t.finding_id = NEW.id))""",
        ("finding_step",), ("checked_by_id",),
    ),
    fixed(
        "finding", "words", (
            "number", "source", "sector", "origin_table", "origin_id", "problem", "basis", "demand", "person",
            "contract_id", "disposal_case_id", "found_on", "due_on", "recurs_id", "recurrences", "entered_by_id",
            "entered_by_text", "entered_at",
        ), "what a finding says never changes",
    ),
    fixed(
        "finding", "over", (
            "reported_by_id", "reported_by_text", "reported_on", "report", "checked_by_id", "checked_by_text",
            "checked_on", "opinion",
        ), "a finding that is checked off stays as it is", unless="OLD.status <> 'CHECKED_OFF'",
    ),
    kept("finding", "findings are kept"),
)  # fmt: skip

_ENGAGEMENTS = (
    Guard("engagement", "INSERT", "fresh", "an engagement begins without a report", "NEW.status <> 'RUNNING'"),
    fixed(
        "engagement", "words", (
            "number", "kind", "agency", "agency_code", "experts", "task", "contract_no", "fee_fen", "signed_on",
            "report_by", "entered_by_id", "entered_by_text", "entered_at",
        ), "what was agreed never changes",
    ),
    fixed(
        "engagement", "reported", (
            "status", "report_no", "reported_on", "conclusions", "reported_by_id", "reported_by_text",
        ), "a report is taken in once", unless="OLD.status = 'RUNNING'",
    ),
    kept("engagement", "engagements are kept"),
)  # fmt: skip

_SAMPLES = (
    Guard("sample", "INSERT", "fresh", "a sample begins unchecked", "NEW.status <> 'OPEN'"),
    fixed(
        "sample", "draw", (
            "number", "population", "category", "year", "method", "size", "drawn", "purpose", "seed",
            "population_size", "population_fen", "population_digest", "rest_weight", "weights", "drawn_by_id",
            "drawn_by_text", "drawn_on", "drawn_at",
        ), "a draw is never altered",
    ),
    Guard(
        "sample", "UPDATE", "done", "a sample is done when every item has its result, and stays done",
        """NEW.status <> OLD.status AND (OLD.status <> 'OPEN'
  OR EXISTS (SELECT 1 FROM sample_item i WHERE i.sample_id = NEW.id AND i.result = ''))""",
        ("sample_item",), ("status",),
    ),
    kept("sample", "samples are kept"),
    Guard(
        "sample_item", "INSERT", "frozen", "nothing is added to a drawn list",
        """NEW.result <> '' OR (SELECT count(*) FROM sample_item i WHERE i.sample_id = NEW.sample_id)
  >= (SELECT s.drawn FROM sample s WHERE s.id = NEW.sample_id)""",
        ("sample",),
    ),
    fixed(
        "sample_item", "drawn", (
            "sample_id", "ordinal", "draw_key", "unit_code", "sector", "number", "name", "value_fen", "weight",
            "is_sure", "signs", "facts",
        ), "what was drawn is never altered",
    ),
    fixed(
        "sample_item", "result", ("result", "note", "checked_by_id", "checked_by_text", "checked_on", "finding_id"),
        "a result is entered once", unless="OLD.result = ''",
    ),
    kept("sample_item", "drawn items are kept"),
)  # fmt: skip

_VERDICTS = "('TAKEN', 'RETURNED')"
#: The last thing that was said of a matter.
_LAST_WORD = """(SELECT w.word FROM warning_word w WHERE w.hand_off_id = NEW.id
    AND w.id = (SELECT max(v.id) FROM warning_word v WHERE v.hand_off_id = NEW.id))"""

_HAND_OFFS = (
    Guard(
        "warning_word", "INSERT", "second", "who answered a matter never judges the answer",
        f"""NEW.word IN {_VERDICTS} AND (NEW.by_id IS NULL OR EXISTS (SELECT 1 FROM warning_word w
  WHERE w.hand_off_id = NEW.hand_off_id AND w.word = 'ANSWER' AND w.by_id = NEW.by_id))""",
    ),
    Guard(
        "warning_word", "INSERT", "turn", "a matter is answered, then judged; nothing is said after its end",
        f"""NOT EXISTS (SELECT 1 FROM warning_hand_off h WHERE h.id = NEW.hand_off_id AND (
    (NEW.word = 'ANSWER' AND h.state = 'OPEN')
    OR (NEW.word IN {_VERDICTS} AND h.state = 'ANSWERED')
    OR (NEW.word = 'WITHDRAWN' AND h.state <> 'ENDED')))""",
        ("warning_hand_off",),
    ),
    Guard(
        "warning_hand_off", "INSERT", "fresh", "a matter begins open",
        "NEW.state <> 'OPEN' OR NEW.end_way <> '' OR NEW.ended_at IS NOT NULL OR NEW.answered_at IS NOT NULL",
    ),
    Guard(
        "warning_hand_off", "UPDATE", "state", "how far a matter has come follows from the last word",
        f"""(NEW.state <> OLD.state OR NEW.end_way <> OLD.end_way OR NEW.ended_at IS DISTINCT FROM OLD.ended_at
  OR NEW.answered_at IS DISTINCT FROM OLD.answered_at) AND NOT (
  OLD.state <> 'ENDED' AND (NEW.state = 'ENDED') = (NEW.ended_at IS NOT NULL)
  AND (NEW.state = 'ENDED') = (NEW.end_way <> '')
  AND (NEW.answered_at IS NOT DISTINCT FROM OLD.answered_at OR NEW.state <> OLD.state) AND (
    (NEW.state = 'ENDED' AND NEW.end_way = 'GONE' AND EXISTS (SELECT 1 FROM warning a
      WHERE a.id = NEW.warning_id AND a.closed_at IS NOT NULL))
    OR coalesce({_LAST_WORD}, '') = CASE NEW.state WHEN 'ANSWERED' THEN 'ANSWER'
      WHEN 'OPEN' THEN 'RETURNED' ELSE NEW.end_way END))""",
        ("warning", "warning_word"), ("state", "end_way", "ended_at", "answered_at"),
    ),
    fixed(
        "warning_hand_off", "words", (
            "warning_id", "risk", "title", "figures", "text", "handed_by_id", "handed_by_text", "handed_at",
        ), "what was handed on never changes",
    ),
    kept("warning_hand_off", "what was handed on is kept"),
)  # fmt: skip

SUPERVISION_GUARDS = (*_STEPS, *_FINDINGS, *_ENGAGEMENTS, *_SAMPLES, *_HAND_OFFS)
