"""Files on their way: kept for whoever attached them, then part of what was sent, else deleted with the draft."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session, undefer

from forms_service.engine.drafts.draft import Owner
from forms_service.engine.drafts.find import oldest_kept
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.storage.drafts import DraftRow
from forms_service.storage.insert import insert_if_new
from forms_service.storage.runs import SubmissionRow
from forms_service.storage.uploads import UploadRow

FileAnswer = dict[str, object]
FILE = "file"


@dataclass(frozen=True, slots=True)
class Desk:
    """One filling in of one form by one person: its files are nobody else's."""

    owner: Owner
    key: str
    nonce: str

    def id_of(self, field: str, content: bytes) -> str:
        about = f"{self.owner.code}\n{self.key}\n{self.nonce}\n{field}\n".encode()
        return hashlib.sha256(about + content).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked at."""

    field: str
    name: str
    kind: str
    content: bytes


def keep_file(rt: Runtime, session: Session, desk: Desk, upload: Upload) -> str:
    """The file's id; the same file for the same question is kept once, under the name that it has now."""
    number = desk.id_of(upload.field, upload.content)
    insert_if_new(
        session,
        UploadRow,
        id=number,
        owner=desk.owner.code,
        key=desk.key,
        field=upload.field,
        name=upload.name,
        kind=upload.kind,
        size=len(upload.content),
        uploaded_at=rt.clock.now(),
        submission_id=None,
        content=upload.content,
    )
    here = update(UploadRow).where(UploadRow.id == number, UploadRow.submission_id.is_(None))
    session.execute(here.values(name=upload.name).execution_options(synchronize_session=False))
    return number


def files_of(session: Session, desk: Desk) -> dict[str, dict[str, FileAnswer]]:
    """Question → id → the answer that a file is, for this filling in; also after it was sent, for a second press."""
    sent = select(SubmissionRow.id).where(SubmissionRow.nonce == desk.owner.sends_as(desk.nonce)).scalar_subquery()
    hers = UploadRow.submission_id.is_(None) | (UploadRow.submission_id == sent)
    found = session.scalars(select(UploadRow).where(_on(desk.owner, desk.key), hers))
    files: dict[str, dict[str, FileAnswer]] = {}
    for row in found:
        files.setdefault(row.field, {})[row.id] = answer_of(row.id, row.name, row.kind, row.size)
    return files


def copy_sent(rt: Runtime, session: Session, desk: Desk, numbers: Iterable[str]) -> dict[str, str]:
    """Those of the files that she has sent already, once more for another filling in: old id → new id."""
    sent = _on(desk.owner, desk.key) & UploadRow.id.in_([*numbers]) & UploadRow.submission_id.is_not(None)
    found = session.scalars(select(UploadRow).where(sent).options(undefer(UploadRow.content)))
    return {row.id: keep_file(rt, session, desk, Upload(row.field, row.name, row.kind, row.content)) for row in found}


def answer_of(number: str, name: str, kind: str, size: int) -> FileAnswer:
    return {FILE: number, "name": name, "kind": kind, "size": size}


def attach(session: Session, answers: Mapping[str, object], submission_id: str) -> None:
    """The files become part of what is sent, with its transaction. NotFound when one was deleted meanwhile."""
    numbers = set(_numbers_in(answers))
    if numbers:
        free = update(UploadRow).where(UploadRow.id.in_(numbers), UploadRow.submission_id.is_(None))
        done = session.execute(free.values(submission_id=submission_id).execution_options(synchronize_session=False))
        if done.rowcount != len(numbers):  # type: ignore[attr-defined]
            raise NotFound


def discard_files(session: Session, owner: Owner, key: str) -> None:
    """Those that were attached and not sent."""
    session.execute(delete(UploadRow).where(_on(owner, key), UploadRow.submission_id.is_(None)))


def discard_old_files(rt: Runtime, session: Session) -> bool:
    """Those that were not sent and that no draft holds any more; whether there were any."""
    oldest = oldest_kept(rt)
    draft = exists().where(DraftRow.owner == UploadRow.owner, DraftRow.key == UploadRow.key)
    old = delete(UploadRow).where(UploadRow.uploaded_at < oldest, UploadRow.submission_id.is_(None))
    gone = session.execute(
        old.where(~draft.where(DraftRow.updated_at >= oldest)).execution_options(synchronize_session=False)
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def _on(owner: Owner, key: str) -> ColumnElement[bool]:
    return (UploadRow.owner == owner.code) & (UploadRow.key == key)


def _numbers_in(answers: Mapping[str, object]) -> Iterator[str]:
    """A rehearsal's invented file has none."""
    yield from (str(each[FILE]) for each in answers.values() if isinstance(each, Mapping) and each.get(FILE))
