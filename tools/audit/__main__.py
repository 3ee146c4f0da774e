"""``python -m tools.audit``: part of ``make check``. Fails on what is known, and says aloud where nothing is."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.audit.index import index_here
from tools.audit.npm import audit_npm
from tools.audit.python import audit_python
from tools.setup.frontend import npm_here

CHECKOUT = Path(__file__).resolve().parents[2]
LOCK = CHECKOUT / "requirements-dev.lock"
"""Holds what runs, and what tests it."""


def main() -> int:
    """Exit status 1 when something that is locked has a known vulnerability; without a network nothing fails."""
    verdicts = (audit_python(LOCK.read_text(encoding="utf-8"), index_here), audit_npm(CHECKOUT, npm_here()))
    for verdict in verdicts:
        for line in verdict.lines():
            print(line)
    return 1 if any(verdict.flaws for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
