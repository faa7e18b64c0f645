"""Keeping and dropping views: a person's own filters under a name."""

from sqlalchemy import select

from registry.assets.register.lookup.models import SavedView
from registry.database import db
from registry.errors import Invalid, Missing
from registry.permissions import Actor
from registry.text import N_

MAX_VIEWS = 8


class TooManyViews(Invalid):
    """A row of tabs holds only so many."""

    message = N_("常用视图最多存 %(most)s 个，请先删去一个。")


def list_views(user_id: int | None) -> list[SavedView]:
    """Return a person's views, the oldest first."""
    return list(db.session.scalars(select(SavedView).where(SavedView.user_id == user_id).order_by(SavedView.id)))


def keep_view(name: str, query: str, *, by: Actor) -> None:
    """Keep a filter under a name; the same name again replaces the filter. Raises TooManyViews."""
    views = list_views(by.id)
    same = next((view for view in views if view.name == name), None)
    if same is not None:
        same.query = query
        return
    if len(views) >= MAX_VIEWS:
        raise TooManyViews(field="name", most=MAX_VIEWS)
    if by.id is not None:
        db.session.add(SavedView(user_id=by.id, name=name, query=query))


def drop_view(view_id: int, *, by: Actor) -> None:
    """Drop one of a person's own views; raises Missing."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.user_id != by.id:
        raise Missing
    db.session.delete(view)
