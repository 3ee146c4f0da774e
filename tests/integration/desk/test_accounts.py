"""Signing in with an account, a new password, «Min konto» and «Kontoer», through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from forms_service.accounts.access import close
from forms_service.accounts.events import By
from forms_service.accounts.hashing import Hasher
from forms_service.accounts.invite import invite
from forms_service.accounts.links import use_link
from forms_service.accounts.lock import TRIES
from forms_service.app import create_app
from forms_service.clock import FrozenClock
from forms_service.commands.web.access_log import discreet
from forms_service.engine.letter import PATH, account_address_for
from forms_service.engine.runtime import Runtime
from forms_service.storage.accounts import AccountEventRow, AccountLinkRow, AccountRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from tests.integration.accounts.conftest import CHEAP, PASSWORD
from tests.integration.casework.town import PEOPLE, Town
from tests.integration.desk.visitor import SignIn, Visitor

ANOTHER = "rabarbra og jordbær"
ADMIN = By("astrid")
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


@pytest.fixture
def house(rt: Runtime) -> Runtime:
    return replace(rt, settings=replace(rt.settings, demo=False))


@pytest.fixture
def app(house: Runtime) -> Flask:
    """No demo: here people sign in with accounts."""
    return create_app(house, CHEAP)


@pytest.fixture
def link_to(house: Runtime) -> Callable[[str], str]:
    """``link_to("nora")`` is the path of her newest link."""

    def path(key: str) -> str:
        link_id = invite(house, key, ADMIN, send=False).link_id
        return account_address_for(house, link_id).removeprefix(house.settings.base_url)

    return path


@pytest.fixture
def signed_in_as(app: Flask, house: Runtime, link_to: Callable[[str], str]) -> SignIn:
    """In a browser of her own, with a password that she has if she has none yet."""

    def sign_in(key: str) -> Visitor:
        with house.database.reading() as session:
            has_one = session.get(AccountRow, key)
        if has_one is None:
            use_link(house, CHEAP, link_to(key).removeprefix(PATH), PASSWORD)
        visitor = Visitor(app.test_client())
        answer = visitor.post("/inn", email=f"{key}@example.org", password=PASSWORD)
        assert answer.status_code == 302, answer.text
        return visitor

    return sign_in


def bare(answer: TestResponse) -> tuple[int, str, list[str]]:
    """An answer but for the page's token and the cookie that holds it."""
    headers = sorted(name for name, _ in answer.headers if name != "Content-Length")
    return answer.status_code, TOKEN.sub("", answer.text), headers


def events(house: Runtime) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(AccountEventRow.kind).order_by(AccountEventRow.id)))


def test_a_link_a_password_and_in(nobody: Visitor, link_to: Callable[[str], str]) -> None:
    path = link_to("nora")
    assert 'autocomplete="new-password"' in nobody.read(path)
    chosen = nobody.post(path, password=PASSWORD, again=PASSWORD)
    assert (chosen.status_code, chosen.location) == (303, "/inn")
    page = nobody.read("/inn")
    assert "Passordet er lagret" in page
    assert all(f'autocomplete="{each}"' in page for each in ("username", "current-password"))
    assert nobody.get("/oppgaver").status_code == 302
    entered = nobody.post("/inn", email="Nora@Example.org", password=PASSWORD, neste="/deltakere")
    assert entered.location == "/deltakere"
    assert "Nora" in nobody.read("/deltakere")


def test_whatever_is_wrong_the_answer_is_the_same(app: Flask, house: Runtime, signed_in_as: SignIn) -> None:
    for key in ("nora", "siri", "berit"):
        signed_in_as(key)
    close(house, "siri", "Sluttet", ADMIN)
    for _ in range(TRIES):
        Visitor(app.test_client()).post("/inn", email="berit@example.org", password="feil passord her")
    invite(house, "gunn", ADMIN, send=False)
    tries = {
        "unknown address": ("ukjent@example.org", PASSWORD),
        "no account": ("nils@example.org", PASSWORD),
        "invited only": ("gunn@example.org", PASSWORD),
        "wrong password": ("nora@example.org", "feil passord her"),
        "locked, right": ("berit@example.org", PASSWORD),
        "closed, right": ("siri@example.org", PASSWORD),
        "no such way to write it": ("uk\0jent@example.org", PASSWORD),
        "a very long password": ("nora@example.org", "x" * 100_000),
    }
    told = {}
    for what, (email, password) in tries.items():
        answer = Visitor(app.test_client()).post("/inn", email=email, password=password)
        status, text, headers = bare(answer)
        told[what] = (status, re.sub(r'value="[^"]*example\.org"', "", text), tuple(headers))
    assert len(set(told.values())) == 1, {what: each[0] for what, each in told.items()}


class CountingHasher(Hasher):
    calls: list[int]

    def agrees(self, hashed: str | None, password: str) -> bool:
        self.calls.append(1)
        return super().agrees(hashed, password)


def test_whatever_is_wrong_one_comparison_and_one_written_line_are_the_work(
    house: Runtime, signed_in_as: SignIn
) -> None:
    signed_in_as("nora")
    hasher = CountingHasher(CHEAP.cost)
    object.__setattr__(hasher, "calls", [])
    visitor = Visitor(create_app(house, hasher).test_client())
    for number, email in enumerate(["nora@example.org", "ukjent@example.org", "nils@example.org"], start=1):
        before = len(events(house))
        visitor.post("/inn", email=email, password="feil passord her")
        assert (len(hasher.calls), len(events(house)) - before) == (number, 1), email


def test_what_is_left_empty_is_told_and_is_no_try(nobody: Visitor, house: Runtime) -> None:
    for fields in ({"email": "", "password": PASSWORD}, {"email": "nora@example.org", "password": ""}):
        assert nobody.post("/inn", **fields).status_code == 422
    assert events(house) == []


def test_the_address_comes_back_and_the_password_never_does(nobody: Visitor) -> None:
    answer = nobody.post("/inn", email='nora"><script>@example.org', password="hemmelig passord")
    assert 'value="nora&#34;&gt;&lt;script&gt;@example.org"' in answer.text
    assert "hemmelig passord" not in answer.text


ELSEWHERE = ["https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", "javascript:alert(1)"]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(nobody: Visitor, signed_in_as: SignIn, elsewhere: str) -> None:
    signed_in_as("nora")
    assert nobody.post("/inn", email="nora@example.org", password=PASSWORD, neste=elsewhere).location == "/"


def test_a_failed_try_keeps_the_way_back(nobody: Visitor) -> None:
    answer = nobody.post("/inn", email="nora@example.org", password="feil passord her", neste="/deltakere")
    assert 'name="neste" value="/deltakere"' in answer.text


def test_signing_in_makes_a_new_session_so_that_none_can_be_given_to_her(nobody: Visitor, signed_in_as: SignIn) -> None:
    signed_in_as("nora")
    nobody.get("/inn")
    with nobody.client.session_transaction() as session:
        session["id"] = "given"
        session["planted"] = "by somebody else"
    given = nobody.client.get_cookie("session")
    assert given is not None
    nobody.post("/inn", email="nora@example.org", password=PASSWORD)
    with nobody.client.session_transaction() as session:
        assert session["id"] != "given"
        assert "planted" not in session
    thief = nobody.client.application.test_client()
    thief.set_cookie("session", given.value)
    assert thief.get("/oppgaver").status_code == 302


FORMS = [
    "/inn",
    "/glemt-passord",
    "/konto/passord",
    "/konto/logg-ut-overalt",
    "/drift/kontoer/ny",
    "/drift/kontoer/nora",
]


@pytest.mark.parametrize("path", FORMS)
def test_without_the_pages_token_nothing_is_done(signed_in_as: SignIn, house: Runtime, path: str) -> None:
    signed_in_as("nora")
    astrid = signed_in_as("astrid")
    before = events(house)
    fields = {"email": "nora@example.org", "password": PASSWORD, "decision": "close", "reason": "x", "name": "x"}
    for token in ({}, {"csrf_token": "another"}):
        assert astrid.client.post(path, data=fields | token).status_code == 400
    assert events(house) == before


def test_a_link_without_the_pages_token_sets_nothing(nobody: Visitor, link_to: Callable[[str], str]) -> None:
    path = link_to("nora")
    assert nobody.client.post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 400
    assert nobody.get(path).status_code == 200


def test_the_pages_token_of_before_signing_in_is_worth_nothing_after(nobody: Visitor, signed_in_as: SignIn) -> None:
    signed_in_as("nora")
    before = nobody.token()
    nobody.post("/inn", email="nora@example.org", password=PASSWORD)
    assert nobody.client.post("/konto/logg-ut-overalt", data={"csrf_token": before}).status_code == 400


def test_ended_access_ends_every_session_at_once(signed_in_as: SignIn, house: Runtime) -> None:
    nora, also_nora = signed_in_as("nora"), signed_in_as("nora")
    close(house, "nora", "Sluttet", ADMIN)
    assert (nora.get("/oppgaver").status_code, also_nora.get("/oppgaver").status_code) == (302, 302)


def test_sessions_from_before_the_access_was_closed_stay_ended_when_it_is_open_again(
    signed_in_as: SignIn, house: Runtime
) -> None:
    nora, astrid = signed_in_as("nora"), signed_in_as("astrid")
    astrid.post("/drift/kontoer/nora", decision="close", reason="Permisjon")
    astrid.post("/drift/kontoer/nora", decision="reopen")
    assert nora.get("/oppgaver").status_code == 302
    assert signed_in_as("nora").get("/oppgaver").status_code == 200


def test_a_changed_password_ends_all_other_sessions_and_goes_on_here(signed_in_as: SignIn) -> None:
    here, there = signed_in_as("nora"), signed_in_as("nora")
    with here.client.session_transaction() as session:
        before = session["id"]
    changed = here.post("/konto/passord", old=PASSWORD, password=ANOTHER, again=ANOTHER)
    assert changed.status_code == 303
    assert "Passordet er byttet" in here.read("/konto")
    with here.client.session_transaction() as session:
        assert session["id"] != before
    assert there.get("/oppgaver").status_code == 302
    assert there.post("/inn", email="nora@example.org", password=PASSWORD).status_code == 422
    assert there.post("/inn", email="nora@example.org", password=ANOTHER).status_code == 302


def test_a_new_password_by_link_ends_all_sessions(
    signed_in_as: SignIn, nobody: Visitor, link_to: Callable[[str], str]
) -> None:
    nora = signed_in_as("nora")
    nobody.post(link_to("nora"), password=ANOTHER, again=ANOTHER)
    assert nora.get("/oppgaver").status_code == 302


def test_signing_out_everywhere_is_everywhere(signed_in_as: SignIn) -> None:
    here, there, siri = signed_in_as("nora"), signed_in_as("nora"), signed_in_as("siri")
    assert here.post("/konto/logg-ut-overalt").status_code == 303
    assert [each.get("/oppgaver").status_code for each in (here, there, siri)] == [302, 302, 200]


CHANGES = {
    "without the old one": {"old": "", "password": ANOTHER, "again": ANOTHER},
    "with a wrong old one": {"old": "feil passord her", "password": ANOTHER, "again": ANOTHER},
    "too short": {"old": PASSWORD, "password": "kort", "again": "kort"},
    "not twice the same": {"old": PASSWORD, "password": ANOTHER, "again": PASSWORD},
    "a common one": {"old": PASSWORD, "password": "1q2w3e4r5t6y", "again": "1q2w3e4r5t6y"},
    "the address": {"old": PASSWORD, "password": "nora@example.org", "again": "nora@example.org"},
    "the service's name": {"old": PASSWORD, "password": "Likemannstjenesten", "again": "Likemannstjenesten"},
}


@pytest.mark.parametrize("fields", CHANGES.values(), ids=CHANGES.keys())
def test_a_password_is_not_changed(signed_in_as: SignIn, fields: dict[str, str]) -> None:
    nora = signed_in_as("nora")
    answer = nora.post("/konto/passord", **fields)
    assert answer.status_code == 422
    assert "rette opp følgende feil" in answer.text
    assert not any(f'value="{typed}"' in answer.text for typed in (PASSWORD, ANOTHER) if typed)
    assert signed_in_as("nora").get("/oppgaver").status_code == 200


def test_my_account_shows_what_happened_lately_and_to_nobody_else(signed_in_as: SignIn, app: Flask) -> None:
    signed_in_as("siri")
    Visitor(app.test_client()).post("/inn", email="nora@example.org", password="feil passord her")
    nora = signed_in_as("nora")
    Visitor(app.test_client()).post("/inn", email="nora@example.org", password="feil passord her")
    page = nora.read("/konto")
    assert page.count("Logget inn") == 1
    assert page.count("Feil passord") == 1


def test_a_used_link_a_forged_one_and_an_old_one_look_the_same(
    nobody: Visitor, link_to: Callable[[str], str], clock: FrozenClock
) -> None:
    used, older = link_to("siri"), link_to("nora")
    newer = link_to("nora")
    nobody.post(used, password=PASSWORD, again=PASSWORD)
    nobody.read("/inn")
    told = [bare(nobody.get(path)) for path in (used, older, f"{PATH}forged", f"{newer}x")]
    clock.move(timedelta(hours=72))
    told.append(bare(nobody.get(newer)))
    assert {each[0] for each in told} == {410}
    assert len({each[1] for each in told}) == 1
    assert nobody.post(used, password=ANOTHER, again=ANOTHER).status_code == 410


def test_a_link_is_kept_out_of_logs_referrers_and_caches(nobody: Visitor, link_to: Callable[[str], str]) -> None:
    path = link_to("nora")
    answer = nobody.get(path)
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert discreet(path) == f"{PATH}…"
    assert path.removeprefix(PATH) not in answer.text


def test_nothing_personal_stands_in_the_log(
    app: Flask, signed_in_as: SignIn, link_to: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    path = link_to("siri")
    visitor = Visitor(app.test_client())
    visitor.post(path, password="kort", again="kort")
    visitor.post(path, password=ANOTHER, again=ANOTHER)
    for _ in range(TRIES + 1):
        visitor.post("/inn", email="nora@example.org", password="hemmelig passord")
    visitor.post("/glemt-passord", email="nora@example.org")
    signed_in_as("gunn")
    for secret in ("nora", "siri", "hemmelig", ANOTHER, PASSWORD, path.removeprefix(PATH)):
        assert secret not in caplog.text.casefold(), secret


def test_whoever_asks_for_a_new_password_is_told_the_same(app: Flask, signed_in_as: SignIn, house: Runtime) -> None:
    signed_in_as("nora")
    told = set()
    for email in ("nora@example.org", "ukjent@example.org", "nils@example.org"):
        visitor = Visitor(app.test_client())
        answer = visitor.post("/glemt-passord", email=email)
        told.add((answer.status_code, answer.location, answer.text, visitor.read("/glemt-passord/sendt")))
    assert len(told) == 1
    with house.database.reading() as session:
        assert [row.address for row in session.scalars(select(MessageRow))] == ["nora@example.org"]
        assert [row.purpose for row in session.scalars(select(AccountLinkRow)) if not row.used_at] == ["reset"]


def test_what_is_no_address_is_told_to_be_none(nobody: Visitor) -> None:
    assert nobody.post("/glemt-passord", email="nora").status_code == 422


def test_only_an_admin_sees_accounts(signed_in_as: SignIn) -> None:
    for key in PEOPLE:
        visitor = signed_in_as(key)
        wanted = 200 if key == "astrid" else 404
        for path in ("/drift/kontoer", "/drift/kontoer/ny", "/drift/kontoer/nora"):
            assert visitor.get(path).status_code == wanted, (key, path)
        if key != "astrid":
            assert visitor.post("/drift/kontoer/nora", decision="close", reason="x").status_code == 404
            new = {"name": "X", "email": "x@example.org", "role": "admin"}
            assert visitor.post("/drift/kontoer/ny", **new).status_code == 404


def test_an_admin_invites_somebody_new(signed_in_as: SignIn, house: Runtime) -> None:
    astrid = signed_in_as("astrid")
    told = {"name": "Ny Person", "email": "Ny@Example.org", "role": "caseworker", "office": "nord"}
    answer = astrid.post("/drift/kontoer/ny", **told)
    page = astrid.read(answer.location)
    assert all(words in page for words in ("Ny Person", "Invitert", "En melding med en personlig lenke er på vei"))
    with house.database.reading() as session:
        row = session.scalars(select(MessageRow)).one()
        person = session.get_one(PersonRow, row.person_id)
    assert (row.address, person.role, person.office_id) == ("Ny@Example.org", "caseworker", "nord")
    assert "[[link]]" in row.body
    assert PATH not in page
    assert astrid.post("/drift/kontoer/ny", **told).status_code == 422


def test_a_message_that_did_not_get_through_is_told_to_the_admin(signed_in_as: SignIn, house: Runtime) -> None:
    astrid = signed_in_as("astrid")
    astrid.post("/drift/kontoer/nora", decision="invite")
    assert "Meldingen kom kanskje ikke fram" not in astrid.read("/drift/kontoer/nora")
    with house.database.writing() as session:
        session.scalars(select(MessageRow)).one().status = "failed"
    assert "Meldingen kom kanskje ikke fram" in astrid.read("/drift/kontoer/nora")
    assert "Se kontoene" in astrid.read("/drift")


def test_somebody_is_invited_to_an_office_that_is_new(signed_in_as: SignIn, house: Runtime) -> None:
    told = {"name": "Ny", "email": "ny@example.org", "role": "caseworker", "office": "", "new_office": "Vest"}
    page = signed_in_as("astrid").post("/drift/kontoer/ny", **told)
    assert "Vest" in signed_in_as("astrid").read(page.location)


def test_many_accounts_come_in_pages(signed_in_as: SignIn, house: Runtime) -> None:
    with house.database.writing() as session:
        session.add_all(PersonRow(name=f"Zz {n:02}", role="caseworker", active=True) for n in range(30))
    astrid = signed_in_as("astrid")
    assert "Zz 29" not in astrid.read("/drift/kontoer")
    assert "Zz 29" in astrid.read("/drift/kontoer?side=2")


@pytest.mark.parametrize("wrong", [{"role": "participant"}, {"role": ""}, {"email": "ny"}, {"office": "vest"}])
def test_an_invitation_that_is_not_whole_comes_back_with_what_was_typed(
    signed_in_as: SignIn, wrong: dict[str, str]
) -> None:
    told = {"name": "Ny Person", "email": "ny@example.org", "role": "caseworker", "office": "nord"} | wrong
    answer = signed_in_as("astrid").post("/drift/kontoer/ny", **told)
    assert answer.status_code == 422
    assert 'value="Ny Person"' in answer.text


def test_an_admin_unlocks_sends_again_withdraws_closes_and_opens(
    app: Flask, signed_in_as: SignIn, house: Runtime
) -> None:
    signed_in_as("nora")
    astrid = signed_in_as("astrid")
    for _ in range(TRIES):
        Visitor(app.test_client()).post("/inn", email="nora@example.org", password="feil passord her")
    assert "Låst" in astrid.read("/drift/kontoer")
    for decision, words in {
        "unlock": "Kontoen er låst opp",
        "invite": "En melding med en personlig lenke er på vei",
        "withdraw": "Lenken er trukket tilbake",
        "close": "Tilgangen er avsluttet",
        "reopen": "Tilgangen er åpnet igjen",
    }.items():
        answer = astrid.post("/drift/kontoer/nora", decision=decision, reason="Sluttet 1. mai")
        assert words in astrid.read(answer.location), decision
    page = astrid.read("/drift/kontoer/nora")
    assert "Sluttet 1. mai" in page
    assert "Astrid" in page
    assert astrid.post("/drift/kontoer/nora", decision="reopen").status_code == 303
    assert "allerede gjort" in astrid.read("/drift/kontoer/nora")


def test_whoever_closes_says_why_and_nobody_closes_herself(signed_in_as: SignIn) -> None:
    signed_in_as("nora")
    astrid = signed_in_as("astrid")
    assert astrid.post("/drift/kontoer/nora", decision="close", reason=" ").status_code == 422
    astrid.post("/drift/kontoer/astrid", decision="close", reason="Ferdig")
    assert "Du kan ikke avslutte din egen tilgang" in astrid.read("/drift/kontoer/astrid")
    assert astrid.post("/drift/kontoer/nora", decision="explode").status_code == 400


def test_no_page_shows_a_hash(signed_in_as: SignIn) -> None:
    nora, astrid = signed_in_as("nora"), signed_in_as("astrid")
    pages = [nora.read("/konto"), astrid.read("/drift/kontoer"), astrid.read("/drift/kontoer/nora")]
    assert not any("argon2" in page for page in pages)


def test_in_a_demo_the_account_form_is_there_when_somebody_has_an_account(rt: Runtime, town: Town) -> None:
    visitor = Visitor(create_app(rt, CHEAP).test_client())
    assert 'name="password"' not in visitor.read("/inn")
    town.change(PersonRow, "nora", email="nora@post.example")
    link_id = invite(rt, "nora", ADMIN, send=False).link_id
    use_link(rt, CHEAP, account_address_for(rt, link_id).partition(PATH)[2], PASSWORD)
    page = visitor.read("/inn")
    assert all(f'name="{each}"' in page for each in ("password", "person"))
    assert visitor.post("/inn", email="nora@post.example", password=PASSWORD).location == "/"
    assert "Nora" in visitor.read("/oppgaver")


def test_in_a_demo_no_real_address_is_invited(rt: Runtime, town: Town) -> None:
    astrid = Visitor(create_app(rt, CHEAP).test_client())
    astrid.post("/inn", person="astrid")
    astrid.post("/drift/kontoer/nora", decision="invite")
    assert "I demonstrasjonen må adressen slutte på .example" in astrid.read("/drift/kontoer/nora")
    with rt.database.reading() as session:
        assert session.scalar(select(AccountRow)) is None


def test_where_there_is_no_demo_nobody_comes_in_by_choosing_a_person(nobody: Visitor, signed_in_as: SignIn) -> None:
    signed_in_as("nora")
    assert nobody.post("/inn", person="nora").status_code == 400
    assert nobody.get("/oppgaver").status_code == 302


def test_an_account_session_does_not_last(signed_in_as: SignIn) -> None:
    nora = signed_in_as("nora")
    for what, hours in (("used", 0.52), ("began", 10.02)):
        with nora.client.session_transaction() as session:
            was = session[what]
            session[what] = was - hours * 3600
        assert nora.get("/oppgaver").status_code == 302
        nora = signed_in_as("nora")


def test_what_was_typed_before_the_session_ended_is_carried_through(signed_in_as: SignIn, house: Runtime) -> None:
    nora = signed_in_as("nora")
    token = nora.token()
    close(house, "nora", "Sluttet", ADMIN)
    answer = nora.client.post("/skjema/intake", data={"csrf_token": token, "wishes": "Gå turer i marka"})
    assert answer.status_code == 401
    assert "Gå turer i marka" in answer.text
    assert 'href="/inn"' in answer.text
