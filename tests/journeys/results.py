"""What axe said of each page that a journey looked at: kept in .cache, for ``python -m tools.accessibility``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tools.accessibility import RESULTS

KINDS = ("passes", "violations", "incomplete")


def keep(url: str, screen: Mapping[str, object], response: Mapping[str, Any]) -> None:
    """One line for each look; several processes write beside each other."""
    rules = {kind: {rule["id"]: rule["tags"] for rule in response[kind]} for kind in KINDS}
    line = {
        "path": urlsplit(url).path,
        **screen,
        "engine": response["testEngine"]["version"],
        "at": response["timestamp"][:10],
        **rules,
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    with (RESULTS / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
