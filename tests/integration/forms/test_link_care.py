"""A coordinator sees a task's link, withdraws it, sends a new one: the old one stops at once, nothing goes twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from forms_service.cli import main
from forms_service.engine.deliver import deliver
from forms_service.engine.links import token_for
from forms_service.engine.operate.links import send_link, withdraw_link
from forms_service.engine.operate.message import settle_message
from forms_service.engine.operate.pause import pause_run
from forms_service.engine.service import Actor
from forms_service.engine.work import work
from forms_service.errors import AlreadyDone
from forms_service.storage.cases import AccessRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import EventRow, LinkRow, StepRow
from forms_service.storage.uploads import UploadRow
from tests.integration.forms.form_desk import Browser, FormDesk
from tests.integration.forms.test_link import ANSWER
from tests.integration.forms.test_task import ask_her_to_read, closing_of

SOLVEIG = Actor("solveig", "coordinator")


@pytest.fixture
def solveig(form_desk: FormDesk) -> Browser:
    return form_desk.browser("solveig")


@pytest.fixture
def page(form_desk: FormDesk, solveig: Browser) -> str:
    """Where the link to the final report is looked after."""
    ask_her_to_read(form_desk, solveig, closing_of(form_desk.active_match(), solveig))
    return f"/oppgaver/{form_desk.task('reading').id}/lenke"


def links(form_desk: FormDesk) -> list[LinkRow]:
    return sorted(form_desk.rows(LinkRow), key=lambda link: (link.created_at, link.revoked_at is None))


def way_in(form_desk: FormDesk, number: int = -1) -> str:
    return f"/l/{token_for(form_desk.rt, links(form_desk)[number].id)}"


def press(browser: Browser, page: str, decision: str) -> Browser:
    hidden = browser.get(page).hidden()
    return browser.post(page, {**hidden, "decision": decision})


def invitations(form_desk: FormDesk) -> list[MessageRow]:
    found = form_desk.rows(MessageRow, MessageRow.key.startswith("invite"))
    return sorted(found, key=lambda message: message.created_at)


def test_the_page_says_when_how_and_until_when_but_never_the_link(
    form_desk: FormDesk, solveig: Browser, page: str
) -> None:
    solveig.get(page)
    assert solveig.status == 200
    for words in (
        "Kan brukes",
        "E-post til deltaker",
        "liv@example.org",
        "15. januar 2026 kl. 10:00",
        "Kan brukes til",
    ):
        assert words in solveig.page, words
    assert token_for(form_desk.rt, links(form_desk)[0].id) not in solveig.source


def test_the_task_and_the_message_lead_to_it(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    assert f'href="{page}"' in solveig.get(page.removesuffix("/lenke")).source
    assert f'href="{page}"' in solveig.get(f"/utboks/{invitations(form_desk)[0].id}").source


@pytest.mark.parametrize("who", ["nora", "berit", "astrid"])
def test_nobody_but_the_coordinator_sees_or_ends_it(form_desk: FormDesk, page: str, who: str) -> None:
    somebody = form_desk.browser(who)
    assert somebody.get(page).status == 404
    hidden = form_desk.browser("solveig").get(page).hidden(but=("csrf_token",))
    token = somebody.get("/").hidden()
    assert somebody.post(page, {**token, **hidden, "decision": "withdraw"}).status in {400, 404}
    assert links(form_desk)[0].revoked_at is None


def test_the_look_is_logged(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    solveig.get(page)
    assert [row.person_id for row in form_desk.rows(AccessRow, AccessRow.what == "link")] == ["solveig"]


def test_a_withdrawn_link_stops_at_once_and_gives_the_words_back(
    form_desk: FormDesk, solveig: Browser, page: str
) -> None:
    liv, way = form_desk.browser(), way_in(form_desk)
    typed = {**liv.get(way).hidden(), **liv.all_shown(), **ANSWER}
    press(solveig, page, "withdraw")
    assert "Lenken er trukket tilbake" in solveig.page
    liv.post(way, typed)
    assert (liv.status, "Det stemmer." in liv.page) == (410, True)
    [event] = form_desk.rows(EventRow, EventRow.kind == "link_withdrawn")
    assert (event.person_id, event.detail) == ("solveig", {"via": "signed_in"})


def test_a_new_link_works_and_the_old_one_says_where_to_look(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    press(solveig, page, "send")
    form_desk.work_all()
    assert [message.status for message in invitations(form_desk)] == ["sent", "sent"]
    assert "Du har fått en ny lenke" in form_desk.browser().get(way_in(form_desk, 0)).page
    liv = form_desk.browser()
    form_desk.pass_time(seconds=1)
    assert liv.send(way_in(form_desk), ANSWER).path.endswith("/takk")
    assert "Brukt" in solveig.get(page).page
    assert "Trukket tilbake" in solveig.page


def test_pressed_twice_one_link_is_sent(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    both = {**solveig.get(page).hidden(), "decision": "send"}
    solveig.post(page, both)
    solveig.post(page, both)
    assert "allerede gjort" in solveig.page
    form_desk.work_all()
    assert (len(links(form_desk)), len(invitations(form_desk))) == (2, 2)


def test_two_coordinators_at_once_send_one_link(form_desk: FormDesk, page: str) -> None:
    seen, step = links(form_desk)[0].id, page.split("/")[2]
    refused: list[str] = []

    def send() -> None:
        try:
            send_link(form_desk.rt, step, seen, SOLVEIG)
        except AlreadyDone as error:
            refused.append(error.code)

    together = [threading.Thread(target=send) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert (len(refused), len(invitations(form_desk))) == (3, 2)


def test_a_link_withdrawn_before_it_was_sent_is_not_sent(form_desk: FormDesk, page: str) -> None:
    step, seen = page.split("/")[2], links(form_desk)[0].id
    send_link(form_desk.rt, step, seen, SOLVEIG)
    withdraw_link(form_desk.rt, step, links(form_desk)[-1].id, SOLVEIG)
    newest = invitations(form_desk)[-1]
    assert newest.status == "cancelled"
    assert deliver(form_desk.rt, newest.id, "w1") == ""


def test_a_new_link_at_night_is_for_somebody_on_the_telephone_and_goes_at_once(form_desk: FormDesk, page: str) -> None:
    send_link(form_desk.rt, page.split("/")[2], links(form_desk)[0].id, SOLVEIG)
    newest = invitations(form_desk)[-1]
    assert (newest.at_once, newest.due_at) == (True, form_desk.clock.now())


def test_a_new_link_goes_at_once_also_while_the_run_is_paused(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    run_id = form_desk.task("reading").run_id
    pause_run(form_desk.rt, run_id, "Ferie", SOLVEIG)
    press(solveig, page, "send")
    form_desk.work_all()
    assert [message.status for message in invitations(form_desk)] == ["sent", "sent"]
    assert form_desk.browser().send(way_in(form_desk), ANSWER).path.endswith("/takk")


def test_a_new_link_that_a_pause_overtakes_goes_all_the_same(form_desk: FormDesk, page: str) -> None:
    """The old link has ended: a pause between the press and the sending would leave her without any."""
    run_id = form_desk.task("reading").run_id
    send_link(form_desk.rt, page.split("/")[2], links(form_desk)[0].id, SOLVEIG)
    pause_run(form_desk.rt, run_id, "Ferie", SOLVEIG)
    form_desk.work_all()
    assert invitations(form_desk)[-1].status == "sent"


def test_what_nobody_asked_for_by_hand_waits_for_the_end_of_the_pause(form_desk: FormDesk, page: str) -> None:
    first = invitations(form_desk)[0]
    form_desk.town.change(MessageRow, first.id, status="created")
    pause_run(form_desk.rt, first.run_id or "", "Ferie", SOLVEIG)
    form_desk.work_all()
    assert invitations(form_desk)[0].status == "paused"


def remind(form_desk: FormDesk) -> None:
    first = min(form_desk.rows(StepRow, StepRow.path == "reading/remind/1"), key=lambda row: row.due_at)
    form_desk.clock.instant = first.due_at
    form_desk.work_all()


def test_a_reminder_brings_the_same_link_to_the_same_address(form_desk: FormDesk, page: str) -> None:
    remind(form_desk)
    assert form_desk.count(MessageRow, MessageRow.key == "remind", MessageRow.status == "sent") == 1
    assert len(links(form_desk)) == 1


def test_a_reminder_to_another_address_brings_a_new_link_and_the_old_one_ends(
    form_desk: FormDesk, solveig: Browser, page: str
) -> None:
    stranger, way = form_desk.browser(), way_in(form_desk)
    stranger.post(way, {**stranger.get(way).hidden(), **stranger.all_shown(), "comment": "Fremmed", "_do": "draft"})
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, email="ny@example.org")
    remind(form_desk)
    assert [link.revoked_at is None for link in links(form_desk)] == [False, True]
    assert "Du har fått en ny lenke" in form_desk.browser().get(way_in(form_desk, 0)).page
    liv = form_desk.browser().get(way_in(form_desk))
    assert (liv.status, "Fremmed" in liv.page) == (200, False)
    [reminder] = form_desk.rows(MessageRow, MessageRow.key == "remind")
    assert (reminder.address, reminder.status) == ("ny@example.org", "sent")
    assert form_desk.count(EventRow, EventRow.kind == "link_renewed") == 1


def test_a_message_that_may_have_arrived_is_sent_to_another_address_with_a_new_link(
    form_desk: FormDesk, page: str
) -> None:
    first = invitations(form_desk)[0]
    form_desk.town.change(MessageRow, first.id, status="unknown")
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, email="ny@example.org")
    settle_message(form_desk.rt, first.id, "send_again", SOLVEIG)
    form_desk.work_all()
    assert [link.revoked_at is None for link in links(form_desk)] == [False, True]
    assert invitations(form_desk)[0].link_id == links(form_desk)[-1].id


def test_what_she_had_begun_is_there_behind_the_new_link(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    liv, way = form_desk.browser(), way_in(form_desk)
    begun = {**liv.get(way).hidden(), **liv.all_shown(), "comment": "Halvveis", "_do": "draft"}
    liv.post(way, begun)
    press(solveig, page, "send")
    assert "Halvveis" in form_desk.browser().get(way_in(form_desk)).page


def test_what_she_had_attached_goes_along(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    old, step = links(form_desk)[0].id, page.split("/")[2]
    told = {"key": f"link:{step}", "field": "letter", "name": "brev.pdf", "kind": "application/pdf", "size": 1}
    with form_desk.rt.database.writing() as db:
        row = UploadRow(id="u", owner=f"link:{old}", uploaded_at=form_desk.clock.now(), content=b"x", **told)
        db.add(row)
    press(solveig, page, "send")
    assert [row.owner for row in form_desk.rows(UploadRow)] == [f"link:{links(form_desk)[-1].id}"]


def test_what_was_typed_behind_a_link_to_another_address_is_not(
    form_desk: FormDesk, solveig: Browser, page: str
) -> None:
    stranger, way = form_desk.browser(), way_in(form_desk)
    stranger.post(
        way, {**stranger.get(way).hidden(), **stranger.all_shown(), "comment": "Fra en annen", "_do": "draft"}
    )
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, email="ny@example.org")
    press(solveig, page, "send")
    assert "Fra en annen" not in form_desk.browser().get(way_in(form_desk)).page


def test_a_number_instead_of_an_address_gets_an_sms(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, email=None)
    press(solveig, page, "send")
    form_desk.work_all()
    assert (invitations(form_desk)[-1].channel, invitations(form_desk)[-1].status) == ("sms", "sent")
    assert "SMS til deltaker" in solveig.get(page).page
    [file] = (form_desk.rt.settings.instance / "mailbox").glob("*.sms")
    assert way_in(form_desk) in file.read_text(encoding="utf-8")


def test_without_any_way_the_old_link_stays_as_it_was(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    form_desk.town.change(ParticipantRow, form_desk.rows(ParticipantRow)[0].id, email=None, phone=None)
    press(solveig, page, "send")
    assert "verken e-postadresse eller mobilnummer" in solveig.page
    assert (len(links(form_desk)), links(form_desk)[0].revoked_at) == (1, None)


def test_a_withdrawn_link_is_not_reminded_of(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    press(solveig, page, "withdraw")
    for reminder in form_desk.rows(StepRow, StepRow.verb == "remind"):
        form_desk.clock.instant = max(form_desk.clock.now(), reminder.due_at)
        work(form_desk.rt, reminder.id, "w1")
    assert form_desk.count(StepRow, StepRow.verb == "remind") > 0
    assert form_desk.count(MessageRow, MessageRow.key == "remind") == 0


def test_a_task_that_is_answered_offers_nothing_any_more(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    held = {**solveig.get(page).hidden(), "decision": "send"}
    solveig.send(page.removesuffix("/lenke"), ANSWER)
    assert "Send ny lenke" not in solveig.get(page).page
    assert "Ble ikke brukt" in solveig.page
    solveig.post(page, held)
    assert "allerede gjort" in solveig.page
    assert len(links(form_desk)) == 1


def test_a_task_that_sends_no_link_has_no_such_page(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    assert solveig.get(f"/oppgaver/{form_desk.task('text').id}/lenke").status == 404


def test_a_new_link_lives_from_today(form_desk: FormDesk, solveig: Browser, page: str) -> None:
    form_desk.clock.move(timedelta(days=200))
    solveig = form_desk.browser("solveig")
    assert "For gammel" in solveig.get(page).page
    press(solveig, page, "send")
    assert form_desk.browser().get(way_in(form_desk)).status == 200


def test_the_command_line_lists_withdraws_and_sends(
    form_desk: FormDesk, page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORMS_DATABASE_URL", form_desk.rt.settings.database_url)
    here, step = ("--instance", str(form_desk.rt.settings.instance)), page.split("/")[2]

    def call(*words: str) -> str:
        assert main(["links", *words, *here]) == 0
        return capsys.readouterr().out

    listed = call("list")
    assert listed.splitlines()[1].split()[0] == step[:8]
    assert "email" in listed
    assert "liv@example.org" not in listed
    assert token_for(form_desk.rt, links(form_desk)[0].id) not in listed
    assert "withdrawn" in call("withdraw", step[:8])
    assert "on its way" in call("send", step[:8])
    assert [link.revoked_at is None for link in links(form_desk)] == [False, True]
    with form_desk.rt.database.reading() as session:
        kinds = select(EventRow.kind, EventRow.detail).where(EventRow.kind.startswith("link_")).order_by(EventRow.id)
        assert [(kind, detail["via"]) for kind, detail in session.execute(kinds)] == [
            ("link_withdrawn", "command line"),
            ("link_sent", "command line"),
        ]
    assert main(["links", "withdraw", "zzzz", *here]) == 1
