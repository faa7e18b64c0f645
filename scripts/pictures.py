"""Take the pictures of docs/manual from the demo county. A tool for developers, not shipped.

``python scripts/pictures.py`` loads the demo county into a temporary folder, serves it and takes every picture;
``python scripts/pictures.py public-notice county-policy`` takes these two. Look at each one afterwards.
"""

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import asset_shots  # noqa: F401 - puts its pictures into the table; its people look before anybody acts
import disposal_shots  # noqa: F401 - the same
import ledger_shots  # noqa: F401 - the same
import supervision_shots  # noqa: F401 - the same
from camera import SHOTS, Camera
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from registry.app import create_app
from registry.config import load_settings
from registry.demo.load import load_demo
from registry.operations.console import initialise

CHROMIUM = "/usr/bin/chromium"


@contextmanager
def demo_county() -> Iterator[str]:
    """Serve a fresh demo county while the block runs; gives its address."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        app = create_app(load_settings({"FPA_DATA_DIR": folder}))
        with app.app_context():
            initialise()
            load_demo()
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def main() -> None:
    """Take the pictures that are named, or all."""
    wanted = sys.argv[1:] or list(SHOTS)
    with demo_county() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in wanted:
            username, width, take = SHOTS[name]
            camera = Camera(browser, base, name, width)
            if username:
                camera.sign_in(username)
            take(camera)
            camera.page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
