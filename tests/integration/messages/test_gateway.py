"""SMS in two halves, against a real gateway that refuses, breaks, is silent and hangs up at every place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forms_service.errors import MailError, MailRefused, MailTemporary, MailUnknown
from forms_service.messages import gateway as module
from forms_service.messages.channel import Channel
from forms_service.messages.envelope import Envelope
from forms_service.messages.gateway import HttpGateway
from tests.fixtures.gateway import KEPT, Gateway

SMS = Envelope(
    message_id="<abc123@example.org>",
    sender="Tjenesten <post@example.org>",
    recipient="+4741234567",
    subject="",
    body="Blåbær: https://example.org/l/x",
    at=datetime(2026, 1, 15, 9, 0, tzinfo=UTC),
    channel=Channel.SMS,
)


def send(gateway: Gateway, sms: Envelope = SMS, secret: str = "s3cret") -> list[int]:
    """How many messages the gateway had taken at each announcement of the last moment."""
    dots: list[int] = []
    HttpGateway(gateway.url, secret).send(sms, lambda: dots.append(len(gateway.taken)))
    return dots


def test_a_message_arrives_as_it_was_written(gateway: Gateway) -> None:
    assert send(gateway) == [0]
    assert gateway.taken == [{"to": "+4741234567", "text": SMS.body, "reference": "abc123"}]
    [head] = gateway.heads
    assert head.startswith("POST /v1/send?line=2 HTTP/1.1\r\n")
    assert "Authorization: Bearer s3cret" in head


def test_number_and_text_stand_nowhere_but_in_the_body(gateway: Gateway) -> None:
    send(gateway)
    assert "41234567" not in gateway.heads[0]
    assert "example.org/l" not in gateway.heads[0]


def test_without_a_secret_none_goes_along(gateway: Gateway) -> None:
    send(gateway, secret="")
    assert "Authorization" not in gateway.heads[0]


@pytest.mark.parametrize("status", [400, 402, 409, 410, 413, 422, 451])
def test_a_clear_no_is_a_refusal(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(MailRefused, match=str(status)):
        send(gateway)


@pytest.mark.parametrize("status", [401, 403, 404, 405, 407, 408, 425, 429, 503])
def test_not_now_and_wrong_settings_can_be_tried_again(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(MailTemporary):
        send(gateway)
    gateway.status = 200
    send(gateway)
    assert len(gateway.taken) == 1


@pytest.mark.parametrize("status", [500, 501, 502, 504, 507, 520])
def test_a_gateway_that_breaks_may_have_sent_it(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(MailUnknown):
        send(gateway)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_a_gateway_that_leads_elsewhere_may_have_sent_it_before(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(MailUnknown, match=str(status)):
        send(gateway)


def test_a_connection_that_ends_at_once_never_carried_the_text(gateway: Gateway) -> None:
    gateway.cut("connect")
    with pytest.raises(MailError):
        send(gateway)
    assert gateway.taken == []


@pytest.mark.parametrize("point", ["headers", "body", "accepted", "half an answer"])
def test_after_the_last_moment_a_lost_answer_is_unknown_whatever_the_gateway_did(gateway: Gateway, point: str) -> None:
    gateway.cut(point)
    with pytest.raises(MailUnknown):
        send(gateway)
    assert len(gateway.taken) == (point in KEPT)


def test_silence_is_unknown(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.3)
    gateway.cut("silence")
    with pytest.raises(MailUnknown):
        send(gateway)


def test_a_connection_lost_after_the_yes_changes_nothing(gateway: Gateway) -> None:
    gateway.cut("answered")
    assert send(gateway) == [0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://127.0.0.1:1/"])
def test_a_gateway_that_is_not_there_is_temporary_and_announces_nothing(url: str) -> None:
    dots: list[None] = []
    with pytest.raises(MailTemporary):
        HttpGateway(url, "").send(SMS, lambda: dots.append(None))
    assert dots == []


def test_a_gateway_that_does_not_speak_tls_hears_neither_secret_nor_text(gateway: Gateway) -> None:
    with pytest.raises(MailTemporary):
        HttpGateway(gateway.url.replace("http://", "https://"), "s3cret").send(SMS, lambda: None)
    assert gateway.taken == []
    assert "s3cret" not in "".join(gateway.heads)


@pytest.mark.parametrize("number", ["", "22334455", "112", "somebody@example.org", "41234567\r\nX: y"])
def test_no_number_is_no_message(gateway: Gateway, number: str) -> None:
    with pytest.raises(MailRefused) as error:
        send(gateway, replace(SMS, recipient=number))
    assert gateway.heads == []
    assert not number or number not in str(error.value)
