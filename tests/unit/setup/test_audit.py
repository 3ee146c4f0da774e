from __future__ import annotations

import base64
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.audit import python
from tools.audit.index import Index, index_at
from tools.audit.npm import audit_npm
from tools.audit.python import audit_python

LOCK = """
good==1.0 \\
    --hash=sha256:aa
bad==2.0 ; python_version < '4' \\
    --hash=sha256:bb
    # via good
own==3.0
"""
Known = dict[str, list[dict[str, object]]]
KNOWN: Known = {
    "good/1.0": [{"id": "PYSEC-0", "aliases": [], "fixed_in": ["1.1"], "withdrawn": "2026-01-01T00:00:00Z"}],
    "bad/2.0": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fixed_in": ["2.1"], "withdrawn": None}],
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, str]]
    known: Known


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization", "")))
        known = self.server.known.get(self.path.removeprefix("/mirror/pypi/").removesuffix("/json"))
        self.send_response(404 if known is None else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"vulnerabilities": known}).encode() if known is not None else b"")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A mirror of an index, below a path of its own."""
    with Server(("127.0.0.1", 0), Handler) as made:
        made.asked, made.known = [], KNOWN | {"own/3.0": []}
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def index(server: Server, who: str = "") -> Index:
    return index_at(f"http://{who}127.0.0.1:{server.server_port}/mirror/simple/")


def test_a_known_vulnerability_of_a_locked_version_is_found_at_the_index_that_pip_uses(server):
    verdict = audit_python(LOCK, lambda: index(server))
    assert [(flaw.package, flaw.version, flaw.mended) for flaw in verdict.flaws] == [("bad", "2.0", "2.1")]
    assert list(verdict.lines()) == [
        "Python packages: 3 audited, 1 known vulnerabilities",
        "  bad 2.0: PYSEC-1, CVE-1, mended in 2.1",
    ]


def test_what_is_accepted_is_accepted_under_any_of_its_names(server, monkeypatch):
    monkeypatch.setattr(python, "ACCEPTED", {"CVE-1": "we never call it"})
    assert audit_python(LOCK, lambda: index(server)).flaws == ()


def test_a_package_that_the_index_does_not_know_is_named(server):
    del server.known["own/3.0"]
    assert list(audit_python(LOCK, lambda: index(server)).lines())[-1] == "Python packages: NOT AUDITED: own 3.0"


def test_an_index_that_tells_of_nothing_is_asked_once_and_never_sounds_like_all_is_well(server):
    server.known.clear()
    (line,) = audit_python(LOCK, lambda: index(server)).lines()
    assert line.startswith("Python packages: NOT AUDITED: the index does not tell")
    assert "HTTPError 404" in line
    assert len(server.asked) == 1


def test_without_a_network_it_says_so():
    (line,) = audit_python(LOCK, lambda: index_at("http://127.0.0.1:1/simple")).lines()
    assert "NOT AUDITED" in line
    assert "127.0.0.1" not in line


def test_a_folder_as_index_knows_nothing():
    (line,) = audit_python(LOCK, lambda: index_at("file:///srv/wheels")).lines()
    assert "NOT AUDITED" in line


def test_the_indexs_password_goes_along_and_is_told_to_nobody(server):
    verdict = audit_python(LOCK, lambda: index(server, "me:hu%40sh@"))
    sent = base64.b64decode(server.asked[0][1].removeprefix("Basic ")).decode()
    assert sent == "me:hu@sh"
    assert not any("hu" in line for line in verdict.lines())


def npm(tmp_path: Path, told: object) -> tuple[str, ...]:
    """A program that says what npm would."""
    script = tmp_path / "npm.py"
    script.write_text(f"import sys\nassert sys.argv[1] == 'audit'\nprint({json.dumps(told)!r})\nsys.exit(1)")
    return (sys.executable, str(script))


def test_what_npm_knows_is_told_with_its_advisory(tmp_path):
    via = [{"url": "https://advisories.example/GHSA-1"}, "other"]
    report = {
        "metadata": {"dependencies": {"total": 5}},
        "vulnerabilities": {
            "bad": {"range": "<2", "via": via, "fixAvailable": True},
            "above": {"range": "*", "via": ["bad"], "fixAvailable": True},
        },
    }
    verdict = audit_npm(tmp_path, npm(tmp_path, report))
    assert [(flaw.package, flaw.name) for flaw in verdict.flaws] == [("bad", "https://advisories.example/GHSA-1")]


@pytest.mark.parametrize("told", [{"error": {"code": "ENOAUDIT"}}, "", {"message": "405"}])
def test_a_registry_without_an_audit_is_no_good_news(tmp_path, told):
    (line,) = audit_npm(tmp_path, npm(tmp_path, told)).lines()
    assert line.startswith("Front-end packages: NOT AUDITED")


def test_without_npm_it_says_so(tmp_path):
    (line,) = audit_npm(tmp_path, None).lines()
    assert line == "Front-end packages: NOT AUDITED: there is no npm here"
