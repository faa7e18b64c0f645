"""Settings, read once: defaults, then ``instance/config.toml``, then ``FPA_*`` environment variables.

Nothing is required: keys are made on first use and kept in the data folder with mode 0600.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

PACKAGE = Path(__file__).parent
PRODUCT_VERSION = "0.1.0"


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set. Durations are in the unit their name ends with."""

    data_dir: Path
    database_uri: str = ""
    owner_database_uri: str = ""
    url_scheme: str = "http"
    security_profile: str = "djbh3"
    require_second_factor: bool = True
    session_idle_minutes: int = 30
    session_absolute_hours: int = 12
    max_upload_mib: int = 32
    workers: int = 2
    #: How many proxies stand in front and add the visitor's address to what they pass on; 0 believes nobody.
    trusted_proxies: int = 0
    api_calls_a_minute: int = 300
    municipality: str = "500000000000"

    @property
    def database(self) -> str:
        """The URI of the application's database; the embedded one unless told otherwise."""
        return self.database_uri or f"sqlite:///{self.data_dir / 'app.db'}"

    @property
    def owner_database(self) -> str:
        """The URI of the role that owns the tables and migrates them."""
        return self.owner_database_uri or self.database

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def uploads(self) -> Path:
        """Where evidence and prints lie, by digest."""
        return self.data_dir / "uploads"

    @property
    def checkpoints(self) -> Path:
        """Where the last signed checkpoint of each log lies, beside the database."""
        return self.data_dir / "checkpoints"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of this process and make sure the data folder exists."""
    settings = Settings(data_dir=Path(environ.get("FPA_DATA_DIR", "instance")).resolve())
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    file = settings.data_dir / "config.toml"
    written: dict[str, object] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    named = {f"FPA_{field.name.upper()}": field.name for field in fields(Settings)}
    given = {named[key]: value for key, value in environ.items() if key in named and key != "FPA_DATA_DIR"}
    return _apply(settings, {**written, **given})


def _apply(settings: Settings, values: Mapping[str, object]) -> Settings:
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    unknown = sorted(set(values) - set(known) - {"data_dir"})
    if unknown:
        raise SystemExit(f"config.toml: 不认识的设置 {', '.join(unknown)}")
    return replace(settings, **{name: _typed(known[name], value) for name, value in values.items()})  # type: ignore[arg-type]


def _typed(default: object, value: object) -> object:
    if isinstance(default, bool):
        return value if isinstance(value, bool) else str(value).lower() in {"1", "true", "yes", "on"}
    return int(str(value)) if isinstance(default, int) else str(value)


def secret(settings: Settings, name: str, size: int = 32) -> bytes:
    """Return the named key of this installation, made on first use; it never leaves the data folder."""
    folder = settings.data_dir / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / name
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(file.read_text("ascii"))
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(size))
        out.flush()
        os.fsync(out.fileno())
    return secret(settings, name, size)


def resource(name: str) -> Path:
    """Return the folder ``templates`` or ``migrations``: beside the package in a checkout, inside it once installed."""
    installed = PACKAGE / f"_{name}"
    return installed if installed.is_dir() else PACKAGE.parent / name


_current: Settings | None = None


def use(settings: Settings) -> Settings:
    """Make these the settings of this process; called once, by create_app()."""
    global _current  # noqa: PLW0603 - settings are read once per process
    _current = settings
    return settings


def current() -> Settings:
    """Return the settings of this process."""
    if _current is None:
        raise RuntimeError("create_app() has not been called")
    return _current
