"""The whole way: from a request in a browser to the final report in the primary contact's inbox."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Browser

from tests.fixtures.mail import Mailbox
from tests.journeys.conftest import House
from tests.journeys.visitor import Visitor, visit, wait_for

PARTICIPANT = "Eirin Prøvesen"
ADDRESS = "eirin@example.org"
MARK = "MERKE-INTERNT-7731"
"""Stands in every internal note of this journey and must never leave the coordinator's desk."""

TELLING = (PARTICIPANT, "Eirin", "likemann", "rus", "behandling", MARK)
"""Words that no message may hold: any of them would tell a stranger that somebody is a participant."""


def test_a_request_becomes_a_match_an_evaluation_and_a_final_report(
    house: House, browser: Browser, smtp: Mailbox
) -> None:
    ingrid, kari = visit(browser, house.address), visit(browser, house.address)
    ingrid.sign_in("Ingrid Havnes")
    kari.sign_in("Kari Fjellanger")
    ingrid.open("/innboks")
    before = set(ingrid.documents())
    run = request(ingrid)
    first_conversation(kari, run)
    participant, peer = matching(kari)
    assert_agreement(new_document(ingrid, before))
    house.command("demo", "--rush", "6 months")
    self_evaluation(browser, house, smtp)
    views(visit(browser, house.address), ingrid, participant, peer)
    evaluation_talk(kari, participant)
    evaluation_link = link_to_participant(smtp)
    closing(kari, participant)
    read_final_report(browser, house, smtp, kari, evaluation_link)
    approve(kari, participant)
    report = wait_for(lambda: final_report(ingrid))
    assert isinstance(report, str)
    assert "Hjelpen videre er avtalt" in report
    assert "Jeg er mest stolt av turene" in report
    assert MARK not in report
    assert_messages_are_discreet(smtp)
    assert MARK not in house.log.read_text(encoding="utf-8")
    assert PARTICIPANT not in house.log.read_text(encoding="utf-8")
    assert ingrid.complaints == kari.complaints == []


def request(ingrid: Visitor) -> str:
    """The case worker sends a request; where its receipt is."""
    ingrid.open("/oppgaver")
    ingrid.go("Ny forespørsel")
    ingrid.fill(
        participant_name=PARTICIPANT, participant_gender="woman", birth_year="1988", participant_phone="400 00 000",
        participant_email=ADDRESS, phase="after_treatment", own_wish="yes", relatively_drug_free="yes",
        lacks_network="yes", wishes="Noen å gå tur med.",
    )  # fmt: skip
    ingrid.send()
    ingrid.page.get_by_text("Sendt", exact=True).first.wait_for(timeout=30_000)
    [summary] = ingrid.documents()
    assert "Noen å gå tur med." in ingrid.pdf(summary)
    return ingrid.page.url


def first_conversation(kari: Visitor, run: str) -> None:
    kari.open(run)
    kari.go("Åpne oppgaven")
    kari.fill(talked_on=today(), own_wish="yes", wishes="Tur og trening", internal_note=MARK, decision="join")
    kari.send()
    wait_for(lambda: kari.open("/venteliste") and kari.reads(PARTICIPANT))


def matching(kari: Visitor) -> tuple[str, str]:
    """The coordinator finds a peer and holds the meeting; where the participant's page is, and the peer's name."""
    kari.open("/deltakere")
    kari.go(PARTICIPANT)
    participant = kari.page.url
    kari.go("Finn likemann")
    kari.send()
    peer = kari.choose_first("peer").partition(" ·")[0]
    kari.fill(hours_per_week="3", reason=f"Liker det samme. {MARK}")
    kari.send()
    open_task(kari, participant, "Koblingsmøte")
    kari.fill(met_on=today(), decision="start")
    kari.fill(
        started_on=today(), goal_1="Gå på tur to ganger i uken", no_answer="Ringe dagen etter", home_visits="yes",
        release_agreement="yes", release_evaluation="yes", release_final_report="yes", internal_note=MARK,
    )  # fmt: skip
    kari.go_on()
    kari.check_page()
    kari.sign(by_participant=PARTICIPANT, by_peer="Guro Kleppestø", by_coordinator="Kari Fjellanger")
    kari.check_page()
    kari.send()
    return participant, peer


def new_document_at(ingrid: Visitor, before: set[str]) -> str:
    """Where the oldest document in the inbox lies that was not there before."""
    found = wait_for(lambda: ingrid.open("/innboks") and [at for at in ingrid.documents() if at not in before])
    assert isinstance(found, list)
    return str(found[-1])


def new_document(ingrid: Visitor, before: set[str]) -> str:
    return ingrid.pdf(new_document_at(ingrid, before))


def assert_agreement(text: str) -> None:
    assert "Gå på tur to ganger i uken" in text
    assert "Guro Kleppestø" in text
    assert MARK not in text


def self_evaluation(browser: Browser, house: House, smtp: Mailbox) -> None:
    eirin = visit(browser, house.address, viewport={"width": 320, "height": 640}, has_touch=True)
    eirin.open(str(wait_for(lambda: link_to_participant(smtp))))
    eirin.check_page()
    eirin.fill(less_isolated="5", trust_in_peer="4")
    for _ in ("Hverdagen", "Det du får til", "Dine ord"):
        eirin.go_on()
    eirin.fill(own_words="Jeg er mest stolt av turene.", next_wish="stop")
    eirin.go_on()
    eirin.check_page()
    eirin.send()
    assert eirin.reads("Takk for svarene")
    assert eirin.complaints == []


def views(peers: Visitor, ingrid: Visitor, participant: str, peer: str) -> None:
    """Peer and caseworker say how they see it, shortly."""
    peers.sign_in(peer)
    open_task(peers, participant, "Likemannens vurdering")
    peers.check_page()
    peers.fill(together="well", good=f"Hun ringer selv. {MARK}")
    peers.send()
    open_task(ingrid, participant, "Fagkonsulentens vurdering")
    ingrid.fill(change="better", helps=MARK)
    ingrid.send()
    assert peers.complaints == []


def evaluation_talk(kari: Visitor, participant: str) -> None:
    open_task(kari, participant, "Evalueringssamtale")
    kari.fill(talked_on=today(), summary="Det går bedre.", plan="Avslutte rolig.", next="close", internal_note=MARK)
    kari.send()


def closing(kari: Visitor, participant: str) -> None:
    open_task(kari, participant, "Avslutt koblingen")
    kari.fill(closed_on=today(), reason="goal_reached")
    kari.fill(goal_1_status="reached", internal_note=MARK)
    kari.send()
    open_task(kari, participant, "Skriv sluttrapporten")
    kari.fill(plan="Hjelpen videre er avtalt med kontoret.")
    kari.send()


def read_final_report(browser: Browser, house: House, smtp: Mailbox, kari: Visitor, before: str) -> None:
    eirin = visit(browser, house.address, java_script_enabled=False)
    lost = str(wait_for(lambda: (found := link_to_participant(smtp)) != before and found))
    send_new_link(kari)
    link = str(wait_for(lambda: (found := link_to_participant(smtp)) != lost and found))
    eirin.open(lost)
    assert eirin.reads("Du har fått en ny lenke")
    eirin.open(link)
    draft = eirin.pdf(eirin.documents()[0])
    assert "Utkast" in draft
    assert MARK not in draft
    eirin.fill(opinion="fine", comment="Jeg er mest stolt av turene.")
    eirin.send()
    assert eirin.open(link).status == 410  # type: ignore[union-attr]


def send_new_link(kari: Visitor) -> None:
    """The participant has called: she cannot find the message."""
    kari.open("/utboks")
    kari.go("Noe å lese for deg")
    kari.go("Trekk tilbake lenken, eller send en ny")
    kari.check_on_every_screen()
    kari.page.get_by_role("button", name="Send ny lenke").click()
    assert kari.reads("En ny lenke er på vei")
    kari.check_page()
    kari.go("Fyll ut skjemaet selv")
    kari.go("Skriv inn fra papir i stedet")
    kari.check_on_every_screen()


def approve(kari: Visitor, participant: str) -> None:
    open_task(kari, participant, "Godkjenn sluttrapporten")
    kari.fill(decision="approve")
    kari.send()


def final_report(ingrid: Visitor) -> str:
    """The text of the final report when it lies in the inbox."""
    ingrid.open("/innboks")
    texts = [ingrid.pdf(at) for at in ingrid.documents()]
    return next((text for text in texts if "Hjelpen videre er avtalt" in text), "")


def open_task(kari: Visitor, participant: str, title: str) -> None:
    """Wait until the task stands on the participant's page, and open it."""
    ahead = kari.page.get_by_role("region", name="Det neste som skjer").get_by_role("link", name=title, exact=True)
    wait_for(lambda: kari.open(participant) and ahead.count())
    ahead.first.click()
    kari.page.wait_for_url("**/oppgaver/*")


def link_to_participant(smtp: Mailbox) -> str:
    """The newest one-time link that went to the participant."""
    texts = [str(m.get_content()) for m in smtp.messages if ADDRESS in str(m["To"])]
    links = [link for text in texts for link in re.findall(r"http\S+/l/\S+", text)]
    return links[-1] if links else ""


def assert_messages_are_discreet(smtp: Mailbox) -> None:
    assert len(smtp.messages) >= 6
    for message in smtp.messages:
        said = f"{message['Subject']} {message['From']} {message.get_content()}".lower()
        assert not [word for word in TELLING if word.lower() in said], said


def today() -> str:
    return datetime.now(UTC).date().isoformat()
