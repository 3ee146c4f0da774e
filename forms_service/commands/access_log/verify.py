"""``forms-service access-log verify``: raises AccessLogBroken, so that a schedule notices."""

from __future__ import annotations

import argparse

from forms_service.casework.access.verify import Broken, Verdict, verify
from forms_service.engine.runtime import Runtime
from forms_service.errors import AccessLogBroken, SettingsError

WORDS = {
    Broken.MISSING: "is missing",
    Broken.LINES: "has lost or won lines",
    Broken.CHANGED: "has lines, or a seal before it, that were changed",
    Broken.NOT_OURS: "was made with another key than this service's",
    Broken.NOTED: "is not the one that was written down",
}


def verify_log(rt: Runtime, chosen: argparse.Namespace) -> str:
    noted = _noted(chosen.noted) if chosen.noted else None
    with rt.database.reading() as session:
        verdict = verify(session, rt.settings.secret_key, noted)
    if verdict.flaws:
        raise AccessLogBroken("\n".join(f"Seal {flaw.seal} {WORDS[flaw.broken]}." for flaw in verdict.flaws))
    return _told(verdict)


def _told(verdict: Verdict) -> str:
    whole = (
        f"The log is whole: {verdict.lines} lines under {verdict.seals} seals, and {verdict.unsealed} not sealed yet."
    )
    if not verdict.seals:
        return whole
    return f"{whole}\nWrite this down elsewhere, for --noted: {verdict.seals}:{verdict.digest}"


def _noted(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    if not (number.isdecimal() and digest):
        raise SettingsError("--noted is a seal's number, a colon, and the digest or its beginning.")
    return int(number), digest.strip().lower()
