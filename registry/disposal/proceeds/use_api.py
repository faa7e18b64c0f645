"""JSON resources of uses of earmarked money: entered, agreed to by a second person, undone by two again."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import db
from registry.disposal.proceeds.models import Proceeds, ProceedsUse
from registry.disposal.proceeds.queries import get_proceeds, get_use, list_uses, origins_of, region_of_proceeds
from registry.disposal.proceeds.rules import UseFacts
from registry.disposal.proceeds.schemas import PaperFiles, UseEntry, UsePage, UseRow
from registry.disposal.proceeds.using import (
    add_papers,
    ask_undo,
    confirm_use,
    enter_use,
    keep_use,
    refuse_use,
    undo_use,
)
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.schemas import AttachmentPage, AttachmentRow
from registry.evidence.services import take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("proceeds_uses", __name__, "处置收入的用途")
_P, _S = Permission, Scope
_PLAIN = tuple(field.attribute or name for name, field in UseRow().fields.items() if name != "asset_no")
_TABLE = ProceedsUse.__tablename__
_PATH = "/proceeds/<int:proceeds_id>/uses"


def _rows(uses: Sequence[ProceedsUse]) -> list[Body]:
    wanted = {use.asset_id for use in uses if use.asset_id is not None}
    found = db.session.execute(select(Asset.id, Asset.asset_no).where(Asset.id.in_(wanted)))
    numbers = {row.id: row.asset_no for row in found}
    told = [
        {**{name: getattr(use, name) for name in _PLAIN}, "asset_no": numbers.get(use.asset_id or 0)} for use in uses
    ]
    rows: list[Body] = UseRow(many=True).dump(told)
    return rows


def _row(use: ProceedsUse) -> Body:
    return _rows([use])[0]


def _got(proceeds_id: int, use_id: int, permission: Permission) -> tuple[Proceeds, ProceedsUse]:
    """Return a use as the caller has seen it, if they say which version that was."""
    account = get_proceeds(proceeds_id, actor(), permission)
    use = get_use(use_id, account)
    check_match(_row(use), needed=False)
    return account, use


@resources.get(_PATH, "列用途")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, UsePage)
def index(proceeds_id: int) -> Response:
    """List the uses of an account in the order they were entered."""
    return listed(_rows(list_uses(get_proceeds(proceeds_id, actor()))))


@resources.get(f"{_PATH}/<int:use_id>", "读一笔用途")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, UseRow)
def one(proceeds_id: int, use_id: int) -> Response:
    """Show a use."""
    return shown(_row(get_use(use_id, get_proceeds(proceeds_id, actor()))))


@resources.get("/assets/<asset_no>/proceeds", "列一项资产用了哪些处置收入")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, UsePage)
def of_asset(asset_no: str) -> Response:
    """Walk back from an asset to the money of disposals that went into it."""
    asset = get_asset(asset_no, actor(), _P.LEDGER_READ)
    return listed(_rows([origin.use for origin in origins_of(asset, actor())]))


@resources.post(_PATH, "登记用途，等第二人确认")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(UseEntry)
@resources.response(201, UseRow)
def enter(told: UseFacts, proceeds_id: int) -> Response:
    """Enter for what money is used again; papers are attached to it."""
    with deed(region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)):
        account = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)
        return done(_row(enter_use(account, told, [], by=actor(), on=today())), 201)


@resources.post(f"{_PATH}/<int:use_id>/confirm", "确认用途（另一个人），记入账簿")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DISPOSALS_WRITE)
@resources.response(200, UseRow)
def confirm(proceeds_id: int, use_id: int) -> Response:
    """Let a use count, as a second person."""
    region = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)
    with deed(region):
        account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
        confirm_use(use, account, by=actor(), on=today(), policy=policy_for(region, today()))
        return done(_row(use))


@resources.post(f"{_PATH}/<int:use_id>/refuse", "不同意用途（另一个人）")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DISPOSALS_WRITE)
@resources.arguments(Reason)
@resources.response(200, UseRow)
def refuse(body: dict[str, Any], proceeds_id: int, use_id: int) -> Response:
    """Refuse a use, as a second person."""
    with deed(region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)):
        _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
        refuse_use(use, body["reason"], by=actor())
        return done(_row(use))


@resources.post(f"{_PATH}/<int:use_id>/undo", "申请撤销已确认的用途")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(Reason)
@resources.response(200, UseRow)
def undo(body: dict[str, Any], proceeds_id: int, use_id: int) -> Response:
    """Ask for a use to be undone."""
    with deed(region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)):
        _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_ENTER)
        ask_undo(use, body["reason"], by=actor())
        return done(_row(use))


@resources.post(f"{_PATH}/<int:use_id>/undo/agree", "同意撤销（另一个人），红字冲销")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DISPOSALS_WRITE)
@resources.response(200, UseRow)
def agree(proceeds_id: int, use_id: int) -> Response:
    """Undo a use, as another person than who asked."""
    region = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)
    with deed(region):
        account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
        undo_use(use, account, by=actor(), on=today(), policy=policy_for(region, today()))
        return done(_row(use))


@resources.post(f"{_PATH}/<int:use_id>/undo/refuse", "不同意撤销（另一个人）")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DISPOSALS_WRITE)
@resources.arguments(Reason)
@resources.response(200, UseRow)
def keep(body: dict[str, Any], proceeds_id: int, use_id: int) -> Response:
    """Refuse to undo a use, as another person than who asked."""
    with deed(region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)):
        _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_CARRY_OUT)
        keep_use(use, body["reason"], by=actor())
        return done(_row(use))


@resources.get(f"{_PATH}/<int:use_id>/attachments", "列用途的批准文件、凭证")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, AttachmentPage)
def attachments(proceeds_id: int, use_id: int) -> Response:
    """List the papers of a use."""
    use = get_use(use_id, get_proceeds(proceeds_id, actor()))
    return listed(AttachmentRow(many=True).dump(list_attachments(_TABLE, str(use.id))))


@resources.post(f"{_PATH}/<int:use_id>/attachments", "上传用途的批准文件、凭证")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(PaperFiles, location="files")
@resources.response(201, AttachmentPage)
def attach(files: dict[str, list[FileStorage]], proceeds_id: int, use_id: int) -> Response:
    """Attach papers to a use that waits."""
    region = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)
    kept = [take_in(one.stream.read(), one.filename or "") for one in files["file"]]
    with deed(region):
        _account, use = _got(proceeds_id, use_id, _P.DISPOSAL_ENTER)
        add_papers(use, kept, by=actor())
        return done({"items": AttachmentRow(many=True).dump(list_attachments(_TABLE, str(use.id)))}, 201)


@resources.get(f"{_PATH}/<int:use_id>/attachments/<int:attachment_id>", "下载用途的批准文件、凭证")
@api_requires(_P.LEDGER_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(proceeds_id: int, use_id: int, attachment_id: int) -> Response:
    """Give out a paper of a use."""
    use = get_use(use_id, get_proceeds(proceeds_id, actor()))
    return given_out(get_attachment(attachment_id, _TABLE, str(use.id)))
