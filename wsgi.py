"""The application for any WSGI server: checked like ``registry serve`` checks it."""

from registry.app import create_app
from registry.operations.serve import prepare

application = create_app()
prepare(application)
