"""How many rounds, with which dice, in which town, and what is counted.

FAULTS: the part of the full counts that is done (1: everything). FAULTS_SEED: the dice of an earlier time.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.home import Home, open_home
from tests.faults.ledger import Ledger
from tests.faults.postgresql import Server, own_server
from tests.fixtures.mail import Mailbox

SMALL = 0.004
"""The part of the full counts in ``make test``: a few minutes on two cores."""

COUNTED = Path(__file__).parents[2] / ".cache"

Times = Callable[..., int]

_ledger = pytest.StashKey[Ledger]()


def factor() -> float:
    return float(os.environ.get("FAULTS") or SMALL)


def seed_of(config: pytest.Config) -> str:
    """The same in all processes of one run of pytest."""
    given = os.environ.get("FAULTS_SEED")
    if given:
        return given
    chosen = getattr(config, "workerinput", {}).get("faults_seed")
    if chosen is None:
        chosen = os.environ["FAULTS_SEED"] = str(random.SystemRandom().randrange(10**6))
    return str(chosen)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_ledger] = Ledger()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["faults_seed"] = seed_of(node.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    node.config.stash[_ledger].take_in(getattr(node, "workeroutput", {}).get("faults", []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["faults"] = session.config.stash[_ledger].plain()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    ledger = config.stash[_ledger]
    if not ledger.counts or hasattr(config, "workerinput"):
        return
    ledger.keep(COUNTED, factor(), seed_of(config))
    terminalreporter.section(f"faults: factor {factor():g}, again with FAULTS_SEED={seed_of(config)}")
    terminalreporter.write_line(ledger.table())


@pytest.fixture
def times() -> Times:
    """``times(200)``: how many rounds of 200 are done today, at least one (or ``minimum``)."""
    return lambda full, minimum=1: max(minimum, round(full * factor()))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> str:
    """Dice for this test; a failing test shows it, and FAULTS_SEED throws the same again."""
    chosen = seed_of(request.config)
    print(f"FAULTS_SEED={chosen}")
    return chosen


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What goes wrong is meant to; the auditor says what should not have."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> str:
    """The number of the fault, from the name of the file: test_f07_….py is F7."""
    return f"F{int(request.path.stem.split('_')[1].lstrip('f'))}"


@pytest.fixture
def ledger(request: pytest.FixtureRequest, fault: str) -> Iterator[Ledger]:
    began = time.perf_counter()
    kept = request.config.stash[_ledger]
    yield kept
    database = next((name for name in ("sqlite", "postgresql") if name in request.node.name), "sqlite")
    kept.add(fault, database, seconds=time.perf_counter() - began)


@pytest.fixture
def home(database_url: str, tmp_path: Path, smtp: Mailbox, ledger: Ledger, fault: str, seed: str) -> Iterator[Home]:
    """A town on a fresh database, with a mail server of its own and nobody at work yet."""
    opened = open_home(database_url, tmp_path, smtp, ledger, fault, seed)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def own_postgresql() -> Iterator[Server]:
    with own_server() as server:
        yield server


def pytest_itemcollected(item: pytest.Item) -> None:
    """``-k f9`` finds test_f09_…."""
    number = item.path.stem.split("_")[1]
    if number.startswith("f0"):
        item.extra_keyword_matches.add(number.replace("f0", "f"))
