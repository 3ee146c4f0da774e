"""F10: the mail server hangs up at every point of the conversation. Doubt is shown, not settled by sending again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forms_service.storage.outbox import MessageRow
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import borrow
from tests.fixtures.mail import POINTS

ROUNDS = 50
IN_DOUBT = {"dot", "accepted", "half a yes"}
"""The text has been handed over, and no answer came."""
KEPT = {"accepted", "half a yes"}


@pytest.mark.parametrize("point", POINTS)
def test_a_letter_that_is_cut_off_is_sent_once_or_is_in_doubt(home: Home, times: Times, point: str) -> None:
    for number in range(times(ROUNDS)):
        home.begin_again()
        plan = (borrow(f"f10-{number % 4}", "errand"),)
        solo = home.solo(plan)
        home.mailbox.cut(point)
        solo.play(until=home.clock.now())
        home.mailbox.mend()
        solo.play()
        with home.database.reading() as session:
            fates = set(session.scalars(select(MessageRow.status)))
        assert fates == ({"unknown"} if point in IN_DOUBT else {"sent"})
        assert len(home.mailbox.messages) == (2 if point in KEPT or point not in IN_DOUBT else 0)
        home.account(plan)


def test_there_are_twelve_points() -> None:
    assert len(POINTS) == 12
