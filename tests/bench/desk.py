"""The desk's pages with a hundred participants and with a hundred thousand, and at twenty requests a second."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import cycle, islice
from urllib.parse import urlencode

from flask.testing import FlaskClient
from sqlalchemy import event

from tests.bench.city import City, city_of, open_for_all
from tests.bench.databases import both_kinds
from tests.bench.figures import Seconds, p50, p99, row
from tests.bench.size import Size

RATIO, SLOWEST = 1.5, 0.150
A_SECOND = 20
"""Requests of the whole service, in the second part."""
CLIENTS = 10
PAGES: Sequence[tuple[str, str]] = (
    ("coordinator", "/oppgaver"),
    ("coordinator", "/deltakere"),
    ("coordinator", "/deltakere?status=waiting"),
    ("coordinator", "/deltakere search number7"),
    ("coordinator", "/deltakere/{participant}"),
    ("coordinator", "/deltakere/{participant}/innsyn"),
    ("coordinator", "/venteliste"),
    ("coordinator", "/likemenn"),
    ("coordinator", "/utboks"),
    ("coordinator", "/drift"),
    ("admin", "/drift/kjoringer"),
    ("admin", "/drift/kjoringer/{run}"),
    ("caseworker", "/oppgaver"),
    ("caseworker", "/deltakere"),
    ("caseworker", "/innboks"),
    ("peer", "/oppgaver"),
)
"""(who, which); what is searched for goes in a post."""


def main(size: Size) -> None:
    with both_kinds() as kinds:
        for kind, fresh in kinds.items():
            with ExitStack() as stack:
                cities = {number: stack.enter_context(city_of(fresh, number)) for number in size.participants}
                for city in cities.values():
                    print(f"{kind}: {city.size()}", flush=True)
                _compare(cities, size.looks)
                _hurry(cities[max(cities)], size.hurry)


def _compare(cities: Mapping[int, City], times: int) -> None:
    """All cities take turns at each page, so that a machine that is busy is busy for all."""
    few, many = min(cities), max(cities)
    looks = {number: dict(_looks(city)) for number, city in cities.items()}
    for name in looks[few]:
        asks = {number: looks[number][name] for number in cities}
        questions = {number: _queries(cities[number], ask) for number, ask in asks.items()}
        taken: dict[int, list[Seconds]] = {number: [] for number in cities}
        for _ in range(times):
            for number, ask in asks.items():
                taken[number].append(_seconds(ask))
        ratio = p50(taken[many]) / p50(taken[few])
        goal = "" if ratio <= RATIO and questions[few] == questions[many] else "   NOT REACHED"
        print(
            f"{row('  ' + name, taken[many])}   ratio {ratio:5.2f}   queries {questions[few]} → {questions[many]}{goal}"
        )
    print(f"  goal: ratio ≤ {RATIO}, as many queries", flush=True)


def _looks(city: City) -> Iterator[tuple[str, Callable[[], object]]]:
    known = {"participant": city.somebody_matched(), "run": city.some_run()}
    clients = {role: city.enter(role) for role, _ in PAGES}
    for role, page in PAGES:
        yield f"{role} {page}", _ask(clients[role], page.format_map(known))


def _ask(client: FlaskClient, page: str) -> Callable[[], object]:
    path, _, word = page.partition(" search ")
    if not word:
        return lambda: _read(client, path)
    token = _read(client, path).split('name="csrf_token" value="')[1].split('"')[0]
    return lambda: client.post(path, data={"csrf_token": token, "sok": word})


def _read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def _queries(city: City, ask: Callable[[], object]) -> int:
    """How many statements a page takes; asked for once before, so that what is read once has been read."""
    ask()
    asked: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(city.rt.database.engine, "before_cursor_execute", keep)
    ask()
    event.remove(city.rt.database.engine, "before_cursor_execute", keep)
    return len(asked)


def _seconds(ask: Callable[[], object]) -> Seconds:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def _hurry(city: City, seconds: float) -> None:
    """Requests come at their moments whether or not the earlier ones have been answered, and are timed from those."""
    known = {"participant": city.somebody_matched(), "run": city.some_run()}
    pages = [(role, page.format_map(known)) for role, page in PAGES if " search " not in page]
    with open_for_all(city):
        cookies = {role: _signed_in(city, role) for role, _ in PAGES}
        for role, page in pages:
            _fetch(city.port, page, cookies[role])
        wanted = list(enumerate(islice(cycle(pages), int(seconds * A_SECOND))))
        taken: list[Seconds] = []
        began = time.perf_counter() + 0.5
        crew = [
            threading.Thread(target=_serve, args=(city.port, wanted[each::CLIENTS], cookies, began, taken))
            for each in range(CLIENTS)
        ]
        for each in crew:
            each.start()
        for each in crew:
            each.join()
    verdict = "reached" if p99(taken) < SLOWEST else "NOT REACHED"
    print(
        f"{row(f'  {A_SECOND} requests a second', taken)}   p99 {p99(taken) * 1000:.0f} ms (goal < 150 ms: {verdict})"
    )


def _serve(
    port: int,
    wanted: Sequence[tuple[int, tuple[str, str]]],
    cookies: Mapping[str, str],
    began: float,
    taken: list[Seconds],
) -> None:
    for number, (role, page) in wanted:
        at = began + number / A_SECOND
        time.sleep(max(0.0, at - time.perf_counter()))
        assert _fetch(port, page, cookies[role], number) == 200, page
        taken.append(time.perf_counter() - at)


def _fetch(port: int, page: str, cookie: str, number: int = 0) -> int:
    """From one of a few addresses of this machine: one place alone may not ask so often."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=30, source_address=(f"127.0.0.{number % 9 + 2}", 0)
    )
    connection.request("GET", page, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _signed_in(city: City, role: str) -> str:
    """A session's cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", city.port, timeout=30)
    connection.request("GET", "/inn")
    answer = connection.getresponse()
    cookie, page = _cookie(answer), answer.read().decode()
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/inn", urlencode(city.entry(role, page)), headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    return _cookie(answer)


def _cookie(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("Set-Cookie") or "").split(";")[0]
