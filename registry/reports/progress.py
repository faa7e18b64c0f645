"""How far a long paper is: told by whoever makes it, heard by whoever shows a bar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Takes how many steps are done of how many.
Told = Callable[[int, int], None]
_told: ContextVar[Told | None] = ContextVar("progress", default=None)


def tell(done: int, of: int) -> None:
    """Say that so many steps are done; nobody need listen."""
    listener = _told.get()
    if listener is not None:
        listener(done, of)


@contextmanager
def heard_by(listener: Told) -> Iterator[None]:
    """Let somebody hear what is told meanwhile."""
    token = _told.set(listener)
    try:
        yield
    finally:
        _told.reset(token)
