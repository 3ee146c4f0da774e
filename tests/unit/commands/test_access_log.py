from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from gunicorn.config import Config

from forms_service.commands.web.access_log import DiscreetLogger
from forms_service.commands.web.server import ACCESS_LINE

ENVIRON = {
    "REQUEST_METHOD": "GET",
    "RAW_URI": "/deltakere?navn=Solveig",
    "PATH_INFO": "/deltakere",
    "QUERY_STRING": "navn=Solveig",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "192.0.2.7",
    "HTTP_USER_AGENT": "A browser",
    "HTTP_REFERER": "http://elsewhere",
    "HTTP_AUTHORIZATION": "Basic c29sdmVpZzp4",
}


def line(**environ: str) -> str:
    """What one request leaves in the log."""
    response = SimpleNamespace(status="200 OK", sent=1234, headers=[])
    request: Any = SimpleNamespace(headers=[])
    logger = DiscreetLogger(Config())
    atoms = logger.atoms(response, request, {**ENVIRON, **environ}, timedelta(milliseconds=12))
    return ACCESS_LINE % logger.atoms_wrapper_class(atoms)


def test_a_request_is_logged_with_path_status_size_and_time():
    assert line().endswith(" GET /deltakere 200 1234 12 ms")


def test_nothing_about_the_person_is_logged():
    said = line()
    assert not [word for word in ("Solveig", "192.0.2.7", "browser", "elsewhere", "c29") if word in said]


def test_the_secret_of_a_one_time_link_is_not_logged():
    said = line(PATH_INFO="/l/c2VjcmV0.abc")
    assert "c2VjcmV0" not in said
    assert "GET /l/… 200" in said


def test_a_path_cannot_begin_a_line_of_its_own():
    assert "\n" not in line(PATH_INFO="/a\nb\r")
