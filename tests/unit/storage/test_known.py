"""Questions say what an index's condition says, in the same words: SQLite finds the index only so."""

from __future__ import annotations

import pytest

from forms_service.casework.lists.waiting_list import STATUSES
from forms_service.domain.match import TAKES_HOURS
from forms_service.storage import cases
from forms_service.storage.known import is_one_of


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        (is_one_of(cases.ParticipantRow.status, STATUSES), cases.IN_QUEUE),
        (is_one_of(cases.MatchRow.status, TAKES_HOURS), cases.TAKES_HOURS),
    ],
)
def test_a_question_says_the_condition_of_its_index(question: object, condition: str) -> None:
    assert str(question).endswith(f".{condition}")
