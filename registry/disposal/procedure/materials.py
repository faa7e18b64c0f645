"""The papers of a case in one list, each to be read on the spot: attached, brought to steps, of the price."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.meetings.queries import list_resolutions
from registry.approvals.notices.queries import list_notices_of
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE
from registry.clock import local
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE
from registry.disposal.prices.queries import list_prices
from registry.disposal.prices.services import TABLE as PRICE_TABLE
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.evidence.rules import EvidenceKind, MediaType


@dataclass(frozen=True)
class Material:
    """One paper: its name, what it proves, its day, where it opens; an image shows in the page."""

    label: str
    kind: str
    day: date
    url: str
    is_image: bool = False


def materials_of(case: DisposalCase, request: ApprovalRequest | None) -> list[Material]:
    """Return every paper of a case: its own, those of its request, of its meetings, notices and prices."""
    files = list_attachments(TABLE, str(case.id))
    found = [_file(one, _url("disposals.file", disposal_id=case.id, attachment_id=one.id)) for one in files]
    for price in list_prices(case.id):
        place = {"disposal_id": case.id, "price_id": price.id}
        files = list_attachments(PRICE_TABLE, str(price.id))
        label = _("第 %(n)s 次交易的成交材料", n=price.round)
        found += [_file(one, _url("disposals.price_file", **place, attachment_id=one.id), label) for one in files]
    return [*found, *(_of_request(request) if request else ())]


def _url(endpoint: str, **place: int) -> str:
    values: dict[str, Any] = dict(place)
    return url_for(endpoint, **values)


def _file(one: Attachment, url: str, label: str = "") -> Material:
    label = label or one.caption or _(EvidenceKind(one.kind).label)
    return Material(
        label, _(EvidenceKind(one.kind).label), one.taken_on or local(one.added_at).date(),
        url, MediaType(one.media_type) is not MediaType.PDF,
    )  # fmt: skip


def _of_request(request: ApprovalRequest) -> list[Material]:
    key = str(request.id)
    found = [
        Material(
            _("%(meeting)s：会议记录与表决", meeting=one.meeting.body_name), _(EvidenceKind.MINUTES.label),
            one.meeting.held_on, url_for("meetings.show", meeting_id=one.meeting.id),
        )
        for one in list_resolutions(CASE_TABLE, key)
    ]  # fmt: skip
    found += [
        Material(_("公示：%(title)s", title=one.title), _(EvidenceKind.NOTICE.label), one.starts_on,
                 url_for("notices.notice", notice_id=one.id))
        for one in list_notices_of(CASE_TABLE, key)
    ]  # fmt: skip
    files = list_attachments(CASE_TABLE, key)
    return found + [_file(one, _url("answering.paper", request_id=request.id, attachment_id=one.id)) for one in files]
