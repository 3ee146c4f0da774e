"""A small town on a database with all tables."""

from __future__ import annotations

import pytest

from forms_service.storage.database import Database
from tests.integration.casework.town import Town


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)
