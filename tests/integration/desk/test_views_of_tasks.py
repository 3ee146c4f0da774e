"""What can be looked at beside one's own tasks: the office's, what is late, what others have, what stands still."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from forms_service.casework.access.tasks import Parts
from forms_service.domain.people import Viewer
from forms_service.engine.operate.pause import pause_run
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import DefinitionRow, RunRow, StepRow
from forms_service.web.desk.views import COUNTED, View, first_of, views
from tests.integration.casework.papers import task
from tests.integration.casework.town import NOW, Town, viewer
from tests.integration.desk.office import COORDINATOR, Office
from tests.integration.desk.visitor import SignIn

NUMBER = re.compile(r'<a href="/oppgaver(?:\?vis=([a-z-]+))?"[^>]*>[^<]*<span class="views-number">([^<]*)<')


def numbers(page: str) -> dict[str, str]:
    """What each choice says, by its word in the address."""
    return {view or "mine": number for view, number in NUMBER.findall(page)}


def waiting(town: Town, subject: Subject, title: str, role: str = "caseworker", **more: object) -> str:
    """A task of a run that follows a published workflow."""
    step_id = task(town, subject, role=role, title=title)
    town.change(StepRow, step_id, **more)
    with town.database.writing() as session:
        published = session.scalars(select(DefinitionRow.id).where(DefinitionRow.workflow == "intake")).one()
        session.get_one(RunRow, session.get_one(StepRow, step_id).run_id).definition_id = published
    return step_id


@pytest.fixture
def north(town: Town) -> Subject:
    return town.requested()


def test_a_caseworker_sees_what_waits_for_her_colleagues_and_whose_it_is(
    signed_in_as: SignIn, town: Town, north: Subject
) -> None:
    step_id = waiting(town, north, "Si din mening", person_id="nils")
    page = signed_in_as("nora").read("/oppgaver?vis=kontoret")
    assert "Si din mening" in page
    assert "Sak 2026-0001" in page
    assert "Venter på Nils" in page
    assert "Liv Strand" not in page, "a case number is enough"
    assert f'href="/oppgaver/{step_id}"' not in page, "it is not hers to answer"
    assert numbers(page) == {"mine": "0", "kontoret": "1"}
    assert "Si din mening" not in signed_in_as("nora").read("/oppgaver")
    assert "Si din mening" not in signed_in_as("nils").read("/oppgaver?vis=kontoret")


def test_another_office_and_other_roles_do_not_see_them(signed_in_as: SignIn, town: Town, north: Subject) -> None:
    waiting(town, north, "Si din mening", person_id="nils")
    for who in ("siri", "pia", "berit", "trond", "astrid"):
        page = signed_in_as(who).read("/oppgaver?vis=kontoret")
        assert "Si din mening" not in page
        assert "Ingenting venter på deg nå" in page or "Kontoret" in page


def test_a_case_that_went_to_another_office_takes_its_tasks_out_of_the_list(
    signed_in_as: SignIn, town: Town, north: Subject
) -> None:
    waiting(town, north, "Si din mening", person_id="nils")
    town.change(ParticipantRow, north.id, office_id="sor")
    assert "Si din mening" not in signed_in_as("nora").read("/oppgaver?vis=kontoret")


def test_what_is_late_has_a_view_of_its_own_and_says_whose_it_is(
    signed_in_as: SignIn, town: Town, north: Subject
) -> None:
    waiting(town, north, "For sent", person_id="nora", late_at=NOW - timedelta(days=2))
    waiting(town, north, "I dag", person_id="nora", late_at=NOW - timedelta(hours=1))
    waiting(town, north, "Kollegaens", person_id="nils", late_at=NOW - timedelta(days=3))
    page = signed_in_as("nora").read("/oppgaver?vis=over-fristen")
    assert page.index("Kollegaens") < page.index("For sent")
    assert "Venter på Nils" in page
    assert "I dag" not in page, "what is due today is not late yet"
    assert numbers(page) == {"mine": "2", "kontoret": "1", "over-fristen": "2"}


def test_the_coordinator_sees_all_that_is_late(signed_in_as: SignIn, town: Town, north: Subject) -> None:
    waiting(town, north, "For sent", person_id="nora", late_at=NOW - timedelta(days=2))
    waiting(town, north, "Deltakerens", role="participant", late_at=NOW - timedelta(days=2))
    page = signed_in_as("solveig").read("/oppgaver?vis=over-fristen")
    assert "For sent" in page
    assert "Deltakerens" in page


def test_what_a_named_colleague_has_waits_for_others(signed_in_as: SignIn, town: Town, north: Subject) -> None:
    with town.database.writing() as session:
        session.add(PersonRow(id="kari", name="Kari", role="coordinator", email="k@example.org", active=True))
    waiting(town, north, "Karis oppgave", role="coordinator", person_id="kari")
    page = signed_in_as("solveig").read("/oppgaver?vis=venter-paa-andre")
    assert "Karis oppgave" in page
    assert "Venter på Kari" in page
    assert "Karis oppgave" not in signed_in_as("solveig").read("/oppgaver")


def test_whoever_is_away_is_shown_to_be(signed_in_as: SignIn, town: Town, north: Subject) -> None:
    waiting(town, north, "Si din mening", person_id="nils")
    town.change(PersonRow, "nils", away_from=NOW.date(), away_until=NOW.date() + timedelta(days=7))
    assert "Borte til 22. januar 2026" in signed_in_as("nora").read("/oppgaver?vis=kontoret")
    town.change(PersonRow, "nils", away_until=None)
    assert "Borte inntil videre" in signed_in_as("nora").read("/oppgaver?vis=kontoret")


def test_reminders_are_told(signed_in_as: SignIn, office: Office) -> None:
    office.send_request()
    assert "Påminnelse går 20. januar 2026" in signed_in_as("solveig").read("/oppgaver")
    office.pass_days(6)
    assert "Én påminnelse er sendt, den neste går 22. januar 2026" in signed_in_as("solveig").read("/oppgaver")
    office.pass_days(2)
    assert "påminnelse" in signed_in_as("solveig").read("/oppgaver")
    page = signed_in_as("solveig").read(f"/oppgaver/{office.task('first_conversation').id}")
    assert "2 påminnelser er sendt" in page or "Én påminnelse er sendt" in page
    assert "gått beskjed til: prosjektleder" in page


def test_a_view_that_is_not_hers_leads_to_her_own_tasks(signed_in_as: SignIn) -> None:
    for view in ("venter-paa-andre", "kontoret", "tull"):
        assert '<h1 class="page-title">Mine oppgaver</h1>' in signed_in_as("berit").read(f"/oppgaver?vis={view}")


def test_what_stands_still_is_in_its_own_view_until_it_goes_on(signed_in_as: SignIn, office: Office) -> None:
    run_id = office.send_request()
    solveig = signed_in_as("solveig")
    assert "På pause" not in solveig.read("/oppgaver")
    pause_run(office.rt, run_id, "Streik", COORDINATOR)
    assert numbers(solveig.read("/oppgaver")) == {"mine": "0", "venter-paa-andre": "0", "paa-pause": "1"}
    assert f'href="/oppgaver/{office.task("first_conversation").id}"' in solveig.read("/oppgaver?vis=paa-pause")


def test_a_number_is_counted_no_further_than_it_is_told(
    signed_in_as: SignIn, town: Town, north: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        waiting(town, north, f"Nummer {number}", person_id="nora")
    monkeypatch.setattr("forms_service.web.desk.views.COUNTED", 2)
    assert COUNTED == 100
    assert numbers(signed_in_as("nora").read("/oppgaver"))["mine"] == "2"


def test_a_long_list_of_tasks_asks_no_more_of_the_database_than_a_short_one(
    rt: Runtime, signed_in_as: SignIn, town: Town, north: Subject
) -> None:
    asked: list[str] = []
    event.listen(rt.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    visitors = {who: signed_in_as(who) for who in ("solveig", "nora")}
    counts: list[dict[str, int]] = []
    for more in (1, 1, 40):  # the first look also reads the workflow
        for _ in range(more):
            waiting(town, north, "En av mange", person_id="nora")
            waiting(town, north, "En av mange", role="coordinator")
        counts.append({})
        for who, visitor in visitors.items():
            for view in View:
                asked.clear()
                visitor.read(f"/oppgaver?vis={view}")
                counts[-1][f"{who} {view}"] = len(asked)
    assert counts[1] == counts[2]


@pytest.mark.parametrize("who", ["solveig", "nora", "berit"])
def test_the_first_tasks_of_many_are_read_from_an_index_in_their_order(rt: Runtime, town: Town, who: str) -> None:
    for view, parts in views(viewer(who), NOW, rt.zone).items():
        if view in {View.MINE, View.OTHERS}:
            for part in parts:
                plan = plan_of(rt, (part,))
                assert "ix_step_tasks_of_" in plan, (view, plan)
                is_of_few = "anon" in plan and "LIST SUBQUERY" in plan and "ix_person_role" in plan
                assert is_of_few or "TEMP B-TREE" not in plan, (view, plan)


def plan_of(rt: Runtime, parts: Parts) -> str:
    """SQLite's own words on how it reads the first page."""
    statement = first_of(parts, 25).compile(rt.database.engine, compile_kwargs={"literal_binds": True})
    with rt.database.reading() as session:
        return "\n".join(row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {statement}")))


def test_the_views_are_those_that_role_and_office_have(rt: Runtime, town: Town) -> None:
    offered = {who: {view.value for view in views(viewer(who), NOW, rt.zone)} for who in ("solveig", "nora", "berit")}
    own = {"mine", "over-fristen", "paa-pause"}
    assert offered == {"solveig": own | {"venter-paa-andre"}, "nora": own | {"kontoret"}, "berit": own}
    assert View.OFFICE not in views(Viewer("x", "X", "caseworker", None), NOW, rt.zone)
