"""The trail's tables. Only this package's services and queries touch them; the database lets nobody change a row."""

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Derived, Trail
from registry.database import Model


class TrailEvent(Trail, Model):
    """One deed in one log. ``payload`` is what is hashed; the other columns are copies for queries."""

    __tablename__ = "trail_event"
    __append_only__ = True
    __table_args__ = (
        Index("uq_trail_event_region_seq", "log_id", "region_code", "region_seq", unique=True),
        Index("ix_trail_event_thing", "thing_table", "thing_id"),
        Index("ix_trail_event_actor", "actor_id", "at"),
        Index("ix_trail_event_action", "log_id", "action", "seq"),
    )

    log_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    prev: Mapped[str] = mapped_column(String(64))
    leaf_hash: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column()
    region_code: Mapped[str] = mapped_column(String(12))
    region_seq: Mapped[int] = mapped_column()
    at: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None] = mapped_column()
    action: Mapped[str] = mapped_column(String(40))
    thing_table: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[str] = mapped_column(String(40))
    deed_id: Mapped[str] = mapped_column(String(32))
    request_id: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(20))


class TrailCheckpoint(Trail, Model):
    """A signed statement of a log's size and root, with the frontier from which the next one is computed."""

    __tablename__ = "trail_checkpoint"
    __append_only__ = True

    log_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column()
    at: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(40))
    frontier: Mapped[str] = mapped_column()


class TrailTile(Trail, Model):
    """256 consecutive leaf hashes of a log, stored once they are complete."""

    __tablename__ = "trail_tile"
    __append_only__ = True

    log_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    tile_index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hashes: Mapped[str] = mapped_column()


class TrailMention(Derived, Model):
    """Which things an event speaks of, so that the life of one asset is one indexed question."""

    __tablename__ = "trail_mention"
    __append_only__ = True
    __table_args__ = (
        ForeignKeyConstraint(["log_id", "seq"], ["trail_event.log_id", "trail_event.seq"]),
        Index("ix_trail_mention_thing", "thing_table", "thing_id", "log_id", "seq"),
    )

    log_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    thing_table: Mapped[str] = mapped_column(String(40), primary_key=True)
    thing_id: Mapped[str] = mapped_column(String(40), primary_key=True)
