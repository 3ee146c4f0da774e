"""Addresses that lead out of the folder, end in the middle, are too long, or mean something to another program."""

from __future__ import annotations

import pytest

from tests.integration.access.attacks.siege import Siege

PATHS = (
    "/static/../../../etc/passwd",
    "/static/..%2f..%2f..%2fetc/passwd",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static/..\\..\\app.py",
    "/static//etc/passwd",
    "/static/%00site.css",
    "/static/site.css%00.png",
    "/static/../templates/base.html",
    "/deltakere/..%2fdrift",
    "/deltakere/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/deltakere/%00",
    "/deltakere/' OR '1'='1",
    "/deltakere/1;DROP TABLE person",
    "/deltakere/{{7*7}}",
    "/deltakere/${7*7}",
    "/deltakere/%F0%9F%92%A9",
    "/deltakere/%ff%fe",
    "/deltakere/" + "a" * 6000,
    "/dokumenter/..",
    "/dokumenter/../../forms.db",
    "/dokumenter/%2e%2e%2fforms.db",
    "/dokumenter/1%0d%0aSet-Cookie:%20a=b",
    "/skjema/../../workflows/intake.yaml",
    "/skjema/intake.yaml",
    "/skjema/%2e%2e%2fservice",
    "/skjema/__class__",
    "/start/__init__",
    "/drift/skjemaer/..%2f..%2fservice",
    "/drift/skjemaer/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/drift/arbeidsflyter/..%2fintake",
    "/.env",
    "/.git/config",
    "/instance/secret_key",
    "/forms.db",
    "/console",
    "/admin",
    "/wp-login.php",
    "/server-status",
    "/metrics",
    "/debug",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_address_that_leads_elsewhere_leads_nowhere(siege: Siege, path: str) -> None:
    attempt = siege.get("siri", path)
    if attempt.status == 308:  # of two slashes one is taken away
        attempt = siege.get("siri", attempt.location)
    attempt.must_fail()
    assert attempt.status in (302, 400, 404)
    assert "root:" not in attempt.answer.text
    assert "Set-Cookie: a=b" not in str(attempt.answer.headers)


ODD = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", "a\r\nX-Evil: 1")
ASKED = (
    "/deltakere?status={}",
    "/deltakere?kontor={}",
    "/deltakere?sorter={}",
    "/oppgaver?vis={}",
    "/utboks?vis={}",
    "/drift/kjoringer?sok={}",
    "/drift/kjoringer?arbeidsflyt={}",
    "/venteliste?sorter={}",
    "/likemenn?sorter={}",
)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("page", ASKED)
def test_what_is_asked_for_is_shown_as_text_or_not_at_all(siege: Siege, page: str, odd: str) -> None:
    attempt = siege.get("solveig", page.format(_quoted(odd)))
    assert attempt.status < 500
    assert "<" not in odd or odd not in attempt.answer.text
    assert "X-Evil" not in attempt.answer.headers
    assert attempt.kinds & {"odd_address"}, attempt.refused
    assert not attempt.changed


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
