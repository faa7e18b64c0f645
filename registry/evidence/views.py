"""Attachments."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("evidence", __name__)
