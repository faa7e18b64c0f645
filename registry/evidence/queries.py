"""Questions about attachments."""

from sqlalchemy import select

from registry.database import db
from registry.errors import Missing
from registry.evidence.models import Attachment


def list_attachments(table: str, thing_id: str) -> list[Attachment]:
    """Return what is attached to a thing the caller has already been allowed to see, oldest first."""
    rows = select(Attachment).where(Attachment.thing_table == table, Attachment.thing_id == thing_id)
    return list(db.session.scalars(rows.order_by(Attachment.id)))


def get_attachment(attachment_id: int, table: str, thing_id: str) -> Attachment:
    """Return a file attached to a thing the caller has already been allowed to see; raises Missing."""
    found = db.session.scalar(select(Attachment).filter_by(id=attachment_id, thing_table=table, thing_id=thing_id))
    if found is None:
        raise Missing
    return found
