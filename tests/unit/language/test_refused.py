"""Workflows that would run, and do what nobody means: two runs in one, a task for nobody, an answer that leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.language.check import problems_of
from forms_service.language.checking.items import ITSELF_A_LIST
from forms_service.language.files import Files, read_files
from forms_service.wiring import words_of
from tests.integration.engine.loan import LIBRARY
from tests.unit.language.small import CHILD, FOLDER, lines
from tests.unit.language.test_lanes_and_items import EACH, other, said, when

AGAIN = '"new" starts itself again at once, and so for ever: new → new. Ask somebody or wait for some time before '
SAME_RUN = 'would share one run of "child". Leave out "at_once".'
INPUTS = Path(__file__).parents[2] / "inputs"
ASK = "- {id: q, ask: owner, form: look"


def of_internal(*steps: str) -> dict[str, str]:
    """A workflow whose steps come after an answer about spare parts that must not leave."""
    field = "      - {name: parts, label: P, type: choices, internal: true, choices: {chain: Chain, bell: Bell}}\n"
    asked = "{id: zone, ask: mechanic, form: look}"
    files = {**FOLDER, "forms/look.yaml": FOLDER["forms/look.yaml"] + field}
    return {**files, "new.yaml": other("new", asked, *steps)}


def test_no_step_is_called_like_the_clock_of_a_series() -> None:
    assert said(ASK.replace("id: q", "id: repeat") + "}\n") == [
        '4:10: "repeat" has a meaning of its own and cannot be a step.'
    ]
    assert said("- {end: over, id: repeat}\n") == ['4:21: "repeat" has a meaning of its own and cannot be a step.']


@pytest.mark.parametrize(
    "first",
    [
        ASK + ", failed: [{id: r, run: new}]}\n",
        ASK + ", failed: continue}\n- {id: r, run: new}\n",
        "- {id: q, wait: 1 day, failed: [{id: r, run: new}]}\n",
        "- {id: q, wait: {until: today - 1 day}}\n- {id: r, run: new}\n",
        "- {id: c, run: passed, waits: true}\n- {id: r, run: new}\n",
    ],
    ids=["an ask that fails", "an ask passed over", "a wait that fails", "a date that has passed", "another's date"],
)
def test_a_run_that_starts_itself_before_anybody_has_answered_is_told(first: str) -> None:
    found = said(first, passed=other("passed", "{id: w, wait: {until: today}}"))
    assert len(found) == 1
    assert AGAIN in found[0]


def test_a_run_may_start_itself_again_after_some_time_or_an_answer() -> None:
    assert said("- {id: q, wait: 1 minute}\n- {id: r, run: new}\n") == []
    assert said(ASK + ", failed: [{end: nobody}]}\n- {id: r, run: new}\n") == []


@pytest.mark.parametrize(
    "inner",
    [
        "{id: q, ask: owner, form: order}",
        "{id: d, do: give_back, failed: [{id: q, ask: owner, form: order}]}",
        "{id: deep, each: job.parts, as: other, steps: [{id: q, ask: owner, form: order}]}",
    ],
)
def test_nobody_is_asked_about_the_items_of_an_internal_answer(inner: str) -> None:
    words = '"zone.parts" is internal and never leaves: the title of the task "q" would name the item.'
    assert lines(of_internal(f"{{id: e, each: zone.parts, steps: [{inner}]}}")) == [f"new.yaml:5:19: {words}"]


def test_an_internal_item_stays_internal_whatever_list_it_is_put_into() -> None:
    over = """'[lower(first(zone.parts)), "x"]'"""
    assert lines(of_internal(f"{{id: e, each: {over}, steps: [{{id: q, ask: owner, form: order}}]}}")) == [
        'new.yaml:5:20: "zone.parts" is internal and never leaves: the title of the task "q" would name the item.'
    ]
    plain = {
        "documents/plain/document.yaml": "document: plain\ntitle: P\nopen_to: [owner]\nuses: [item]\n",
        "documents/plain/document.html": "{{ item }}",
    }
    files = of_internal(f"{{id: e, each: {over}, steps: [{{id: p, make: plain}}]}}")
    assert lines({**files, **plain}) == [
        'documents/plain/document.yaml:4:8: "item" is internal and never leaves: a document cannot use it.'
    ]


def test_the_service_may_go_through_an_internal_answer_by_itself() -> None:
    assert lines(of_internal("{id: e, each: zone.parts, steps: [{id: d, do: give_back}]}")) == []


def test_an_item_is_no_list() -> None:
    over_lists = "- {id: again, each: one.tools, as: tools, steps: [{id: w, wait: 1 day}]}\n"
    words = f"{ITSELF_A_LIST} Take one of the lists, as with first(…)."
    assert said(EACH + over_lists) == [f"10:23: {words}"]
    assert said(EACH + over_lists.replace("one.tools", "first(one.tools)")) == []


def test_one_word_about_lists_in_a_list_is_enough() -> None:
    over_lists = "- {id: again, each: one.tools, as: tools, steps: [" + when("length(tools) > 3") + "]}\n"
    assert len(said(EACH + over_lists)) == 1


def test_nobody_stands_in_for_somebody_who_is_sent_a_link() -> None:
    words = "The link of an invitation goes to somebody without an account, and nobody stands in for one of those."
    assert said(ASK + ", invite: ready, substitute: mechanic}\n") == [
        f'4:64: {words} Leave out "substitute" or "invite".'
    ]


def test_an_item_is_not_called_like_a_label() -> None:
    advice = 'and cannot be an item. Say "as:" and another name.'
    assert said(EACH.replace("as: tool", "as: tool_label")) == [
        f'7:9: "tool_label" ends in "_label", as the words of what is chosen do, {advice}'
    ]
    assert said(EACH + "- {id: tool_label, wait: 1 day}\n") == [
        f'7:9: "tool" has a step "tool_label" where its label stands {advice}'
    ]


@pytest.mark.parametrize("waits", [", waits: true", ""])
def test_items_at_the_same_time_start_no_other_workflow(waits: str) -> None:
    steps = EACH.replace("as: tool", "at_once: true") + f"    - {{id: c, run: child{waits}}}\n"
    assert said(steps, child=CHILD) == [f"10:22: All items come at the same time, and {SAME_RUN}"]
    assert said(steps.replace("at_once: true", "at_once: false"), child=CHILD) == []


def test_items_inside_items_at_the_same_time_start_no_other_workflow() -> None:
    inner = "    - {id: in_it, each: job.parts, at_once: DEEP, as: other, steps: [{id: c, run: child}]}\n"
    for outer, deep in (("true", "false"), ("false", "true"), ("true", "true")):
        steps = EACH.replace("as: tool", f"at_once: {outer}") + inner.replace("DEEP", deep)
        assert [line.partition(": ")[2] for line in said(steps, child=CHILD)] == [
            f"All items come at the same time, and {SAME_RUN}"
        ]


def test_a_pause_asks_about_facts_only_of_a_subject() -> None:
    step = "- {id: w, wait: 1 day}\n"
    words = 'is a fact of a subject; say in "about" what kind of subject this workflow has.'
    assert said(step, "pause: {while: job.hours > 3}\n") == [f'3:16: "job.hours" {words}']
    assert said(step, "about: job\npause: {while: job.hours > 3}\n") == []
    assert said(step, 'pause: {while: today < date("2027-01-15")}\n') == []


def test_titles_are_shown_as_they_are_written() -> None:
    words = (
        "This text is shown as it is written, braces and all. "
        "In a form facts can stand in label, help and intro, in sections and in the labels of choices."
    )
    text = other("new", "{id: w, wait: 1 day, title: 'Job {{ job.hours }}'}", "{end: over, title: '{% x %}'}")
    found = lines({**FOLDER, "new.yaml": text.replace("title: T\n", "title: The {{ job }}\n")})
    assert found == [f"new.yaml:{place}: {words}" for place in ("2:8", "4:33", "5:24")]


@pytest.mark.parametrize(
    ("due", "reminder", "comes_after"),
    [
        ("1 week", "8 days", True),
        ("1 week", "1 week", False),
        ("1 week", "7 days", False),
        ("1 day", "1 year", True),
        ("1 month", "4 weeks", False),
        ("1 month", "33 days", True),
        ("4 weeks", "1 month", False),
        ("5 working days", "1 week", False),
        ("5 working days", "6 working days", True),
        ("1 working day", "10 days", True),
        ("1 week", "8 working days", True),
        ("1 day", "25 hours", False),
        ("1 day", "26 hours", True),
        ("2 hours", "1 working day", True),
    ],
)
def test_a_reminder_that_surely_comes_after_due_is_told(due: str, reminder: str, comes_after: bool) -> None:
    found = said(f"{ASK}, due: {due}, remind: [{reminder}]}}\n")
    words = f'4:{53 + len(due)}: This reminder comes after "due" ({due}), when the task is late.'
    assert found == ([words] if comes_after else [])


def test_a_reminder_without_due_comes_whenever_it_is_wanted() -> None:
    assert said(ASK + ", remind: [1 day, 1 year]}\n") == []


@pytest.mark.parametrize("other_words", ["1 week", "7 days"])
def test_two_reminders_at_the_same_time_are_told(other_words: str) -> None:
    assert said(f"{ASK}, due: 1 year, remind: [1 week, 2 weeks, {other_words}]}}\n") == [
        "4:76: There is a reminder at this time already."
    ]


def test_a_late_task_is_given_to_somebody_else() -> None:
    assert said(ASK + ", due: 1 week, late: {give: owner}}\n") == [
        "4:63: The task is this role's already when it is late."
    ]
    assert said(ASK + ", substitute: mechanic, due: 1 week, late: {give: mechanic}}\n") == []


def test_a_workflow_that_cannot_be_read_further_is_told_once() -> None:
    """Nothing of the above is said twice of one mistake."""
    assert len(said(ASK + ", due: soon, remind: [1 week]}\n")) == 1
    assert len(said("- {id: w, wait: {until: todya}}\n- {id: r, run: new}\n")) == 2


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in INPUTS.glob("*/workflows")))
def test_the_folders_that_other_tests_use_are_well(folder: str) -> None:
    files = files_in(folder) if folder != "town" else {**files_in("loan"), **files_in("town")}
    words = words_of(files) if "service.yaml" in files else LIBRARY
    assert [str(problem) for problem in problems_of(files, words)] == []


def files_in(folder: str) -> Files:
    return read_files(INPUTS / folder / "workflows", INPUTS / folder / "pdf_templates")
