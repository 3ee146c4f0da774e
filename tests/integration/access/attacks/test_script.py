"""Script and formulas that somebody writes into a form: every page that shows them shows text."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.runs import SubmissionRow
from tests.integration.access.attacks.siege import Siege
from tests.integration.casework.town import REQUEST

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><iframe src=javascript:alert(1)>",
    "{{ 7 * 7 }}<b>x</b>",
    "{% raw %}<i>x</i>",
    "<a href=javascript:alert(1)>x</a>",
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", " =HYPERLINK(1)", '=cmd|" /C calc"!A0', "\ufeff=1+1")
PAGES = ("receipt", "answers", "participant", "list", "search", "waiting", "log", "tasks", "run")


@pytest.fixture(scope="module")
def told(siege: Siege) -> dict[str, dict[str, str]]:
    """Payload → what became of it; each is written where a name and where wishes stand."""
    return {payload: _told(siege, number, payload) for number, payload in enumerate((*PAYLOADS, *FORMULAS))}


def _told(siege: Siege, number: int, payload: str) -> dict[str, str]:
    rt = siege.world.rt
    answers = {"caseworker": None, "relatively_drug_free": "yes", "lacks_network": "yes", **REQUEST}
    answers |= {"participant_name": payload, "wishes": payload, "participant_email": None}
    run = start_with_form(rt, "intake", f"{number + 10**12:032x}", answers, NO_SUBJECT, Actor("nora", "caseworker"))
    with rt.database.reading() as db:
        participant = db.scalars(select(ParticipantRow.id).where(ParticipantRow.name == payload)).one()
        sent = db.scalars(select(SubmissionRow.id).where(SubmissionRow.run_id == run.run_id)).one()
    siege.last.clear()
    return {"run": run.run_id, "participant": participant, "sent": sent}


def _address(page: str, told: dict[str, str]) -> str:
    return {
        "receipt": f"/kvittering/{told['run']}",
        "answers": f"/svar/{told['sent']}/fhir",
        "participant": f"/deltakere/{told['participant']}",
        "list": "/deltakere",
        "waiting": "/venteliste",
        "log": f"/deltakere/{told['participant']}/innsyn",
        "tasks": "/oppgaver",
        "run": f"/drift/kjoringer/{told['run']}",
    }[page]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_that_was_written_is_shown_as_text(
    siege: Siege, told: dict[str, dict[str, str]], payload: str, page: str
) -> None:
    found = told[payload]
    if page == "search":
        attempt = siege.post("solveig", "/deltakere", sok=payload)
    else:
        attempt = siege.get("solveig", _address(page, found))
    assert attempt.status == 200
    assert attempt.answer.mimetype != "text/html" or payload not in attempt.answer.text
    assert attempt.answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert attempt.answer.headers["X-Content-Type-Options"] == "nosniff"
    assert _has_its_author(siege, found), "whoever wrote it is known"


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_was_written_is_text_in_a_spreadsheet(
    siege: Siege, told: dict[str, dict[str, str]], formula: str
) -> None:
    attempt = siege.get("solveig", "/deltakere.csv")
    cells = attempt.answer.get_data().decode("utf-8-sig").replace('""', '"')
    assert f";'{formula}" in cells or f";\"'{formula}" in cells
    assert f";{formula}" not in cells
    assert ("solveig", "participants_file", told[formula]["participant"]) in attempt.looks
    assert _has_its_author(siege, told[formula])


def _has_its_author(siege: Siege, told: dict[str, str]) -> bool:
    with siege.world.rt.database.reading() as db:
        return db.get_one(SubmissionRow, told["sent"]).person_id == "nora"
