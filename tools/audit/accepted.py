"""Known vulnerabilities that we live with for now."""

from __future__ import annotations

from collections.abc import Mapping

ACCEPTED: Mapping[str, str] = {}
"""The name of each, and why it cannot be used against this program."""
