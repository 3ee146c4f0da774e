"""Lanes, items, failed ways and other workflows: what is known where, and what nobody comes to."""

from __future__ import annotations

from textwrap import indent

import pytest

from forms_service.language.checking.runs import STOPS
from forms_service.language.definitions import Each, Make, RunWorkflow, Together
from forms_service.language.duration import Duration, Unit
from forms_service.language.load import files_of, load
from tests.unit.language.small import CHILD, FOLDER, WORKSHOP, lines

TWO = """\
- id: both
  together:
    - [{id: left, ask: mechanic, form: look}]
    - [{id: right, ask: owner, form: look}]
"""
EACH = """\
- {id: first, ask: mechanic, form: look}
- id: all
  each: first.tools
  as: tool
  steps:
    - {id: one, ask: mechanic, form: look}
"""


def when(condition: str, step: str = "w") -> str:
    """A step that ends the run when a condition holds."""
    return f"{{id: {step}, choose: [{{when: {condition}, steps: [{{end: x}}]}}, {{otherwise: continue}}]}}"


def day(written: str) -> str:
    return "{until: " + written + "}"


def said(steps: str, head: str = "", **others: str) -> list[str]:
    """What is wrong with a workflow of these steps, beginning at line 3 after the head; others are whole workflows."""
    files = {**FOLDER, **{f"{name}.yaml": text for name, text in others.items()}}
    text = f"workflow: new\ntitle: New\n{head}steps:\n{indent(steps, '  ')}"
    return [line.removeprefix("new.yaml:") for line in lines({**files, "new.yaml": text})]


def test_lanes_are_read_and_their_answers_known_afterwards() -> None:
    assert said(TWO + "- {id: on, wait: {until: left.ready_on}}\n- {id: too, wait: {until: right.ready_on}}\n") == []


def test_lanes_do_not_see_each_other() -> None:
    steps = TWO.replace("[{id: right,", "[{id: then, wait: {until: left.ready_on}}, {id: right,")
    assert said(steps) == ['7:35: "left.ready_on" is not known yet at this step.']


def test_one_lane_is_no_togetherness() -> None:
    steps = "- id: both\n  together:\n    - [{id: left, ask: mechanic, form: look}]\n"
    assert said(steps) == ['6:7: "together" takes at least two lanes, each a list of steps.']


@pytest.mark.parametrize(("lane", "words"), [("- []", "is empty"), ("- {id: right, make: slip}", "takes a list")])
def test_a_lane_is_a_list_of_steps(lane: str, words: str) -> None:
    steps = f"- id: both\n  together:\n    - [{{id: a, wait: 1 day}}]\n    - [{{id: b, wait: 1 day}}]\n    {lane}\n"
    assert said(steps) == [f'8:9: "together" {words}.']


def test_nothing_is_reached_after_a_lane_that_always_ends() -> None:
    steps = TWO.replace("form: look}]\n    - [{id: right", "form: look}, {end: no}]\n    - [{id: right", 1)
    assert said(steps + "- {id: on, wait: 1 day}\n") == ["8:5: No run comes to this step: it has ended before."]


def test_an_id_is_used_once_in_all_lanes() -> None:
    assert said(TWO.replace("id: right", "id: left")) == ['7:15: There is a step "left" already, in line 6.']


def test_answers_are_one_inside_an_each_and_a_list_after_it() -> None:
    inside = f"    - {{id: then, wait: {day('one.ready_on')}}}\n    - {when('tool = pump')}\n".replace("pump", '"pump"')
    after = "- {id: on, wait: {until: first(one.ready_on)}}\n"
    assert said(EACH + inside + after) == []


def test_an_answer_of_an_each_is_no_single_answer_after_it() -> None:
    steps = EACH + "- {id: on, wait: {until: one.ready_on}}\n"
    assert said(steps) == ["10:28: A run can only wait until a date; this is a list."]


def test_the_list_of_an_each_is_known_though_its_step_stands_in_a_branch() -> None:
    steps = """\
- {id: first, ask: mechanic, form: look}
- id: all
  each: first.tools
  steps:
    - id: way
      choose:
        - {when: item = "pump", steps: [{id: one, ask: mechanic, form: look}]}
        - otherwise: continue
- id: after
  choose:
    - {when: '"mend" in one.verdict', steps: [{end: yes}]}
    - otherwise: continue
"""
    assert said(steps) == []
    assert said(steps.replace('"mend" in', '"mendd" in')) == [
        '14:17: "mendd" is not among the choices. Did you mean "mend"?'
    ]


def test_an_item_has_the_choices_of_its_list() -> None:
    inside = f"    - {when('tool = PUMP')}\n".replace("PUMP", '"pumpe"')
    assert said(EACH + inside) == ['10:40: "pumpe" is not among the choices. Did you mean "pump"?']


def test_an_item_is_known_only_among_its_steps() -> None:
    after = f"- {when('tool is empty')}\n"
    assert said(EACH + after) == ['10:29: There is no "tool" here. Did you mean "one.tools"?']


def test_items_can_be_the_answers_of_another_each() -> None:
    again = "- {id: again, each: one.hours, as: hours, steps: [WHEN]}\n"
    assert said(EACH + again.replace("WHEN", when("hours > 3"))) == []
    assert said(EACH + again.replace("WHEN", when("length(hours) > 3"))) == [
        "10:84: Expected a text, this is a number."
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("today", "has a meaning of its own"),
        ("first", "is a step"),
        ("one", "is a step"),
    ],
)
def test_an_item_has_a_name_of_its_own(name: str, words: str) -> None:
    steps = EACH.replace("as: tool", f"as: {name}")
    assert said(steps) == [f'7:9: "{name}" {words} and cannot be an item. Say "as:" and another name.']


def test_an_item_inside_another_has_another_name() -> None:
    inside = "    - {id: in, each: first.tools, as: tool, steps: [{id: x, wait: 1 day}]}\n".replace(
        "id: in,", "id: inner,"
    )
    assert said(EACH + inside) == [
        '10:44: "tool" is the item around this one and cannot be an item. Say "as:" and another name.'
    ]


def test_each_goes_through_a_list() -> None:
    steps = EACH.replace("each: first.tools", "each: first.verdict")
    assert said(steps) == ["6:11: What each goes through is a list; this is a text."]


def test_one_mistake_in_the_list_is_told_once() -> None:
    inside = f"    - {when('tool = PUMP')}\n".replace("PUMP", '"pump"')
    assert said(EACH.replace("first.tools", "first.tolls") + inside) == [
        '6:11: There is no "first.tolls" here. Did you mean "first.tools"?'
    ]


def test_a_step_of_an_each_is_many_afterwards() -> None:
    steps = EACH.replace("- {id: one, ask", "- {id: paper, make: plain}\n    - {id: one, ask")
    send = "- {id: sent, send: ready, to: owner, attach: paper}\n- {id: moved, do: take_in, from: one}\n"
    documents = {
        "documents/plain/document.yaml": "document: plain\ntitle: P\nopen_to: [owner]\nuses: [tool]\n",
        "documents/plain/document.html": "{{ tool }}",
    }
    text = f"workflow: new\ntitle: New\nsteps:\n{indent(steps + send, '  ')}"
    assert lines({**FOLDER, **documents, "new.yaml": text}) == [
        'new.yaml:11:48: The step "paper" stands in an "each"; it is not one step here, but many.',
        'new.yaml:12:36: The step "one" stands in an "each"; it is not one step here, but many.',
    ]


def test_a_step_that_may_fail_gives_nothing_for_certain() -> None:
    asked = "- {id: q, ask: owner, form: look, retry: {times: 3, every: 10 minutes}, failed: FAILED}\n"
    after = "- {id: on, wait: {until: q.ready_on}}\n"
    assert said(asked.replace("FAILED", "continue") + after) == ['5:28: "q.ready_on" is not known yet at this step.']
    assert said(asked.replace("FAILED", "[{end: failed}]") + after) == []


def test_what_a_failed_way_asks_is_not_known_after_it() -> None:
    steps = (
        "- {id: paper, wait: 1 day, failed: [{id: q, ask: owner, form: look}]}\n- {id: on, wait: {until: q.ready_on}}\n"
    )
    assert said(steps) == ['5:28: "q.ready_on" is not known yet at this step.']


def test_a_run_ends_for_certain_only_when_its_failed_way_ends_too() -> None:
    choice = (
        "- id: way\n  failed: FAILED\n  choose: [{when: job.hours > 3, steps: [{end: a}]}, {otherwise: [{end: b}]}]\n"
    )
    after = "- {id: on, wait: 1 day}\n"
    assert said(choice.replace("FAILED", "continue") + after) == []
    assert said(choice.replace("FAILED", "[{end: c}]") + after) == [
        "7:5: No run comes to this step: it has ended before."
    ]


def test_the_end_cannot_fail() -> None:
    assert said("- {end: done, failed: continue}\n") == ['4:17: There is no key "failed".']


@pytest.mark.parametrize(
    ("retry", "words"),
    [
        ("{times: 0}", '4:41: "times" is a number from 1 to 20.'),
        ("{times: 21}", '4:41: "times" is a number from 1 to 20.'),
        ("{every: 1 hour}", '4:33: "retry" needs "times".'),
        ("{tims: 3}", '4:34: There is no key "tims". Did you mean "times"?'),
    ],
)
def test_how_often_something_is_tried_is_bounded(retry: str, words: str) -> None:
    assert said(f"- {{id: a, wait: 1 day, retry: {retry}}}\n") == [words]


def test_a_substitute_is_another_role() -> None:
    step = "- {id: q, ask: owner, form: look, substitute: WHO}\n"
    assert said(step.replace("WHO", "mechanic")) == []
    assert said(step.replace("WHO", "mecanic")) == ['4:49: There is no role "mecanic". Did you mean "mechanic"?']
    assert said(step.replace("WHO", "owner")) == ["4:49: The substitute is the role that is asked anyway."]


def test_whoever_waits_for_a_workflow_knows_how_it_ended() -> None:
    steps = f"- {{id: c, run: child, waits: true}}\n- {when('c.outcome = WORD')}\n"
    for word in ('"sold"', '""', '"cancelled"'):
        assert said(steps.replace("WORD", word), child=CHILD) == []
    assert said(steps.replace("WORD", '"soldd"'), child=CHILD) == [
        '5:41: "soldd" is not among the choices. Did you mean "sold"?'
    ]
    assert said(steps.replace(", waits: true", "").replace("WORD", '"sold"'), child=CHILD) == [
        '5:29: There is no "c.outcome" here.'
    ]


def test_nothing_is_said_of_the_outcome_of_a_workflow_that_nobody_can_read() -> None:
    steps = f"- {{id: c, run: child, waits: true}}\n- {when('c.outcome = WORD')}\n".replace("WORD", '"x"')
    assert said(steps, child="workflow: [child") == [
        "child.yaml:2:1: This is not YAML: did not find expected ',' or ']'."
    ]


def test_a_workflow_with_a_start_form_is_not_started_by_another() -> None:
    assert said("- {id: c, run: repair}\n") == [
        (
            '4:18: "repair" starts with a form, which nobody fills in here. '
            "Ask in its first step instead, or start it with a button."
        )
    ]


def test_nobody_waits_for_a_workflow_that_repeats() -> None:
    assert said("- {id: c, run: yearly}\n") == []
    assert said("- {id: c, run: yearly, waits: true}\n") == [
        '4:33: Nobody can wait for "yearly": it repeats, and does not end by itself.'
    ]


def other(name: str, *steps: str) -> str:
    return f"workflow: {name}\ntitle: T\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)


def test_workflows_that_wait_for_each_other_are_told() -> None:
    ask = "{id: q, ask: owner, form: look}"
    a, b = (other(x, ask, f"{{id: r, run: {y}, waits: true}}") for x, y in (("a", "b"), ("b", "new")))
    assert said("- {id: r, run: a, waits: true}\n", a=a, b=b) == [
        'a.yaml:5:18: "a" waits for itself, and so for ever: a → b → new → a. Leave out one of the waits.'
    ]


def test_workflows_that_start_each_other_for_ever_are_told() -> None:
    words = f'"a" starts itself again at once, and so for ever: a → new → a. {STOPS}'
    told = [f"a.yaml:4:18: {words}"]
    assert said("- {id: r, run: a}\n", a=other("a", "{id: r, run: new}")) == told
    waiting = other("a", "{id: w, wait: 1 day}", "{id: r, run: new}")
    assert said("- {id: r, run: a}\n", a=waiting) == []


@pytest.mark.parametrize(
    ("before", "at_once"),
    [
        ("{id: q, ask: owner, form: look}", False),
        ("{id: t, together: [[{id: q, ask: owner, form: look}], [{id: d, do: give_back}]]}", False),
        (
            "{id: t, choose: [{when: job.hours > 1, steps: [{id: q, ask: owner, form: look}]}, {otherwise: continue}]}",
            True,
        ),
        ("{id: t, each: job.parts, steps: [{id: q, ask: owner, form: look}]}", True),
        ("{id: c, run: child, waits: true}", False),
        ("{id: c, run: quick, waits: true}", True),
        ("{id: c, run: child}", True),
        ("{id: d, do: give_back, failed: [{id: q, ask: owner, form: look}]}", True),
    ],
)
def test_a_workflow_may_start_itself_again_after_somebody_was_asked(before: str, at_once: bool) -> None:
    quick = other("quick", "{id: d, do: give_back}")
    found = said(f"- {before}\n- {{id: r, run: new}}\n", child=CHILD, quick=quick)
    assert ["starts itself again" in line for line in found] == ([True] if at_once else [])


def test_the_rounds_of_a_series_come_later() -> None:
    series = (
        "workflow: a\ntitle: A\nabout: job\nrepeat: {every: 1 year, from: job.started}\nsteps:\n  - {id: r, run: new}\n"
    )
    assert said("- {id: r, run: a}\n", a=series) == []


def test_a_workflow_starts_by_itself_on_a_date() -> None:
    head = "about: job\nstart: {on: job.started + 1 month, by: [owner]}\n"
    step = "- {id: w, wait: 1 day}\n"
    assert said(step, head) == []
    assert said(step, head.replace("job.started + 1 month", "job.hours")) == [
        "4:13: A workflow starts by itself on a date; this is a number."
    ]
    assert said(step, 'start: {on: date("2027-01-15")}\n') == []
    assert said(step, "start: {on: job.started}\n") == [
        '3:13: "job.started" is a fact of a subject; say in "about" what kind of subject this workflow has.'
    ]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (
            "start: {form: order, by: [owner], on: today}\n",
            '3:39: "on" does not go together with "form": nobody fills it in on that day.',
        ),
        ("start: {}\n", '3:8: "start" needs "by". Or "on": a date on which it starts by itself.'),
        ("about: job\nrepeat: {every: 1 year}\n", '4:9: "repeat" needs "from".'),
        (
            "about: job\nrepeat: {every: 1 year, from: job.started, missed: latst}\n",
            '4:52: "missed" cannot be "latst". Did you mean "latest"?',
        ),
        (
            "about: job\nrepeat: {every: 1 year, from: job.started, overlap: perhaps}\n",
            '4:53: "overlap" cannot be "perhaps". It can be: skip, allow.',
        ),
        (
            "about: job\nstart: {form: order, by: [owner]}\nrepeat: {every: 1 year, from: job.started}\n",
            (
                "4:15: A workflow that repeats cannot start with a form: nobody fills it in for the rounds. "
                "Ask in its first step instead."
            ),
        ),
        ("pause: {clock: stop}\n", '3:16: "clock" cannot be "stop". Did you mean "stops"?'),
        ("about: job\npause: {while: job.hours}\n", "4:16: A condition must be yes or no; this is a number."),
        (
            "pause: {while: true}\n",
            "3:16: This never changes: a pause would never end, or never come. Ask about a fact.",
        ),
        ("pause: {whil: job.hours > 3}\n", '3:9: There is no key "whil". Did you mean "while"?'),
    ],
)
def test_a_mistake_above_the_steps_is_told(head: str, words: str) -> None:
    assert said("- {id: w, wait: 1 day}\n", head) == [words]


def test_a_series_may_be_counted_from_the_day_it_starts_by_itself() -> None:
    head = (
        'start: {on: date("2027-01-15")}\nrepeat: {every: 1 year, missed: none, overlap: allow}\npause: {clock: runs}\n'
    )
    assert said("- {id: w, wait: 1 day}\n", head) == []


def test_everything_new_becomes_a_definition() -> None:
    steps = (
        TWO + EACH.replace("as: tool", "as: tool\n  at_once: true") + "- {id: c, run: child, waits: true, title: C}\n"
    )
    steps += "- {id: p, make: slip, retry: {times: 2, every: 1 hour}, failed: continue}\n"
    text = f"workflow: new\ntitle: New\nstart: {{form: order, by: [owner]}}\nsteps:\n{indent(steps, '  ')}"
    workflow = load({**FOLDER, "new.yaml": text, "child.yaml": CHILD}, WORKSHOP).workflows["new"]
    both, _, every, child, paper = workflow.steps
    assert isinstance(both, Together)
    assert [[step.id for step in lane] for lane in both.lanes] == [["left"], ["right"]]
    assert isinstance(every, Each)
    assert (every.over.source, every.item, every.at_once) == ("first.tools", "tool", True)
    assert isinstance(child, RunWorkflow)
    assert (child.waits, child.title) == (True, "C")
    assert isinstance(paper, Make)
    assert paper.retry is not None
    assert (paper.retry.times, paper.retry.every, paper.failed) == (2, Duration(1, Unit.HOUR), ())


def test_a_version_freezes_what_lanes_items_and_failed_ways_use() -> None:
    steps = """\
- together:
    - [{id: a, ask: owner, form: look, failed: [{id: s, send: ready, to: owner}]}]
    - [{id: e, each: job.parts, steps: [{id: h, ask: owner, form: held}]}]
  id: both
"""
    files = {**FOLDER, "new.yaml": f"workflow: new\ntitle: New\nsteps:\n{indent(steps, '  ')}"}
    used = set(files_of(load(files, WORKSHOP), "new", files))
    assert used == {"new.yaml", "forms/look.yaml", "forms/held.yaml", "messages/ready.yaml"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('date("2027-01-15")', []),
        ('date("2027-01-15") + 1 year', []),
        ('date("2027-13-15")', ['4:32: "2027-13-15" is not a date. Write it as in date("2027-01-15").']),
        ('date("20270115")', ['4:32: "20270115" is not a date. Write it as in date("2027-01-15").']),
        ("date(today)", ['4:32: date takes a written text. Write it as in date("2027-01-15").']),
        ("date()", ["4:27: date takes 1 value, not 0."]),
        ('date("9999-12-31") + 1 year', ["4:46: This gives a number or a date that is out of range."]),
    ],
)
def test_a_written_date_is_read_when_it_is_checked(written: str, expected: list[str]) -> None:
    assert said(f"- {{id: w, wait: {day(written)}}}\n".replace("'", "")) == expected
