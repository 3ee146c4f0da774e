"""One look of the poller asks only questions that an index answers, however many steps sleep or are done."""

from __future__ import annotations

import pytest

from forms_service.engine.runtime import Runtime
from tests.bench.poller import plans


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_question_of_a_look_is_answered_by_an_index(runtime: Runtime) -> None:
    found = plans(runtime)
    assert found
    assert [plan for plan in found if "SCAN" in plan or "INDEX" not in plan] == []
