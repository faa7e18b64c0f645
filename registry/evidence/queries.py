"""Questions about attachments."""

from sqlalchemy import select

from registry.database import db
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.permissions import Actor, Permission
from registry.scope import within


def list_attachments(table: str, thing_id: str) -> list[Attachment]:
    """Return what is attached to a thing the caller has already been allowed to see, oldest first."""
    rows = select(Attachment).where(Attachment.thing_table == table, Attachment.thing_id == thing_id)
    return list(db.session.scalars(rows.order_by(Attachment.id)))


def get_attachment(attachment_id: int, actor: Actor) -> Attachment:
    """Return an attachment within the actor's reach; raises Missing."""
    rows = select(Attachment).where(Attachment.id == attachment_id, within(Attachment, actor, Permission.ASSET_READ))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found
