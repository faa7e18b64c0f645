"""What the database itself refuses of a disposal: every shortcut around the four levels, the price and the money.

Splitting a lot, changing what was submitted, a household's asset in a collective case, another price after the first,
carrying out what is not cleared or by one's own hand, closing a card that no case carried out.
"""

from guarding import Guard, fixed, kept

_CASE, _PRICE = "'disposal_case'", "'disposal_price'"
_EDITABLE = "('DRAFT', 'SENT_BACK')"
_COUNTED = "('SUBMITTED', 'SENT_BACK', 'APPROVED', 'CALLED_IN', 'SUSPENDED', 'DONE')"
_CARRIES = "('ACCEPTED', 'RENEWED')"
_OPENED = "('SALE', 'AUCTION', 'TRANSFER')"


def _request_of(table: str, key: str) -> str:
    """Return the state of the newest request of a case or a price, as a question of one value."""
    return f"""coalesce((SELECT r.status FROM approval_request r WHERE r.case_table = {table}
      AND r.case_id = CAST({key} AS TEXT) ORDER BY r.id DESC LIMIT 1), '')"""


_SUMMED = f"""c.own_fen + coalesce((SELECT sum(o.own_fen) FROM disposal_case o WHERE o.owner_id = c.owner_id
      AND o.kind = c.kind AND o.id <> c.id AND NOT o.is_legacy AND o.status IN {_COUNTED}
      AND o.submitted_on >= c.window_from), 0)"""
_LINES_WORTH = """(SELECT sum(l.original_fen) FROM disposal_line l
      WHERE l.case_id = c.id AND l.decision = 'TAKEN')"""
_SPLIT = f"""EXISTS (SELECT 1 FROM disposal_case c
  WHERE c.id = CASE WHEN NEW.case_table = {_CASE} THEN NUMBER(NEW.case_id) END AND NOT c.is_legacy
    AND (NEW.amount_fen IS NULL OR c.window_from IS NULL OR c.submitted_on IS NULL
      OR DAYS(c.window_from, c.submitted_on) < 28 OR NEW.amount_fen < {_SUMMED} OR NEW.amount_fen < {_LINES_WORTH}))"""
_SPLITTING = "what the owner disposes of in the same way is summed, not split"

_REQUESTS = (
    Guard("approval_request", "INSERT", "split", _SPLITTING, _SPLIT, ("disposal_case", "disposal_line")),
    Guard(
        "approval_request",
        "UPDATE",
        "split_again",
        _SPLITTING,
        _SPLIT,
        ("disposal_case", "disposal_line"),
        ("amount_fen",),
    ),
)

_SUBMITTED = (
    "number", "kind", "ground", "category", "owner_id", "owner_kind", "is_whole_project", "weights", "share_bp",
    "agreed_fen", "original_fen", "net_fen", "appraised_fen", "own_fen", "basis_fen", "window_from", "route_key",
    "is_legacy", "opened_by_id", "submitted_by_id", "submitted_on",
)  # fmt: skip
_EXECUTED = "EXISTS (SELECT 1 FROM disposal_execution e WHERE e.case_id = {case})"
_BEFORE_GO_LIVE = """EXISTS (SELECT 1 FROM region g WHERE g.go_live_on > NEW.effective_on AND g.region_code IN (
    NEW.region_code, substr(NEW.region_code, 1, 9) || '000', substr(NEW.region_code, 1, 6) || '000000',
    substr(NEW.region_code, 1, 2) || '0000000000'))"""
_CASES_OWN = (
    Guard("disposal_case", "INSERT", "fresh", "a case begins as a draft", "NEW.status <> 'DRAFT' OR NEW.is_legacy"),
    Guard(
        "disposal_case", "UPDATE", "past", "of the past is only what was over before go-live",
        f"NEW.is_legacy AND NOT OLD.is_legacy AND NOT {_BEFORE_GO_LIVE}", ("region",), ("is_legacy",),
    ),
    fixed(
        "disposal_case", "submitted", _SUBMITTED, "what was submitted changes only after it was sent back",
        unless=f"OLD.status IN {_EDITABLE}",
    ),
    Guard(
        "disposal_case", "UPDATE", "cleared", "not every level has agreed to the case",
        f"""NEW.status = 'APPROVED' AND OLD.status <> 'APPROVED' AND NOT NEW.is_legacy
  AND {_request_of(_CASE, "NEW.id")} <> 'APPROVED'""",
        ("approval_request",), ("status",),
    ),
    Guard(
        "disposal_case", "UPDATE", "done", "nothing is done that was not carried out",
        f"""NEW.status = 'DONE' AND OLD.status <> 'DONE' AND NOT NEW.is_legacy
  AND NOT {_EXECUTED.format(case="NEW.id")}""",
        ("disposal_execution",), ("status",),
    ),
    Guard(
        "disposal_case", "UPDATE", "over", "a case that is over stays over",
        "OLD.status IN ('DONE', 'REJECTED', 'WITHDRAWN') AND NEW.status <> OLD.status", columns=("status",),
    ),
    kept("disposal_case", "cases are kept"),
)  # fmt: skip

_LINE_WORDS = ("extent", "quantity_milli", "holder_id", "share_bp", "decision", "reason", "original_fen", "net_fen")
_NOT_TAKEN = """EXISTS (SELECT 1 FROM asset a WHERE a.id = NEW.asset_id
  AND (a.category = 'HOUSEHOLD' OR a.stage <> 'CONFIRMED'))"""
_LATE = """EXISTS (SELECT 1 FROM disposal_case c WHERE c.id = {row}.case_id AND NOT c.is_legacy
  AND c.status NOT IN ('DRAFT', 'SENT_BACK'))"""
_LINES = (
    Guard(
        "disposal_line", "INSERT", "takes", "a household disposes of its own, and only what stands is disposed of",
        _NOT_TAKEN, ("asset",),
    ),
    Guard(
        "disposal_line", "INSERT", "late", "nothing is added to what was submitted", _LATE.format(row="NEW"),
        ("disposal_case",),
    ),
    fixed("disposal_line", "about", ("case_id", "asset_id"), "a line stays about its asset"),
    Guard(
        "disposal_line", "UPDATE", "words", "what was submitted changes only after it was sent back",
        _LATE.format(row="NEW") + " AND (" + " OR ".join(f"NEW.{n} IS DISTINCT FROM OLD.{n}" for n in _LINE_WORDS) + ")",
        ("disposal_case",), _LINE_WORDS,
    ),
    Guard(
        "disposal_line", "DELETE", "kept", "what was submitted stays", _LATE.format(row="OLD"), ("disposal_case",)
    ),
)  # fmt: skip

_PRICE_WORDS = (
    "case_id", "round", "way", "platform", "record_no", "opened_on", "bidders", "price_fen", "base_fen", "accept_bp",
    "suspend_bp", "buyer_name", "buyer_code", "buyer_kind", "note", "entered_by_id", "entered_by_text", "entered_at",
)  # fmt: skip
_PRICES = (
    fixed("disposal_price", "words", _PRICE_WORDS, "a price is never altered: another result is another row"),
    Guard(
        "disposal_price", "UPDATE", "verdict", "a price below its value stands only once every level agreed again",
        f"""NEW.verdict <> OLD.verdict AND NOT (OLD.verdict = 'WAITING' AND (NEW.verdict = 'REFUSED'
  OR (NEW.verdict = 'RENEWED' AND {_request_of(_PRICE, "NEW.id")} IN ('APPROVED', 'EXECUTED'))))""",
        ("approval_request",), ("verdict",),
    ),
    Guard(
        "disposal_price", "INSERT", "second", "one price stands or waits: no other beside it",
        """EXISTS (SELECT 1 FROM disposal_price p WHERE p.case_id = NEW.case_id
  AND p.verdict IN ('ACCEPTED', 'RENEWED', 'WAITING'))""",
    ),
    Guard(
        "disposal_price", "INSERT", "measured", "a price is told of a cleared case, against its value",
        """NEW.verdict NOT IN ('ACCEPTED', 'WAITING', 'SUSPENDED')
  OR NOT EXISTS (SELECT 1 FROM disposal_case c WHERE c.id = NEW.case_id AND c.status IN ('APPROVED', 'SUSPENDED')
    AND NEW.base_fen = coalesce(c.appraised_fen, CASE WHEN c.agreed_fen > 0 THEN c.agreed_fen END, c.net_fen))""",
        ("disposal_case",),
    ),
    kept("disposal_price", "prices are kept"),
)  # fmt: skip

_NEWEST_PRICE = "(SELECT max(q.id) FROM disposal_price q WHERE q.case_id = NEW.case_id)"
_EXECUTIONS = (
    Guard(
        "disposal_execution",
        "INSERT",
        "cleared",
        "only a case is carried out to which every level agreed",
        f"""NOT EXISTS (SELECT 1 FROM disposal_case c WHERE c.id = NEW.case_id AND (c.is_legacy
  OR (c.status = 'APPROVED' AND {_request_of(_CASE, "c.id")} = 'APPROVED')))""",
        ("disposal_case", "approval_request"),
    ),
    Guard(
        "disposal_execution",
        "INSERT",
        "priced",
        "it is carried out at the price that stands, and no other",
        f"""NEW.price_id IS DISTINCT FROM {_NEWEST_PRICE}
  OR (NEW.price_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM disposal_price p WHERE p.id = NEW.price_id
    AND p.verdict IN {_CARRIES} AND p.price_fen = NEW.price_fen))
  OR (NEW.price_id IS NULL AND EXISTS (SELECT 1 FROM disposal_case c WHERE c.id = NEW.case_id
    AND NOT c.is_legacy AND c.kind IN {_OPENED}))""",
        ("disposal_price", "disposal_case"),
    ),
    Guard(
        "disposal_execution",
        "INSERT",
        "person",
        "who asked for it or told its price does not carry it out",
        """NEW.by_id IS NULL OR EXISTS (SELECT 1 FROM disposal_case c WHERE c.id = NEW.case_id
    AND NEW.by_id IN (c.opened_by_id, c.submitted_by_id))
  OR EXISTS (SELECT 1 FROM disposal_price p WHERE p.id = NEW.price_id AND p.entered_by_id = NEW.by_id)""",
        ("disposal_case", "disposal_price"),
    ),
)

_CARRIED_OUT = """EXISTS (SELECT 1 FROM disposal_line l JOIN disposal_execution e ON e.case_id = l.case_id
    WHERE l.{card} = NEW.id AND l.decision = 'TAKEN')"""
_TOLD = """EXISTS (SELECT 1 FROM household_disposal h WHERE h.asset_id = NEW.id AND h.status = 'CONFIRMED'
    AND h.confirmed_by_id <> h.entered_by_id)"""
_ASSETS = (
    Guard(
        "asset", "UPDATE", "disposed", "a card closes as disposed of only by a case that was carried out",
        f"""NEW.stage = 'DISPOSED' AND OLD.stage <> 'DISPOSED' AND NOT (
  CASE WHEN NEW.category = 'HOUSEHOLD' THEN {_TOLD}
  ELSE {_CARRIED_OUT.format(card="asset_id")} OR {_CARRIED_OUT.format(card="part_asset_id")} END)""",
        ("disposal_line", "disposal_execution", "household_disposal"), ("stage",),
    ),
    Guard(
        "household_disposal", "INSERT", "own", "only what is a household's own is noted so",
        """NEW.status <> 'WAITING'
  OR NOT EXISTS (SELECT 1 FROM asset a WHERE a.id = NEW.asset_id AND a.category = 'HOUSEHOLD')""", ("asset",),
    ),
    Guard(
        "household_disposal", "UPDATE", "confirmed", "a second person confirms what a household did",
        """NEW.status = 'CONFIRMED' AND (NEW.confirmed_by_id IS NULL OR NEW.entered_by_id IS NULL
  OR OLD.status NOT IN ('WAITING', 'CONFIRMED'))""", columns=("status",),
    ),
    fixed(
        "household_disposal", "words", ("asset_id", "act", "happened_on", "statement", "entered_by_id"),
        "what a household said stays",
    ),
    kept("household_disposal", "notes are kept"),
)  # fmt: skip

_PROCEEDS = (
    Guard(
        "proceeds_use", "UPDATE", "covered", "no more is used than came in",
        """NEW.status = 'CONFIRMED' AND OLD.status <> 'CONFIRMED' AND NEW.amount_fen
  + coalesce((SELECT sum(u.amount_fen) FROM proceeds_use u WHERE u.proceeds_id = NEW.proceeds_id AND u.id <> NEW.id
      AND u.status IN ('CONFIRMED', 'UNDOING')), 0)
  > (SELECT p.received_fen - p.cost_fen FROM proceeds p WHERE p.id = NEW.proceeds_id)""",
        ("proceeds",), ("status",),
    ),
    Guard(
        "proceeds_use", "INSERT", "waits", "a use waits for the second person", "NEW.status <> 'WAITING'",
    ),
    Guard(
        "proceeds_use", "UPDATE", "persons", "who entered a use does not confirm it",
        """NEW.status = 'CONFIRMED' AND OLD.status = 'WAITING'
  AND (NEW.confirmed_by_id IS NULL OR NEW.confirmed_by_id = NEW.entered_by_id)""",
        columns=("status",),
    ),
    fixed("proceeds_use", "words", ("proceeds_id", "amount_fen", "entered_by_id"), "a use stays as it was entered"),
    kept("proceeds_use", "uses are kept"),
    kept("proceeds", "accounts of proceeds are kept"),
)  # fmt: skip

DISPOSAL_GUARDS: tuple[Guard, ...] = (
    *_REQUESTS, *_CASES_OWN, *_LINES, *_PRICES, *_EXECUTIONS, *_ASSETS, *_PROCEEDS,
)  # fmt: skip
