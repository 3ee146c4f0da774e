"""«Utboks»: what was sent, what was not, and the buttons that settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask_login import login_user  # type: ignore[import-untyped]
from sqlalchemy import select

from forms_service.app import create_app
from forms_service.engine.links import address_for
from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import EventRow
from forms_service.web.sign_in.account import account_of
from tests.integration.casework.town import Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import SignIn


@pytest.fixture
def message(office: Office, town: Town) -> MessageRow:
    """Nora's receipt, sent."""
    office.send_request()
    with town.database.reading() as session:
        return session.scalars(select(MessageRow)).one()


def as_it_is(town: Town, message: MessageRow) -> MessageRow:
    with town.database.reading() as session:
        return session.get_one(MessageRow, message.id)


STATUS = {
    "sent": "Sendt",
    "created": "Venter på å bli sendt",
    "sending": "Sendes nå",
    "failed": "Ikke sendt",
    "unknown": "Uvisst om den er sendt",
    "withheld": "Holdt tilbake",
    "cancelled": "Ble ikke nødvendig",
}


@pytest.mark.parametrize(("status", "words"), STATUS.items())
def test_each_status_has_its_words(
    signed_in_as: SignIn, town: Town, message: MessageRow, status: str, words: str
) -> None:
    town.change(MessageRow, message.id, status=status, attempt=0)
    solveig = signed_in_as("solveig")
    assert f">{words}</span>" in solveig.read("/utboks")
    assert f">{words}</span>" in solveig.read(f"/utboks/{message.id}")


BUTTONS = {
    "sent": set(),
    "created": set(),
    "failed": {"retry"},
    "withheld": {"retry"},
    "unknown": {"sent", "send_again"},
    "cancelled": set(),
}


@pytest.mark.parametrize(("status", "buttons"), BUTTONS.items())
def test_only_what_waits_for_a_person_has_buttons(
    signed_in_as: SignIn, town: Town, message: MessageRow, status: str, buttons: set[str]
) -> None:
    town.change(MessageRow, message.id, status=status)
    page = signed_in_as("solveig").read(f"/utboks/{message.id}")
    assert {each for each in ("retry", "sent", "send_again") if f'value="{each}"' in page} == buttons


@pytest.mark.parametrize(
    ("status", "decision", "then"),
    [
        ("failed", "retry", "created"),
        ("withheld", "retry", "created"),
        ("unknown", "send_again", "created"),
        ("unknown", "sent", "sent"),
    ],
)
def test_a_person_settles_what_has_stopped(
    signed_in_as: SignIn, town: Town, message: MessageRow, status: str, decision: str, then: str
) -> None:
    town.change(MessageRow, message.id, status=status)
    answer = signed_in_as("solveig").post(f"/utboks/{message.id}", decision=decision)
    assert answer.location == f"/utboks/{message.id}"
    assert as_it_is(town, message).status == then
    with town.database.reading() as session:
        settled = session.scalars(select(EventRow).where(EventRow.kind == "message_settled")).one()
    assert settled.person_id == "solveig"


def test_what_is_settled_stays_settled(signed_in_as: SignIn, town: Town, message: MessageRow) -> None:
    solveig = signed_in_as("solveig")
    solveig.post(f"/utboks/{message.id}", decision="retry")
    assert as_it_is(town, message).status == "sent"
    assert "allerede tatt stilling" in solveig.read(f"/utboks/{message.id}")


def test_an_unheard_of_decision_is_refused(signed_in_as: SignIn, town: Town, message: MessageRow) -> None:
    assert signed_in_as("solveig").post(f"/utboks/{message.id}", decision="burn").status_code == 400


@pytest.mark.parametrize("who", ["nora", "astrid", "berit"])
def test_nobody_but_the_coordinator_settles_anything(
    signed_in_as: SignIn, town: Town, message: MessageRow, who: str
) -> None:
    town.change(MessageRow, message.id, status="failed")
    assert signed_in_as(who).post(f"/utboks/{message.id}", decision="retry").status_code == 404
    assert as_it_is(town, message).status == "failed"


def test_what_has_stopped_can_be_seen_alone(signed_in_as: SignIn, office: Office, town: Town) -> None:
    office.send_request()
    office.send_request(participant_name="Aud Berg")
    with town.database.reading() as session:
        one, other = session.scalars(select(MessageRow).order_by(MessageRow.created_at))
    town.change(MessageRow, one.id, status="failed")
    solveig = signed_in_as("solveig")
    assert "Én melding trenger deg" in solveig.read("/utboks")
    stopped = solveig.read("/utboks?vis=stoppet")
    assert one.id in stopped
    assert other.id not in stopped


@pytest.fixture
def invitation(office: Office, town: Town) -> MessageRow:
    """The participant's one-time link to her self-evaluation."""
    office.match()
    office.pass_days(190)
    with town.database.reading() as session:
        return session.scalars(select(MessageRow).where(MessageRow.link_id.is_not(None))).one()


def test_the_demo_shows_a_one_time_link_and_says_that_only_the_demo_does(
    signed_in_as: SignIn, rt: Runtime, invitation: MessageRow
) -> None:
    page = signed_in_as("solveig").read(f"/utboks/{invitation.id}")
    assert "Vises bare i demonstrasjonen" in page
    assert address_for(rt, invitation.link_id or "") in page


def test_a_real_service_never_shows_a_one_time_link(rt: Runtime, invitation: MessageRow) -> None:
    """There is no other way to sign in yet than the demo's, so the page is asked for by hand."""
    app = create_app(replace(rt, settings=replace(rt.settings, demo=False)))
    with rt.database.reading() as db:
        solveig = account_of(db.get(PersonRow, "solveig"))
    with app.test_request_context(f"/utboks/{invitation.id}"):
        login_user(solveig)
        page = str(app.view_functions["outbox.message"](invitation.id))
    assert invitation.subject in page
    assert address_for(rt, invitation.link_id or "").rpartition("/")[2] not in page
    assert "Vises bare i demonstrasjonen" not in page


def test_to_see_messages_is_to_see_whom_they_concern(signed_in_as: SignIn, town: Town, message: MessageRow) -> None:
    solveig = signed_in_as("solveig")
    solveig.read("/utboks")
    solveig.read(f"/utboks/{message.id}")
    with town.database.reading() as session:
        rows = session.scalars(select(AccessRow).where(AccessRow.person_id == "solveig").order_by(AccessRow.id)).all()
        participant_id = session.scalars(select(ParticipantRow.id)).one()
    seen = [(row.participant_id, row.what, row.object_id, row.reason) for row in rows]
    assert seen == [(participant_id, "outbox", None, "list"), (participant_id, "message", message.id, "role")]


def test_an_sms_is_told_as_one_and_with_its_own_short_text(
    signed_in_as: SignIn, town: Town, message: MessageRow
) -> None:
    town.change(MessageRow, message.id, channel="sms", address="+4741234567", sms="Kort tekst", status="failed")
    solveig = signed_in_as("solveig")
    assert '<td data-label="Måte">SMS</td>' in solveig.read("/utboks")
    page = solveig.read(f"/utboks/{message.id}")
    for words in ("<dd>SMS</dd>", "Nummer", "+4741234567", "Kort tekst", "SMS-tjenesten avviste", "nummeret er riktig"):
        assert words in page, words
    assert "E-posttjeneren" not in page


def test_doubt_about_an_sms_is_put_into_words(signed_in_as: SignIn, town: Town, message: MessageRow) -> None:
    town.change(MessageRow, message.id, channel="sms", status="unknown")
    assert "Ingen vet om SMS-tjenesten sendte meldingen" in signed_in_as("solveig").read(f"/utboks/{message.id}")


def test_what_waits_for_the_morning_says_until_when_and_the_receipt_rests(
    signed_in_as: SignIn, rt: Runtime, town: Town, message: MessageRow
) -> None:
    morning = rt.clock.now() + timedelta(hours=9)
    town.change(MessageRow, message.id, status="created", attempt=0, due_at=morning)
    solveig = signed_in_as("solveig")
    assert "Sendes når natten er over" in solveig.read("/utboks")
    assert "Ingen får meldinger av seg selv om natten" in solveig.read(f"/utboks/{message.id}")
    receipt = solveig.read(f"/kvittering/{message.run_id}")
    assert "Sendes når natten er over" in receipt
    assert "every 1s" not in receipt


def test_nobody_to_write_to_is_said_in_words(signed_in_as: SignIn, town: Town, message: MessageRow) -> None:
    town.change(MessageRow, message.id, status="withheld", problem="no_address")
    assert "verken e-postadresse eller et mobilnummer" in signed_in_as("solveig").read(f"/utboks/{message.id}")
