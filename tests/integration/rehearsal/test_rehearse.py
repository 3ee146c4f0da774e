"""Workflows walked through virtual time: the same list every time, and nothing but a list."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms_service.cli import main
from forms_service.clock import FrozenClock
from forms_service.language.duration import parse_duration
from forms_service.language.files import Files, read_files
from forms_service.language.problems import InvalidDefinitions
from forms_service.rehearsal.happening import Happening, What
from forms_service.rehearsal.play import play_of
from forms_service.rehearsal.rehearse import rehearse
from forms_service.wiring import domain_of

ROOT = Path(__file__).parents[3]
INPUTS = ROOT / "tests" / "inputs"
REHEARSALS = INPUTS / "rehearsals"
OSLO = ZoneInfo("Europe/Oslo")
GOLDEN = {
    "six_month_evaluation": (ROOT, "2026-08-31", "3y"),
    "monthly_report": (ROOT, "2026-08-31", "8m"),
    "loan": (INPUTS / "lending", "2026-02-20", "4m"),
    "equipment": (INPUTS / "approval", "2026-03-31", "4m"),
    "inspection": (INPUTS / "inspection", "2026-08-31", "5y"),
}


def files_in(folder: Path) -> Files:
    return read_files(folder / "workflows", folder / "pdf_templates")


def walk(
    folder: Path, workflow: str, answers: str = "", since: str = "2026-08-31", length: str = "1 year", most: int = 1000
) -> tuple[Happening, ...]:
    """A rehearsal with the answers as they stand in a file, beginning at nine."""
    files, day = files_in(folder), date.fromisoformat(since)
    told = (answers, "answers.yaml") if answers else None
    play = play_of(files, workflow, told, day, domain_of(files, OSLO))
    return rehearse(play, FrozenClock(datetime.combine(day, time(9), OSLO)), parse_duration(length), most)


def kinds(happenings: tuple[Happening, ...]) -> list[str]:
    return [happening.what.value for happening in happenings]


@pytest.mark.parametrize("workflow", GOLDEN)
def test_a_rehearsal_tells_the_same_every_time(workflow: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder, since, length = GOLDEN[workflow]
    file, told = folder / "workflows" / f"{workflow}.yaml", REHEARSALS / f"{workflow}.yaml"
    assert main(["simulate", str(file), "--answers", str(told), "--from", since, "--for", length]) == 0
    assert capsys.readouterr().out == (REHEARSALS / f"{workflow}.txt").read_text(encoding="utf-8")


def test_rounds_keep_their_day_of_the_month_and_their_midnight_over_changes_of_the_clock() -> None:
    rounds = [each.at for each in walk(ROOT, "six_month_evaluation", length="3 years") if each.what is What.ROUND]
    assert [f"{at:%Y-%m-%d %H:%M %z}" for at in rounds] == [
        "2027-02-28 00:00 +0100",
        "2027-08-31 00:00 +0200",
        "2028-02-29 00:00 +0100",
        "2028-08-31 00:00 +0200",
        "2029-02-28 00:00 +0100",
        "2029-08-31 00:00 +0200",
    ]


@pytest.mark.parametrize("workflow", sorted(file for file in files_in(ROOT) if "/" not in file))
def test_every_shipped_workflow_can_be_rehearsed_without_any_answers(workflow: str) -> None:
    happenings = walk(ROOT, workflow.removesuffix(".yaml"))
    assert happenings
    assert not {What.INCIDENT, What.WITHHELD, What.STOPPED} & {each.what for each in happenings}


def test_what_is_never_answered_shows_reminders_and_what_happens_when_it_is_late() -> None:
    happenings = walk(INPUTS / "lending", "loan", "answers: {back: never}")
    assert kinds(happenings)[-5:] == ["task", "reminder", "late", "message", "reminder"]
    assert What.END not in {each.what for each in happenings}


def test_a_step_can_be_told_of_in_one_workflow_alone() -> None:
    answers = "answers:\n  inspection.look: {answers: {safe: 'no'}}\n  mend: never\n"
    happenings = walk(INPUTS / "inspection", "inspection", answers, length="2 years")
    assert [each.workflow for each in happenings if each.what is What.TASK] == ["inspection", "repair"]


def test_a_rehearsal_stops_when_too_much_has_happened() -> None:
    happenings = walk(ROOT, "six_month_evaluation", length="50 years", most=40)
    assert len(happenings) == 41
    assert happenings[-1].what is What.STOPPED
    assert happenings[-1].line().endswith("stopped    six_month_evaluation: after 40 happenings")


def test_what_is_not_released_is_held_and_settled_once() -> None:
    happenings = walk(ROOT, "six_month_evaluation", "withheld: [evaluation]", length="8 months")
    assert [each.step for each in happenings if each.what in {What.TASK, What.ANSWER}][-2:] == ["shared/held"] * 2
    assert What.DELIVERED not in {each.what for each in happenings}


def test_a_missing_answer_becomes_an_incident_that_names_it(tmp_path: Path) -> None:
    files = dict(files_in(INPUTS / "lending"))
    files["forms/extension.yaml"] = files["forms/extension.yaml"].replace(", required: Svar ja eller nei", "")
    play = play_of(files, "loan", None, date(2026, 8, 31), domain_of(files, OSLO))
    happenings = rehearse(play, FrozenClock(datetime(2026, 8, 31, 9, tzinfo=OSLO)), parse_duration("1 year"))
    assert happenings[-1].what is What.INCIDENT
    assert "wish.extend" in happenings[-1].text


def test_all_problems_of_an_answers_file_are_told_at_once() -> None:
    answers = """\
start: {bok: Sult}
answers:
  wihs: never
  back: sometimes
  wish: {afters: 3 days, answers: {extend: "yes", length: 2}}
facts: {loan.lended: 2026-01-01, loan.lent: yesterday}
moves: {lend: {loan.lent: today}}
withheld: [history]
away: [borower]
also:
  - {on: 31.8.2026, start: laon}
"""
    with pytest.raises(InvalidDefinitions) as refused:
        walk(INPUTS / "lending", "loan", answers)
    assert [str(problem) for problem in refused.value.problems] == [
        'answers.yaml:1:9: There is no field of "loan" "bok". Did you mean "book"?',
        'answers.yaml:3:3: There is no step that asks "wihs". Did you mean "wish"?',
        'answers.yaml:4:9: An answer is "never", or has "after" and "answers".',
        'answers.yaml:5:10: There is no key "afters". Did you mean "after"?',
        'answers.yaml:5:51: There is no field of "extension" "length".',
        'answers.yaml:6:9: There is no fact "loan.lended". Did you mean "loan.extended"?',
        'answers.yaml:6:45: "yesterday" is no date.',
        "answers.yaml:7:8: The moves of this service really happen; nothing can be told of them.",
        'answers.yaml:8:12: There is no release "history".',
        'answers.yaml:9:8: There is no role "borower". Did you mean "borrower"?',
        'answers.yaml:11:10: "31.8.2026" is no date such as 2026-08-31.',
        'answers.yaml:11:28: There is no workflow "laon". Did you mean "loan"?',
    ]


def test_moves_of_the_shipped_service_change_what_they_are_told_to_change() -> None:
    answers = """\
moves:
  close_match: {match.closed: closed_on, match.closure_reason: reason}
  open_match: {match.started: agreed, match.closd: today, match.closed: 1}
  clse_match: {}
"""
    with pytest.raises(InvalidDefinitions) as refused:
        walk(ROOT, "closure", answers)
    assert [str(problem) for problem in refused.value.problems] == [
        'answers.yaml:3:39: There is no fact "match.closd". Did you mean "match.closed"?',
        'answers.yaml:3:73: "match.closed" is a date; this is a number.',
        'answers.yaml:4:3: There is no move "clse_match". Did you mean "close_match"?',
    ]


def test_an_answer_that_the_form_refuses_is_told_where_it_stands() -> None:
    with pytest.raises(InvalidDefinitions) as refused:
        walk(INPUTS / "lending", "loan", "answers:\n  wish:\n    answers: {extend: perhaps}\n")
    assert [str(problem.place) for problem in refused.value.problems] == ["answers.yaml:3:23"]


def test_the_list_can_be_had_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    file = INPUTS / "lending" / "workflows" / "loan.yaml"
    assert main(["simulate", str(file), "--from", "2026-01-15", "--for", "2 weeks", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told[0] == {"at": "2026-01-15T09:00:00+01:00", "what": "start", "workflow": "loan"}
    assert {each["what"] for each in told} == {"start", "move", "document", "message"}


def test_a_rehearsal_writes_nothing_and_needs_no_instance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = INPUTS / "lending" / "workflows" / "loan.yaml"
    assert main(["simulate", str(file), "--instance", str(tmp_path / "instance"), "--for", "1w"]) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.yaml"], "There is no file nowhere.yaml"),
        ([str(INPUTS / "lending/workflows/service.yaml")], 'There is no workflow "service".'),
        ([str(INPUTS / "lending/workflows/loan.yaml"), "--from", "tomorrow"], '"tomorrow" is no date such as'),
        ([str(INPUTS / "lending/workflows/loan.yaml"), "--for", "ever"], "Write a duration as a number and a unit"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", *arguments]) == 1
    assert words in capsys.readouterr().err


def test_two_rehearsals_know_nothing_of_each_other() -> None:
    first, second = (walk(INPUTS / "lending", "loan") for _ in range(2))
    assert first == second
    assert replace(first[0], at=second[0].at) == second[0]
