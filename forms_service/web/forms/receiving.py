"""Files that come with a form: looked at, kept for whoever sent them, and from then on known by their id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from forms_service.engine.uploads import Desk, FileAnswer, Upload, answer_of, copy_sent, files_of, keep_file
from forms_service.forms.attached.check import Attached, checked, largest
from forms_service.forms.attached.refused import FileRefused, Reason
from forms_service.language.definitions import MOST_MEGABYTES, Field, FieldType, Form
from forms_service.texts import say
from forms_service.web.current import runtime
from forms_service.web.forms.sheet import Sheet
from forms_service.web.forms.typed_back import is_from_this_page

Posted = MultiDict[str, str]


def file_fields(form: Form) -> list[Field]:
    return [field for field in form.fields() if field.type is FieldType.FILE]


def receive(sheet: Sheet, posted: Posted, nonce: str) -> tuple[Sheet, Posted]:
    """The sheet with the files that it has now, and what was posted with their ids instead of them."""
    refused: dict[str, str] = {}
    shown: dict[str, dict[str, FileAnswer]] = {}
    if sheet.filled_in_at is None:  # what is not kept cannot be asked for again
        posted = MultiDict([each for each in posted.items(multi=True) if each[0] not in _names(sheet.form)])
    for field, given in _given(sheet.form):
        try:
            number, answer = _keep(sheet, nonce, field, _looked_at(field, given))
        except FileRefused as error:
            refused[field.name] = _words(field, f"file_{error.reason}")
        else:
            posted.setlist(field.name, [number])
            shown[field.name] = {number: answer}
    return with_files(sheet, nonce, refused, shown), posted


def with_files(
    sheet: Sheet,
    nonce: str = "",
    refused: Mapping[str, str] | None = None,
    shown: Mapping[str, dict[str, FileAnswer]] | None = None,
) -> Sheet:
    """Knowing the files that were attached before; a form without files asks for none."""
    if not file_fields(sheet.form):
        return sheet
    new, before = shown or {}, _attached_before(sheet, nonce)

    def files(name: str) -> dict[str, FileAnswer]:
        return {**new.get(name, {}), **before.get(name, {})}

    return replace(sheet, context=replace(sheet.context, files=files, refused=refused or {}))


def for_another(sheet: Sheet, posted: Posted, nonce: str) -> tuple[Sheet, Posted]:
    """The same form filled in once more, after it was sent: with files of its own, like those that were sent."""
    names = _names(sheet.form)
    if sheet.place is None or not names:
        return sheet, posted
    numbers = [value for name in names for value in posted.getlist(name)]
    with runtime().database.writing() as db:
        new = copy_sent(runtime(), db, Desk(sheet.place.owner, sheet.place.key, nonce), numbers)
    pairs = posted.items(multi=True)
    posted = MultiDict([(name, new.get(value, value) if name in names else value) for name, value in pairs])
    return with_files(sheet, nonce), posted


def _attached_before(sheet: Sheet, nonce: str) -> Mapping[str, dict[str, FileAnswer]]:
    place = sheet.filled_in_at
    if place is None:
        return {}
    with runtime().database.reading() as db:
        return files_of(db, Desk(place.owner, place.key, nonce))


def _names(form: Form) -> frozenset[str]:
    return frozenset(field.name for field in file_fields(form))


def _given(form: Form) -> Iterator[tuple[Field, FileStorage]]:
    for field in file_fields(form):
        given = request.files.get(f"{field.name}-file")
        if given is not None and given.filename:
            yield field, given


def _looked_at(field: Field, given: FileStorage) -> Attached:
    """One file at a time is in memory, and no more of it than it may have."""
    if not is_from_this_page():
        raise FileRefused(Reason.AGAIN)
    return checked(field, given.filename or "", given.stream.read(largest(field) + 1))


def _keep(sheet: Sheet, nonce: str, field: Field, found: Attached) -> tuple[str, FileAnswer]:
    """A form that is only looked at keeps nothing; one that has come already has the same file, or no part of this."""
    place = sheet.filled_in_at
    if place is None:
        return field.name, answer_of("", found.name, found.kind, len(found.content))
    desk = Desk(place.owner, place.key, nonce)
    number = desk.id_of(field.name, found.content)
    if sheet.place is not None:
        with runtime().database.writing() as db:
            keep_file(runtime(), db, desk, Upload(field.name, found.name, found.kind, found.content))
    return number, answer_of(number, found.name, found.kind, len(found.content))


def _words(field: Field, key: str) -> str:
    accepted = say(f"forms.file_{'_or_'.join(sorted(field.accept or ('pdf', 'image'), reverse=True))}")
    return say(f"forms.{key}", label=field.label, maximum=field.maximum or MOST_MEGABYTES, accepted=accepted)
