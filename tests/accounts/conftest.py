import pytest
from flask import Flask

from tests.authorisation.wiring import wired


@pytest.fixture
def app(app: Flask) -> Flask:
    return wired(app)
