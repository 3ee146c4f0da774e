"""docs/language.md says what is so: its examples are checked, its tables come from the reader's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from textwrap import indent

import pytest

from forms_service.commands.schema import editor_settings
from forms_service.language.check import problems_of
from forms_service.language.checking.names import answers_of, facts_of
from forms_service.language.excerpt import with_excerpts
from forms_service.language.expression import parse, type_of
from forms_service.language.form_file import read_form
from forms_service.language.grammar.functions import FUNCTIONS
from forms_service.language.grammar.kinds import Kind
from forms_service.language.notes import Notes
from forms_service.language.step_verbs import VERBS
from forms_service.language.strict_yaml import read_yaml
from tests.unit.language.small import CHILD, FOLDER, ORDER, WORKSHOP, lines
from tools.language import CHECKOUT, PAGE, TABLES, page_of

TEXT = PAGE.read_text(encoding="utf-8")
PLACES = {
    "workflow": "{}.yaml",
    "form": "forms/{}.yaml",
    "message": "messages/{}.yaml",
    "document": "documents/{}/document.yaml",
}
LOOK = "- {id: look, ask: mechanic, form: look}\n"


def blocks(language: str) -> list[str]:
    found = re.finditer(r"^```(\w*)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    return [block[2] for block in found if block[1] == language]


def files() -> Iterator[tuple[str, str]]:
    """Each example as the file it would be; loose steps stand in a workflow of their own, after a first look."""
    for number, block in enumerate(blocks("yaml")):
        kind, _, rest = block.partition(": ")
        if kind in PLACES:
            yield PLACES[kind].format(rest.split("\n")[0]), block
        else:
            steps = block if "id: look" in block else LOOK + block
            yield f"steps{number}.yaml", f"workflow: steps{number}\ntitle: T\nsteps:\n{indent(steps, '  ')}"


EXAMPLES = dict(files())
SHOP = {**FOLDER, "child.yaml": CHILD, "documents/slip/document.html": "{{ job.hours }}", **EXAMPLES}


def test_every_example_is_well() -> None:
    assert len(EXAMPLES) > 10
    assert lines(SHOP) == []


def test_every_verb_has_an_example_and_a_heading() -> None:
    shown = "\n".join(blocks("yaml"))
    assert [word for word in VERBS if not re.search(rf"\b{word}:", shown)] == []
    assert [word for word in VERBS if f"### {word}: " not in TEXT] == []


def test_the_tables_are_those_of_the_reader() -> None:
    """When a key has changed: python -m tools.language."""
    assert page_of(TEXT) == TEXT
    assert set(re.findall(r"<!-- keys: ([A-Z]+) -->", TEXT)) == TABLES.keys()


def expressions() -> list[str]:
    table = TEXT.partition("<!-- expressions -->")[2].partition("<!-- end -->")[0]
    return re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)


def answers(text: str, prefix: str = "") -> dict[str, Kind]:
    node = read_yaml(text, "form.yaml", Notes())
    assert node is not None
    form = read_form(node, "form", Notes())
    assert form is not None
    return {f"{prefix}{name}": kind for name, kind in answers_of(form).items()}


@pytest.mark.parametrize("source", expressions())
def test_every_expression_has_a_type(source: str) -> None:
    names = {**facts_of(WORKSHOP), **answers(ORDER), **answers(SHOP["forms/look.yaml"], "look.")}
    assert type_of(parse(source), names).problems == ()


def test_every_function_is_explained() -> None:
    assert [name for name in FUNCTIONS if not any(source.startswith(f"{name}(") for source in expressions())] == []


def test_the_mistake_in_the_example_is_told_as_it_is_shown(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "repair.yaml").write_text(SHOP["repair.yaml"].replace("look.verdict", "look.verdit"))
    broken = {**SHOP, "repair.yaml": (tmp_path / "repair.yaml").read_text()}
    (shown,) = [block for block in blocks("") if "^" in block]
    assert "\n".join(with_excerpts(problems_of(broken, WORKSHOP))) == shown.strip("\n").removeprefix("workflows/")


def test_the_settings_of_the_editor_are_those_that_the_command_prints(monkeypatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    here = [CHECKOUT / name for name in ("schemas", "workflows", "pdf_templates")]
    assert [json.loads(block)["yaml.schemas"] for block in blocks("json")] == [editor_settings(*here)]
