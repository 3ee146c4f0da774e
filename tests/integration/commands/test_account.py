"""``forms-service account``: the first administrator gets in, and nothing secret is printed but the link asked for."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from forms_service.accounts.links import use_link
from forms_service.accounts.lock import TRIES
from forms_service.accounts.tries import sign_in
from forms_service.storage.accounts import AccountEventRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import OfficeRow
from tests.integration.accounts.conftest import CHEAP, PASSWORD
from tests.integration.commands.conftest import House

TOKEN = re.compile(r"http://\S+/konto/lenke/(\S+)")
KARI = ("account", "add", "--name", "Kari Nordmann", "--email", "Kari@Kommunen.example", "--role", "admin")


@pytest.fixture
def link(house: House, capsys: pytest.CaptureFixture[str]) -> str:
    assert house.call(*KARI) == 0
    found = TOKEN.search(capsys.readouterr().out)
    assert found is not None
    return found[1]


def states(house: House, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    assert house.call("account", "list", "--json") == 0
    return {line["address"]: line["state"] for line in json.loads(capsys.readouterr().out)}


def test_the_first_administrator_gets_in(house: House, link: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert states(house, capsys)["Kari@Kommunen.example"] == "invited"
    use_link(house.rt, CHEAP, link, PASSWORD)
    assert states(house, capsys)["Kari@Kommunen.example"] == "never"
    assert sign_in(house.rt, CHEAP, "kari@kommunen.example", PASSWORD)
    assert states(house, capsys)["Kari@Kommunen.example"] == "active"


def test_what_is_sent_is_not_printed(house: House, link: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.call("account", "invite", "kari@kommunen.example", "--send") == 0
    assert "/konto/lenke/" not in capsys.readouterr().out
    with house.rt.database.reading() as session:
        sent = session.scalars(select(MessageRow).where(MessageRow.account_link_id.is_not(None))).one()
    assert sent.address == "Kari@Kommunen.example"


def test_somebody_is_unlocked_shut_out_and_let_in_again(
    house: House, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "kari@kommunen.example"
    use_link(house.rt, CHEAP, link, PASSWORD)
    for _ in range(TRIES):
        sign_in(house.rt, CHEAP, address, "feil passord her")
    assert states(house, capsys)["Kari@Kommunen.example"] == "locked"
    assert house.call("account", "unlock", address) == 0
    assert house.call("account", "close", address, "--reason", "Sluttet") == 0
    assert not sign_in(house.rt, CHEAP, address, PASSWORD)
    assert states(house, capsys)["Kari@Kommunen.example"] == "closed"
    assert house.call("account", "invite", address) == 1
    assert house.call("account", "reopen", address) == 0
    assert sign_in(house.rt, CHEAP, address, PASSWORD)
    with house.rt.database.reading() as session:
        acts = select(AccountEventRow.kind).where(AccountEventRow.via == "command line").order_by(AccountEventRow.id)
        assert list(session.scalars(acts)) == ["invited", "unlocked", "closed", "reopened"]


@pytest.mark.parametrize(
    "words",
    [
        KARI,
        ("account", "invite", "ukjent@kommunen.example"),
        ("account", "add", "--name", "X", "--email", "x@kommunen.example", "--role", "king"),
        ("account", "add", "--name", "X", "--email", "x@kommunen.example", "--role", "caseworker"),
        ("account", "add", "--name", "X", "--email", "x@kommunen.example", "--role", "caseworker", "--office", "Vest"),
        ("account", "unlock", "kari@kommunen.example"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    house: House, link: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert house.call(*words) == 1
    said = capsys.readouterr()
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_a_caseworker_has_an_office_that_may_be_new(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    for name, office in {
        "a": ("--office", "Nord"),
        "b": ("--new-office", "Vest"),
        "c": ("--new-office", " vest"),
    }.items():
        words = ("--name", "X", "--email", f"{name}@kommunen.example", "--role", "caseworker", *office)
        assert house.call("account", "add", *words) == 0
    assert states(house, capsys)["a@kommunen.example"] == "invited"
    with house.rt.database.reading() as session:
        assert sorted(session.scalars(select(OfficeRow.name))) == ["Nord", "Sør", "Vest"]
