"""Groups of questions: what can stand in them, what expressions ask of them, and what documents take from them."""

from __future__ import annotations

import pytest

from forms_service.language.load import load
from tests.unit.language.small import FOLDER, WORKSHOP, lines

HEAD = "form: order\ntitle: Order\nsections:\n  - title: The bicycle\n    fields:\n"
BICYCLE = "      - {name: bicycle, label: Which?, type: text}\n      - {name: urgent, label: Urgent?, type: yes_no}\n"
GROUP = "      - {name: parts, label: Parts, type: group, item: Part, fields: ["
WHAT = "{name: what, label: What?, type: text}"
COLOUR = "{name: colour, label: Colour, type: choice, choices: {red: Red, blue: Blue}}"


def order(inner: str = f"{WHAT}, {COLOUR}", more: str = "", after: str = "") -> str:
    return f"{HEAD}{BICYCLE}{GROUP}{inner}]{more}}}\n{after}"


def said(form: str = "", slip: str = "", uses: str = "bicycle", steps: str = "") -> list[str]:
    """What is wrong with the workshop whose orders have a group, in the file that is spoken of."""
    files = {**FOLDER, "forms/order.yaml": form or order()}
    files["documents/slip/document.yaml"] = FOLDER["documents/slip/document.yaml"].replace(
        "[bicycle, urgent, job.parts]", f"[{uses}]"
    )
    files["documents/slip/document.html"] = slip
    files["repair.yaml"] = FOLDER["repair.yaml"] + steps
    return lines(files)


def test_a_group_is_read_with_its_questions() -> None:
    folder = {**FOLDER, "forms/order.yaml": order(more=", minimum: 1, maximum: 3, internal: true")}
    group = list(load(folder, WORKSHOP).forms["order"].fields())[2]
    assert [field.name for field in group.fields] == ["what", "colour"]
    assert (group.item, group.minimum, group.maximum, group.internal) == ("Part", 1, 3, True)


@pytest.mark.parametrize(
    ("inner", "more", "wrong"),
    [
        ("{name: a, label: A, type: group}", "", "A field of type group cannot stand in a group. Put it beside the"),
        ("{name: a, label: A, type: file}", "", "A field of type file cannot stand in a group."),
        ("{name: a, label: A, type: note}", "", "A field of type note cannot stand in a group."),
        ("{name: a, label: A, type: text, internal: true}", "", 'A field of a group has no "internal". Say it of'),
        ('{name: a, label: A, type: text, show_when: urgent}', "", 'A field of a group has no "show_when".'),
        ("{name: a, label: A, type: date, prefill: today}", "", 'A field of a group has no "prefill".'),
        (f"{WHAT}, {WHAT}", "", 'There is a field "what" already'),
        ("{name: a_label, label: A, type: text}", "", 'A field cannot end in "_label"'),
        ("{name: a, label: A, type: person, pick: nobody}", "", 'There is no list "nobody"'),
        ('{name: a, label: "{{ nothing }}", type: text}', "", 'There is no fact "nothing"'),
        ("{name: a, label: A, type: text, item: B}", "", 'A field of type text has no "item".'),
        (WHAT, ", maximum: 51", "A group has 1 to 50 rows."),
        (WHAT, ", minimum: 0", "A group has 1 to 50 rows."),
        (WHAT, ", minimum: 3, maximum: 2", '"minimum" is larger than "maximum".'),
        (WHAT, ", prefill: job.parts", "A field of type group cannot be filled in before."),
        ("", "", '"fields" is empty.'),
    ],
)  # fmt: skip
def test_what_cannot_be_in_a_group_is_told(inner: str, more: str, wrong: str) -> None:
    found = said(order(inner, more))
    assert len(found) == 1, found
    assert wrong in found[0]


def test_a_group_has_questions_and_a_word_for_its_rows() -> None:
    form = f"{HEAD}{BICYCLE}      - {{name: parts, label: Parts, type: group}}\n"
    assert [line.partition(": ")[2] for line in said(form)] == ['A field needs "fields".', 'A field needs "item".']


@pytest.mark.parametrize(
    ("condition", "wrong"),
    [
        ("count(parts) > 1", ""),
        ("parts is empty", ""),
        ('parts.what = "chain"', '"parts.what" is another in each row. Ask for the rows: count(parts).'),
        ('"chain" in parts', "The list holds rows; this is a text."),
        ('first(parts) = "chain"', "A row of answers cannot be compared with a text."),
    ],
)
def test_expressions_ask_how_many_rows_there_are(condition: str, wrong: str) -> None:
    after = f"      - {{name: sure, label: Sure?, type: yes_no, show_when: '{condition}'}}\n"
    rule = f"rules:\n  - {{must: '{condition}', at: parts, text: No}}\n"
    step = f"  - {{id: w, choose: [{{when: '{condition}', steps: [{{end: x}}]}}, {{otherwise: continue}}]}}\n"
    for found in (said(order(after=after)), said(order(after=rule)), said(steps=step)):
        assert [line for line in found if not wrong or wrong not in line] == []
        assert len(found) == (1 if wrong else 0)


LOOP = "{% for part in parts %}<p>{{ part.what }} {{ part.colour_label }}</p>{% endfor %}"


@pytest.mark.parametrize(
    ("uses", "slip", "wrong"),
    [
        ("parts.what, parts.colour", LOOP, ""),
        ("parts.what, parts.colour", "{% if parts %}{{ parts | length }}{% endif %}" + LOOP, ""),
        ("parts.what", LOOP, '"parts.colour_label" is not in the "uses" of document.yaml.'),
        ("parts.what, parts.colour", LOOP.replace("part.what", "part.waht"), '"parts.waht" is not in the "uses"'),
        ("parts.what", "{% for part in parts %}{{ part.what_label }}{% endfor %}", "only what is chosen from a list"),
        ("parts", LOOP, '"parts" is a group of answers; name those that the document needs. parts.what, parts.colour'),
        ("parts.what, parts.size", LOOP, 'There is no "parts.size" at the step "slip" of repair.'),
        ("bicycle", "{% for part in parts %}{% endfor %}", '"parts" is not in the "uses"'),
    ],
)
def test_a_document_names_the_answers_that_it_takes_from_rows(uses: str, slip: str, wrong: str) -> None:
    found = said(slip=slip, uses=uses)
    assert bool(found) == bool(wrong)
    assert not wrong or any(wrong in line for line in found)


def test_the_answers_of_an_internal_group_never_leave() -> None:
    (found,) = said(order(more=", internal: true"), LOOP.replace("{{ part.colour_label }}", ""), "parts.what")
    assert '"parts.what" is internal and never leaves' in found


def test_each_goes_through_the_rows_and_knows_their_answers() -> None:
    ask = "{id: q, ask: owner, form: look}"
    step = "  - {{id: all, each: parts, as: part, steps: [{{id: w, choose: [{{when: '{}', steps: [{}]}}, {}]}}]}}\n"
    way = "{otherwise: continue}"
    assert said(steps=step.format('part.colour = "red"', ask, way)) == []
    (found,) = said(steps=step.format('part.colour = "green"', ask, way))
    assert '"green" is not among the choices.' in found
    (found,) = said(steps=step.format('part.size = "red"', ask, way))
    assert 'There is no "part.size" here.' in found
