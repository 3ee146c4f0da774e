"""An installation's own word for a peer stands wherever somebody reads: on every page, on paper and in the mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from forms_service.app import create_app
from forms_service.documents.press import Press
from forms_service.documents.stamp import Stamp
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch
from forms_service.engine.library import Library
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.work import work
from forms_service.language.definitions import Document
from forms_service.language.peers import naming_of
from forms_service.settings.places import shipped_folder
from forms_service.storage.outbox import MessageRow
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import NearBell, Visitor
from tests.unit.test_naming import STIFINNER

WRITTEN = re.compile(r"likem[ae]nn|peer supporter|likeperson", re.IGNORECASE)
READ = frozenset({"title", "alt", "aria-label", "placeholder", "data-label"})
PEOPLE = ("solveig", "nora", "berit", "astrid")
READERS = (*((person, "nb") for person in PEOPLE), ("solveig", "nn"), ("solveig", "en"))
MOST = 60
"""Pages of one person in one language."""
LEADS_AWAY = ("/ut", "/static", "/utseende", "/merke", "/skjemaer/", "?sprak")


class Read(HTMLParser):
    """What somebody reads of a page, and where it leads; no addresses, names of fields and the like."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if name in READ]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass
class Printer:
    """The press as far as the page that it would print; everything it was given stands in ``printed``."""

    press: Press
    printed: list[str] = field(default_factory=list)

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: Stamp) -> bytes:
        self.printed.append(f"{stamp.title} {self.press.html(document, data, stamp)}")
        return b"%PDF-1.7"


@pytest.fixture
def printer(rt: Runtime) -> Printer:
    return Printer(Press(shipped_folder("pdf_templates"), replace(rt.settings.service, **STIFINNER, name="Tjenesten")))


@pytest.fixture
def own(rt: Runtime, files: Mapping[str, str], printer: Printer) -> Runtime:
    """The shipped service where a peer is a stifinner."""
    service = replace(rt.settings.service, **STIFINNER, name="Tjenesten", organisation="Organisasjonen")
    library = Library(files, rt.service.vocabulary, naming_of(service))
    with rt.database.writing() as session:
        library.publish(session, rt.clock.now())
    return replace(rt, settings=replace(rt.settings, service=service), library=library, press=printer)


@pytest.fixture
def busy(own: Runtime, office: Office, bell: NearBell) -> Office:
    """With a request, a meeting, an agreement and their letters behind them."""
    there = replace(office, rt=own, work=_worker(own, bell))
    there.match()
    return there


def _worker(rt: Runtime, bell: NearBell) -> Callable[[], None]:
    def work_until_done() -> None:
        dispatch(rt)
        while bell.rings:
            rings, bell.rings = bell.rings, []
            for kind, row_id in rings:
                for message_id in work(rt, row_id, identity()) if kind == "step" else (row_id,):
                    deliver(rt, message_id, identity())
            dispatch(rt)

    return work_until_done


def pages(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Every page that somebody can walk to from her first one, each kind of page about twice."""
    kinds: dict[str, int] = {}
    waiting, seen = ["/", "/konto", "/oppgaver"], set[str]()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        kind = re.sub(r"[0-9a-f-]{32,36}|=.*", "*", address)
        if address in seen or kinds.get(kind, 0) > 1:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = visitor.client.get(address, follow_redirects=True)
        if answer.mimetype == "text/html":
            yield address, answer.text
            links = (link.partition("#")[0] for link in Read(answer.text).links)
            waiting += [link for link in links if link.startswith("/") and not link.startswith(LEADS_AWAY)]


def still_said(page: str) -> list[str]:
    return [text.strip() for text in Read(page).words if WRITTEN.search(text)]


@pytest.mark.parametrize(("person", "language"), READERS)
def test_no_page_says_the_word_that_the_installation_does_not_use(
    own: Runtime, busy: Office, person: str, language: str
) -> None:
    visitor = Visitor(create_app(own).test_client())
    assert visitor.post("/inn", person=person).status_code == 302
    visitor.get(f"/konto?sprak={language}")
    read = dict(pages(visitor))
    assert len(read) > 5
    assert {address: said for address, page in read.items() if (said := still_said(page))} == {}
    assert any("stifinner" in page.lower() for page in read.values())


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_form_of_the_shipped_folder_does(own: Runtime, files: Mapping[str, str], language: str) -> None:
    visitor = Visitor(create_app(own).test_client())
    visitor.post("/inn", person="astrid")
    visitor.get(f"/konto?sprak={language}")
    forms = [name.removeprefix("forms/").removesuffix(".yaml") for name in files if name.startswith("forms/")]
    said = {form: still_said(visitor.read(f"/drift/skjemaer/{form}")) for form in forms}
    assert {form: words for form, words in said.items() if words} == {}


def test_no_paper_does(own: Runtime, busy: Office, printer: Printer) -> None:
    visitor = Visitor(create_app(own).test_client())
    visitor.post("/inn", person="solveig")
    assert visitor.get("/uken/vikarpakke.pdf").status_code == 200
    assert len(printer.printed) >= 3
    assert [page for page in printer.printed if WRITTEN.search(" ".join(Read(page).words))] == []
    assert "Samtale med stifinneren" in printer.printed[-1]


def test_no_mail_does(own: Runtime, busy: Office) -> None:
    with own.database.reading() as session:
        mails = [f"{mail.subject} {mail.body}" for mail in session.scalars(select(MessageRow))]
    assert mails
    assert [mail for mail in mails if WRITTEN.search(mail)] == []


def test_what_was_stored_before_the_word_was_chosen_is_read_with_it(rt: Runtime, own: Runtime, office: Office) -> None:
    office.match()
    assert office.document("agreement").title == "Avtale om likemann"
    visitor = Visitor(create_app(own).test_client())
    visitor.post("/inn", person="nora")
    assert "Avtale om stifinner" in visitor.read("/innboks")
