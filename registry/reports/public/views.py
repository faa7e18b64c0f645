"""Pages without sign-in: one unit's public page, its figures as JSON, its poster, and finding one's village."""

import json
from dataclasses import asdict

import segno
from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import config
from registry.clock import today
from registry.places.queries import full_name, full_names, get_region
from registry.reports.public.caching import Kept, answered
from registry.reports.public.gathering import public_page
from registry.reports.public.queries import find_units
from registry.reports.public.rules import OPENNESS, Section
from registry.web import carry_size, open_to_all, page

blueprint = Blueprint("public_pages", __name__)
blueprint.url_defaults(carry_size)
_MAX_SEARCH = 30
_PAGES, _FIGURES = Kept(), Kept()


@blueprint.get("/public")
@open_to_all
def index() -> ResponseReturnValue:
    """Begin with the municipality."""
    return redirect(url_for("public_pages.show", region_code=config.current().municipality))


@blueprint.get("/public/find")
@open_to_all
def find() -> ResponseReturnValue:
    """Find a unit by a part of its name."""
    text = request.args.get("q", "").strip()[:_MAX_SEARCH]
    found = find_units(text)
    names = full_names(unit.region_code for unit in found)
    return page("public/find.html", text=text, found=found, names=names)


@blueprint.get("/public/<region_code>")
@open_to_all
def show(region_code: str) -> ResponseReturnValue:
    """Show what is public of a unit."""
    on = today()

    def make() -> str:
        shown = public_page(get_region(region_code), on)
        return render_template("public/show.html", form=None, page=shown, Section=Section, openness=OPENNESS)

    return answered("page", region_code, on, "text/html", _PAGES, make)


@blueprint.get("/public/<region_code>/figures.json")
@open_to_all
def figures(region_code: str) -> ResponseReturnValue:
    """Give the same figures as JSON; amounts are whole fen."""
    on = today()

    def make() -> str:
        return json.dumps(asdict(public_page(get_region(region_code), on)), ensure_ascii=False, default=str)

    return answered("figures", region_code, on, "application/json", _FIGURES, make)


@blueprint.get("/public/<region_code>/poster")
@open_to_all
def poster(region_code: str) -> ResponseReturnValue:
    """Show a sheet to print and hang up, whose code leads to the unit's page."""
    unit = get_region(region_code)
    address = url_for("public_pages.show", region_code=region_code, _external=True)
    return page("public/poster.html", unit=unit, name=full_name(region_code), address=address)


@blueprint.get("/public/<region_code>/qr.svg")
@open_to_all
def qr(region_code: str) -> ResponseReturnValue:
    """Draw the code that leads to a unit's page."""
    unit = get_region(region_code)
    address = url_for("public_pages.show", region_code=unit.region_code, _external=True, large=None)
    drawn = segno.make(address, micro=False, error="m").svg_inline(scale=8)
    return Response(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), mimetype="image/svg+xml")
