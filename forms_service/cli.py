"""The command ``forms-service``: what it can do, and the words for what goes wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from forms_service import __version__
from forms_service.commands.access_log.arguments import add_access_log
from forms_service.commands.account.arguments import add_account
from forms_service.commands.links.arguments import add_links
from forms_service.commands.runs.arguments import add_migrate_runs, add_runs
from forms_service.errors import FormsServiceError
from forms_service.settings import Settings, read_settings

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 well, 1 refused or failed in words, 2 wrongly called, 130 interrupted."""
    os.umask(0o077)  # files that are made are for this user only: they hold what people wrote
    chosen = _parser().parse_args(arguments)
    run: Run = chosen.run
    try:
        return run(chosen)
    except FormsServiceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def up(chosen: argparse.Namespace) -> int:
    from forms_service.commands.up import up as run

    return run(_settings(chosen, demo=chosen.demo))


def web(chosen: argparse.Namespace) -> int:
    from forms_service.commands.web import web as run

    return run(_settings(chosen), quiet=chosen.quiet)


def worker(chosen: argparse.Namespace) -> int:
    from forms_service.commands.worker import worker as run

    return run(_settings(chosen), quiet=chosen.quiet)


def poller(chosen: argparse.Namespace) -> int:
    from forms_service.commands.poller import poller as run

    return run(_settings(chosen), quiet=chosen.quiet)


def check(chosen: argparse.Namespace) -> int:
    from forms_service.commands.check import check as run

    return run(_settings(chosen, only_look=True), chosen.folder)


def simulate(chosen: argparse.Namespace) -> int:
    from forms_service.commands.simulate import simulate as run
    from forms_service.commands.simulate import wanted

    asked = wanted(chosen.workflow, chosen.answers, chosen.since, chosen.length, as_json=chosen.json)
    return run(_settings(chosen, only_look=True), asked)


def schema(chosen: argparse.Namespace) -> int:
    from forms_service.commands.schema import schema as run

    return run(_settings(chosen, only_look=True), chosen.folder, chosen.out)


def picture(chosen: argparse.Namespace) -> int:
    from forms_service.commands.picture import picture as run

    return run(_settings(chosen, only_look=True), chosen.workflow, chosen.out, as_mermaid=chosen.mermaid)


def paper(chosen: argparse.Namespace) -> int:
    from forms_service.commands.paper import paper as run

    return run(_settings(chosen, only_look=True), chosen.form, chosen.out)


def texts(chosen: argparse.Namespace) -> int:
    from forms_service.commands.texts import texts as run

    return run(_settings(chosen, only_look=True), chosen.folder, chosen.add)


def fhir(chosen: argparse.Namespace) -> int:
    from forms_service.commands.fhir import fhir as run

    return run(_settings(chosen, only_look=True), chosen.form, chosen.out)


def preview(chosen: argparse.Namespace) -> int:
    from forms_service.commands.preview import preview as run

    return run(_settings(chosen, only_look=True), chosen.form, chosen.port)


def doctor(chosen: argparse.Namespace) -> int:
    from forms_service.commands.doctor.run import doctor as run

    return run(_settings(chosen, only_look=True))


def demo(chosen: argparse.Namespace) -> int:
    from forms_service.commands.demo import demo as run

    return run(_settings(chosen, demo=True), chosen.rush, fill_it=chosen.fill)


def migrate(chosen: argparse.Namespace) -> int:
    from forms_service.commands.migrate import migrate as run

    return run(_settings(chosen))


def runs(chosen: argparse.Namespace) -> int:
    from forms_service.commands.runs.run import runs as run

    return run(_settings(chosen, only_look=True), chosen)


def links(chosen: argparse.Namespace) -> int:
    from forms_service.commands.links import links as run

    return run(_settings(chosen, only_look=True), chosen)


def access_log(chosen: argparse.Namespace) -> int:
    from forms_service.commands.access_log import access_log as run

    return run(_settings(chosen, only_look=True), chosen)


def account(chosen: argparse.Namespace) -> int:
    from forms_service.commands.account import account as run

    return run(_settings(chosen), chosen)


def migrate_runs(chosen: argparse.Namespace) -> int:
    from forms_service.commands.migrate_runs import migrate_runs as run

    return run(_settings(chosen, only_look=True), chosen)


def _settings(chosen: argparse.Namespace, demo: bool = False, only_look: bool = False) -> Settings:
    return read_settings(chosen.instance, demo_by_default=demo, make_key=not only_look)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="forms-service", description="Low-code forms and durable workflows.")
    parser.add_argument("--version", action="version", version=f"forms-service {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    up_parser = _command(commands, up, "start everything on this machine")
    up_parser.add_argument("--demo", action="store_true", help="a demo, unless the settings say otherwise")
    for part, words in ((web, "the web server alone"), (worker, "one worker alone"), (poller, "the poller alone")):
        _command(commands, part, words).add_argument("--quiet", action="store_true", help="log warnings only")
    check_parser = _command(commands, check, "check workflows, forms, messages and document templates")
    check_parser.add_argument(
        "folder", nargs="?", type=Path, help="a folder of workflows; else the one of the settings"
    )
    simulate_parser = _command(commands, simulate, "walk a workflow through virtual time; nothing is sent")
    simulate_parser.add_argument("workflow", type=Path, metavar="WORKFLOW.yaml", help="in its folder, with its forms")
    simulate_parser.add_argument("--answers", type=Path, metavar="FILE", help="who answers what, and when")
    simulate_parser.add_argument("--from", dest="since", metavar="DATE", help="the first day; else today")
    simulate_parser.add_argument("--for", dest="length", default="1 year", metavar="3y", help='or in words: "6 months"')
    simulate_parser.add_argument("--json", action="store_true", help="print JSON")
    schema_parser = _command(commands, schema, "write what editors need to complete and underline the files")
    schema_parser.add_argument("--folder", type=Path, help="a folder of workflows; else the one of the settings")
    schema_parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the schemas go; else schemas")
    picture_parser = _command(commands, picture, "draw a workflow: a page for a browser, or Mermaid text")
    picture_parser.add_argument("workflow", metavar="WORKFLOW", help='a name ("intake"), or the path of a YAML file')
    picture_parser.add_argument("--mermaid", action="store_true", help="Mermaid text for documentation")
    picture_parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it; else it is printed")
    for form_command, words in ((paper, "a form as a PDF to print and fill in"), (fhir, "a form as FHIR R4 has it")):
        form_parser = _command(commands, form_command, words)
        form_parser.add_argument("form", metavar="FORM", help='a name ("intake"), or the path of a YAML file')
        form_parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="where to write it")
    texts_parser = _command(commands, texts, "bring the translations of the forms up to date, and tell what is missing")
    texts_parser.add_argument(
        "folder", nargs="?", type=Path, help="a folder of workflows; else the one of the settings"
    )
    texts_parser.add_argument(
        "--add", action="append", default=[], metavar="nn", help="a language that is not there yet"
    )
    preview_parser = _command(commands, preview, "show a form in the browser while its file is written")
    preview_parser.add_argument("form", metavar="FORM", help='a name ("intake"), or the path of a YAML file')
    preview_parser.add_argument("--port", type=int, default=8001, help="the port of this machine; else 8001")
    _command(commands, doctor, "tell what is missing on this machine and how to get it")
    _command(commands, migrate, "bring the database to the tables of this version")
    add_runs(_command(commands, runs, "see what runs are under way, and help those that stand still"))
    add_links(_command(commands, links, "see, withdraw and send the one-time links of tasks"))
    add_access_log(_command(commands, access_log, "check and export the log of who has looked"))
    add_account(_command(commands, account, "see who may sign in; invite, unlock, close"))
    add_migrate_runs(_command(commands, migrate_runs, "move runs to another version of their workflow"))
    demo_parser = _command(commands, demo, "tell or move the clock of a demo")
    demo_parser.add_argument("--fill", action="store_true", help="invented people and requests for an empty demo")
    demo_parser.add_argument("--rush", metavar='"6 months"', help="how far to move it forward")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], run: Run, words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(run.__name__.replace("_", "-"), help=words, description=words.capitalize() + ".")
    parser.add_argument("--instance", type=Path, metavar="FOLDER", help="where settings.toml and the data lie")
    parser.set_defaults(run=run)
    return parser
