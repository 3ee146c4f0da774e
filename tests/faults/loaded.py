"""Imported by the server that all processes of the fault tests are forked from, so that they are there at once."""

from __future__ import annotations

from tests.faults.cast import warm
from tests.faults.town import library_of  # noqa: F401

warm()
