"""The Python packages of a lock file, each asked about at the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tools.audit.accepted import ACCEPTED
from tools.audit.index import Index
from tools.audit.verdict import Flaw, Verdict

WHAT = "Python packages"
AT_ONCE = 8
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)
Pin = tuple[str, str]


def audit_python(lock: str, find_index: Callable[[], Index]) -> Verdict:
    """The first package tells whether the index knows of such things at all; the others are asked about only then."""
    pins = PIN.findall(lock)
    try:
        index = find_index()
        index.about(*pins[0])
    except (OSError, ValueError) as error:
        return Verdict(WHAT, why=f"the index does not tell of vulnerabilities ({_kind(error)}); {len(pins)} packages")
    with ThreadPoolExecutor(AT_ONCE) as threads:
        told = list(threads.map(lambda pin: _ask(index, pin), pins))
    flaws = tuple(flaw for pin, about in zip(pins, told, strict=True) if about for flaw in flaws_in(pin, about))
    unknown = tuple(" ".join(pin) for pin, about in zip(pins, told, strict=True) if about is None)
    return Verdict(WHAT, len(pins) - len(unknown), flaws, unknown)


def flaws_in(pin: Pin, about: Mapping[str, Any]) -> Iterator[Flaw]:
    """Those that have not been withdrawn, and that nobody has accepted under any of their names."""
    for each in about["vulnerabilities"]:
        names = (str(each.get("id", "?")), *map(str, each.get("aliases", ())))
        if not each.get("withdrawn") and not ACCEPTED.keys() & set(names):
            yield Flaw(*pin, ", ".join(names), ", ".join(map(str, each.get("fixed_in", ()))))


def _ask(index: Index, pin: Pin) -> Mapping[str, Any] | None:
    try:
        return index.about(*pin)
    except (OSError, ValueError):
        return None


def _kind(error: Exception) -> str:
    """No address: it may hold a password."""
    code = getattr(error, "code", "")
    return f"{type(error).__name__} {code}".strip()
