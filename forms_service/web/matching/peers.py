"""The peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import Response, render_template
from sqlalchemy.orm import Session

from forms_service.casework.candidates import as_peer
from forms_service.casework.lists.peers import (
    BY_NAME,
    ORDERS,
    ChosenPeers,
    PeerMatch,
    capacity,
    matches_of_peers,
    peer_lines,
)
from forms_service.casework.lists.spreadsheet import spreadsheet
from forms_service.domain.matching import Peer, is_prepared
from forms_service.domain.people import Gender
from forms_service.texts import say
from forms_service.web.as_file import csv_file, of_today
from forms_service.web.choosing import chosen, kept, yes_or_no
from forms_service.web.current import runtime, viewer
from forms_service.web.paging import page_of
from forms_service.web.reads import note_listing
from forms_service.web.words import number

HEADS = ("name", "birth_year", "ready", "courses", "hours_free", "hours", "participants", "interests")
AT_ONCE = 500
"""Peers whose matches are asked for in one question: no database takes a list without an end."""


def everyone() -> str:
    with runtime().database.writing() as db:
        page = page_of(db, peer_lines(viewer(), _chosen()), as_peer)
        matches = matches_of_peers(db, [peer.person_id for peer in page.items])
        _note(db, matches, "peers")
        return render_template(
            "matching/peers.html",
            page=page,
            matches=matches,
            is_prepared=is_prepared,
            capacity=capacity(db),
            chosen=_chosen(),
            kept=kept("klar", "ledig", "kjonn", "sorter"),
        )


def everyone_as_file() -> Response:
    """The list as it is chosen, whole; everybody in it has been looked at."""
    with runtime().database.writing() as db:
        peers = [as_peer(row) for row in db.execute(peer_lines(viewer(), _chosen()))]
        matches: dict[str, list[PeerMatch]] = {}
        for first in range(0, len(peers), AT_ONCE):
            matches |= matches_of_peers(db, [peer.person_id for peer in peers[first : first + AT_ONCE]])
        _note(db, matches, "peers_file")
    return csv_file(_file(peers, matches), of_today("likemenn"))


def _note(db: Session, matches: Mapping[str, Sequence[PeerMatch]], what: str) -> None:
    note_listing(db, viewer(), [match.participant_id for each in matches.values() for match in each], what)


def _file(peers: Iterable[Peer], matches: Mapping[str, Sequence[PeerMatch]]) -> bytes:
    rows = (
        (
            peer.name,
            str(peer.birth_year),
            say("common.yes" if is_prepared(peer) else "common.no"),
            str(peer.courses_passed),
            number(peer.hours_free),
            number(peer.hours),
            ", ".join(match.case_number for match in matches.get(peer.person_id, ())),
            peer.interests,
        )
        for peer in peers
    )
    return spreadsheet([say(f"peers.heads.{head}") for head in HEADS], rows)


def _chosen() -> ChosenPeers:
    ready, has_hours = yes_or_no("klar"), bool(yes_or_no("ledig"))
    return ChosenPeers(ready, has_hours, chosen("kjonn", list(Gender)), chosen("sorter", ORDERS, BY_NAME))
