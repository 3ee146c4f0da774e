"""What all tests may ask for; each fixture lives in a file of its own in tests/fixtures."""

from __future__ import annotations

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.definitions",
    "tests.fixtures.gateway",
    "tests.fixtures.machine",
    "tests.fixtures.mail",
    "tests.fixtures.service",
    "tests.fixtures.templates",
    "tests.fixtures.valkey",
    "tests.fixtures.verapdf",
]
