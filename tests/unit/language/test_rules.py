"""Rules of a form and facts that stand in its fields: what is wrong with them is told where it stands."""

from __future__ import annotations

import pytest

from tests.unit.language.small import FOLDER, ORDER, lines

NEEDED = "      - {name: done_on, label: When?, type: date}\n"


def said(rule: str) -> list[str]:
    return lines({**FOLDER, "forms/order.yaml": f"{ORDER}{NEEDED}rules:\n  - {rule}\n"})


def prefilled(field: str) -> list[str]:
    return lines({**FOLDER, "forms/order.yaml": f"{ORDER}      - {field}\n"})


@pytest.mark.parametrize(
    "must",
    ["done_on >= needed_on", "done_on <= today", 'urgent = "no" or needed_on is not empty', "done_on > job.started"],
)
def test_a_rule_speaks_of_the_forms_own_answers_and_of_facts(must: str) -> None:
    assert said(f"{{must: '{must}', at: done_on, text: Choose another day}}") == []


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("{must: done_on, at: done_on, text: No}", "11:12: A rule must be yes or no; this is a date."),
        ("{must: done_on > bicycle, at: done_on, text: No}", "11:20: A date cannot be compared with a text."),
        (
            "{must: done_by > today, at: done_on, text: No}",
            '11:12: There is no "done_by" here. Did you mean "done_on"?',
        ),
        (
            "{must: done_on > today, at: done_off, text: No}",
            '11:33: There is no field "done_off". Did you mean "done_on"?',
        ),
        ("{must: job.hours > 3, at: done_on, text: No}", "11:12: A rule speaks of at least one field of its form."),
        ("{must: done_on > today, at: done_on}", '11:5: A rule needs "text".'),
        ("{must: done_on > today, at: done_on, text: true}", '11:48: "text" takes a text.'),
        ("{must: done_on > today, at: done_on, text: 'Not {{ today }}'}", "11:48: This text is shown as it is written"),
        ("done_on > today", "11:5: A rule is written as keys and values."),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_where_it_stands(rule: str, problem: str) -> None:
    found = said(rule)
    assert len(found) == 1
    assert found[0].removeprefix("forms/order.yaml:").startswith(problem)


@pytest.mark.parametrize(
    "field",
    [
        "{name: since, label: Since?, type: date, prefill: job.started}",
        "{name: spent, label: Hours?, type: hours, prefill: job.hours}",
        "{name: no, label: Which?, type: text, prefill: case.case_number}",
        "{name: parts, label: Parts?, type: choices, choices: {bell: Bell}, prefill: job.parts}",
    ],
)
def test_a_field_takes_a_fact_of_its_own_kind(field: str) -> None:
    assert prefilled(field) == []


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("{name: since, label: S, type: date, prefill: job.hours}", "9:54: This field takes a date; this is a number."),
        ("{name: since, label: S, type: date, prefill: needed_on}", '9:54: "needed_on" is an answer'),
        (
            "{name: sure, label: S, type: confirm, prefill: urgent}",
            "9:56: A field of type confirm cannot be filled in before.",
        ),
        ("{name: spent, label: S, type: hours, prefill: job.ours}", '9:55: There is no "job.ours"'),
    ],
)
def test_what_cannot_stand_in_a_field_is_told(field: str, problem: str) -> None:
    found = prefilled(field)
    assert any(line.removeprefix("forms/order.yaml:").startswith(problem) for line in found)
