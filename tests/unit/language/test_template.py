"""Texts with names: plain data in, plain text out."""

from __future__ import annotations

from datetime import date

import pytest

from forms_service.errors import MissingValue
from forms_service.language.jinja.names import taken_by, uses_of
from forms_service.language.missing import MissingName
from forms_service.language.template import TemplateFailed, UnreadableTemplate, render_text, variables_of

DATA = {"case": {"number": "7", "items": "three", "nothing": None}, "due": date(2026, 9, 30), "self": {"words": "så"}}


def test_names_are_filled_in_without_escaping() -> None:
    assert render_text("Sak {{ case.number }}: <{{ text }}>\n", {**DATA, "text": "<b>&"}) == "Sak 7: <<b>&>\n"


def test_a_name_is_never_a_method_of_the_data() -> None:
    assert render_text("{{ case.items }}", DATA) == "three"
    with pytest.raises(MissingValue):
        render_text("{{ case.keys }}", DATA)


@pytest.mark.parametrize("name", ["due_on", "case.numbre", "case.nothing", "nobody.name"])
def test_a_missing_value_is_named(name: str) -> None:
    with pytest.raises(MissingName) as caught:
        render_text(f"{{{{ case.number }}}} {{{{ {name} }}}}", DATA)
    assert caught.value.name == name


def test_a_text_that_asks_may_find_nothing() -> None:
    assert render_text("{% if case.nothing %}x{% endif %}{{ case.nothing or 'none' }}", DATA) == "none"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ due.__reduce__() }}",
        "{{ case.update({'a': 1}) }}",
        "{{ 1 / 0 }}",
        "{{ range(10000000) | list }}",
        "{% include 'x' %}",
        "{{ lipsum.__globals__ }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' * 9999999999 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ " + "(" * 20_000,
        "{{ " + "not " * 20_000 + "x }}",
        "{% if x %}" * 500,
    ],
)
def test_what_a_text_may_not_do_is_refused(source: str) -> None:
    with pytest.raises((TemplateFailed, MissingValue)):
        render_text(source, DATA)


def test_only_plain_values_stand_in_a_text() -> None:
    with pytest.raises(TemplateFailed, match="plain values"):
        render_text("{{ x }}", {"x": object()})


def test_an_unreadable_text_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableTemplate) as caught:
        render_text("a\n{{ b", DATA)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ a.b.c }} {{ a['b'] }} {{ d | upper }}", {"a.b.c", "a.b", "d"}),
        ("{% for x in a.list %}{{ x.name }}{{ loop.index }}{% endfor %}", {"a.list"}),
        ("{% set x = a.b %}{{ x.c }}", {"a.b"}),
        ("{% if a.b is defined and c %}{% endif %}", {"a.b", "c"}),
        ("{{ a[b] }}", {"a", "b"}),
        ("{{ a.b() }} {{ a | attr('b') }}", {"a.b", "a"}),
        ("{% macro m(x) %}{{ x.y }}{{ z }}{% endmacro %}{{ m(a.b) }}", {"z", "a.b"}),
        ("{{ self.words }}", {"self.words"}),
        ("{{ a.b | own_filter }} {{ a is own_test }}", {"a.b", "a"}),
        (
            "{% extends 'p' %}{% import 'm' as show %}{% set s = a %}{% block c %}{{ show.x(s, b) }}{% endblock %}",
            {"a", "b"},
        ),
        ("{% from 'm' import one, two as three %}{% block c %}{{ one(a) }}{{ three(b) }}{% endblock %}", {"a", "b"}),
        ("{% with x = a.b %}{{ x }}{% endwith %}{{ x }}", {"a.b", "x"}),
        ("no names", set()),
    ],
)
def test_the_names_that_a_template_takes_from_its_data(source: str, expected: set[str]) -> None:
    assert variables_of(source) == expected


def test_what_is_taken_from_an_entry_of_a_list_is_known() -> None:
    used = uses_of("{% for x in a.list if x.b %}{{ x.c.d }}{{ x }}{% endfor %}{% if a.list %}{{ x }}{% endif %}")
    assert [(use.name, use.goes_through, use.in_entry) for use in used] == [
        ("a.list", True, False),
        ("a.list.c.d", False, True),
        ("a.list", True, True),
        ("a.list.b", False, True),
        ("a.list", True, False),
        ("x", False, False),
    ]


def test_every_use_knows_its_line() -> None:
    assert [(use.name, use.line) for use in uses_of("{{ a }}\n\n{{ b.c }}\n")] == [("a", 1), ("b.c", 3)]


def test_what_is_included_is_known() -> None:
    assert taken_by("{% include 'a' %}{% extends b %}").includes == ("a", None)
