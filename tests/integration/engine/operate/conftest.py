"""A desk whose library has a workshop."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.storage.database import Database
from tests.integration.engine.conftest import Desk
from tests.integration.engine.operate.workshop import workshop


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return workshop(database, tmp_path)
