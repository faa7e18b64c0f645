"""Who changes divisions."""

import pytest
from flask.testing import FlaskClient

from tests.factories import PASSWORD


@pytest.fixture
def system(client: FlaskClient) -> FlaskClient:
    client.post("/login", data={"username": "system_administrator", "password": PASSWORD})
    return client
