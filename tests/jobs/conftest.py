"""A worker that does what the test tells it to, and one that only lives."""

from collections.abc import Iterator

import pytest
from flask import Flask

from registry import jobs
from registry.assets.register.sheets import services
from registry.operations.worker import Worker


@pytest.fixture
def worker(app: Flask) -> Iterator[Worker]:
    """A worker that does what the test tells it to, in this process."""
    one = Worker(app)
    yield one
    one.queue.storage.close()


@pytest.fixture
def living(app: Flask) -> Iterator[None]:
    """A worker that lives and does nothing."""
    with jobs.sole_worker():
        yield


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
