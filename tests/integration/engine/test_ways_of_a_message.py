"""Which way a message goes, and when: e-mail or SMS, at most once, and not at night."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forms_service.engine.crash import choose_crash_points
from forms_service.engine.deliver import deliver
from forms_service.engine.operate.message import retry_message, settle_message
from forms_service.engine.service import Recipient
from forms_service.engine.sweep import sweep
from forms_service.errors import MailRefused, MailTemporary
from forms_service.messages.by_channel import ByChannel
from forms_service.messages.channel import Channel
from forms_service.messages.gateway import HttpGateway
from forms_service.messages.transport import Transport
from tests.fixtures.gateway import Gateway
from tests.integration.engine.conftest import Desk
from tests.integration.engine.loan import LIBRARIAN
from tests.integration.engine.test_deliver import the_message, write_message

OSLO = ZoneInfo("Europe/Oslo")
NUMBER = "412 34 567"


def with_phone(desk: Desk, phone: str = NUMBER, address: str = "") -> None:
    """Whoever holds a role has this number, and this address."""

    class Service:
        def __getattr__(self, name: str) -> object:
            return getattr(desk.service, name)

        def recipient(self, *_: object) -> Recipient:
            return Recipient(address, person_id="reader-1", phone=phone)

    object.__setattr__(desk.rt, "service", Service())


def through(desk: Desk, gateway: Gateway) -> None:
    transports: dict[Channel, Transport] = {Channel.EMAIL: desk.post, Channel.SMS: HttpGateway(gateway.url, "s")}
    object.__setattr__(desk.rt, "post", ByChannel(transports))


def at(desk: Desk, text: str) -> None:
    desk.clock.instant = datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


@pytest.mark.parametrize(
    ("address", "phone", "way"),
    [
        ("a@example.org", NUMBER, ("email", "a@example.org")),
        ("a@example.org", "", ("email", "a@example.org")),
        ("", NUMBER, ("sms", "+4741234567")),
    ],
)
def test_mail_goes_before_sms(desk: Desk, address: str, phone: str, way: tuple[str, str]) -> None:
    with_phone(desk, phone, address)
    message = write_message(desk)
    assert (message.channel, message.address) == way


@pytest.mark.parametrize("phone", ["", "22 33 44 55"])
def test_whoever_has_neither_is_written_nothing(desk: Desk, phone: str) -> None:
    with_phone(desk, phone)
    with pytest.raises(ValueError, match="not enough values"):
        write_message(desk)


def test_without_a_gateway_nobody_is_sent_sms_by_a_service_that_sends_mail(desk: Desk) -> None:
    object.__setattr__(desk.rt, "settings", replace(desk.rt.settings, smtp_url="smtp://mail.example.org"))
    with_phone(desk)
    with pytest.raises(ValueError, match="not enough values"):
        write_message(desk)


def test_an_sms_is_the_subject_and_the_link_where_its_author_wrote_none(desk: Desk, gateway: Gateway) -> None:
    with_phone(desk)
    through(desk, gateway)
    message = write_message(desk)
    assert deliver(desk.rt, message.id, "w1") == "sent"
    [taken] = gateway.taken
    assert taken["text"].startswith(f"{message.subject}\nhttp")
    assert taken["reference"] == message.id


def test_somebody_whose_address_is_gone_gets_the_sms_instead(desk: Desk, gateway: Gateway) -> None:
    through(desk, gateway)
    message = write_message(desk)
    assert message.channel == "email"
    with_phone(desk)
    assert deliver(desk.rt, message.id, "w1") == "sent"
    assert (the_message(desk).channel, the_message(desk).address) == ("sms", "+4741234567")
    assert (len(gateway.taken), desk.post.sent) == (1, [])


def test_two_workers_at_one_message_send_one_sms(desk: Desk, gateway: Gateway) -> None:
    with_phone(desk)
    through(desk, gateway)
    message = write_message(desk)
    workers = [threading.Thread(target=deliver, args=(desk.rt, message.id, f"w{n}")) for n in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(gateway.taken) == 1


@pytest.mark.parametrize(("point", "taken"), [("headers", 0), ("body", 0), ("accepted", 1), ("half an answer", 1)])
def test_doubt_is_shown_and_not_settled_by_sending_again(desk: Desk, gateway: Gateway, point: str, taken: int) -> None:
    with_phone(desk)
    through(desk, gateway)
    message = write_message(desk)
    gateway.cut(point)
    assert deliver(desk.rt, message.id, "w1") == "unknown"
    gateway.cut_at = ""
    desk.bell.rings.clear()
    sweep(desk.rt, lambda worker: True)
    assert deliver(desk.rt, message.id, "w2") == ""
    assert len(gateway.taken) == taken
    settle_message(desk.rt, message.id, "send_again", LIBRARIAN)
    assert deliver(desk.rt, message.id, "w3") == "sent"
    assert [each["reference"] for each in gateway.taken] == [message.id] * (taken + 1)


@pytest.mark.parametrize(
    ("place", "taken", "status"),
    [
        ("message_claimed", 0, "created"),
        ("message_dot_marking", 0, "created"),
        ("message_dot_marked", 0, "unknown"),
        ("message_handed_over", 1, "unknown"),
        ("message_ending", 1, "unknown"),
        ("message_ended", 1, "sent"),
    ],
)
def test_a_sender_killed_in_the_middle_never_sends_twice(
    desk: Desk, gateway: Gateway, place: str, taken: int, status: str
) -> None:
    with_phone(desk)
    through(desk, gateway)
    message = write_message(desk)
    _killed_at(place, lambda: deliver(desk.rt, message.id, "w1"), desk)
    assert len(gateway.taken) == taken
    sweep(desk.rt, lambda worker: worker == "w1")
    assert the_message(desk).status == status
    assert deliver(desk.rt, message.id, "w2") == ("sent" if status == "created" else "")
    assert len(gateway.taken) == (1 if status == "created" else taken)


def _killed_at(place: str, act: Callable[[], object], desk: Desk) -> None:
    desk.rt.database.engine.dispose()
    child = os.fork()
    if not child:
        choose_crash_points(place)
        act()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9


@pytest.mark.parametrize("now", ["2026-01-15T21:00", "2026-01-16T03:00", "2026-01-16T07:59"])
def test_what_is_written_at_night_is_sent_in_the_morning(desk: Desk, now: str) -> None:
    at(desk, now)
    desk.borrow()
    desk.work_all()
    assert desk.post.sent == []
    at(desk, "2026-01-16T08:00")
    desk.work_all()
    assert len(desk.post.sent) == 1


def test_what_was_due_in_the_evening_and_lay_over_is_not_sent_at_night(desk: Desk) -> None:
    at(desk, "2026-01-15T20:59")
    message = write_message(desk)
    at(desk, "2026-01-15T23:00")
    assert deliver(desk.rt, message.id, "w1") == ""
    waiting = the_message(desk)
    assert (waiting.status, waiting.attempt, waiting.token) == ("created", 0, None)
    assert waiting.due_at == datetime(2026, 1, 16, 7, 0, tzinfo=UTC)
    at(desk, "2026-01-16T08:00")
    desk.work_all()
    assert len(desk.post.sent) == 1


def test_a_server_that_was_away_in_the_evening_is_not_tried_at_night(desk: Desk) -> None:
    at(desk, "2026-01-15T20:59")
    message = write_message(desk)
    desk.post.trouble_before = MailTemporary()
    for _ in range(3):
        deliver(desk.rt, message.id, "w1")
        desk.clock.move(timedelta(seconds=30))
    assert the_message(desk).due_at == datetime(2026, 1, 16, 7, 0, tzinfo=UTC)


def test_what_a_person_asks_for_at_night_is_sent_at_night(desk: Desk) -> None:
    message = write_message(desk)
    desk.post.trouble_before = MailRefused()
    deliver(desk.rt, message.id, "w1")
    desk.post.trouble_before = None
    at(desk, "2026-01-15T23:00")
    retry_message(desk.rt, message.id, LIBRARIAN)
    desk.work_all()
    assert len(desk.post.sent) == 1
