"""What ``forms-service links`` does; written down as done from the command line."""

from __future__ import annotations

import argparse

from forms_service.commands.runs.act import COMMAND_LINE
from forms_service.commands.runs.named import step_named
from forms_service.engine.operate.links import links_to, send_link, withdraw_link
from forms_service.engine.runtime import Runtime


def withdraw(rt: Runtime, chosen: argparse.Namespace) -> str:
    step_id = step_named(rt, chosen.step)
    withdraw_link(rt, step_id, _newest(rt, step_id), COMMAND_LINE)
    return "The link is withdrawn."


def send(rt: Runtime, chosen: argparse.Namespace) -> str:
    step_id = step_named(rt, chosen.step)
    send_link(rt, step_id, _newest(rt, step_id), COMMAND_LINE)
    return "A new link is on its way; the old one has ended."


def _newest(rt: Runtime, step_id: str) -> str:
    with rt.database.reading() as session:
        return next((link.id for link in links_to(session, step_id)), "")
