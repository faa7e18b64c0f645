"""JSON resources with which a case of title is filled in: words, assets, holders, papers, parts, scans."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from registry.assets.register.rights.rules import Part
from registry.assets.title.cases.queries import get_case, list_lines_named
from registry.assets.title.cases.schemas import (
    CaseCard,
    CaseChange,
    Dropping,
    FoundEntry,
    OwnersEntry,
    PapersEntry,
    PartsEntry,
    facts_for,
)
from registry.assets.title.cases.services import (
    change_case,
    decide_lines,
    drop_lines,
    propose_owners,
    set_papers,
    set_parts,
)
from registry.assets.title.cases.submitting import TABLE, get_case_to_enter
from registry.assets.title.cases.telling import case_card
from registry.assets.title.documents import Papers
from registry.audit.services import thing_of
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.rest.calls import actor, api_requires, check_match, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("title_edit", __name__, "产权事项")
_P, _S = Permission, Scope


def _region(case_id: int) -> str:
    return get_case_to_enter(case_id, actor()).region_code


@resources.put("/title-cases/<int:case_id>", "修改事项的文字内容")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(CaseChange)
@resources.response(200, CaseCard)
def change(body: dict[str, Any], case_id: int) -> Response:
    """Change what is said of a case as a whole."""
    with deed(_region(case_id)):
        case = get_case_to_enter(case_id, actor())
        check_match(case_card(case))
        change_case(case, facts_for(case.kind, body["facts"]), by=actor())
        return done(case_card(case))


@resources.post("/title-cases/<int:case_id>/lines/decide", "核实资产，决定是否纳入；不写 assets 就是全部")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(FoundEntry)
@resources.response(200, CaseCard)
def decide(body: dict[str, Any], case_id: int) -> Response:
    """Note what was found of assets and whether the case takes them in."""
    with deed(_region(case_id)):
        case = get_case_to_enter(case_id, actor())
        decide_lines(case, list_lines_named(case.id, body["assets"]), body["found"], by=actor())
        return done(case_card(case))


@resources.post("/title-cases/<int:case_id>/lines/drop", "从草稿移出资产")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(Dropping)
@resources.response(200, CaseCard)
def drop(body: dict[str, Any], case_id: int) -> Response:
    """Take assets out of a draft."""
    with deed(_region(case_id)):
        case = get_case_to_enter(case_id, actor())
        drop_lines(case, list_lines_named(case.id, body["assets"]), by=actor())
        return done(case_card(case))


@resources.post("/title-cases/<int:case_id>/lines/owners", "拟定权利人；不写 assets 就是全部")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(OwnersEntry)
@resources.response(200, CaseCard)
def owners(body: dict[str, Any], case_id: int) -> Response:
    """Propose holders for assets of a case."""
    with deed(_region(case_id)):
        case = get_case_to_enter(case_id, actor())
        propose_owners(case, list_lines_named(case.id, body.get("assets")), body["owners"], by=actor())
        return done(case_card(case))


@resources.put("/title-cases/<int:case_id>/papers", "填材料清单")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(PapersEntry)
@resources.response(200, CaseCard)
def papers(told: Papers, case_id: int) -> Response:
    """Say which papers are there, and why others are not."""
    with deed(_region(case_id)):
        case = get_case_to_enter(case_id, actor())
        check_match(case_card(case))
        set_papers(case, told, by=actor())
        return done(case_card(case))


@resources.put("/title-cases/<int:case_id>/parts", "写分拆方案")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(PartsEntry)
@resources.response(200, CaseCard)
def parts(body: dict[str, list[Part]], case_id: int) -> Response:
    """Say into what the asset is split."""
    with deed(_region(case_id)):
        case = get_case_to_enter(case_id, actor())
        check_match(case_card(case))
        set_parts(case, body["parts"], by=actor())
        return done(case_card(case))


@resources.get("/title-cases/<int:case_id>/attachments", "列事项的附件")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, AttachmentPage)
def attachments(case_id: int) -> Response:
    """List the scans of a case."""
    case = get_case(case_id, actor())
    return listed(AttachmentRow(many=True).dump(list_attachments(TABLE, str(case.id))))


@resources.post("/title-cases/<int:case_id>/attachments", "上传事项的附件")
@api_requires(_P.TITLE_ENTER, scope=_S.TITLE_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def attach_file(args: dict[str, Any], files: dict[str, FileStorage], case_id: int) -> Response:
    """Attach a scan to a case."""
    region = _region(case_id)
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        thing = thing_of(get_case_to_enter(case_id, actor()))
        attach([kept], caption, to=thing, by=actor())
        rows = AttachmentRow(many=True).dump(list_attachments(TABLE, thing.id)[-1:])
        return done({"items": rows}, 201)


@resources.get("/title-cases/<int:case_id>/attachments/<int:attachment_id>", "下载事项的附件")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(case_id: int, attachment_id: int) -> Response:
    """Give out a scan of a case."""
    return given_out(get_attachment(attachment_id, TABLE, str(get_case(case_id, actor()).id)))
