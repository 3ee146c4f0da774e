"""The words after ``forms-service account``."""

from __future__ import annotations

import argparse

from forms_service.commands.runs.arguments import deed


def add_account(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="WHAT")
    new = deed(deeds, "add", "give somebody an account; prints the one-time link to a password")
    new.add_argument("--name", required=True, metavar="NAME")
    new.add_argument("--email", required=True, metavar="ADDRESS")
    new.add_argument("--role", required=True, metavar="ROLE", help="such as admin, coordinator or caseworker")
    new.add_argument("--office", default="", metavar="NAME", help="a caseworker has one")
    new.add_argument("--new-office", default="", metavar="NAME", help="one that is not there yet")
    again = _whose(deed(deeds, "invite", "a new link; older ones end"))
    for parser_with_link in (new, again):
        parser_with_link.add_argument("--send", action="store_true", help="by e-mail, and print nothing of it")
    deed(deeds, "list", "everybody who can sign in, or could").add_argument("--json", action="store_true")
    _whose(deed(deeds, "unlock", "let somebody try again at once"))
    _whose(deed(deeds, "reopen", "let somebody in again whose access was closed"))
    ended = _whose(deed(deeds, "close", "end somebody's access at once"))
    ended.add_argument("--reason", required=True, metavar="WHY", help="is kept in the account's log")


def _whose(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("email", metavar="ADDRESS")
    return parser
