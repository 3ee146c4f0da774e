"""The words after ``forms-service runs`` and ``forms-service migrate-runs``."""

from __future__ import annotations

import argparse
from pathlib import Path

WHEN = "2026-05-01 or 2026-05-01T09:00, where the service is"


def add_runs(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="WHAT")
    _looking(deeds)
    _steps(deeds)
    _whole_runs(deeds)
    settle = deed(deeds, "settle", "say what became of a message, or send it again")
    settle.add_argument("message", metavar="MESSAGE", help="an id, or its beginning")
    settle.add_argument("decision", choices=("sent", "again"))


def add_migrate_runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workflow", metavar="WORKFLOW")
    parser.add_argument("--run", dest="runs", nargs="+", default=[], metavar="RUN", help="else all that are under way")
    parser.add_argument("--to", type=int, metavar="N", help="a version; else the newest")
    parser.add_argument("--yes", action="store_true", help="move them; without it nothing is changed")
    parser.add_argument("--reason", default="", metavar="WHY", help="needed with --yes; is kept in the run's history")


def _looking(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    found = deed(deeds, "list", "runs, the newest first")
    found.add_argument(
        "text", nargs="?", default="", metavar="TEXT", help="a run's id, a document's number, a start key"
    )
    found.add_argument("--workflow", default="", metavar="WORKFLOW")
    found.add_argument("--status", default="", choices=("active", "paused", "ended", "cancelled"))
    found.add_argument("--stopped", action="store_true", help="only those where somebody must look at something")
    found.add_argument("--limit", type=int, default=50, metavar="N")
    shown = deed(deeds, "show", "one run with its steps, messages and events")
    _run(shown)
    for parser in (found, shown):
        parser.add_argument("--json", action="store_true", help="print JSON")


def _steps(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    retry = deed(deeds, "retry", "try steps again that stopped")
    retry.add_argument("steps", nargs="*", metavar="STEP", help="an id, or its beginning")
    retry.add_argument("--run", dest="runs", nargs="+", default=[], metavar="RUN", help="all that stopped in a run")
    skip = _step(deeds, "skip", "leave a step out; the run goes on as after it")
    due = _step(deeds, "due", "change when a timer rings or a task is due")
    due.add_argument("when", metavar="WHEN", help=WHEN)
    hand_over = _step(deeds, "hand-over", "give a task to somebody else")
    hand_over.add_argument("--role", required=True, metavar="ROLE")
    hand_over.add_argument("--person", metavar="ID", help="else whoever holds the role")
    for parser in (skip, due, hand_over):
        _reason(parser)


def _whole_runs(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    pause = deed(deeds, "pause", "let a run stand still")
    resume = deed(deeds, "resume", "take a paused run on again")
    cancel = deed(deeds, "cancel", "stop a run for good")
    cancel.add_argument("--children", action="store_true", help="also the runs that it has started and waits for")
    for parser in (pause, resume, cancel):
        _run(parser)
        _reason(parser)


def deed(deeds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str) -> argparse.ArgumentParser:
    parser = deeds.add_parser(name, help=words, description=words.capitalize() + ".")
    folder = parser.add_argument("--instance", type=Path, metavar="FOLDER", help="where settings.toml and the data lie")
    folder.default = argparse.SUPPRESS  # else it would undo what stands before the deed
    return parser


def _step(deeds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str) -> argparse.ArgumentParser:
    parser = deed(deeds, name, words)
    parser.add_argument("step", metavar="STEP", help="an id, or its beginning")
    return parser


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run_id", metavar="RUN", help="an id, or its beginning")


def _reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="WHY", help="is kept in the run's history")
