"""Every number of a board that leads somewhere, and what the list it leads to says of itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient

_STRONG = r"\s*<strong>([^<]*)</strong>\s*"


@dataclass(frozen=True)
class Number:
    """A number of a board: under which head it stands, as it is read, exactly (amounts in 元), and where it leads."""

    head: str
    text: str
    exact: str
    url: str

    @property
    def is_amount(self) -> bool:
        return "." in self.exact


class _Reader(HTMLParser):
    """Reads the cells of tables; what stands in a link leads where the link leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Number] = []
        self._head, self._url, self._title = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in {"td", "th"}:
            self._head = told.get("data-label", "")
        if tag == "a" and self._head:
            self._url, self._title = told.get("href", ""), told.get("title", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._head = ""
        if tag == "a":
            self._url = ""

    def handle_data(self, data: str) -> None:
        if self._url and data.strip():
            exact = self._title.removesuffix(" 元") or data.strip()
            self.found.append(Number(self._head, _plain(data), _plain(exact), self._url))


def _plain(text: str) -> str:
    return text.strip().replace(",", "")


def numbers_of(html: str) -> list[Number]:
    """Return the numbers of a page that lead to their rows."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


def _after(label: str, html: str) -> str:
    found = re.search(re.escape(label) + _STRONG, html)
    assert found, label
    return _plain(found[1])


def _of_assets(number: Number, html: str) -> str:
    return _after("原值合计", html) if number.is_amount else _after("本条件共", html)


def _of_warnings(number: Number, html: str) -> str:
    cards = re.findall(r'<div class="big">([\d,]+) <small>条', html)
    return str(sum(int(one.replace(",", "")) for one in cards))


def _of_disposals(number: Number, html: str) -> str:
    return _after("原值合计", html) if number.is_amount else _after("共", html)


def _of_plans(number: Number, html: str) -> str:
    if number.head.startswith("安排"):
        return _after(str(re.findall(r"用于[^<\s]*", html)[-1]), html)
    return _after("要发放", html) if number.is_amount else _after("共", html)


def _of_dues(number: Number, html: str) -> str:
    if number.is_amount:
        return _after("已收", html) if number.head.startswith("已收") else _worth(number, html)
    found = re.search(r"未收 ([\d,]+) 笔", html)
    assert found
    return found[1].replace(",", "")


def _worth(number: Number, html: str) -> str:
    kind = "未收" if number.head.startswith("逾期") else "应收"
    found = re.search(kind + r" [\d,]+ 笔" + _STRONG, html)
    assert found
    return found[1].replace(",", "")


#: Path of a list → how its total is read.
LISTS: dict[str, Callable[[Number, str], str]] = {
    "/assets": _of_assets,
    "/warnings": _of_warnings,
    "/warnings/hand-offs": lambda _, html: _after("共", html),
    "/findings": lambda _, html: _after("符合条件", html),
    "/disposals": _of_disposals,
    "/distributions": _of_plans,
    "/distributions/households": lambda _, html: _after("共", html),
    "/income/rows": lambda _, html: _after("合计", html),
    "/dues": _of_dues,
}


#: These say amounts in 万元.
_IN_WAN = frozenset({"/assets", "/disposals"})


#: So many rows stand on one page of every list.
ONE_PAGE = 15


def rows_shown(html: str) -> int:
    """Count the rows of the first table of a page."""
    table = re.search(r'<table class="data[^"]*".*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    return len(re.findall(r"<tr", table[1])) if table else 0


def told_otherwise(client: FlaskClient, address: str) -> Iterator[str]:
    """Follow every number of a board; yield those of which the list says otherwise."""
    pages: dict[str, str] = {}
    for number in numbers_of(client.get(address).text):
        if number.url not in pages:
            answer = client.get(number.url)
            assert answer.status_code == 200, number.url
            pages[number.url] = answer.text
        path = urlsplit(number.url).path
        said = LISTS[path](number, pages[number.url])
        if said != (number.text if path in _IN_WAN else number.exact):
            yield f"{address}: {number.head} {number.exact}, {number.url} says {said}"
        elif not number.is_amount and int(said) <= ONE_PAGE and rows_shown(pages[number.url]) != int(said):
            yield f"{address}: {number.head} {number.exact}, {number.url} shows {rows_shown(pages[number.url])} rows"
