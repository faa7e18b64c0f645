"""Answers that anybody may keep: named by how far the trail has come, given again without being made again."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import cast

from flask import Response, redirect, request, url_for
from flask_babel import get_locale

from registry import config
from registry.audit.marks import log_marks, region_marks
from registry.database import why_read_only
from registry.places.queries import heir_of, list_children
from registry.regions import Level, ancestor, level_of, lineage
from registry.reports.public.queries import Place, place_of

#: How long a browser, or a proxy before the register, may give the same answer without asking.
MAX_AGE_SECONDS = 60
_MOST_KEPT = 400


class Kept:
    """The latest answers of this process, by name; the one asked for longest ago goes first."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most, self._lock = most, Lock()
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def give(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the answer of this name, made once."""
        with self._lock:
            body = self._bodies.get(name)
            if body is not None:
                self._bodies.move_to_end(name)
                return body
        body = make()
        with self._lock:
            self._bodies[name] = body
            while len(self._bodies) > self._most:
                self._bodies.popitem(last=False)
        return body


def marks_of(region_code: str, place: Place) -> tuple[int, ...]:
    """Return numbers of which one moves whenever something changes that the page of a unit shows.

    A village's page hangs on its own events and those of the units above (policy, names), and on who merged into it;
    a page that adds up villages hangs on the whole log.
    """
    level = level_of(region_code)
    if level is Level.VILLAGE:
        return (*region_marks(lineage(region_code)), place.heirs)
    city = ancestor(region_code, Level.MUNICIPALITY)
    if level is Level.MUNICIPALITY:
        return log_marks([city, *(one.region_code for one in list_children(city))])
    return log_marks([city, ancestor(region_code, Level.COUNTY)])


def answered(kind: str, region_code: str, on: date, mimetype: str, kept: Kept, make: Callable[[], str]) -> Response:
    """Answer with what was made before under the same marks, with 304 to whoever holds it, or with what is made now.

    Leads from a unit that was merged to the one that took over. Raises Missing.
    """
    place = place_of(region_code)
    if not place.stands:
        return cast("Response", redirect(url_for(str(request.endpoint), region_code=heir_of(region_code))))
    large = request.args.get("large", request.cookies.get("large")) == "1"
    said = (
        kind, request.host, region_code, on, str(get_locale()), large, request.args.get("large"),
        config.PRODUCT_VERSION, config.current().database, why_read_only(), *marks_of(region_code, place),
    )  # fmt: skip
    name = hashlib.sha256(repr(said).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(name):
        response = Response(status=304)
    else:
        response = Response(kept.give(name, lambda: make().encode()), mimetype=mimetype)
    response.set_etag(name)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    response.vary.add("Cookie")  # large text and language
    return response
