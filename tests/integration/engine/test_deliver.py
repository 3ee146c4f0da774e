"""Sending: at most once by itself, and never without a release at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from rq.timeouts import JobTimeoutException

from forms_service.engine.deliver import GIVE_UP_AFTER, deliver
from forms_service.engine.operate.message import retry_message, settle_message
from forms_service.engine.process import identity
from forms_service.engine.sweep import sweep
from forms_service.engine.work import work
from forms_service.errors import AlreadyAnswered, MailRefused, MailTemporary, MailUnknown
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow
from tests.integration.engine.conftest import Desk
from tests.integration.engine.loan import LIBRARIAN


def write_message(desk: Desk) -> MessageRow:
    """A message that is written and not yet sent."""
    desk.borrow()
    for kind, row_id in desk.bell.rings:
        assert kind == "step"
        work(desk.rt, row_id, identity())
    desk.bell.rings.clear()
    return the_message(desk)


def the_message(desk: Desk) -> MessageRow:
    [message] = desk.rows(MessageRow)
    assert isinstance(message, MessageRow)
    return message


def test_a_message_is_sent_once(desk: Desk) -> None:
    message = write_message(desk)
    assert deliver(desk.rt, message.id, "w1") == "sent"
    assert deliver(desk.rt, message.id, "w2") == ""
    assert len(desk.post.sent) == 1


def test_a_server_that_is_away_is_tried_again_and_shown_meanwhile(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_before = MailTemporary("the mail server cannot be reached")
    assert deliver(desk.rt, message.id, "w1") == "created"
    assert the_message(desk).problem == "the mail server cannot be reached"
    desk.post.trouble_before = None
    desk.pass_time(seconds=5)
    assert the_message(desk).status == "sent"
    assert [mail.message_id for mail in desk.post.sent] == [message.message_id]


def test_a_server_that_stays_away_makes_the_message_fail_visibly(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_before = MailTemporary()
    for _ in range(2 * GIVE_UP_AFTER):  # at night it rests
        deliver(desk.rt, message.id, "w1")
        desk.clock.move(timedelta(hours=2))
    assert (the_message(desk).status, the_message(desk).attempt) == ("failed", GIVE_UP_AFTER)


def test_a_refused_message_fails_and_can_be_sent_again(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_before = MailRefused("the mail server said 550")
    assert deliver(desk.rt, message.id, "w1") == "failed"
    desk.post.trouble_before = None
    retry_message(desk.rt, message.id, LIBRARIAN)
    desk.work_all()
    assert the_message(desk).status == "sent"


def test_a_connection_lost_after_the_dot_is_unknown_and_never_sent_again_by_itself(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_after = MailUnknown()
    assert deliver(desk.rt, message.id, "w1") == "unknown"
    desk.post.trouble_after = None
    desk.pass_time(days=30)
    assert message.message_id not in [mail.message_id for mail in desk.post.sent]
    assert desk.rows(MessageRow)[0].status == "unknown"


@pytest.mark.parametrize(("decision", "sent"), [("sent", 0), ("send_again", 1)])
def test_a_person_settles_an_unknown_message(desk: Desk, decision: str, sent: int) -> None:
    message = write_message(desk)
    desk.post.trouble_after = MailUnknown()
    deliver(desk.rt, message.id, "w1")
    desk.post.trouble_after = None
    settle_message(desk.rt, message.id, decision, LIBRARIAN)  # type: ignore[arg-type]
    desk.work_all()
    assert the_message(desk).status == "sent"
    assert len(desk.post.sent) == sent
    with pytest.raises(AlreadyAnswered):
        settle_message(desk.rt, message.id, "sent", LIBRARIAN)


def test_a_sender_killed_before_the_dot_is_replaced(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_before = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        deliver(desk.rt, message.id, "w1")
    desk.post.trouble_before = None
    assert sweep(desk.rt, lambda worker: worker == "w1") == 1
    desk.work_all()
    assert len(desk.post.sent) == 1


def test_a_sender_killed_after_the_dot_leaves_an_unknown_message(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_after = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        deliver(desk.rt, message.id, "w1")
    sweep(desk.rt, lambda worker: worker == "w1")
    assert the_message(desk).status == "unknown"


def test_a_sender_that_lost_its_lease_hands_nothing_over(desk: Desk) -> None:
    message = write_message(desk)
    sent_by_zombie = []

    class Sleepy:
        def send(self, envelope: object, before_dot: object) -> None:
            desk.clock.move(timedelta(minutes=10))
            sweep(desk.rt, lambda worker: False)
            assert callable(before_dot)
            before_dot()
            sent_by_zombie.append(envelope)

    assert deliver(replace(desk.rt, post=Sleepy()), message.id, "zombie") == ""
    assert sent_by_zombie == []
    desk.work_all()
    assert len(desk.post.sent) == 1


def share_with_head(desk: Desk) -> MessageRow:
    """A run that has put a document into an inbox under a release, and whose message is not sent yet."""
    desk.borrow()
    desk.work_all()
    desk.answer("handed", lent="yes")
    desk.work_all()
    desk.pass_time(weeks=3)
    desk.answer("returned", liked=None)
    for kind, row_id in desk.bell.rings:
        if kind == "step":
            work(desk.rt, row_id, identity())
    desk.bell.rings.clear()
    return next(row for row in desk.rows(MessageRow) if row.release)


def test_a_release_withdrawn_between_writing_and_sending_takes_message_and_document_back(desk: Desk) -> None:
    message = share_with_head(desk)
    desk.service.released = False
    desk.work_all()
    last = next(row for row in desk.rows(MessageRow) if row.id == message.id)
    assert (last.status, last.problem) == ("withheld", "release_missing")
    assert all(mail.recipient != "h@example.org" for mail in desk.post.sent)
    assert [row.person_id for row in desk.rows(DeliveryRow)] == ["reader-1"]
    with pytest.raises(AlreadyAnswered):
        retry_message(desk.rt, message.id, LIBRARIAN)
    desk.service.released = True
    desk.answer("shared/held", outcome="try_again")
    desk.work_all()
    assert [row.person_id for row in desk.rows(DeliveryRow)] == ["reader-1", "head-1"]
    assert desk.post.sent[-1].recipient == "h@example.org"


def test_a_release_withdrawn_while_the_server_is_talking_stops_the_message_before_the_dot(desk: Desk) -> None:
    message = share_with_head(desk)
    handed_over = []

    class Slow:
        def send(self, envelope: object, before_dot: Callable[[], None]) -> None:
            desk.service.released = False
            before_dot()
            handed_over.append(envelope)

    assert deliver(replace(desk.rt, post=Slow()), message.id, "w1") == "withheld"
    assert handed_over == []
    last = next(row for row in desk.rows(MessageRow) if row.id == message.id)
    assert (last.status, last.dot_at) == ("withheld", None)


def test_an_address_that_is_gone_gets_nothing(desk: Desk) -> None:
    message = write_message(desk)
    desk.service.addresses["reader"] = ""
    deliver(desk.rt, message.id, "w1")
    assert (the_message(desk).status, the_message(desk).problem) == ("withheld", "no_address")
    assert desk.post.sent == []


def test_an_error_nobody_thought_of_keeps_no_message_in_sending(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_before = ValueError("somebody@example.org")
    assert deliver(desk.rt, message.id, "w1") == "created"
    assert the_message(desk).problem == "error: ValueError"


def test_an_error_nobody_thought_of_after_the_dot_is_unknown(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_after = JobTimeoutException("the job took longer than 180 seconds")
    assert deliver(desk.rt, message.id, "w1") == "unknown"
    assert the_message(desk).problem == "error: JobTimeoutException"
    desk.post.trouble_after = None
    desk.pass_time(hours=3)
    assert desk.post.sent == []


def test_a_slow_sender_that_comes_to_know_settles_what_was_unknown(desk: Desk) -> None:
    message = write_message(desk)

    class Slow:
        def send(self, envelope: object, before_dot: Callable[[], None]) -> None:
            before_dot()
            desk.clock.move(timedelta(days=183))
            sweep(desk.rt, lambda worker: False)
            assert the_message(desk).status == "unknown"

    assert deliver(replace(desk.rt, post=Slow()), message.id, "w1") == "sent"
    assert the_message(desk).status == "sent"


def test_somebody_who_took_the_role_over_meanwhile_gets_message_and_document(desk: Desk) -> None:
    message = write_message(desk)
    original = desk.service.recipient

    def changed(session, role, subject, today):
        return replace(original(session, role, subject, today), person_id="head-1", address="new@example.org")

    object.__setattr__(desk.rt, "service", _with(desk.service, changed))
    deliver(desk.rt, message.id, "w1")
    assert [mail.recipient for mail in desk.post.sent] == ["new@example.org"]
    assert [row.person_id for row in desk.rows(DeliveryRow)] == ["head-1"]


def _with(service: object, recipient: object) -> object:
    class Changed:
        def __getattr__(self, name: str) -> object:
            return recipient if name == "recipient" else getattr(service, name)

    return Changed()


def test_a_message_to_nobody_is_withheld(desk: Desk) -> None:
    message = write_message(desk)
    desk.service.addresses.clear()
    deliver(desk.rt, message.id, "w1")
    assert the_message(desk).status == "withheld"
