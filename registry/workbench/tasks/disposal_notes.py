"""What waits of disposals beside the levels: what of the past, and of households, a second person confirms."""

from flask import url_for
from flask_babel import gettext as _

from registry.disposal.procedure.deed_queries import (
    count_notes_to_confirm,
    count_past_to_confirm,
    list_notes_to_confirm,
    list_past_to_confirm,
)
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_past(actor: Actor, most: int) -> list[Task]:
    """Return disposals of before go-live that this person, of the level above, can confirm."""
    rows = list_past_to_confirm(actor, most)
    names = names_of(row.region_code for row in rows)
    return [
        Task(
            _("确认历史处置"), row.title, names.get(row.region_code, ""), row.original_fen, row.opened_at,
            _("我或同岗位的人，先办者为准"), url_for("disposal_deeds.decide_past", disposal_id=row.id), _("去核对"),
        )
        for row in rows
    ]  # fmt: skip


def count_past(actor: Actor) -> int:
    """Return how many disposals of before go-live wait for this person."""
    return count_past_to_confirm(actor, MOST_COUNTED + 1)


def list_notes(actor: Actor, most: int) -> list[Task]:
    """Return what households did that this person can confirm."""
    rows = list_notes_to_confirm(actor, most)
    names = names_of(row.region_code for row, _asset in rows)
    return [
        Task(
            _("确认农户自行处置"), asset.name, names.get(row.region_code, ""), None, row.entered_at,
            _("我或同岗位的人，先办者为准"), url_for("disposal_deeds.note", note_id=row.id), _("去核对"),
        )
        for row, asset in rows
    ]  # fmt: skip


def count_notes(actor: Actor) -> int:
    """Return how many acts of households wait for this person."""
    return count_notes_to_confirm(actor, MOST_COUNTED + 1)
