"""What is posted: without the page's token, with ids and choices that were not offered, too much, in another way."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask, url_for

from forms_service.app import ROOMS
from forms_service.domain.people import Role
from forms_service.web.access.table import LINES
from tests.integration.access.attacks.siege import Attempt, Siege
from tests.integration.access.examples import examples_for
from tests.integration.access.test_every_page_has_a_line import Exempting
from tests.integration.casework.town import REQUEST

ALONE = {"accounts": "astrid"}
"""Room → who may post there; everywhere else the coordinator may."""
CHECK_THEMSELVES = frozenset({"forms.start", "forms.task", "forms.from_paper", "forms.link"})
"""They give back what was typed; see below."""


def that_take_posts() -> list[str]:
    app = Flask("forms_service.web")
    app.extensions["csrf"] = Exempting()
    for room in ROOMS:
        app.register_blueprint(room)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return sorted({rule.endpoint for rule in rules if rule.endpoint in LINES} - CHECK_THEMSELVES)


def _address(siege: Siege, endpoint: str) -> str:
    rule = next(rule for rule in siege.app.url_map.iter_rules(endpoint) if "POST" in (rule.methods or ()))
    example = examples_for(siege.world, rule)[0]
    with siege.app.test_request_context():
        return url_for(endpoint, **{**example.values, **(example.query or {})}, _external=False)


@pytest.mark.parametrize("token", [None, "", "forged", "of somebody else"])
@pytest.mark.parametrize("endpoint", that_take_posts())
def test_without_the_pages_own_token_nothing_is_done(siege: Siege, endpoint: str, token: str | None) -> None:
    who = ALONE.get(endpoint.partition(".")[0], "solveig")
    sent = siege.token("nils") if token == "of somebody else" else token
    data = {"decision": "cancel", "reason": "Fordi."} | ({} if sent is None else {"csrf_token": sent})
    siege.ask(who, _address(siege, endpoint), "POST", data, {}).must_fail("forged_form")


REQUESTED: Mapping[str, str] = {
    **{name: str(value) for name, value in REQUEST.items()},
    "relatively_drug_free": "yes",
    "lacks_network": "yes",
}


@pytest.mark.parametrize("token", [None, "", "forged", "of somebody else"])
def test_a_form_without_its_token_comes_back_and_is_not_sent(siege: Siege, token: str | None) -> None:
    sent = siege.token("siri") if token == "of somebody else" else token
    data = {**_hidden(siege, "nils", "/skjema/intake"), **REQUESTED, "participant_name": "Ny"}
    for name in ("csrf_token", "participant_phone", "participant_email"):
        data.pop(name)
    data |= {} if sent is None else {"csrf_token": sent}
    siege.ask("nils", "/skjema/intake", "POST", data, {}).must_fail("forged_form")


def _hidden(siege: Siege, who: str, address: str) -> dict[str, str]:
    """What a browser sends along of the page, as if every question had been shown."""
    page = siege.visitors[who].read(address)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    seen = " ".join(re.findall(r'data-question="([^"]+)"', page))
    return {**{name: html.unescape(value) for name, value in found}, "_seen": seen}


def _run(siege: Siege, case: str) -> str:
    return next(iter(siege.case(case).runs))


def _task(siege: Siege, case: str, role: str) -> str:
    return next(task.id for task in siege.case(case).tasks if task.role == role)


Try = Callable[[Siege], Attempt]
NOT_OFFERED: dict[str, Try] = {
    "a release of everything": lambda s: s.post("solveig", _release(s), content="everything", decision="give"),
    "a release that is taken": lambda s: s.post("solveig", _release(s), content="agreement", decision="take"),
    "a release by a caseworker": lambda s: s.post("nora", _release(s), content="agreement", decision="give"),
    "a decision about an account": lambda s: s.post("astrid", "/drift/kontoer/nora", decision="promote"),
    "an account closed without a reason": lambda s: s.post("astrid", "/drift/kontoer/nora", decision="close"),
    "a role that is none": lambda s: _newcomer(s, role="root"),
    "the role of a participant": lambda s: _newcomer(s, role=Role.PARTICIPANT),
    "an office that is none": lambda s: _newcomer(s, role="caseworker", office="../nord"),
    "an address with two lines": lambda s: _newcomer(s, role="peer", email="a@b.example\nbcc:c@d.example"),
    "a name that is none": lambda s: _newcomer(s, role="peer", name=" "),
    "a decision about a message": lambda s: s.post("solveig", f"/utboks/{_message(s)}", decision="delete"),
    "a message of another run": lambda s: s.post(
        "astrid", f"/drift/kjoringer/{_run(s, 'aud')}/melding/{_message(s)}", decision="retry"
    ),
    "a decision about a link": lambda s: s.post(
        "solveig", f"/oppgaver/{_task(s, 'liv', 'participant')}/lenke", decision="copy"
    ),
    "a cancelling without a reason": lambda s: s.post("astrid", f"/drift/kjoringer/{_waits(s)}/gjor/avbryt"),
    "an act that is none": lambda s: s.post("astrid", f"/drift/kjoringer/{_run(s, 'liv')}/gjor/slett", reason="x"),
    "a holder in another role": lambda s: _hand_over(s, "admin:astrid"),
    "a holder in a role that is none": lambda s: _hand_over(s, "root:siri"),
    "a holder who is nobody": lambda s: _hand_over(s, "coordinator:nobody"),
    "a contact who has walked along": lambda s: _form(s, "liv", contact="odd"),
    "a contact who is nobody": lambda s: _form(s, "liv", contact="nobody"),
    "a contact who is a peer": lambda s: _form(s, "liv", contact="berit"),
    "a kind of contact that is none": lambda s: _contact(s, kind="visit"),
    "more hours than a day has": lambda s: _contact(s, hours="99"),
    "a day that has not been": lambda s: _contact(s, on="2099-01-01"),
    "a day that is none": lambda s: _contact(s, on="2026-02-31"),
    "a note that is too long": lambda s: _contact(s, internal_note="x" * 9000),
    "a request for another office": lambda s: _request(s, office="sor"),
    "a request for an office that is none": lambda s: _request(s, office="' OR 1=1"),
    "a phase that is none": lambda s: _request(s, phase="elsewhere"),
    "a gender that is none": lambda s: _request(s, participant_gender="other"),
    "a year that is none": lambda s: _request(s, birth_year="1e9"),
    "an address that is none": lambda s: _request(s, participant_email="a@b\r\nbcc:c@d.no"),
    "somebody else's match, twice named": lambda s: s.post(
        "berit", f"/skjema/contact_log?om=match:{s.case('aud').match_id}", om=f"match:{s.case('liv').match_id}"
    ),
    "a match instead of a participant": lambda s: s.post(
        "solveig", f"/skjema/change_contact?om=match:{s.case('liv').match_id}"
    ),
    "a kind that is none": lambda s: s.post("berit", f"/skjema/contact_log?om=person:{s.case('liv').match_id}"),
    "about nobody": lambda s: s.post("berit", "/skjema/contact_log?om=match:"),
    "a task typed by somebody else": lambda s: s.post(
        "berit", f"/oppgaver/{_task(s, 'liv', 'peer')}", _whose="0" * 64, _nonce="d" * 32
    ),
    "no password": lambda s: s.post("nora", "/konto/passord", old="", password="x" * 20, again="x" * 20),
    "no way of signing in": lambda s: s.post("nora", "/inn", way="root"),
    "nobody in a demo": lambda s: s.post("nora", "/inn", person="nobody"),
}


def _waits(siege: Siege) -> str:
    return siege.case("liv").tasks[0].run_id


def _release(siege: Siege) -> str:
    return f"/deltakere/{siege.case('liv').participant_id}/samtykke"


def _message(siege: Siege) -> str:
    return next(iter(siege.case("liv").messages))


def _newcomer(siege: Siege, **told: str) -> Attempt:
    known = {"name": "Ny", "email": "ny@alarm.example", "office": "nord", "role": "peer", "new_office": ""}
    return siege.post("astrid", "/drift/kontoer/ny", **{**known, **told})


def _hand_over(siege: Siege, holder: str) -> Attempt:
    task = next(task for task in siege.case("liv").tasks if task.role == "peer")
    address = f"/drift/kjoringer/{task.run_id}/steg/{task.id}/gi-videre"
    return siege.post("astrid", address, holder=holder, reason="Fordi.")


def _form(siege: Siege, case: str, **answers: str) -> Attempt:
    address = f"/skjema/change_contact?om=participant:{siege.case(case).participant_id}"
    return siege.post("solveig", address, **{**_hidden(siege, "solveig", address), **answers})


def _contact(siege: Siege, **answers: str) -> Attempt:
    known = {"on": "2026-02-03", "kind": "phone"}
    address = f"/skjema/contact_log?om=match:{siege.case('liv').match_id}"
    return siege.post("berit", address, **{**_hidden(siege, "berit", address), **known, **answers})


def _request(siege: Siege, **answers: str) -> Attempt:
    known = {**_hidden(siege, "nora", "/skjema/intake"), **REQUESTED, "participant_name": "Ny"}
    return siege.post("nora", "/skjema/intake", **{**known, **answers})


@pytest.mark.parametrize("what", NOT_OFFERED)
def test_what_was_not_offered_is_not_taken(siege: Siege, what: str) -> None:
    attempt = NOT_OFFERED[what](siege)
    assert attempt.status in (400, 404, 409, 422)
    assert attempt.refused
    assert not attempt.changed


METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "CONNECT")
OVERRIDES = ("X_HTTP_Method_Override", "X_HTTP_Method", "X_Method_Override")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/deltakere", "/utboks", "/konto", "/drift/kontoer"])
def test_another_method_does_nothing(siege: Siege, path: str, method: str) -> None:
    attempt = siege.ask("astrid", path, method, {"csrf_token": siege.token("astrid")}, {})
    attempt.must_fail()
    assert attempt.status in (400, 404, 405)


@pytest.mark.parametrize("header", OVERRIDES)
@pytest.mark.parametrize("method", ["DELETE", "POST"])
def test_a_method_in_a_header_is_not_believed(siege: Siege, header: str, method: str) -> None:
    address = f"/drift/kjoringer/{_run(siege, 'liv')}/prov-igjen"
    attempt = siege.ask("astrid", address, "GET", None, {header: method})
    attempt.must_fail("wrong_method")


@pytest.mark.parametrize("who", ["siri", "gunn", "trond", "lise"])
@pytest.mark.parametrize("page", ["/deltakere/{}", "/deltakere/{}/innsyn", "/deltakere/{}/innsyn.csv"])
def test_asking_for_the_head_alone_tells_no_more(siege: Siege, who: str, page: str) -> None:
    there = siege.ask(who, page.format(siege.case("liv").participant_id), "HEAD", None, {})
    nowhere = siege.ask(who, page.format("0" * 32), "HEAD", None, {})
    there.must_fail("uncalled_for")
    assert there.status == nowhere.status == 404
    assert there.answer.content_length == nowhere.answer.content_length
    assert _told(there) == _told(nowhere)


def _told(attempt: Attempt) -> set[str]:
    """But for the session's cookie, which tells every minute that it is used."""
    return set(attempt.answer.headers.keys()) - {"Set-Cookie"}


TOO_MUCH: dict[str, tuple[str, Mapping[str, Any] | str | bytes]] = {
    "a long text": ("/deltakere", {"sok": "x" * 3_000_000}),
    "many fields": ("/deltakere", {f"f{n}": "x" for n in range(60_000)}),
    "a long decision": ("/utboks/0", {"decision": "x" * 3_000_000}),
    "raw bytes": ("/drift/kjoringer", b"\0" * 3_000_000),
    "a long address": ("/glemt-passord", {"email": "x" * 3_000_000}),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_is_not_read(siege: Siege, what: str) -> None:
    path, data = TOO_MUCH[what]
    sent = {"csrf_token": siege.token("solveig"), **data} if isinstance(data, Mapping) else data
    siege.ask("solveig", path, "POST", sent, {}).must_fail("too_large", "forged_form")
