"""The pages through Flask's test client: a small town, a real SQLite database, visitors who sign in as people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from forms_service.app import create_app
from forms_service.casework.peer_support import PeerSupport
from forms_service.clock import FrozenClock
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch
from forms_service.engine.library import Library
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.work import work
from forms_service.language.files import read_files
from forms_service.messages.folder import FolderTransport
from forms_service.settings import Settings, read_settings
from forms_service.storage.database import Database, open_database
from tests.integration.casework.town import NOW, Town
from tests.integration.desk.office import Office
from tests.integration.desk.visitor import NearBell, PaperPress, SignIn, Visitor


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return replace(read_settings(tmp_path / "instance", {"FORMS_DEMO": "yes"}), database_url=sqlite_url)


@pytest.fixture
def bell() -> NearBell:
    return NearBell()


@pytest.fixture
def press() -> PaperPress:
    return PaperPress()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture(scope="session")
def files() -> Mapping[str, str]:
    root = Path(__file__).parents[3]
    return read_files(root / "workflows", root / "pdf_templates")


@pytest.fixture
def rt(
    settings: Settings, town: Town, bell: NearBell, press: PaperPress, clock: FrozenClock, files: Mapping[str, str]
) -> Runtime:
    """The shipped service in a small town; nothing is worked at until a test says so."""
    service = PeerSupport()
    library = Library(files, service.vocabulary)
    with town.database.writing() as session:
        library.publish(session, clock.now())
    return Runtime(settings, town.database, clock, service, library, bell, FolderTransport(settings.mailbox), press)


@pytest.fixture
def app(rt: Runtime) -> Flask:
    return create_app(rt)


@pytest.fixture
def nobody(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app.test_client())


@pytest.fixture
def signed_in_as(app: Flask) -> SignIn:
    """A browser of her own for one of the town's people."""

    def sign_in(key: str) -> Visitor:
        visitor = Visitor(app.test_client())
        answer = visitor.post("/inn", person=key)
        assert answer.status_code == 302, answer.text
        return visitor

    return sign_in


@pytest.fixture
def work_all(rt: Runtime, bell: NearBell) -> Callable[[], None]:
    """What workers and the poller do, until nothing is due."""

    def work_until_done() -> None:
        dispatch(rt)
        while bell.rings:
            rings, bell.rings = bell.rings, []
            for kind, row_id in rings:
                messages = work(rt, row_id, identity()) if kind == "step" else (row_id,)
                for message_id in messages:
                    deliver(rt, message_id, identity())
            dispatch(rt)

    return work_until_done


@pytest.fixture
def office(rt: Runtime, clock: FrozenClock, work_all: Callable[[], None]) -> Office:
    return Office(rt, clock, work_all)
