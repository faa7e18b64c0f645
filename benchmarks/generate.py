"""Fill a database with many assets over the real villages of Chongqing, for measuring.

    python benchmarks/generate.py FOLDER 1000000              an embedded database in FOLDER
    FPA_DATABASE_URI=… python benchmarks/generate.py FOLDER N another database (emptied by you)

Rows are written beside the services, as the owner of the tables, so that a million takes minutes; they carry no trail.
Ids run through the villages in rounds, as yearly imports would have given them. The same N gives the same rows.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registry.accounts.models import User  # noqa: E402
from registry.accounts.passwords import hash_password  # noqa: E402
from registry.accounts.services import add_grant  # noqa: E402
from registry.app import create_app  # noqa: E402
from registry.assets.register.bigrams import document  # noqa: E402
from registry.assets.register.cards.index import summing_units  # noqa: E402
from registry.assets.register.cards.models import (  # noqa: E402
    Asset,
    AssetOwner,
    AssetSerial,
    FundingLine,
    Rollup,
    ValueChange,
)
from registry.assets.register.categories import SUBTYPES, Subtype  # noqa: E402
from registry.assets.register.depreciation import first_plan  # noqa: E402
from registry.assets.register.funding import FundingSource, is_poverty_fund  # noqa: E402
from registry.assets.register.lookup.search import document_rows  # noqa: E402
from registry.audit.actions import Action  # noqa: E402
from registry.audit.services import record  # noqa: E402
from registry.clock import now  # noqa: E402
from registry.codes import CATEGORY_LETTERS, asset_number  # noqa: E402
from registry.config import PACKAGE, Settings  # noqa: E402
from registry.database import db, moment_text, transaction  # noqa: E402
from registry.kinds import Category, OwnerKind  # noqa: E402
from registry.operations.schema import owner_engine, record_schema, upgrade  # noqa: E402
from registry.parties.models import Party  # noqa: E402
from registry.permissions import Grant, Role, system_actor  # noqa: E402
from registry.places.rules import short_name  # noqa: E402
from registry.places.services import import_divisions, logs_of, read_divisions  # noqa: E402
from registry.regions import Level, level_of  # noqa: E402
