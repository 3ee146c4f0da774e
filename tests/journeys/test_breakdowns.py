"""Parts of the running service die while somebody works: nothing is lost, nothing comes twice."""

from __future__ import annotations

import os
import signal
from functools import partial

from playwright.sync_api import Browser

from tests.fixtures.mail import Mailbox
from tests.journeys.conftest import House
from tests.journeys.test_pages import send_request
from tests.journeys.visitor import Visitor, visit, wait_for


def test_a_form_is_accepted_while_valkey_is_down_and_the_run_goes_on_when_it_is_back(
    house: House, browser: Browser, smtp: Mailbox
) -> None:
    visitor = signed_in(house, browser)
    [valkey] = house.parts("valkey-server")
    os.kill(valkey, signal.SIGKILL)
    send_request(visitor, "Uten Dørklokke")
    receipt = visitor.page.url
    assert "/kvittering/" in receipt
    wait_for(lambda: mails_about(smtp, receipt) == 1, seconds=60)


def test_workers_killed_again_and_again_make_one_document_and_one_message_each(
    house: House, browser: Browser, smtp: Mailbox
) -> None:
    visitor = signed_in(house, browser)
    receipts = []
    for number in range(4):
        send_request(visitor, f"Tapt Arbeider {number}")
        receipts.append(visitor.page.url)
        for worker in house.parts("forms_service worker"):
            os.kill(worker, signal.SIGKILL)
    for receipt in receipts:
        wait_for(partial(is_finished, visitor, receipt), seconds=60)
        assert len(visitor.documents()) == 1
    assert all(mails_about(smtp, receipt) <= 1 for receipt in receipts)


def test_a_mail_server_that_is_down_is_tried_again_and_shown_meanwhile(
    house: House, browser: Browser, smtp: Mailbox
) -> None:
    visitor, kari = signed_in(house, browser), visit(browser, house.address)
    kari.sign_in("Kari Fjellanger")
    smtp.refuse("MAIL", "451 later")
    send_request(visitor, "Uten Post")
    receipt = visitor.page.url
    wait_for(lambda: kari.open("/utboks") and kari.reads("Prøves igjen"), seconds=60)
    assert mails_about(smtp, receipt) == 0
    smtp.mend()
    wait_for(lambda: mails_about(smtp, receipt) == 1, seconds=90)


def signed_in(house: House, browser: Browser) -> Visitor:
    visitor = visit(browser, house.address)
    visitor.sign_in("Ingrid Havnes")
    return visitor


def mails_about(smtp: Mailbox, receipt: str) -> int:
    return sum(receipt in text for text in smtp.texts())


def is_finished(visitor: Visitor, receipt: str) -> bool:
    """The first conversation is somebody's task, and its message is settled one way or the other."""
    visitor.open(receipt)
    return visitor.reads("Førstesamtale") and not visitor.page.get_by_text("Sendes nå").count()
