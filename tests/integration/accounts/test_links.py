"""One-time links to a password: once, by the newest, while they last; also when two come at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from forms_service.accounts.access import close
from forms_service.accounts.change import change_password
from forms_service.accounts.events import By, Kind
from forms_service.accounts.forgotten import ask_for_link
from forms_service.accounts.invite import invite, withdraw
from forms_service.accounts.letters import undelivered
from forms_service.accounts.links import open_link, use_link
from forms_service.accounts.lock import TRIES
from forms_service.accounts.newcomer import Newcomer, add_person
from forms_service.accounts.tries import sign_in
from forms_service.clock import FrozenClock
from forms_service.engine.deliver import deliver
from forms_service.engine.letter import PATH, account_address_for
from forms_service.engine.links import token_for
from forms_service.engine.runtime import Runtime
from forms_service.errors import AccountRefused, AlreadyDone, LinkNotValid, NotFound, ReasonMissing
from forms_service.settings.quiet import QuietHours
from forms_service.storage.accounts import AccountLinkRow, AccountRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.texts import catalogue
from tests.fixtures.mail import Mailbox
from tests.integration.accounts.conftest import ADMIN, CHEAP, PASSWORD, Invite

ANOTHER = "rabarbra og jordbær"


def is_open(house: Runtime, token: str) -> bool:
    with house.database.reading() as session:
        try:
            open_link(house, session, token)
        except LinkNotValid:
            return False
        return True


def use(house: Runtime, token: str, password: str = PASSWORD) -> bool:
    try:
        use_link(house, CHEAP, token, password)
    except LinkNotValid:
        return False
    return True


def letters(house: Runtime) -> list[MessageRow]:
    with house.database.reading() as session:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.created_at, MessageRow.id)))


def newest_reset(house: Runtime) -> str:
    with house.database.reading() as session:
        newest = select(AccountLinkRow.id).where(AccountLinkRow.purpose == "reset")
        link_id = session.scalars(newest.order_by(AccountLinkRow.created_at.desc())).first()
    assert link_id is not None
    return account_address_for(house, link_id).partition(PATH)[2]


def test_a_link_sets_a_password_once(house: Runtime, invited: Invite) -> None:
    token = invited("nora")
    assert use(house, token)
    assert not use(house, token, ANOTHER)
    assert sign_in(house, CHEAP, "nora@example.org", PASSWORD)
    assert not sign_in(house, CHEAP, "nora@example.org", ANOTHER)


def test_looking_at_it_uses_nothing_up(house: Runtime, invited: Invite) -> None:
    token = invited("nora")
    assert all(is_open(house, token) for _ in range(5))
    assert use(house, token)


def test_of_many_who_use_it_at_once_one_does(house: Runtime, invited: Invite) -> None:
    token = invited("nora")
    passwords = [f"passord nummer {number}" for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda password: use(house, token, password), passwords))
    assert sum(done) == 1
    winner = passwords[done.index(True)]
    assert sign_in(house, CHEAP, "nora@example.org", winner)


def test_a_newer_one_ends_the_older(house: Runtime, invited: Invite) -> None:
    older, newer = invited("nora"), invited("nora")
    assert not use(house, older)
    assert use(house, newer)


def test_of_links_that_are_made_at_once_one_is_open(house: Runtime, invited: Invite) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(invited, ["nora"] * 8))
    assert sum(is_open(house, token) for token in tokens) == 1


def test_it_lasts_three_days(house: Runtime, invited: Invite, clock: FrozenClock) -> None:
    token = invited("nora")
    clock.move(timedelta(hours=72) - timedelta(seconds=1))
    assert is_open(house, token)
    clock.move(timedelta(seconds=1))
    assert not use(house, token)


def test_it_can_be_withdrawn_once(house: Runtime, invited: Invite) -> None:
    token = invited("nora")
    withdraw(house, "nora", ADMIN)
    assert not use(house, token)
    with pytest.raises(AlreadyDone):
        withdraw(house, "nora", ADMIN)


def test_closing_the_access_ends_it(house: Runtime, invited: Invite) -> None:
    token = invited("nora")
    close(house, "nora", "Sluttet", ADMIN)
    assert not use(house, token)


def test_a_changed_password_ends_it(house: Runtime, nora: str, invited: Invite) -> None:
    token = invited("nora")
    change_password(house, CHEAP, "nora", ANOTHER)
    assert not use(house, token)


def test_a_lock_ends_with_a_new_password(house: Runtime, nora: str, invited: Invite) -> None:
    for _ in range(TRIES):
        sign_in(house, CHEAP, nora, "feil passord her")
    assert use(house, invited("nora"), ANOTHER)
    assert sign_in(house, CHEAP, nora, ANOTHER)


FORGED: dict[str, Callable[[str, Runtime], str]] = {
    "another letter at the end": lambda token, house: token[:-1] + ("A" if token[-1] != "A" else "B"),
    "the id alone": lambda token, house: token.rpartition(".")[0],
    "a link to a task": lambda token, house: token_for(house, "nora"),
    "nothing": lambda token, house: "",
    "a very long one": lambda token, house: "x" * 10_000,
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_one_opens_nothing(house: Runtime, invited: Invite, forge: Callable[[str, Runtime], str]) -> None:
    assert not is_open(house, forge(invited("nora"), house))


def test_the_secret_stands_nowhere_in_the_database(house: Runtime, smtp: Mailbox) -> None:
    invited = invite(house, "nora", ADMIN)
    token = account_address_for(house, invited.link_id).partition(PATH)[2]
    (letter,) = letters(house)
    assert deliver(house, letter.id, "test") == "sent"
    (mail,) = smtp.messages
    assert token in mail.get_content()
    assert all(token not in str(value) for row in letters(house) for value in vars(row).values())


def test_the_message_is_discreet_and_goes_at_once_at_night(house: Runtime, clock: FrozenClock, smtp: Mailbox) -> None:
    house = replace(house, settings=replace(house.settings, quiet_hours=QuietHours(time(21), time(8))))
    clock.move(timedelta(hours=14))
    assert house.settings.not_quiet(clock.now()) > clock.now()
    invite(house, "nora", ADMIN)
    (letter,) = letters(house)
    assert deliver(house, letter.id, "test") == "sent"
    (mail,) = smtp.messages
    said = f"{mail['Subject']} {mail.get_content()} {mail['From']}".casefold()
    assert mail["To"] == "nora@example.org"
    assert not any(word in said for word in ("likemann", "nora", "fagkonsulent", "deltaker", "rus"))


def test_a_link_that_has_ended_is_not_sent(house: Runtime, smtp: Mailbox) -> None:
    invite(house, "nora", ADMIN)
    withdraw(house, "nora", ADMIN)
    (letter,) = letters(house)
    deliver(house, letter.id, "test")
    assert letters(house)[0].status == "cancelled"
    assert smtp.messages == []


def test_it_is_sent_to_nobody_whose_address_has_become_another(house: Runtime, smtp: Mailbox) -> None:
    invite(house, "nora", ADMIN)
    with house.database.writing() as session:
        session.get_one(PersonRow, "nora").email = "nora.ny@example.org"
    deliver(house, letters(house)[0].id, "test")
    assert (letters(house)[0].status, smtp.messages) == ("cancelled", [])


def test_a_forgotten_password_is_chosen_anew_within_an_hour(house: Runtime, nora: str, clock: FrozenClock) -> None:
    ask_for_link(house, nora.upper())
    token = newest_reset(house)
    clock.move(timedelta(minutes=59))
    assert use(house, token, ANOTHER)
    ask_for_link(house, nora)
    late = newest_reset(house)
    clock.move(timedelta(hours=1))
    assert not use(house, late)


@pytest.mark.parametrize("address", ["ukjent@example.org", "siri@example.org", "liv@example.org"])
def test_whoever_has_no_account_gets_no_message(house: Runtime, nora: str, address: str) -> None:
    before = len(letters(house))
    ask_for_link(house, address)
    assert len(letters(house)) == before


def test_whoever_asks_again_and_again_sends_one_message(house: Runtime, nora: str, clock: FrozenClock) -> None:
    for _ in range(10):
        ask_for_link(house, nora)
    assert [row.message for row in letters(house)] == ["account_reset"]
    clock.move(timedelta(minutes=5))
    ask_for_link(house, nora)
    assert len(letters(house)) == 2


def test_asking_in_somebodys_name_does_not_end_her_invitation(house: Runtime, invited: Invite) -> None:
    token = invited("nora")
    ask_for_link(house, "nora@example.org")
    assert is_open(house, token)
    assert use(house, newest_reset(house))
    assert not is_open(house, token)


def test_a_changed_password_is_told_to_its_owner(house: Runtime, nora: str) -> None:
    change_password(house, CHEAP, "nora", ANOTHER)
    assert [row.message for row in letters(house)] == ["account_password_changed"]


def test_a_message_that_is_refused_is_known_to_have_failed(house: Runtime, smtp: Mailbox) -> None:
    invite(house, "nora", ADMIN)
    smtp.refuse("RCPT")
    assert deliver(house, letters(house)[0].id, "test") == "failed"
    assert undelivered(letters(house)[0])


def test_a_server_that_cannot_now_is_asked_again(house: Runtime, smtp: Mailbox, clock: FrozenClock) -> None:
    invite(house, "nora", ADMIN)
    smtp.refuse("MAIL", "451 later")
    assert deliver(house, letters(house)[0].id, "test") == "created"
    smtp.mend()
    clock.move(timedelta(seconds=5))
    assert deliver(house, letters(house)[0].id, "test") == "sent"
    assert len(smtp.messages) == 1


def test_nobody_knows_of_a_message_that_was_cut_off_after_its_dot(house: Runtime, smtp: Mailbox) -> None:
    invite(house, "nora", ADMIN)
    smtp.cut("accepted")
    assert deliver(house, letters(house)[0].id, "test") == "unknown"
    assert undelivered(letters(house)[0])


def test_of_two_senders_at_once_one_sends(house: Runtime, smtp: Mailbox) -> None:
    invite(house, "nora", ADMIN)
    letter = letters(house)[0].id
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda number: deliver(house, letter, f"test {number}"), range(4)))
    assert sorted(done) == ["", "", "", "sent"]
    assert len(smtp.messages) == 1


def test_a_sender_that_dies_before_the_dot_loses_no_message(house: Runtime) -> None:
    from forms_service.engine.sweep import sweep  # noqa: PLC0415 - only here

    invite(house, "nora", ADMIN)
    with house.database.writing() as session:
        row = session.scalars(select(MessageRow)).one()
        row.status, row.token, row.claimed_by = "sending", "x", "somewhere:1:1"
        row.lease_until = house.clock.now() + timedelta(minutes=1)
    assert sweep(house, lambda worker: True) == 1
    assert letters(house)[0].status == "created"


REFUSED = {
    "no_name": Newcomer("Ny\0", "ny@example.org", "admin"),
    "no_address": Newcomer("Ny", "ny\0@example.org", "admin"),
    "unknown_role": Newcomer("Ny", "ny@example.org", "participant"),
    "unknown_office": Newcomer("Ny", "ny@example.org", "caseworker", "vest\0"),
    "no_office": Newcomer("Ny", "ny@example.org", "caseworker"),
    "address_known": Newcomer("Ny", "NORA@example.org", "admin"),
}


def test_every_refusal_is_put_into_words_for_pages_and_terminals() -> None:
    assert {key.removeprefix("accounts.refused.") for key in catalogue() if key.startswith("accounts.refused.")} == {
        *AccountRefused.WHY,
        "no_reason",
    }


def test_everything_that_can_happen_has_its_words() -> None:
    assert {key.removeprefix("accounts.events.") for key in catalogue() if key.startswith("accounts.events.")} == {
        *Kind
    }


@pytest.mark.parametrize(("reason", "newcomer"), REFUSED.items())
def test_a_newcomer_is_told_what_is_missing(house: Runtime, reason: str, newcomer: Newcomer) -> None:
    with pytest.raises(AccountRefused) as refused:
        add_person(house, newcomer)
    assert refused.value.reason == reason


def test_two_people_never_share_an_address(house: Runtime, nora: str) -> None:
    with house.database.writing() as session:
        session.get_one(PersonRow, "siri").email = "Nora@Example.org"
    with pytest.raises(AccountRefused) as refused:
        invite(house, "siri", ADMIN)
    assert refused.value.reason == "address_taken"
    with house.database.reading() as session:
        assert session.get(AccountRow, "siri") is None


def test_nobody_ends_her_own_access(house: Runtime, nora: str) -> None:
    with pytest.raises(AccountRefused):
        close(house, "astrid", "Ferdig", By("astrid"))
    with pytest.raises(ReasonMissing):
        close(house, "nora", "\0", ADMIN)
    with pytest.raises(NotFound):
        close(house, "ukjent", "Ferdig", ADMIN)
