"""Ways to take one guarantee from a process, so that the controls can show that the auditor would notice."""

from __future__ import annotations

from collections.abc import Callable

SABOTAGE: dict[str, Callable[[], None]] = {}
