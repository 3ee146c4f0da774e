"""Keeping a draft on both databases: of two who write at once one wins, and the other's words are kept beside."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from forms_service.engine.drafts.discard import discard, discard_old
from forms_service.engine.drafts.draft import Owner, Place
from forms_service.engine.drafts.find import find, find_all
from forms_service.engine.drafts.save import Kept, Outcome, Writing, exchange, save
from forms_service.engine.service import NO_SUBJECT
from forms_service.engine.submit import start_with_form
from forms_service.errors import NotFound
from forms_service.storage.drafts import DraftRow
from forms_service.storage.runs import DefinitionRow, RunRow
from tests.integration.engine.conftest import START, Desk
from tests.integration.engine.loan import READER

TOGETHER = 6


@pytest.fixture
def place(desk: Desk) -> Place:
    with desk.rt.database.reading() as session:
        edition = desk.rt.library.newest(session, "loan")
    return Place(Owner(READER.person_id), "start:loan:", "loan", "loan", edition.id, NO_SUBJECT)


def write(desk: Desk, place: Place, words: str, mark: str = "", **more: object) -> Kept:
    writing = Writing(place, (("book", words),), "n1", mark)
    with desk.rt.database.writing() as session:
        return save(desk.rt, session, replace(writing, **more))  # type: ignore[arg-type]


def kept(desk: Desk, place: Place) -> str:
    with desk.rt.database.reading() as session:
        draft = find(desk.rt, session, place.owner, place.key)
    return draft.typed[0][1] if draft else ""


def borrow_on(desk: Desk, place: Place, definition_id: str) -> None:
    place = replace(place, definition_id=definition_id)
    start_with_form(desk.rt, "loan", "n1", {"book": "Sult"}, NO_SUBJECT, READER, place)


def at_once(desk: Desk, place: Place, mark: str) -> list[Outcome]:
    outcomes: list[Outcome] = []
    ready = threading.Barrier(TOGETHER)

    def go(number: int) -> None:
        ready.wait()
        outcomes.append(write(desk, place, f"words {number}", mark).outcome)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_those_who_begin_at_once_one_wins_and_the_others_are_told(desk: Desk, place: Place) -> None:
    outcomes = at_once(desk, place, "")
    assert sorted(outcomes) == [Outcome.CONFLICT] * (TOGETHER - 1) + [Outcome.SAVED]


def test_of_those_who_go_on_from_the_same_writing_one_wins_and_the_last_other_is_kept(desk: Desk, place: Place) -> None:
    first = write(desk, place, "first").draft
    assert first is not None
    outcomes = at_once(desk, place, first.mark)
    assert sorted(outcomes) == [Outcome.CONFLICT] * (TOGETHER - 1) + [Outcome.SAVED]
    with desk.rt.database.reading() as session:
        row = session.get_one(DraftRow, first.id)
    assert row.revision == 2
    assert row.beside not in (None, row.typed)


def test_the_same_words_once_more_are_no_conflict(desk: Desk, place: Place) -> None:
    write(desk, place, "same")
    again = write(desk, place, "same")
    assert (again.outcome, again.draft and again.draft.mark.endswith(".1")) == (Outcome.SAVED, True)


def test_each_owner_has_a_draft_of_her_own(desk: Desk, place: Place) -> None:
    other = replace(place, owner=Owner(link_id="a-link"))
    write(desk, place, "hers")
    write(desk, other, "the guest's")
    assert (kept(desk, place), kept(desk, other)) == ("hers", "the guest's")


def test_on_purpose_means_over_whatever_is_there(desk: Desk, place: Place) -> None:
    write(desk, place, "first")
    assert write(desk, place, "second", on_purpose=True).outcome == Outcome.SAVED
    assert kept(desk, place) == "second"
    with desk.rt.database.writing() as session:
        mark = write_mark(desk, place)
        exchange(desk.rt, session, Writing(place, (("book", "second, longer"),), "n1", mark))
    assert kept(desk, place) == "first"


def write_mark(desk: Desk, place: Place) -> str:
    with desk.rt.database.reading() as session:
        draft = find(desk.rt, session, place.owner, place.key)
    assert draft is not None
    return draft.mark


def test_nothing_is_kept_of_a_form_that_was_sent(desk: Desk, place: Place) -> None:
    desk.borrow("n1")
    assert write(desk, place, "late").outcome == Outcome.SENT
    with desk.rt.database.reading() as session:
        assert find_all(desk.rt, session, place.owner) == []


def test_a_draft_whose_form_was_sent_is_done_with_also_before_it_is_deleted(desk: Desk, place: Place) -> None:
    write(desk, place, "kept")
    desk.borrow("n1")
    assert kept(desk, place) == ""
    assert write(desk, place, "the next one", nonce="n2").outcome == Outcome.SAVED
    assert kept(desk, place) == "the next one"


def test_old_drafts_go_and_young_ones_stay(desk: Desk, place: Place) -> None:
    write(desk, place, "old")
    desk.clock.move(timedelta(days=desk.rt.settings.draft_days, seconds=1))
    young = replace(place, key="start:loan:other")
    write(desk, young, "young")
    assert kept(desk, place) == ""
    assert discard_old(desk.rt) is True
    assert discard_old(desk.rt) is False
    assert kept(desk, young) == "young"


def test_a_deleted_draft_is_gone_and_what_is_typed_next_begins_another(desk: Desk, place: Place) -> None:
    first = write(desk, place, "first").draft
    assert first is not None
    with desk.rt.database.writing() as session:
        discard(session, place.owner, place.key)
    again = write(desk, place, "again", first.mark).draft
    assert again is not None
    assert again.id != first.id


def test_a_run_starts_on_the_version_that_it_is_given(desk: Desk, place: Place) -> None:
    with desk.rt.database.writing() as session:
        newest = session.get_one(DefinitionRow, place.definition_id)
        session.add(DefinitionRow(workflow="loan", version=0, sha256="older", files=newest.files, published_at=START))
    with desk.rt.database.reading() as session:
        older = next(row for row in session.query(DefinitionRow) if row.version == 0)
    borrow_on(desk, place, older.id)
    with desk.rt.database.reading() as session:
        assert session.query(RunRow).one().definition_id == older.id


@pytest.mark.parametrize("of_workflow", ["buy", ""])
def test_a_version_of_another_workflow_or_of_none_starts_nothing(desk: Desk, place: Place, of_workflow: str) -> None:
    with desk.rt.database.reading() as session:
        wrong = desk.rt.library.newest(session, of_workflow).id if of_workflow else "nobody's"
    with pytest.raises(NotFound):
        borrow_on(desk, place, wrong)
