"""The front-end packages of package-lock.json, asked about with npm's audit at the registry it is set up with."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.audit.accepted import ACCEPTED
from tools.audit.verdict import Flaw, Verdict

WHAT = "Front-end packages"
SECONDS = 60


def audit_npm(checkout: Path, npm: Sequence[str] | None) -> Verdict:
    if npm is None:
        return Verdict(WHAT, why="there is no npm here")
    command = [*npm, "audit", "--json", "--package-lock-only", "--ignore-scripts"]
    try:
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=SECONDS, check=False)
        told = json.loads(done.stdout)
        return _verdict(told)
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as error:
        return Verdict(WHAT, why=f"the registry does not tell of vulnerabilities ({type(error).__name__})")


def _verdict(told: dict[str, Any]) -> Verdict:
    """KeyError where npm tells of an error instead of a report."""
    asked = int(told["metadata"]["dependencies"]["total"])
    flaws = (
        Flaw(name, str(each["range"]), _names(each), "a newer version" if each.get("fixAvailable") else "")
        for name, each in told["vulnerabilities"].items()
    )
    return Verdict(WHAT, asked, tuple(flaw for flaw in flaws if flaw.name))


def _names(entry: dict[str, Any]) -> str:
    """The advisories themselves; what only depends on such a package names none."""
    told = (str(via.get("url", via.get("title", "?"))) for via in entry["via"] if isinstance(via, dict))
    return ", ".join(name for name in told if name.rpartition("/")[2] not in ACCEPTED)
