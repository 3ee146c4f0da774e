"""Forms in other languages: other words, the same form; what is missing is said in bokmål."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms_service.commands.texts import texts
from forms_service.language.completeness import how_far
from forms_service.language.definitions import FieldType, Form, Rule, Section
from forms_service.language.expression import parse
from forms_service.language.keys.form import FIELD, FORM, RULE, SECTION
from forms_service.language.keys.key import Keys, Takes
from forms_service.language.load import files_of, load
from forms_service.language.problems import InvalidDefinitions
from forms_service.language.titles import other_titles, retitled
from forms_service.language.wording import reworded, texts_of
from forms_service.settings import read_settings
from tests.unit.forms.asking import HERE, a_field
from tests.unit.language.small import FOLDER, FULL, WORKSHOP, lines

NN = """\
msgctxt "forms/look.yaml"
msgid "A first look"
msgstr "Eit første blikk"

msgctxt "forms/look.yaml"
msgid "Case {{ case.case_number }}."
msgstr "Sak {{ case.case_number }}."

msgctxt "forms/look.yaml"
msgid "Mend it"
msgstr "Reparer han"

msgctxt "forms/look.yaml"
msgid "Hours"
msgstr "Timar"

#, fuzzy
msgctxt "forms/look.yaml"
msgid "Note"
msgstr "Notis"

msgctxt "forms/order.yaml"
msgid "Order"
msgstr "Bestilling"

msgctxt "forms/gone.yaml"
msgid "Nobody asks"
msgstr "Ingen spør"
"""
APART = 'msgctxt "forms/look.yaml#hours.label"\nmsgid "Hours"\nmsgstr "Kor mange timar?"\n'


def with_nn(text: str = NN) -> Mapping[str, str]:
    return {**FOLDER, "languages/nn.po": text}


def form_in(language: str, files: Mapping[str, str], key: str = "look") -> Form:
    return load(files, WORKSHOP).forms[key].in_language(language)


def labels(form: Form) -> dict[str, str]:
    return {field.name: field.label for field in form.fields()}


def test_a_form_is_said_in_the_words_of_its_catalogue():
    form = form_in("nn", with_nn())
    assert (form.title, form.intro) == ("Eit første blikk", "Sak {{ case.case_number }}.")
    assert next(form.fields()).choices == {"mend": "Reparer han", "leave": "Leave it"}


def test_what_is_missing_or_in_doubt_is_said_in_bokmaal():
    assert labels(form_in("nn", with_nn()))["note"] == "Note"
    assert labels(form_in("nn", with_nn()))["ready_on"] == "When is it ready?"


def test_names_values_and_conditions_are_the_same_in_every_language():
    plain, other = form_in("nb", with_nn()), form_in("nn", with_nn())
    assert [replace(field, label="", choices={}, help="", required="") for field in plain.fields()] == [
        replace(field, label="", choices={}, help="", required="") for field in other.fields()
    ]
    assert [list(field.choices) for field in plain.fields()] == [list(field.choices) for field in other.fields()]


def test_a_language_that_does_not_know_the_form_is_not_offered():
    forms = load(with_nn(), WORKSHOP).forms
    assert list(forms["look"].languages) == ["nn"]
    assert list(forms["held"].languages) == []
    assert forms["look"].in_language("en") is forms["look"]


def test_the_same_word_can_be_another_at_one_place():
    assert labels(form_in("nn", with_nn(NN + "\n" + APART)))["hours"] == "Kor mange timar?"


@pytest.mark.parametrize(
    ("written", "instead", "problems"),
    [
        (
            'msgstr "Sak {{ case.case_number }}."',
            'msgstr "Saka."',
            ['languages/nn.po:6:1: The text says "{{ case.case_number }}", the translation does not.'],
        ),
        (
            'msgstr "Timar"',
            'msgstr "Timar {{ today }}"',
            ['languages/nn.po:14:1: The translation says "{{ today }}", the text does not.'],
        ),
        (
            'msgstr "Timar"',
            'msgstr "Timar {{ today"',
            ["languages/nn.po:14:1: The translation cannot be read: its braces are not those of the text."],
        ),
        (
            'msgid "Hours"',
            "msgix Hours",
            ["languages/nn.po:14:1: This is not a PO file: Unknown or misformatted keyword."],
        ),
        ('msgstr "Ingen spør"', 'msgstr "{{ ingen }}"', []),
    ],
)
def test_a_translation_says_the_same_facts(written: str, instead: str, problems: list[str]):
    assert written in NN
    assert lines(with_nn(NN.replace(written, instead))) == problems


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("nb", "The YAML itself is written in nb."),
        ("xx", 'There is no language "xx".'),
    ],
)
def test_a_catalogue_is_called_after_its_language(code: str, problem: str):
    [line] = lines({**FOLDER, f"languages/{code}.po": NN})
    assert line.startswith(f"languages/{code}.po:1:1: {problem}")


def test_a_service_does_not_start_on_a_translation_that_misses_a_fact():
    with pytest.raises(InvalidDefinitions):
        load(with_nn(NN.replace("Sak {{ case.case_number }}.", "Saka.")), WORKSHOP)


def test_a_version_freezes_what_is_said_of_its_own_forms_and_no_more():
    def frozen(files: Mapping[str, str]) -> Mapping[str, str]:
        return files_of(load(files, WORKSHOP), "repair", files)

    before = frozen(with_nn())
    assert "Eit første blikk" in before["languages/nn.po"]
    assert "Ingen spør" not in before["languages/nn.po"]
    assert frozen(with_nn(NN.replace("Ingen spør", "Noko anna"))) == before
    assert frozen(with_nn("# By somebody else\n" + NN)) == before
    assert frozen(with_nn(NN.replace("Timar", "Timetal"))) != before
    assert load(before, WORKSHOP, alone=True).forms["look"].in_language("nn").title == "Eit første blikk"


def test_without_translations_a_version_is_what_it_was_before_there_were_any():
    assert not [name for name in files_of(load(FOLDER, WORKSHOP), "repair", FOLDER) if "languages" in name]


def words(keys: Keys) -> dict[str, Any]:
    """Every text that the keys can hold, each its own name."""
    texts = (Takes.TEXT, Takes.OWN_TEXT, Takes.LABELS)
    found = [name for name, key in keys.keys.items() if key.takes in texts and name != "form"]
    return {name: {"a": name} if keys.keys[name].takes is Takes.LABELS else name for name in found}


def test_every_text_of_a_form_can_be_translated():
    field = replace(a_field("one", "choice"), **words(FIELD))
    section = Section(fields=(field,), **words(SECTION))
    rule = Rule(parse("one", HERE), "one", **words(RULE))
    form = Form(key="test", place=HERE, sections=(section,), rules=(rule,), **words(FORM))
    expected = sorted([*words(FIELD), *words(RULE), *words(SECTION), *words(FORM)])
    assert sorted(each.text for each in texts_of(form)) == expected
    shouted = reworded(form, lambda path, text: text.upper())
    assert sorted(each.text for each in texts_of(shouted)) == sorted(map(str.upper, expected))


def test_no_two_texts_of_a_form_have_the_same_place():
    form = load(FOLDER, WORKSHOP).forms["look"]
    paths = [each.path for each in texts_of(form)]
    assert len(paths) == len(set(paths))
    assert FieldType.CHOICE in {field.type for field in form.fields()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FOLDER.items():
        path = tmp_path / ("pdf_templates" + name.removeprefix("documents") if "documents" in name else f"w/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "w"


def test_the_command_writes_what_is_to_be_translated(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings = read_settings(folder / "instance", {}, make_key=False)
    assert texts(settings, folder, ["nn"]) == 0
    file = folder / "languages" / "nn.po"
    assert 'msgctxt "forms/look.yaml"\nmsgid "A first look"\nmsgstr ""\n' in file.read_text(encoding="utf-8")
    assert "nn.po: 0 of " in capsys.readouterr().out
    written = file.read_text(encoding="utf-8").replace('msgid "Hours"\nmsgstr ""', 'msgid "Hours"\nmsgstr "Timar"')
    file.write_text(written, encoding="utf-8")
    texts(settings, folder)
    assert file.read_text(encoding="utf-8") == written
    assert "nn.po: 1 of " in capsys.readouterr().out


def test_how_far_a_language_is_names_the_forms_that_wait():
    [line] = how_far(with_nn())
    assert line.startswith("nn: 5 of ")
    assert "forms/held.yaml (5)" in line


TITLES = """\
msgctxt "repair.yaml"
msgid "Repair"
msgstr "Reparasjon"

msgctxt "documents/slip/document.yaml"
msgid "Slip"
msgstr "Lapp"

msgctxt "yearly.yaml"
msgid "Yearly service"
msgstr "Årleg service"
"""


def test_workflows_and_documents_are_called_what_their_catalogue_says():
    definitions = load(with_nn(NN + "\n" + TITLES), WORKSHOP)
    nynorsk = definitions.in_language("nn")
    assert (nynorsk.workflows["repair"].title, nynorsk.documents["slip"].title) == ("Reparasjon", "Lapp")
    assert other_titles(definitions, nynorsk)["Yearly service"] == "Årleg service"
    assert definitions.in_language("en") == definitions


def test_a_title_has_no_places_to_fill_in_and_neither_has_its_translation():
    [line] = lines(with_nn(NN + "\n" + TITLES.replace("Lapp", "Lapp {{ today }}")))
    assert line.endswith('The translation says "{{ today }}", the text does not.')


def test_every_step_of_a_workflow_can_be_called_something_else_and_stays_the_same_step():
    workflow = load(FULL, WORKSHOP).workflows["everything"]
    other = retitled(workflow, lambda path, title: path)
    assert [step.title for step in other.all_steps()] == [f"{step.id}.title" for step in workflow.all_steps()]
    assert retitled(other, lambda path, title: "") == retitled(workflow, lambda path, title: "")


def test_a_version_freezes_the_titles_of_its_own_workflow_and_documents():
    files = with_nn(NN + "\n" + TITLES)
    frozen = files_of(load(files, WORKSHOP), "repair", files)["languages/nn.po"]
    assert "Reparasjon" in frozen
    assert "Lapp" in frozen
    assert "Årleg service" not in frozen
