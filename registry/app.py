"""create_app(): the table of contents of the product."""

import uuid
from datetime import timedelta

import structlog
from flask import Flask, abort, request, session
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response
from whitenoise import WhiteNoise

from registry import config, web
from registry.accounts.callers import recognise
from registry.accounts.signed_in import load_signed_in, note_seen
from registry.addresses import LateRule, RowNumber
from registry.config import Settings, load_settings, resource, secret
from registry.contents import BLUEPRINTS
from registry.database import db, marked_tables, request_id, watch_writes
from registry.engines import engine_options, prepare
from registry.resources import RESOURCES
from registry.rest import openapi
from registry.rest.problems import is_api
from registry.workbench import filters, refusals
from registry.workbench.shell import template_values

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for these settings (read from the environment unless given)."""
    settings = config.use(settings or load_settings())
    app = Flask("registry", template_folder=str(resource("templates")), static_folder="static")
    app.url_rule_class = LateRule
    app.url_map.converters["int"] = RowNumber
    _configure(app, settings)
    _database(app, settings)
    _people(app)
    _pages(app)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    static = WhiteNoise(app.wsgi_app, max_age=0)
    static.add_files(str(config.PACKAGE / "static"), prefix="static/")
    app.wsgi_app = static  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=secret(settings, "session.key"),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        MAX_CONTENT_LENGTH=settings.max_upload_mib * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch keeps its data
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # an answer to an older request must not bring back an older session id
        SESSION_COOKIE_SECURE=settings.url_scheme == "https",
        PREFERRED_URL_SCHEME=settings.url_scheme,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_absolute_hours),
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_TRANSLATION_DIRECTORIES=str(config.PACKAGE / "translations"),
    )


def _database(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    with app.app_context():
        append_only = {
            name for name, model in marked_tables(object).items() if getattr(model, "__append_only__", False)
        }
        prepare(db.engine, frozenset(append_only))
        watch_writes(db.engine)
    settings.uploads.mkdir(parents=True, exist_ok=True)


def _people(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = None  # sessions are rows; the token alone decides
    login.user_loader(load_signed_in)
    CSRFProtect(app)


def _pages(app: Flask) -> None:
    Babel(app, locale_selector=_locale)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    openapi.register(app, RESOURCES, recognise)
    app.context_processor(template_values)
    filters.register(app)
    refusals.register(app)
    app.before_request(_name_request)
    app.before_request(_refuse_foreign_origin)
    app.after_request(_finish_response)


def _locale() -> str:
    if request and is_api():
        return request.accept_languages.best_match(web.LANGUAGES, "zh")
    wanted = request.cookies.get("lang", "") if request else ""
    return wanted if wanted in web.LANGUAGES else "zh"


def _name_request() -> None:
    name = uuid.uuid4().hex[:16]
    request_id.set(name)
    structlog.contextvars.bind_contextvars(request=name)
    if not is_api() and not _only_reads_public() and not session.permanent:
        session.permanent = True


def _only_reads_public() -> bool:
    """Say whether somebody reads what is public: such a page sets no cookie unless a form on it needs one."""
    return request.path.startswith("/public") and request.method in SAFE_METHODS


def _refuse_foreign_origin() -> None:
    origin = request.headers.get("Origin")
    if request.method not in SAFE_METHODS and origin and origin.split("://")[-1] != request.host:
        abort(403)


def _finish_response(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    note_seen()
    return response
