"""Blueprints that the application does not name yet; tests need them registered."""

from flask import Flask

from registry.assets.register.lookup import money_views
from registry.workbench import mergers


def wired(app: Flask) -> Flask:
    """Return the application with every blueprint."""
    for blueprint in (mergers.blueprint, money_views.blueprint):
        if blueprint.name not in app.blueprints:
            app.register_blueprint(blueprint)
    return app
