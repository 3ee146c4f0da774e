"""F20: broken files and made-up expressions. Only our own errors ever come back."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from forms_service.errors import FormsServiceError, MissingValue
from forms_service.language.check import problems_of
from forms_service.language.definitions import Definitions
from forms_service.language.expression import Expression, parse, type_of
from forms_service.language.files import Files, read_files
from forms_service.language.load import files_of, load
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.register.check import problems_of as problems_of_service
from forms_service.wiring import words_of
from tests.faults.conftest import Times
from tests.faults.fuzz import DATA, KINDS, broken, expression
from tests.faults.fuzz import words_of as shuffled
from tests.faults.ledger import Ledger
from tests.unit.language.small import FULL, WORKSHOP

ROOT = Path(__file__).parents[2]
FILES, EXPRESSIONS = 40_000, 60_000


@pytest.fixture(scope="module")
def folders() -> list[tuple[Files, Vocabulary]]:
    """The shipped folder, a small one with every key, and those that bring a service of their own."""
    described = sorted(path.parent for path in (ROOT / "tests/inputs").glob("*/workflows/service.yaml"))
    found = [read_files(folder, folder.parent / "pdf_templates") for folder in (ROOT / "workflows", *described)]
    return [(FULL, WORKSHOP), *((files, words) for files in found if (words := words_of(files)))]


def test_a_broken_file_gives_problems_and_nothing_else(
    folders: list[tuple[Files, Vocabulary]], times: Times, seed: str, ledger: Ledger
) -> None:
    dice, accepted, rounds = random.Random(f"{seed} files"), 0, times(FILES, minimum=150)
    for _ in range(rounds):
        files, vocabulary = dice.choice(folders)
        file = dice.choice(sorted(files))
        changed = {**files, file: broken(files[file], files, dice)}
        accepted += judged(changed, vocabulary, file)
    assert 0 < accepted < rounds
    ledger.add("F20", "sqlite", rounds=rounds)


def judged(files: Mapping[str, str], vocabulary: Vocabulary, file: str) -> bool:
    """Whether a folder is accepted; every workflow of one that is loads from its own files alone."""
    try:
        problems = (*problems_of(files, vocabulary), *problems_of_service(files))
    except Exception as error:
        raise AssertionError(f"{type(error).__name__} after this change of {file}:\n{files[file]!r}") from error
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert str(problem).isprintable()
    if not problems:
        read_again(load(files, vocabulary), files, vocabulary)
    return not problems


def read_again(definitions: Definitions, files: Mapping[str, str], vocabulary: Vocabulary) -> None:
    for key in definitions.workflows:
        load(files_of(definitions, key, files), vocabulary, alone=True)


def test_a_made_up_expression_is_refused_or_does_what_its_type_says(times: Times, seed: str, ledger: Ledger) -> None:
    dice, rounds = random.Random(f"{seed} expressions"), times(EXPRESSIONS, minimum=2_000)
    for _ in range(rounds):
        source = expression(dice.choice(list(ValueType)), dice)
        if dice.random() < 0.3:
            source = shuffled(source, dice) if dice.random() < 0.5 else broken(source, {"": source}, dice)
        try:
            tried(source)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__} for {source!r}") from error
    ledger.add("F20", "sqlite", rounds=rounds)


def tried(source: str) -> None:
    """One without problems fails only for what is missing or out of range."""
    try:
        parsed = parse(source)
    except FormsServiceError:
        return
    said = failure(parsed)
    assert type_of(parsed, KINDS).problems or said in {"", "missing"} or "out of range" in said, said


def failure(parsed: Expression) -> str:
    try:
        parsed.value(DATA)
    except MissingValue:
        return "missing"
    except FormsServiceError as error:
        return str(error)
    return ""


def test_most_expressions_of_the_grammar_have_no_problems(seed: str) -> None:
    """Else the dice would only try what is refused at once."""
    dice = random.Random(f"{seed} grammar")
    grown = [expression(ValueType.YES_NO, dice, 2) for _ in range(200)]
    assert sum(not type_of(parse(source), KINDS).problems for source in grown) > 150
