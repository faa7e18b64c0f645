"""What the request pages know of any case."""

from dataclasses import dataclass, field
from typing import Any

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import NO_TABLE, NoticeTable


@dataclass(frozen=True)
class Change:
    """One thing that will be otherwise once a case is approved."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Trial:
    """A case "as if approved": its own page, its facts, what will change.

    ``is_mended_there``: its own page is where it is mended and submitted anew; others are submitted again as they are.
    """

    url: str
    facts: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    is_mended_there: bool = False


@dataclass(frozen=True)
class Beside:
    """What stands beside the decision: the page's template, what it shows, what is written if one agrees in silence."""

    template: str = "requests/show.html"
    values: dict[str, Any] = field(default_factory=dict)
    suggested: str = ""


@dataclass(frozen=True)
class Posting:
    """What a notice of a case says before anybody changes its words."""

    kind: NoticeKind
    title: str
    body: str
    table: NoticeTable = NO_TABLE
