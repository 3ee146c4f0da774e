"""The package index that pip is set up with here, asked what it knows about locked versions."""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

SECONDS = 10.0
ASK_PIP = (
    "from pip._internal.commands import create_command;"
    "o, _ = create_command('install').parse_args([]); print(o.index_url); print(o.cert or '')"
)
"""pip itself puts together files, environment and its own default; there is no other way to hear the result."""


@dataclass(frozen=True, slots=True)
class Index:
    """``base`` is the index without its list of files; ``name`` and ``password`` may be empty."""

    base: str
    name: str = ""
    password: str = ""
    certificates: str = ""

    def about(self, package: str, version: str) -> Mapping[str, Any]:
        """What it tells of a version. Raises OSError or ValueError; an address that is not there is an OSError too."""
        request = urllib.request.Request(f"{self.base}/pypi/{package}/{version}/json", headers=self._headers())  # noqa: S310 - the index is http or https
        trusted = ssl.create_default_context(cafile=self.certificates or None)
        with urllib.request.urlopen(request, timeout=SECONDS, context=trusted) as answer:  # noqa: S310 - see above
            told = json.load(answer)
        if not isinstance(told, dict) or "vulnerabilities" not in told:
            raise ValueError("it says nothing about vulnerabilities")
        return told

    def _headers(self) -> dict[str, str]:
        secret = base64.b64encode(f"{self.name}:{self.password}".encode()).decode()
        return {"Accept": "application/json"} | ({"Authorization": f"Basic {secret}"} if self.name else {})


def index_here() -> Index:
    """Raises OSError when pip does not say."""
    try:
        done = subprocess.run([sys.executable, "-c", ASK_PIP], capture_output=True, text=True, check=True)
        address, certificates = done.stdout.splitlines()[:2]
    except (subprocess.CalledProcessError, ValueError):
        raise OSError("pip does not say which index it uses") from None
    return index_at(address, certificates)


def index_at(address: str, certificates: str = "") -> Index:
    """``https://name:password@host/path/simple`` as pip takes it."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        raise OSError("the index is a folder")
    host = parts.netloc.rpartition("@")[2]
    base = f"{parts.scheme}://{host}{parts.path.rstrip('/').removesuffix('/simple')}"
    return Index(base, unquote(parts.username or ""), unquote(parts.password or ""), certificates)
