"""«Kjøringer»: the list with its search, one run with its picture, and what can be done to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import func, select, text

from forms_service.clock import FrozenClock
from forms_service.engine.runtime import Runtime
from forms_service.errors import RenderFailed
from forms_service.storage.cases import AccessRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import DefinitionRow, EventRow, RunRow, StepRow
from forms_service.texts import catalogue
from tests.integration.casework.town import Town
from tests.integration.desk.office import JOINED, Office
from tests.integration.desk.visitor import PaperPress, SignIn, Visitor

WHY = "Etter avtale med kontoret"


@pytest.fixture
def run_id(office: Office) -> str:
    """A request that waits for the first conversation."""
    return office.send_request()


@pytest.fixture
def stopped(office: Office, press: PaperPress, town: Town) -> StepRow:
    """A document that could not be made."""
    press.trouble = RenderFailed("HEMMELIG")
    office.send_request()
    for _ in range(6):
        office.pass_days(1)
    with town.database.reading() as session:
        return session.scalars(select(StepRow).where(StepRow.status == "incident")).one()


def step_of(town: Town, run_id: str, path: str) -> StepRow:
    with town.database.reading() as session:
        return session.scalars(select(StepRow).where(StepRow.run_id == run_id, StepRow.path == path)).one()


def run_of(town: Town, run_id: str) -> RunRow:
    with town.database.reading() as session:
        return session.get_one(RunRow, run_id)


def count_events(town: Town, run_id: str, kind: str) -> int:
    found = select(func.count()).where(EventRow.run_id == run_id, EventRow.kind == kind)
    with town.database.reading() as session:
        return session.scalar(found) or 0


def said(visitor: Visitor, run_id: str) -> str:
    return visitor.read(f"/drift/kjoringer/{run_id}")


# Who sees them


@pytest.mark.parametrize("who", ["nora", "berit", "trond", "pia"])
@pytest.mark.parametrize("path", ["/drift/kjoringer", "/drift/kjoringer/{run}", "/drift/arbeidsflyter"])
def test_only_those_who_operate_the_service_see_runs(signed_in_as: SignIn, run_id: str, who: str, path: str) -> None:
    assert signed_in_as(who).get(path.format(run=run_id)).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["{run}/gjor/pause", "{run}/gjor/avbryt", "{run}/steg/{step}/hopp-over", "{run}/prov-igjen", "{run}/melding/1"],
)
def test_nobody_else_does_anything_to_a_run(signed_in_as: SignIn, town: Town, run_id: str, path: str) -> None:
    step = step_of(town, run_id, "conversation")
    address = f"/drift/kjoringer/{path.format(run=run_id, step=step.id)}"
    assert signed_in_as("nora").post(address, reason=WHY).status_code == 404
    assert (run_of(town, run_id).status, step_of(town, run_id, "conversation").status) == ("active", "waiting")


@pytest.mark.parametrize("path", ["/drift/kjoringer", "/drift/kjoringer/{run}", "/drift/kjoringer/{run}/gjor/pause"])
def test_the_admin_sees_the_run_and_nothing_of_the_case(signed_in_as: SignIn, run_id: str, path: str) -> None:
    page = signed_in_as("astrid").read(path.format(run=run_id))
    assert "Forespørsel om likemann" in page
    for secret in ("2026-0001", "Liv Strand", "turer i marka", "liv@example.org", "/deltakere/"):
        assert secret not in page


def test_the_coordinator_sees_whose_case_it_is_and_that_look_is_noted(
    signed_in_as: SignIn, town: Town, run_id: str
) -> None:
    page = said(signed_in_as("solveig"), run_id)
    assert "2026-0001" in page
    assert "Liv Strand" not in page
    with town.database.reading() as session:
        looks = session.scalars(select(AccessRow).where(AccessRow.what == "run")).all()
    assert [(look.person_id, look.object_id) for look in looks] == [("solveig", run_id)]


def test_the_look_of_an_admin_is_noted_nowhere_since_no_participant_is_shown(
    signed_in_as: SignIn, town: Town, run_id: str
) -> None:
    said(signed_in_as("astrid"), run_id)
    with town.database.reading() as session:
        assert session.scalars(select(AccessRow).where(AccessRow.person_id == "astrid")).all() == []


# The list


def test_the_list_says_where_each_run_stands(signed_in_as: SignIn, run_id: str) -> None:
    page = signed_in_as("solveig").read("/drift/kjoringer")
    assert f'href="/drift/kjoringer/{run_id}"' in page
    assert "Førstesamtale" in page
    assert "I gang" in page


def test_without_runs_the_list_says_where_they_come_from(signed_in_as: SignIn) -> None:
    assert "Ingen kjøringer ennå" in signed_in_as("astrid").read("/drift/kjoringer")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("arbeidsflyt=intake", True),
        ("arbeidsflyt=closure", False),
        ("arbeidsflyt=no_such", False),
        ("status=active", True),
        ("status=ended", False),
        ("status=%00", False),
        ("sok=2026-00001", True),
        ("sok=finnes+ikke", False),
        ("sok=%25", False),
        ("stoppet=ja", False),
        ("arbeidsflyt=intake&status=active", True),
    ],
)
def test_the_search_stands_in_the_address(signed_in_as: SignIn, run_id: str, search: str, found: bool) -> None:
    page = signed_in_as("solveig").read(f"/drift/kjoringer?{search}")
    assert (run_id in page) is found
    assert ("Ingen kjøringer passer" in page) is not found


def test_the_run_that_has_stopped_is_found(signed_in_as: SignIn, stopped: StepRow) -> None:
    page = signed_in_as("astrid").read("/drift/kjoringer?stoppet=ja")
    assert stopped.run_id in page
    assert "Har stoppet" in page


def test_a_long_list_comes_in_pages(signed_in_as: SignIn, office: Office, clock: FrozenClock) -> None:
    runs = []
    for number in range(27):
        runs.append(office.send_request(participant_name=f"Prøve {number}"))
        clock.move(timedelta(minutes=1))
    solveig = signed_in_as("solveig")
    first = solveig.read("/drift/kjoringer?status=active")
    assert [f"/kjoringer/{run}" in first for run in runs] == [False, False, *[True] * 25]
    older = re.search(r'href="([^"]+)">Eldre kjøringer', first)
    assert older is not None
    second = solveig.read(older[1].replace("&amp;", "&"))
    assert [f"/kjoringer/{run}" in second for run in runs] == [True, True, *[False] * 25]
    assert "Til de nyeste" in second


def test_an_address_of_a_page_that_nobody_gave_is_not_found(signed_in_as: SignIn) -> None:
    assert signed_in_as("solveig").get("/drift/kjoringer?etter=tull").status_code == 404


# One run


def test_a_run_that_does_not_exist_is_not_found(signed_in_as: SignIn) -> None:
    for path in ("", "/gjor/pause", "/steg/x/hopp-over"):
        assert signed_in_as("astrid").get(f"/drift/kjoringer/finnes-ikke{path}").status_code == 404


def test_the_run_shows_its_steps_who_has_them_and_what_has_happened(signed_in_as: SignIn, run_id: str) -> None:
    page = said(signed_in_as("solveig"), run_id)
    assert "Sammendrag av forespørselen" in page
    assert "Koordinator" in page
    assert "Kjøringen begynte" in page
    assert "Nora" in page


def test_its_picture_shows_where_it_stands(signed_in_as: SignIn, run_id: str) -> None:
    page = said(signed_in_as("solveig"), run_id)
    drawing = ET.fromstring(page[page.index('<svg class="picture-svg"') : page.index("</svg></div>") + 6])
    cards = {
        "".join(title.text or "" for title in card.iterfind("{*}text[@class='picture-title']")): card.get("data-state")
        for card in drawing.iter("{http://www.w3.org/2000/svg}g")
        if card.get("data-kind")
    }
    assert cards["Førstesamtale"] == "here"
    assert cards["Saken er opprettet"] == "done"
    assert cards["Ikke nå"] == "later"


def test_the_way_that_was_not_taken_does_not_come(signed_in_as: SignIn, office: Office, run_id: str) -> None:
    office.answer("first_conversation", **JOINED)
    page = said(signed_in_as("solveig"), run_id)
    assert re.search(r"<strong>Deltakeren står på ventelisten</strong> <span[^>]*>Gjort", page)
    assert re.search(r"<strong>Ikke nå</strong> <span[^>]*>Kommer ikke", page)


def test_every_kind_of_event_has_its_words(rt: Runtime) -> None:
    engine = Path(__file__).parents[3] / "forms_service" / "engine"
    written = "\n".join(path.read_text(encoding="utf-8") for path in engine.rglob("*.py"))
    kinds = set(re.findall(r'\brecord\(\s*[^()]*?(?:\([^()]*\)[^()]*?)*?"([a-z_]+)",', written))
    kinds |= set(re.findall(r'deed\.note(?:_run)?\([^"]*"([a-z_]+)"', written))
    kinds |= {f"message_{status}" for status in ("sent", "failed", "unknown", "cancelled", "withheld")}
    assert {"run_started", "skipped", "run_paused", "due_changed"} <= kinds
    assert kinds - {key.removeprefix("events.") for key in catalogue()} == set()


# What can be done


@pytest.mark.parametrize("who", ["solveig", "astrid"])
def test_a_run_is_paused_goes_on_and_is_cancelled(signed_in_as: SignIn, town: Town, run_id: str, who: str) -> None:
    visitor = signed_in_as(who)
    for name, status in (("pause", "paused"), ("gjenoppta", "active"), ("avbryt", "cancelled")):
        assert visitor.get(f"/drift/kjoringer/{run_id}/gjor/{name}").status_code == 200
        answer = visitor.post(f"/drift/kjoringer/{run_id}/gjor/{name}", reason=WHY)
        assert answer.location == f"/drift/kjoringer/{run_id}"
        assert run_of(town, run_id).status == status
    assert WHY in said(visitor, run_id)


@pytest.mark.parametrize("name", ["pause", "avbryt"])
def test_pressed_twice_it_is_done_once_and_the_second_press_is_answered_kindly(
    signed_in_as: SignIn, town: Town, run_id: str, name: str
) -> None:
    visitor = signed_in_as("astrid")
    for _ in range(2):
        assert visitor.post(f"/drift/kjoringer/{run_id}/gjor/{name}", reason=WHY).status_code == 302
    assert "allerede gjort" in said(visitor, run_id)
    assert count_events(town, run_id, "run_paused" if name == "pause" else "run_cancelled") == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_without_a_fitting_reason_nothing_happens_and_the_page_says_so(
    signed_in_as: SignIn, town: Town, run_id: str, reason: str
) -> None:
    answer = signed_in_as("astrid").post(f"/drift/kjoringer/{run_id}/gjor/avbryt", reason=reason)
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert run_of(town, run_id).status == "active"


def test_a_press_without_the_pages_token_does_nothing(signed_in_as: SignIn, town: Town, run_id: str) -> None:
    visitor = signed_in_as("astrid")
    answer = visitor.client.post(f"/drift/kjoringer/{run_id}/gjor/avbryt", data={"reason": WHY})
    assert answer.status_code == 400
    assert run_of(town, run_id).status == "active"


def test_a_task_is_skipped_with_a_reason_and_the_run_goes_on(signed_in_as: SignIn, town: Town, run_id: str) -> None:
    step = step_of(town, run_id, "conversation")
    visitor = signed_in_as("solveig")
    visitor.post(f"/drift/kjoringer/{run_id}/steg/{step.id}/hopp-over", reason=WHY)
    assert step_of(town, run_id, "conversation").status == "skipped"
    assert "Hoppet over" in said(visitor, run_id)


def test_a_due_date_is_moved_to_the_hour_where_the_service_is(signed_in_as: SignIn, town: Town, run_id: str) -> None:
    step = step_of(town, run_id, "conversation")
    address = f"/drift/kjoringer/{run_id}/steg/{step.id}/frist"
    visitor = signed_in_as("solveig")
    assert 'type="datetime-local"' in visitor.read(address)
    visitor.post(address, reason=WHY, when="2026-07-01T12:30")
    moved = step_of(town, run_id, "conversation").late_at
    assert moved is not None
    assert moved.isoformat() == "2026-07-01T10:30:00+00:00"
    assert "1. juli 2026 kl. 12:30" in said(visitor, run_id)


@pytest.mark.parametrize("when", ["", "i morgen", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_what_is_no_day_is_said_and_changes_nothing(signed_in_as: SignIn, town: Town, run_id: str, when: str) -> None:
    step = step_of(town, run_id, "conversation")
    answer = signed_in_as("solveig").post(f"/drift/kjoringer/{run_id}/steg/{step.id}/frist", reason=WHY, when=when)
    assert answer.status_code == 422
    assert "Oppgi dag og klokkeslett" in answer.text
    assert step_of(town, run_id, "conversation").late_at == step.late_at


def test_a_task_is_handed_over_to_a_person(signed_in_as: SignIn, town: Town, run_id: str) -> None:
    town.change(StepRow, step_of(town, run_id, "conversation").id, role="coordinator", person_id=None)
    step = step_of(town, run_id, "conversation")
    address = f"/drift/kjoringer/{run_id}/steg/{step.id}/gi-videre"
    visitor = signed_in_as("astrid")
    page = visitor.read(address)
    assert "Solveig, koordinator" in page
    for name in ("Trond", "Astrid,", "Berit"):
        assert name not in page.partition("<select")[2].partition("</select>")[0]
    visitor.post(address, reason=WHY, holder="coordinator:solveig")
    assert step_of(town, run_id, "conversation").person_id == "solveig"


@pytest.mark.parametrize("holder", ["", "trond", "project_lead:trond", "coordinator:finnes-ikke", "participant:*"])
def test_a_task_goes_to_nobody_who_is_not_offered(signed_in_as: SignIn, town: Town, run_id: str, holder: str) -> None:
    step = step_of(town, run_id, "conversation")
    address = f"/drift/kjoringer/{run_id}/steg/{step.id}/gi-videre"
    assert signed_in_as("astrid").post(address, reason=WHY, holder=holder).status_code == 422
    assert step_of(town, run_id, "conversation").person_id == step.person_id


def test_steps_that_are_ticked_are_tried_again(
    signed_in_as: SignIn, office: Office, press: PaperPress, town: Town, stopped: StepRow
) -> None:
    visitor = signed_in_as("astrid")
    page = said(visitor, stopped.run_id)
    assert "Dokumentet lot seg ikke lage." in page
    assert "malen til dokumentet rettes" in page
    press.trouble = None
    visitor.post(f"/drift/kjoringer/{stopped.run_id}/prov-igjen", steg=[stopped.id])
    assert "Ett steg prøves igjen nå" in said(visitor, stopped.run_id)
    office.work()
    assert step_of(town, stopped.run_id, stopped.path).status == "done"
    visitor.post(f"/drift/kjoringer/{stopped.run_id}/prov-igjen", steg=[stopped.id])
    assert "Ingenting å prøve igjen" in said(visitor, stopped.run_id)


def test_a_step_of_another_run_is_not_tried_again_with_it(
    signed_in_as: SignIn, town: Town, stopped: StepRow, office: Office
) -> None:
    other = office.send_request(participant_name="Annen Person")
    signed_in_as("astrid").post(f"/drift/kjoringer/{other}/prov-igjen", steg=[stopped.id])
    assert step_of(town, stopped.run_id, stopped.path).status == "incident"


def test_runs_that_are_ticked_in_the_list_are_tried_again(
    signed_in_as: SignIn, town: Town, press: PaperPress, office: Office, stopped: StepRow
) -> None:
    press.trouble = None
    visitor = signed_in_as("astrid")
    answer = visitor.post("/drift/kjoringer?stoppet=ja", kjoring=[stopped.run_id], do="retry")
    assert answer.location == "/drift/kjoringer?stoppet=ja"
    office.work()
    assert step_of(town, stopped.run_id, stopped.path).status == "done"


def test_without_a_tick_the_list_asks_for_one(signed_in_as: SignIn, run_id: str) -> None:
    visitor = signed_in_as("astrid")
    visitor.post("/drift/kjoringer", do="retry")
    assert "Kryss av for minst én kjøring" in visitor.read("/drift/kjoringer")


def test_a_message_that_nobody_knows_about_is_settled_here(signed_in_as: SignIn, town: Town, run_id: str) -> None:
    with town.database.writing() as session:
        session.execute(text("UPDATE message SET status = 'unknown'"))
        message = session.scalars(select(MessageRow)).first()
        assert message is not None
    visitor = signed_in_as("astrid")
    page = said(visitor, run_id)
    assert "Uvisst om den er sendt" in page
    assert message.address not in page
    address = f"/drift/kjoringer/{run_id}/melding/{message.id}"
    assert visitor.post(address, decision="tull").status_code == 400
    visitor.post(address, decision="sent")
    visitor.post(address, decision="sent")
    assert "allerede tatt stilling" in said(visitor, run_id)
    assert count_events(town, run_id, "message_settled") == 1


def test_a_message_of_another_run_is_not_settled_here(
    signed_in_as: SignIn, town: Town, run_id: str, office: Office
) -> None:
    other = office.send_request(participant_name="Annen Person")
    with town.database.reading() as session:
        message = session.scalars(select(MessageRow).where(MessageRow.run_id == other)).first()
        assert message is not None
    assert signed_in_as("astrid").post(f"/drift/kjoringer/{run_id}/melding/{message.id}").status_code == 404


# Workflows


def test_every_workflow_has_its_picture(signed_in_as: SignIn, rt: Runtime) -> None:
    visitor = signed_in_as("astrid")
    page = visitor.read("/drift/arbeidsflyter")
    for key, workflow in rt.library.current().workflows.items():
        assert f'href="/drift/arbeidsflyter/{key}"' in page
        assert workflow.title in visitor.read(f"/drift/arbeidsflyter/{key}")
    assert visitor.get("/drift/arbeidsflyter/finnes-ikke").status_code == 404


# Another version


@pytest.fixture
def newer(rt: Runtime, files: Mapping[str, str], clock: FrozenClock, run_id: str) -> Mapping[str, str]:
    """After the run began, somebody published another intake; the files as they are now."""
    changed = {**files, "intake.yaml": files["intake.yaml"].replace("title: Førstesamtale", "title: Første samtale")}
    assert changed != files
    publish(rt, changed, clock)
    return changed


def publish(rt: Runtime, files: Mapping[str, str], clock: FrozenClock) -> None:
    """As a process does that starts with other files."""
    rt.library.files = files
    rt.library.__post_init__()
    with rt.database.writing() as session:
        rt.library.publish(session, clock.now())


def test_a_run_on_an_old_version_is_moved_after_a_preview(
    signed_in_as: SignIn, newer: object, town: Town, run_id: str
) -> None:
    visitor = signed_in_as("astrid")
    assert "Den nyeste er 2" in said(visitor, run_id)
    preview = visitor.read(f"/drift/ny-versjon?kjoring={run_id}")
    assert "Ingenting er flyttet ennå" in preview
    assert f'value="{run_id}:2"' in preview
    before = run_of(town, run_id).definition_id
    answer = visitor.post("/drift/ny-versjon", kjoring=[run_id], til=[f"{run_id}:2"], reason=WHY)
    assert answer.location == f"/drift/kjoringer/{run_id}"
    assert run_of(town, run_id).definition_id != before
    page = said(visitor, run_id)
    assert "Kjøringen er flyttet til den nye versjonen" in page
    assert "Første samtale" in page


def test_moved_twice_a_run_is_moved_once(signed_in_as: SignIn, newer: object, town: Town, run_id: str) -> None:
    visitor = signed_in_as("astrid")
    for _ in range(2):
        visitor.post("/drift/ny-versjon", kjoring=[run_id], til=[f"{run_id}:2"], reason=WHY)
    assert count_events(town, run_id, "moved") == 1


def test_a_run_is_not_moved_to_a_version_that_nobody_has_previewed(
    signed_in_as: SignIn, newer: Mapping[str, str], rt: Runtime, clock: FrozenClock, town: Town, run_id: str
) -> None:
    visitor = signed_in_as("astrid")
    publish(rt, {**newer, "intake.yaml": newer["intake.yaml"].replace("Første samtale", "Samtalen")}, clock)
    answer = visitor.post("/drift/ny-versjon", kjoring=[run_id], til=[f"{run_id}:2"], reason=WHY)
    assert "Det er kommet en nyere versjon" in answer.text
    assert count_events(town, run_id, "moved") == 0


def test_a_run_is_not_moved_without_a_reason(signed_in_as: SignIn, newer: object, town: Town, run_id: str) -> None:
    answer = signed_in_as("astrid").post("/drift/ny-versjon", kjoring=[run_id], til=[f"{run_id}:2"], reason="")
    assert answer.status_code == 422
    assert count_events(town, run_id, "moved") == 0


def test_a_run_that_cannot_be_moved_says_why(signed_in_as: SignIn, run_id: str) -> None:
    visitor = signed_in_as("astrid")
    page = visitor.read(f"/drift/ny-versjon?kjoring={run_id}")
    assert "Kjøringen følger allerede denne versjonen" in page
    assert 'name="reason"' not in page


def test_the_ticked_runs_are_shown_in_the_preview(signed_in_as: SignIn, newer: object, run_id: str) -> None:
    visitor = signed_in_as("astrid")
    answer = visitor.post("/drift/kjoringer", kjoring=[run_id], do="move")
    assert answer.location == f"/drift/ny-versjon?kjoring={run_id}"


def test_every_reason_against_a_move_has_its_words() -> None:
    fit = (Path(__file__).parents[3] / "forms_service" / "engine" / "fit.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'f"([a-z_]+): \{', fit)) | {"over", "same_version", "unreadable", "no_rounds"}
    assert codes - {key.removeprefix("moves.") for key in catalogue()} == set()


@pytest.mark.parametrize("path", ["", "?kjoring=finnes-ikke"])
def test_without_a_run_there_is_no_preview(signed_in_as: SignIn, path: str) -> None:
    assert signed_in_as("astrid").get(f"/drift/ny-versjon{path}").status_code == 404


# A version that cannot be read any more


@pytest.fixture
def unreadable(run_id: str, town: Town) -> str:
    """As after an upgrade to a language that does not know one of its words any more."""
    with town.database.writing() as session:
        run = session.get_one(RunRow, run_id)
        old = session.get_one(DefinitionRow, run.definition_id)
        files = {name: words.replace("ask:", "colour: red, ask:") for name, words in old.files.items()}
        version = DefinitionRow(
            workflow=old.workflow, version=99, sha256="", files=files, published_at=old.published_at
        )
        session.add(version)
        session.flush()
        run.definition_id = version.id
    return run_id


@pytest.mark.parametrize("path", ["/drift/kjoringer", "/drift/kjoringer/{run}"])
def test_a_run_that_cannot_be_read_is_shown_as_such(signed_in_as: SignIn, unreadable: str, path: str) -> None:
    assert "Kan ikke leses" in signed_in_as("astrid").read(path.format(run=unreadable))


def test_all_that_can_be_done_to_a_run_that_cannot_be_read_is_to_cancel_it(
    signed_in_as: SignIn, town: Town, unreadable: str
) -> None:
    page = said(signed_in_as("astrid"), unreadable)
    assert "gjor/avbryt" in page
    assert "gjor/pause" not in page
    signed_in_as("astrid").post(f"/drift/kjoringer/{unreadable}/gjor/avbryt", reason=WHY)
    assert run_of(town, unreadable).status == "cancelled"


def test_an_incident_of_a_run_that_cannot_be_read_stands_on_the_front_page_of_operations(
    signed_in_as: SignIn, town: Town, unreadable: str
) -> None:
    with town.database.writing() as session:
        step = session.scalars(select(StepRow).where(StepRow.run_id == unreadable, StepRow.path == "conversation"))
        step.one().status = "incident"
    assert signed_in_as("astrid").get("/drift").status_code == 200
