"""F10: mail server and SMS gateway hang up at every point. Doubt is shown, not settled by sending again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.service import Recipient, Subject
from forms_service.messages import gateway as module
from forms_service.messages.gateway import HttpGateway
from forms_service.storage.outbox import MessageRow
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import borrow
from tests.faults.town import Town
from tests.fixtures import gateway as sms
from tests.fixtures.gateway import Gateway
from tests.fixtures.mail import POINTS

ROUNDS = 50
IN_DOUBT = {"dot", "accepted", "half a yes"}
"""The text has been handed over, and no answer came."""
KEPT = {"accepted", "half a yes"}
FATES_OF_AN_SMS = {"answered": {"sent"}, "connect": {"sent", "unknown"}}
"""All others are in doubt. A gateway that hangs up at once may do so before the last moment or after it."""


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


class TownOfTelephones(Town):
    """Nobody has an address for e-mail."""

    def recipient(self, session: Session, role: str, subject: Subject, today: date) -> Recipient:
        return replace(super().recipient(session, role, subject, today), address="", phone="41234567")


@pytest.mark.parametrize("point", sms.POINTS)
def test_an_sms_that_is_cut_off_is_sent_once_or_is_in_doubt(
    home: Home, times: Times, point: str, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.5)
    home.rt = replace(home.rt, service=TownOfTelephones(), post=HttpGateway(gateway.url, ""))
    for number in range(times(ROUNDS)):
        home.begin_again()
        gateway.taken.clear()
        plan = (borrow(f"f10-{number % 4}", "errand"),)
        solo = home.solo(plan)
        gateway.cut(point)
        solo.play(until=home.clock.now())
        gateway.cut_at = ""
        solo.play()
        with home.database.reading() as session:
            fates = set(session.scalars(select(MessageRow.status)))
        assert fates <= (
            {"sent"} if point == "answered" else {"unknown", "sent"} if point == "connect" else {"unknown"}
        )
        assert point == "connect" or len(gateway.taken) == (2 if point in sms.KEPT else 0)
        received = Counter(f"<{each['reference']}@post.example>" for each in gateway.taken)
        home.account(plan, received=received)


def test_there_are_twelve_points() -> None:
    assert len(POINTS) == 12
