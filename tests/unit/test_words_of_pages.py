"""Every word of a page can be said in every language: nothing stands bare in a template, nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tools.bare_words import MARKED, bare_words
from tools.words import TEMPLATES

PAGES = sorted(each.relative_to(TEMPLATES) for each in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_word_of_a_page_stands_bare(page: Path) -> None:
    assert bare_words((TEMPLATES / page).read_text(encoding="utf-8")) == [], 'write {{ _("…") }}'


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_name_of_the_translation_is_nobody_elses(page: Path) -> None:
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse((TEMPLATES / page).read_text(encoding="utf-8"))
    assert [name for name in tree.find_all(nodes.Name) if name.ctx != "load" and name.name in MARKED] == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hei {{ name }}</p>", ["Hei"]),
        ('<nav aria-label="Hovedmeny">{{ _("Meny") }}</nav>', ["Hovedmeny"]),
        ('{{ "Sendt" if sent else _("Venter") }}', ["Sendt"]),
        ('{% set words = {"sent": ("Sendt", "success")} %}', ["Sendt"]),
        ('{{ tag(3 ~ " dager over fristen", "danger") }}', [" dager over fristen"]),
        ("{% if x %}<b>Ja</b>{% else %}Kanskje{% endif %}", ["Ja", "Kanskje"]),
        ('{{ _("%(name)s kom", name="Ola Nordmann") }}', ["Ola Nordmann"]),
    ],
)
def test_a_bare_word_is_found_wherever_it_stands(template: str, found: list[str]) -> None:
    assert bare_words(template) == found


@pytest.mark.parametrize(
    "template",
    [
        '<p class="ds-tag stack">{{ _("Hei") }} – {{ name }}</p>',
        '{% extends "base.html" %}{% from "parts/words.html" import tag with context %}',
        '<a href="{{ url_for(\'desk.home\') }}" data-color="info">{{ ngettext("Én", "%(num)s flere", n) }}</a>',
        '{% if role == "Koordinator" %}{{ words.get("sent") }}{% endif %}',
        "{# En kommentar #}<code>forms-service check</code> (PDF)",
        "{% block main_class %}page page-form{% endblock %}",
    ],
)
def test_what_nobody_reads_counts_as_no_word(template: str) -> None:
    assert bare_words(template) == []


def said_at_once(node: nodes.Node) -> bool:
    """Whether words are said while a template is read, not when one of its macros is called."""
    inner = [each for each in node.iter_child_nodes() if not isinstance(each, (nodes.Macro, nodes.Block))]
    return any(_says(each) or said_at_once(each) for each in inner)


def _says(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKED


def _imports(tree: nodes.Template) -> Iterator[nodes.FromImport | nodes.Import]:
    yield from tree.find_all(nodes.FromImport)
    yield from tree.find_all(nodes.Import)


def test_words_that_an_imported_template_sets_follow_each_reader_and_not_the_first_one() -> None:
    trees = {
        str(page): Environment(extensions=["jinja2.ext.i18n"]).parse((TEMPLATES / page).read_text(encoding="utf-8"))
        for page in PAGES
    }
    kept = [
        (name, found.template.value)
        for name, tree in trees.items()
        for found in _imports(tree)
        if not found.with_context and isinstance(found.template, nodes.Const)
    ]
    assert kept
    assert said_at_once(trees["week/_lists.html"])
    assert [pair for pair in kept if said_at_once(trees[pair[1]])] == [], "import it with context"
