"""``forms-service migrate-runs``: look at what moving runs to another version means, and move them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sqlalchemy import select

from forms_service.commands.logs import log_to_terminal
from forms_service.commands.runs.act import COMMAND_LINE
from forms_service.commands.runs.named import run_named
from forms_service.commands.runs.table import short, table
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.runtime import Runtime
from forms_service.engine.versions import Move, move_runs, preview, versions_of
from forms_service.errors import NotFound, ReasonMissing
from forms_service.settings import Settings
from forms_service.storage.runs import RunRow
from forms_service.wiring import open_runtime

HEADS = ("run", "from", "to", "stands at", "said")
WORDS = {
    "over": "is over",
    "same_version": "is there already",
    "unreadable": "one of the versions cannot be read any more",
    "at_work": "a worker is at work on it; try again",
    "step_missing": "the step is not there any more",
    "other_verb": "the step does something else now",
    "other_place": "the step stands in another lane or list now",
    "lanes_changed": "the number of lanes is another",
    "list_changed": "the list is gone through in another way",
    "form_missing": "the form is not there any more",
    "no_rounds": "the workflow does not repeat any more",
    "answers_gone": "answers that were given have no place",
    "field_gone": "an answer that was given has no place",
    "never_made": "a document that will be sent was never made in this run",
    "other_rounds": "the rounds get another rhythm, and the next one is on this day",
}
"""What the codes of a Move mean, for the person at the terminal."""


def migrate_runs(settings: Settings, chosen: argparse.Namespace) -> int:
    """Exit status 1 when any run was refused. Raises NotFound, and ReasonMissing for --yes without a reason."""
    log_to_terminal(quiet=True)
    if chosen.yes and not chosen.reason.strip():
        raise ReasonMissing("Say why: --reason")
    rt = open_runtime(settings, must_ring=False)
    try:
        moves = _moves(rt, chosen, _chosen_runs(rt, chosen))
    finally:
        rt.database.close()
    print(_told(moves, moved=chosen.yes))
    return 1 if any(move.refused for move in moves) else 0


def _moves(rt: Runtime, chosen: argparse.Namespace, runs: Sequence[str]) -> tuple[Move, ...]:
    if chosen.yes:
        return move_runs(rt, runs, chosen.to, chosen.reason, COMMAND_LINE)
    with rt.database.reading() as session:
        return preview(rt, session, runs, chosen.to)


def _chosen_runs(rt: Runtime, chosen: argparse.Namespace) -> list[str]:
    """Those that were named, else all under way that are not there already."""
    with rt.database.reading() as session:
        if not versions_of(session, chosen.workflow):
            raise NotFound(f'There is no workflow "{chosen.workflow}".')
        of_workflow = select(RunRow.id).where(RunRow.workflow == chosen.workflow)
        known = set(session.scalars(of_workflow))
        going = session.scalars(of_workflow.where(RunRow.status.in_(UNDER_WAY)).order_by(RunRow.started_at)).all()
        moves = {} if chosen.runs else {move.run_id: move.refused for move in preview(rt, session, going, chosen.to)}
    named = [run_named(rt, run) for run in chosen.runs]
    if not set(named) <= known:
        raise NotFound(f'Not all of these are runs of "{chosen.workflow}".')
    return named or [run for run in going if moves.get(run) != "same_version"]


def _told(moves: Sequence[Move], *, moved: bool) -> str:
    if not moves:
        return "There is nothing to move."
    rows = [
        (short(move.run_id), str(move.old), str(move.new), ", ".join(move.open_steps), _said(move, moved=moved))
        for move in moves
    ]
    hint = (
        ""
        if moved or all(move.refused for move in moves)
        else '\nNothing is moved yet. Move them with: --yes --reason "…"'
    )
    return table(HEADS, rows) + hint


def _said(move: Move, *, moved: bool) -> str:
    if move.refused:
        return f"refused: {_words(move.refused)}"
    return "; ".join(["moved" if moved else "can be moved", *map(_words, move.warnings)])


def _words(code: str) -> str:
    name, _, what = code.partition(": ")
    return f"{WORDS.get(name, name)} ({what})" if what else WORDS.get(name, name)
