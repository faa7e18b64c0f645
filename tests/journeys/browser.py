"""A browser without scripts: it follows links and sends forms as the page wrote them."""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD


class _Form(HTMLParser):
    """Collects the fields of every form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((known.get("action", ""), {}))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        name = known.get("name", "")
        if tag == "input" and name and "__index__" not in name:
            if known.get("type") not in {"radio", "checkbox", "file"} or "checked" in known:
                fields.setdefault(name, []).append(known.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "__index__" not in self._select:
            if "selected" in known or self._select not in fields:
                fields[self._select] = [known.get("value", "")]
        elif tag == "textarea":
            self._area = name
            fields.setdefault(name, [""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][1][self._area] = [data.strip()]


class Visitor:
    """One person at a browser."""

    def __init__(self, client: FlaskClient, username: str) -> None:
        self.client = client
        self.page = client.post("/login", data={"username": username, "password": PASSWORD})
        assert self.page.status_code == 303, self.page.text

    def open(self, url: str) -> TestResponse:
        """Open a page."""
        self.page = self.client.get(url, follow_redirects=True)
        return self.page

    def fields(self, action_part: str = "") -> tuple[str, dict[str, list[str]]]:
        """Return address and fields of the page's form whose action holds a text (or the last form)."""
        parser = _Form()
        parser.feed(self.page.text)
        forms = [one for one in parser.forms if action_part in one[0]] if action_part else parser.forms
        return forms[-1]

    def send(self, action_part: str = "", **changes: Any) -> TestResponse:
        """Fill in and send the page's form; a redirect is followed."""
        action, fields = self.fields(action_part)
        names = {name.replace("__", "-"): value for name, value in changes.items()}
        data = {**fields, **{name: [str(value)] for name, value in names.items()}}
        url = action or self.page.request.path
        self.page = self.client.post(url, data=data, follow_redirects=True)
        return self.page

    def send_file(self, content: bytes, name: str, action_part: str = "", **changes: Any) -> TestResponse:
        """Fill in the page's form, choose a file for it and send both; a redirect is followed."""
        action, fields = self.fields(action_part)
        data = {**fields, **{field: [str(value)] for field, value in changes.items()}, "file": (BytesIO(content), name)}
        url = action or self.page.request.path
        self.page = self.client.post(url, data=data, follow_redirects=True, content_type="multipart/form-data")
        return self.page

    def link(self, pattern: str) -> str:
        """Return the first address on the page that matches."""
        found = re.search(rf'href="([^"]*{pattern}[^"]*)"', self.page.text)
        assert found, f"no link {pattern} on the page"
        return found[1].replace("&amp;", "&")
