"""Rows that wait to be written when their unit ends: they are written in the unit that took over."""

from dataclasses import replace

from sqlalchemy import select

from registry.assets.register.registration import Registration
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.models import ImportChunk, ImportUpload
from registry.assets.register.sheets.packing import pack_planned, sealed, unpack_planned, unsealed
from registry.assets.register.sheets.planning import Planned
from registry.database import db


def redirect_chunks(old: str, new: str) -> int:
    """Redirect every unwritten row of an ended unit to its heir; returns how many chunks held any."""
    rows = select(ImportChunk, ImportUpload.kind).join(ImportUpload, ImportUpload.id == ImportChunk.upload_id)
    waiting = rows.where(ImportChunk.written_at.is_(None), ImportChunk.regions.contains(old, autoescape=True))
    found = [(chunk, kind) for chunk, kind in db.session.execute(waiting)]
    for chunk, kind in found:
        name = f"chunk-{chunk.upload_id}-{chunk.number}"
        planned = unpack_planned(unsealed(chunk.content, name), projects=kind == TableKind.PROJECTS)
        chunk.content = sealed(pack_planned([_redirected(one, old, new) for one in planned]), name)
        chunk.regions = " ".join(sorted({new if code == old else code for code in chunk.regions.split()}))
    return len(found)


def _redirected(planned: Planned, old: str, new: str) -> Planned:
    facts = planned.facts
    if facts.region_code == old:
        facts = replace(facts, region_code=new)
    if isinstance(facts, Registration):
        owners = (replace(one, region_code=new) if one.region_code == old else one for one in facts.owners)
        facts = replace(facts, owners=tuple(owners))
    return replace(planned, facts=facts)
