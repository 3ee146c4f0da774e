"""SMTP in two halves, against a real server that refuses and hangs up at every place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forms_service.errors import MailError, MailRefused, MailTemporary, MailUnknown
from forms_service.messages.envelope import Envelope
from forms_service.messages.smtp import SmtpTransport
from tests.fixtures.mail import Mailbox

LETTER = Envelope(
    message_id="<1@example.org>",
    sender="Tjenesten <post@example.org>",
    recipient="kari@example.org",
    subject="Påminnelse",
    body="Hei.\n\n.en linje med punktum først\nBlåbærsyltetøy\n",
    at=datetime(2026, 1, 15, 9, 0, tzinfo=UTC),
)


def send(smtp: Mailbox, letter: Envelope = LETTER) -> int:
    """How often the last moment before the dot was announced."""
    dots: list[None] = []
    SmtpTransport(smtp.url).send(letter, lambda: dots.append(None))
    return len(dots)


def test_a_message_arrives_as_it_was_written(smtp: Mailbox) -> None:
    assert send(smtp) == 1
    [arrived] = smtp.messages
    assert arrived["Message-ID"] == "<1@example.org>"
    assert arrived["Subject"] == "Påminnelse"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert ".en linje med punktum først" in smtp.texts()[0].splitlines()


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
@pytest.mark.parametrize(("answer", "error"), [("451 later", MailTemporary), ("550 never", MailRefused)])
def test_a_refusal_before_the_dot_is_told_apart_and_announces_no_dot(
    smtp: Mailbox, command: str, answer: str, error: type[MailError]
) -> None:
    smtp.refuse(command, answer)
    dots: list[None] = []
    with pytest.raises(error):
        SmtpTransport(smtp.url).send(LETTER, lambda: dots.append(None))
    assert (dots, smtp.messages) == ([], [])


@pytest.mark.parametrize(("answer", "error"), [("451 later", MailTemporary), ("554 never", MailRefused)])
def test_a_refusal_of_the_whole_message_is_known_for_sure(smtp: Mailbox, answer: str, error: type[MailError]) -> None:
    smtp.refuse("dot", answer)
    with pytest.raises(error):
        send(smtp)


@pytest.mark.parametrize("point", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_connection_lost_before_the_dot_can_be_tried_again(smtp: Mailbox, point: str) -> None:
    smtp.cut(point)
    with pytest.raises(MailTemporary):
        send(smtp)
    smtp.mend()
    send(smtp)
    assert len(smtp.messages) == 1


@pytest.mark.parametrize(("point", "kept"), [("dot", 0), ("accepted", 1)])
def test_a_connection_lost_after_the_dot_is_unknown_whatever_the_server_did(
    smtp: Mailbox, point: str, kept: int
) -> None:
    smtp.cut(point)
    with pytest.raises(MailUnknown):
        send(smtp)
    assert len(smtp.messages) == kept


def test_a_connection_lost_after_the_yes_changes_nothing(smtp: Mailbox) -> None:
    smtp.cut("QUIT")
    assert send(smtp) == 1
    assert len(smtp.messages) == 1


def test_a_server_that_is_not_there_is_temporary() -> None:
    with pytest.raises(MailTemporary):
        SmtpTransport("smtp://127.0.0.1:1").send(LETTER, lambda: None)


def test_an_error_of_the_sender_never_repeats_the_address(smtp: Mailbox) -> None:
    smtp.refuse("RCPT", "550 5.1.1 <kari@example.org> unknown")
    with pytest.raises(MailRefused) as error:
        send(smtp)
    assert "kari" not in str(error.value)


def test_an_answer_to_the_message_that_is_neither_yes_nor_no_is_unknown(smtp: Mailbox) -> None:
    smtp.refuse("dot", "354 what")
    with pytest.raises(MailUnknown):
        send(smtp)
