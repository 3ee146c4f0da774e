"""The JSON Schemas and the reader agree: what one accepts the other does, key by key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.protocols import Validator

from forms_service.language.files import SERVICE, Files, read_files
from forms_service.language.keys.key import Either, Keys, Many, Named, OneOf, Shape, Takes
from forms_service.language.keys.workflow import WORKFLOW
from forms_service.language.nodes import NULLS, Listing, Node, Table
from forms_service.language.notes import Notes
from forms_service.language.schema.file import KINDS, file_schema, file_schemas
from forms_service.language.schema.known import known_words
from forms_service.language.step_verbs import VERBS
from forms_service.language.strict_yaml import read_yaml
from forms_service.language.workflow_file import read_workflow
from forms_service.register.keys import SERVICE_KEYS
from forms_service.wiring import words_of
from tests.unit.language.small import FULL, WORKSHOP, lines

ROOT = Path(__file__).parents[3]
SHIPPED = [ROOT, *sorted(path.parent for path in (ROOT / "tests/inputs").glob("*/workflows"))]
VALIDATORS: list[type[Validator]] = [Draft202012Validator, Draft7Validator]
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


PLAIN = {"true": True, "false": False, **dict.fromkeys(("", *NULLS))}


def as_editors_read(node: Node) -> Any:
    """The values of YAML 1.2: a plain true is a truth, plain digits are a number, nothing is null."""
    if isinstance(node, Table):
        return {key: as_editors_read(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Listing):
        return [as_editors_read(item) for item in node.items]
    if node.plain and NUMBER.fullmatch(node.text):
        return json.loads(node.text)
    return PLAIN.get(node.text, node.text) if node.plain else node.text


def kind_of(file: str) -> str:
    if file == SERVICE:
        return "service"
    return {"forms": "form", "messages": "message", "documents": "document"}.get(file.partition("/")[0], "workflow")


def tree(text: str, file: str = "a.yaml") -> Node:
    node = read_yaml(text, file, Notes())
    assert node is not None
    return node


def complaints(file: str, text: str, schemas: dict[str, Any], validator: type[Validator]) -> list[str]:
    found = validator(schemas[kind_of(file)]).iter_errors(as_editors_read(tree(text, file)))
    return [f"{file} {error.json_path}: {error.message}" for error in found]


def schemas_of(files: Files, vocabulary: Any) -> dict[str, Any]:
    known = known_words(vocabulary, files)
    return {**file_schemas(known), "service": file_schema(SERVICE_KEYS, known)}


SMALL = schemas_of(FULL, WORKSHOP)
ANY_WORDS = file_schemas({})
"""For folders of tests that put several together, or bring a service of their own."""
WRITTEN = sorted(file for file in FULL if file.endswith(".yaml"))


@pytest.mark.parametrize("validator", VALIDATORS)
def test_the_schemas_are_schemas(validator):
    for schema in SMALL.values():
        validator.check_schema(schema)


@pytest.mark.parametrize("validator", VALIDATORS)
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_every_shipped_file_is_well(folder, validator):
    files = read_files(folder / "workflows", folder / "pdf_templates")
    schemas = schemas_of(files, words_of(files)) if folder == ROOT or SERVICE in files else ANY_WORDS
    written = {file: text for file, text in files.items() if file.endswith(".yaml")}
    assert written
    assert [line for file, text in written.items() for line in complaints(file, text, schemas, validator)] == []


@pytest.mark.parametrize("validator", VALIDATORS)
def test_a_folder_with_every_key_is_well(validator):
    assert lines(FULL) == []
    assert [line for file in WRITTEN for line in complaints(file, FULL[file], SMALL, validator)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_reader_stands_in_that_folder(kind):
    used = {
        path[-1] for file in WRITTEN if kind_of(file) == kind for path in keys_in(as_editors_read(tree(FULL[file])))
    }
    assert set(keys_of(KINDS[kind])) - used == set()


def keys_of(shape: Shape) -> Iterator[str]:
    """Every key that can stand anywhere in a file."""
    match shape:
        case Keys(keys=keys):
            yield from keys
            yield from (inner for key in keys.values() for inner in keys_of(key.takes))
        case Many(of=Takes.STEPS) | Takes.STEPS:
            yield from (key for verb in VERBS.values() for key in verb.shape.keys)
        case Many(of) | Named(of):
            yield from keys_of(of)
        case Either(shapes):
            yield from (key for one in shapes for key in keys_of(one))


def keys_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each key stands; the values of a choice are no keys."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        if isinstance(key, str):
            yield (*path, key)
        if key != "choices":
            yield from keys_in(inner, (*path, key))


def misspelt(value: Any, path: tuple[Any, ...]) -> Any:
    first, *rest = path
    if isinstance(value, list):
        return [misspelt(inner, tuple(rest)) if index == first else inner for index, inner in enumerate(value)]
    if rest:
        return {key: misspelt(inner, tuple(rest)) if key == first else inner for key, inner in value.items()}
    return {f"{key}_" if key == first else key: inner for key, inner in value.items()}


@pytest.mark.parametrize("file", WRITTEN)
def test_a_misspelt_key_is_refused_by_the_reader_and_by_the_schema(file):
    value = as_editors_read(tree(FULL[file]))
    for path in keys_in(value):
        text = json.dumps(misspelt(value, path))
        assert any(f'"{path[-1]}_"' in line for line in lines({**FULL, file: text})), path
        assert complaints(file, text, SMALL, Draft202012Validator), path


def mostly(right: list[Any], wrong: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*(right * (1 + 40 * len(wrong) // len(right))), *wrong])


BOUNDED = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = mostly(["look", "ready", "a b", "3", 3, True], ["", "~", None, []])
VALUES: dict[Takes, st.SearchStrategy[Any]] = {
    Takes.OWN_TEXT: WORDS,
    Takes.NAME: mostly(["a", "b_1", "c"], ["and", "A", "true", "x" * 41]),
    Takes.NUMBER: mostly([1, 3, 20], [0, 21, "3"]),
    Takes.TRUTH: mostly([True, False], ["yes"]),
    Takes.DURATION: mostly(["3 days", "1 working day", " 5  working  days ", "1 week"], ["0 days", "3 dayz", 3]),
    Takes.EXPRESSION: mostly(["a = 1", "true", "a.b", "today", True], ["a ==", "x" * 1001, []]),
}


def value_of(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    match shape:
        case Keys(keys=keys):
            return mapping_of(keys, depth)
        case OneOf(words):
            return mostly(list(words), ["other"])
        case Many(of, least):
            return st.lists(value_of(of, depth), min_size=least, max_size=3)
        case Either(shapes):
            return st.one_of([value_of(one, depth) for one in shapes])
        case Takes.STEPS:
            return st.lists(step_of(depth - 1) if depth else A_STEP, min_size=1, max_size=2)
        case _:
            return VALUES.get(shape, WORDS) if isinstance(shape, Takes) else st.none()


def mapping_of(keys: Any, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    needed = {name: value_of(key.takes, depth) for name, key in keys.items() if key.needed}
    optional = {name: value_of(key.takes, depth) for name, key in keys.items() if not key.needed}
    return st.fixed_dictionaries(needed, optional=optional)


@cache
def step_of(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of([mapping_of(verb.shape.keys, depth) for verb in VERBS.values()])


A_STEP = st.just({"id": "last", "wait": "1 day"})
WORKFLOWS = mapping_of(WORKFLOW.keys, 3).map(lambda value: {**value, "workflow": "new"})


@BOUNDED
@given(WORKFLOWS)
def test_a_workflow_that_the_reader_accepts_is_well(value):
    notes = Notes()
    node = read_yaml(json.dumps(value), "new.yaml", notes)
    assert node is not None
    read_workflow(node, "new", notes)
    errors = [error.message for error in Draft202012Validator(ANY_WORDS["workflow"]).iter_errors(as_editors_read(node))]
    assert notes.problems or errors == []
