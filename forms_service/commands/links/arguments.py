"""The words after ``forms-service links``."""

from __future__ import annotations

import argparse

from forms_service.commands.runs.arguments import deed


def add_links(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="WHAT")
    found = deed(deeds, "list", "the links of open tasks, the newest first")
    found.add_argument("--all", action="store_true", help="also those of tasks that are over")
    found.add_argument("--limit", type=int, default=50, metavar="N")
    found.add_argument("--json", action="store_true", help="print JSON")
    for name, words in (("withdraw", "end the link of a task"), ("send", "send a new link; the old one ends")):
        deed(deeds, name, words).add_argument("step", metavar="STEP", help="the task's id, or its beginning")
