"""YAML that surprises nobody, and hostile files that are refused at once."""

from __future__ import annotations

import time

import pytest

from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.strict_yaml import MAX_BYTES, read_yaml

BILLION_LAUGHS = "\n".join(["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))])


def read(text: str) -> tuple[Node | None, list[str]]:
    notes = Notes()
    return read_yaml(text, "a.yaml", notes), [str(problem) for problem in notes.problems]


def plain(node: Node | None) -> object:
    match node:
        case Scalar(text=text):
            return text
        case Listing(items=items):
            return [plain(item) for item in items]
        case Table(entries=entries):
            return {key: plain(value) for key, (_, value) in entries.items()}
        case _:
            return None


def test_every_value_is_the_text_that_was_written() -> None:
    node, problems = read("{on: 1, a: [no, nei, NO, yes, 01, 0o17, 12:30, 2024-01-01, true, 7, 3.5, ~, 1e3, =]}")
    expected = ["no", "nei", "NO", "yes", "01", "0o17", "12:30", "2024-01-01", "true", "7", "3.5", "~", "1e3", "="]
    assert (plain(node), problems) == ({"on": "1", "a": expected}, [])


def test_pieces_know_their_places_in_characters_not_bytes() -> None:
    node, _ = read("æøå: 1\nb: {ø: [Ŋ, 'x']}\n")
    assert isinstance(node, Table)
    inner = node.entries["b"][1]
    assert isinstance(inner, Table)
    key, items = inner.entries["ø"]
    assert isinstance(items, Listing)
    assert [str(key.place), *(str(item.place) for item in items.items)] == ["a.yaml:2:5", "a.yaml:2:9", "a.yaml:2:12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\na: c", '2:1: "a" is here already, in line 1.'),
        ("a: &x b", "1:4: Anchors (&) and aliases (*) are not used here. Write the value out, or quote it."),
        ("a: *x", "1:4: Anchors (&) and aliases (*) are not used here. Write the value out, or quote it."),
        ("a: !!python/object:os.system x", "1:4: Tags (!) are not used here. Quote the value if it begins with !."),
        ("a: !x b", "1:4: Tags (!) are not used here. Quote the value if it begins with !."),
        ("? [a, b]\n: c", "1:3: A key must be a word."),
        ("a: 1\n---\nb: 2", "2:1: A file holds one document; remove what follows this line."),
        ("", "1:1: The file is empty."),
        ("# nothing\n", "2:1: The file is empty."),
        ("a: [b", "2:1: This is not YAML: did not find expected ',' or ']'."),
        (
            "a:\n\tb: 1",
            "2:1: This is not YAML: found character that cannot start any token. Indent with spaces, not tabs.",
        ),
        ("a: b: c", "1:5: This is not YAML: mapping values are not allowed in this context."),
        ("a: \x00", "1:1: This is not YAML: it holds characters that a text file cannot hold."),
        ("a: \ud800", "1:1: This is not YAML: it holds characters that a text file cannot hold."),
        ("[" * 41, "1:41: The file is nested more than 40 levels deep."),
        ("a: " + "x" * MAX_BYTES, "1:1: The file is larger than 1 MB."),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, expected: str) -> None:
    assert read(text)[1] == [f"a.yaml:{expected}"]


def test_all_repeated_keys_are_told_and_the_first_one_counts() -> None:
    node, problems = read("a: 1\na: 2\nb: 3\na: 4\n")
    assert plain(node) == {"a": "1", "b": "3"}
    assert [problem.split(" ")[0] for problem in problems] == ["a.yaml:2:1:", "a.yaml:4:1:"]


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert plain(read("\ufeffa: b")[0]) == {"a": "b"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BILLION_LAUGHS, id="billion laughs"),
        pytest.param("[" * 1_000_000, id="deep lists"),
        pytest.param("{" * 1_000_000, id="deep mappings"),
        pytest.param("- " * 500_000, id="deep blocks"),
        pytest.param("? " * 500_000, id="deep keys"),
        pytest.param("- a\n" * 262_000, id="very many values"),
        pytest.param("a" * 1_000_000 + ": b", id="a very long key"),
        pytest.param("a: '" + "x\n\n" * 300_000, id="an open quotation mark"),
        pytest.param("".join(f"k{n}: &a{n} x\n" for n in range(60_000)), id="very many anchors"),
        pytest.param("%" * 1_000_000, id="nonsense"),
        pytest.param("a: |\n" + " " * 1_000_000, id="blanks"),
    ],
)
def test_a_hostile_file_is_over_soon(text: str) -> None:
    begun = time.process_time()
    node, problems = read(text)
    assert time.process_time() - begun < 4
    assert problems or node is not None


def test_words_of_a_file_cannot_command_a_terminal() -> None:
    read_twice = read('"a\\e[31m\\n": 1\n"a\\e[31m\\n": 2')[1]
    assert read_twice == ['a.yaml:2:1: "a·[31m·" is here already, in line 1.']
