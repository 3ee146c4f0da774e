"""Whatever can stop a step or a message is told in words: what happened, and what to do."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import forms_service
from forms_service import errors
from forms_service.engine.permission import NO_ADDRESS
from forms_service.engine.sweep import WORKER_DIED
from forms_service.errors import FormsServiceError
from forms_service.texts import catalogue

NEVER_OF_A_STEP = {
    "access_log_broken": "a command says it",
    "account_refused": "told to whoever changes an account",
    "already_answered": "told to whoever answers a task",
    "already_done": "told to whoever operates",
    "different_answers": "told to whoever sends a form",
    "duration": "a mistake in a file, told as such when the file is read",
    "file_refused": "told to whoever attaches a file",
    "form_changed": "told to whoever answers a task",
    "link_not_valid": "told to whoever opens a link",
    "lost_claim": "the step is another worker's",
    "machine_not_ready": "nothing starts",
    "mail": "always one of its three kinds",
    "migration_refused": "nothing starts",
    "not_rehearsed": "told to whoever rehearses",
    "reason_missing": "told to whoever operates",
    "settings": "nothing starts",
    "step_at_work": "told to whoever operates",
    "unknown_text": "a mistake in our own program, told as any other",
    "unreadable_catalogue": "told by the check of a folder, as a mistake in a file",
    "withheld": "the message says why itself",
}
"""Codes that no step and no message can stop with, and where they are told instead."""
BESIDE_ERRORS = (WORKER_DIED, NO_ADDRESS, "sms_temporary", "sms_refused", "sms_unknown")


def every_error(parent: type[FormsServiceError] = FormsServiceError) -> Iterator[type[FormsServiceError]]:
    yield parent
    for child in parent.__subclasses__():
        yield from every_error(child)


@pytest.fixture(scope="module")
def codes() -> set[str]:
    for module in pkgutil.walk_packages(forms_service.__path__, "forms_service."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    return {error.code for error in every_error() if error.__module__.startswith("forms_service")}


def test_every_code_that_can_stop_a_step_says_what_happened_and_what_to_do(codes: set[str]) -> None:
    told = catalogue()
    wanted = {*codes, *BESIDE_ERRORS} - NEVER_OF_A_STEP.keys()
    assert [
        code for code in wanted if not (told.get(f"problems.{code}.what") and told.get(f"problems.{code}.do"))
    ] == []


def test_no_words_are_kept_for_what_cannot_happen(codes: set[str]) -> None:
    kept = {key.split(".")[1] for key in catalogue() if key.startswith("problems.")}
    assert kept <= {*codes, *BESIDE_ERRORS} - NEVER_OF_A_STEP.keys()


def test_the_exceptions_to_the_rule_are_errors_of_ours(codes: set[str]) -> None:
    assert NEVER_OF_A_STEP.keys() <= codes
    assert errors.LostClaim.code in NEVER_OF_A_STEP
