"""Twelve lifelike, clumsy and hostile requests on their whole way: form, case, document and message."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.clock import FrozenClock
from forms_service.demo.fill import seed_people
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor
from forms_service.engine.submit import start_with_form
from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, fill
from forms_service.language.definitions import Form
from forms_service.language.files import read_files
from forms_service.language.load import load
from forms_service.rehearsal.machine import live_until
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from tests.fixtures.mail import Mailbox

ROOT = Path(__file__).parents[3]
INPUTS: dict[str, Any] = yaml.safe_load((ROOT / "tests/inputs/requests.yaml").read_text(encoding="utf-8"))
REQUESTS: list[dict[str, Any]] = INPUTS["requests"]
ACTIVE = {"/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/URI", "/SubmitForm"}
"""What would make a PDF do something when it is opened or clicked."""

each_request = pytest.mark.parametrize("request_", REQUESTS, ids=[request["about"][:40] for request in REQUESTS])
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def intake() -> Form:
    return load(read_files(ROOT / "workflows", ROOT / "pdf_templates"), PEER_SUPPORT).forms["intake"]


def sent(intake: Form, request_: dict[str, Any], office: str = "nord", *, mended: bool = False) -> Filled:
    """The form as the browser posted it; ``mended``: after the person has put right what was refused."""
    posted = {"office": office} | INPUTS["usual"] | request_["posted"]
    for name in request_["refused"] if mended else ():
        posted[name] = ({"office": office} | INPUTS["usual"])[name]
    context = Context(data={"me": {"role": "caseworker"}}, offices={office: "Nord"})
    return fill(intake, context, MultiDict(posted))


def test_there_are_twelve() -> None:
    assert len(REQUESTS) == 12


@each_request
def test_what_is_no_answer_is_refused_and_everything_else_is_taken(intake: Form, request_: dict[str, Any]) -> None:
    filled = sent(intake, request_)
    assert {problem.name for problem in filled.problems} == set(request_["refused"])
    assert (filled.answers is None) is bool(request_["refused"])


@each_request
def test_no_problem_repeats_what_was_typed(intake: Form, request_: dict[str, Any]) -> None:
    for problem in sent(intake, request_).problems:
        assert "<" not in problem.text
        assert "{" not in problem.text


@on_sqlite
@each_request
def test_a_request_becomes_a_case_a_paper_and_a_message_and_stays_text_in_all_of_them(
    runtime: Runtime, clock: FrozenClock, smtp: Mailbox, intake: Form, request_: dict[str, Any]
) -> None:
    caseworker = somebody(runtime, "caseworker")
    answers = sent(intake, request_, str(caseworker.office_id), mended=True).answers
    assert answers is not None
    start_with_form(runtime, "intake", "nonce", answers, NO_SUBJECT, Actor(caseworker.id, "caseworker"))
    live_until(runtime, clock, clock.now())
    with runtime.database.reading() as session:
        participant = session.scalars(select(ParticipantRow)).one()
        paper = session.scalars(select(DocumentRow)).one()
        pdf = paper.pdf
        assert session.scalars(select(StepRow.problem).where(StepRow.problem != "")).all() == []
    assert participant.name == answers["participant_name"]
    assert participant.wishes == (answers["wishes"] or "")
    reader = PdfReader(io.BytesIO(pdf))
    assert "".join(participant.name.split())[:12] in "".join(text_of(reader).split())
    assert active_parts(reader) == set()
    assert_message_tells_nothing(smtp, caseworker, participant)


def assert_message_tells_nothing(smtp: Mailbox, caseworker: PersonRow, participant: ParticipantRow) -> None:
    (message,) = smtp.messages
    assert smtp.recipients == [[caseworker.email]]
    assert message["To"] == caseworker.email
    assert message["Bcc"] is None
    everything = message.as_string() + message.get_content()
    assert participant.case_number in everything
    for word in (*participant.name.split(), "MERKE", "evil.example", "likemann"):
        assert len(word) < 4 or word.casefold() not in message.get_content().casefold()


def text_of(reader: PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages)


def active_parts(reader: PdfReader) -> set[str]:
    """Keys anywhere in the file that make a PDF do something."""
    found = set()
    for number in range(1, len(reader.xref.get(0, {})) + len(reader.xref_objStm) + 1):
        thing = reader.get_object(number)
        if isinstance(thing, DictionaryObject):
            found |= ACTIVE & set(thing)
    return found


def somebody(rt: Runtime, role: str) -> PersonRow:
    with rt.database.writing() as session:
        seed_people(session)
    with rt.database.reading() as session:
        found = session.scalars(select(PersonRow).where(PersonRow.role == role).order_by(PersonRow.name)).first()
    assert found is not None
    return found
