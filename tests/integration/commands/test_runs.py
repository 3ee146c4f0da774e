"""forms-service runs: what it prints, what it does, and what it refuses in words."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from forms_service.storage.outbox import MessageRow
from tests.integration.commands.conftest import House

WHY = ("--reason", "Feil sak")
PERSONAL = ("Liv Strand", "Feil sak", "liv@example.org", "Nora", "Solveig", "99999999")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out = capsys.readouterr()
    assert not any(word in out.out for word in PERSONAL)
    return out.out


def test_runs_are_listed_with_case_and_place(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.call("runs", "list") == 0
    heads, line = said(capsys).splitlines()
    assert heads.split() == ["run", "workflow", "status", "case", "started", "stands", "at"]
    assert line.split()[:4] == [house.run_id[:8], "death", "active", "2026-0001"]
    assert "Registrer dødsfallet" in line


@pytest.mark.parametrize("words", [("--status", "ended"), ("--workflow", "closure"), ("--stopped",), ("zzzz",)])
def test_a_list_of_nothing_says_so(house: House, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert house.call("runs", "list", *words) == 0
    assert said(capsys) == "There are no such runs.\n"


def test_a_list_and_a_run_come_as_json(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.call("runs", "list", "--json")
    assert [run["id"] for run in json.loads(said(capsys))] == [house.run_id]
    house.call("runs", "show", house.run_id, "--json")
    shown = json.loads(said(capsys))
    assert shown["run"]["workflow"] == "death"
    assert shown["steps"][0]["can"] == ["due", "hand_over", "skip"]
    assert [event["kind"] for event in shown["events"]] == ["run_started", "waiting"]


def test_a_run_is_shown_by_the_beginning_of_its_id(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.call("runs", "pause", house.run_id[:6], *WHY)
    house.call("runs", "show", house.run_id[:6])
    shown = said(capsys)
    assert f"death, version 1 of 1: {house.run_id}" in shown
    assert "run_paused" in shown
    assert "recorded" in shown


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("runs", "show", "abc"), '"abc" is too short: give at least 4 characters of the run\'s id.'),
        (("runs", "show", "zzzz"), 'There is no run "zzzz".'),
        (("runs", "skip", "zzzz", *WHY), 'There is no step "zzzz".'),
        (("runs", "settle", "zzzz", "sent"), 'There is no message "zzzz".'),
        (("migrate-runs", "nothing"), 'There is no workflow "nothing".'),
    ],
)
def test_what_is_not_there_is_said(
    house: House, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], refusal: str
) -> None:
    assert house.call(*words) == 1
    assert capsys.readouterr().err == refusal + "\n"


def test_a_run_is_paused_resumed_and_stopped(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    for deed, status in (("pause", "paused"), ("resume", "active"), ("cancel", "cancelled")):
        assert house.call("runs", deed, house.run_id, *WHY) == 0
        assert house.run().status == status
    assert house.call("runs", "cancel", house.run_id, *WHY) == 1
    assert capsys.readouterr().err == "Somebody has done this already, or it is over.\n"


def test_what_is_done_is_written_down_as_done_from_the_command_line(house: House) -> None:
    house.call("runs", "pause", house.run_id, *WHY)
    event = house.last_event()
    assert (event.kind, event.person_id) == ("run_paused", None)
    assert event.detail == {"reason": "Feil sak", "via": "command line"}


@pytest.mark.parametrize("deed", ["pause", "resume", "cancel", "skip"])
def test_nobody_acts_without_a_reason(house: House, deed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        house.call("runs", deed, house.run_id)
    assert ended.value.code == 2
    assert "--reason" in capsys.readouterr().err


def test_a_step_that_stopped_is_tried_again_by_its_own_id_or_by_its_run(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ((house.step().id,), ("--run", house.run_id)):
        house.change(status="incident")
        capsys.readouterr()
        assert house.call("runs", "retry", *words) == 0
        assert said(capsys) == "1 of 1 steps will be tried again.\n"
        assert house.step().status == "ready"
    assert house.call("runs", "retry", house.step().id) == 0
    assert said(capsys) == "0 of 1 steps will be tried again.\n"


def test_a_date_is_changed_where_the_service_is(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.call("runs", "due", house.step().id, "2026-07-01T09:00", *WHY) == 0
    assert house.step().late_at == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert house.call("runs", "due", house.step().id, "soon", *WHY) == 1
    assert "write 2026-05-01 or 2026-05-01T09:00" in capsys.readouterr().err


def test_a_task_is_handed_over_and_skipped(house: House) -> None:
    assert house.call("runs", "hand-over", house.step().id, "--role", "caseworker", "--person", "nora", *WHY) == 0
    assert (house.step().role, house.step().person_id) == ("caseworker", "nora")
    assert house.call("runs", "skip", house.step().id, *WHY) == 0
    assert house.step().status == "skipped"


@pytest.mark.parametrize(
    ("status", "decision", "then"),
    [("unknown", "sent", "sent"), ("unknown", "again", "created"), ("failed", "again", "created")],
)
def test_a_message_is_settled(house: House, status: str, decision: str, then: str) -> None:
    text = {"subject": "s", "body": "b", "address": "a@example.org", "role": "peer", "message": "x", "key": "send"}
    now = house.rt.clock.now()
    with house.rt.database.writing() as session:
        row = MessageRow(step_id=house.step().id, run_id=house.run_id, message_id="<m@x>", status=status, **text)
        row.due_at = row.created_at = now
        session.add(row)
        session.flush()
        message = row.id
    assert house.call("runs", "settle", message, decision) == 0
    with house.rt.database.reading() as session:
        assert session.get_one(MessageRow, message).status == then
