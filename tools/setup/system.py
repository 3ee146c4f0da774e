"""Libraries and programs of the operating system: looked for, installed with apt when we may, else named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable

from forms_service.machine.needs import Need, install_command, missing
from tools.setup.say import SetupFailed, run, step, warn


def prepare(needs: Iterable[Need]) -> list[Need]:
    """Install what is missing when root; returns what is missing still."""
    needs = tuple(needs)
    lacking = missing(needs)
    if lacking and _may_install():
        _install(lacking)
        lacking = missing(needs)
    return lacking


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(needs: list[Need]) -> None:
    """A first try with the package lists as they are; they may be old or missing, so then once more with new ones."""
    with step(f"Installing {', '.join(need.name for need in needs)}"):
        try:
            _apt("install", *(need.package for need in needs))
        except SetupFailed:
            _try_with_new_lists(needs)


def _try_with_new_lists(needs: list[Need]) -> None:
    try:
        _apt("update")
        _apt("install", *(need.package for need in needs))
    except SetupFailed as problem:
        warn(str(problem))


def _apt(verb: str, *packages: str) -> None:
    options = ["--yes", "--quiet", "--no-install-recommends"] if verb == "install" else ["--quiet"]
    run(["apt-get", verb, *options, *packages], {**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def insist(lacking: list[Need]) -> None:
    """Go on without what is only nice to have; stop for the rest with the command that brings it."""
    for need in lacking:
        warn(f"  Missing: {need.name} ({need.why})")
    if lacking:
        warn(f"  Install it with: {_sudo()}{install_command(lacking)}")
    if any(need.must for need in lacking):
        raise SetupFailed("The service cannot run without it.")


def _sudo() -> str:
    return "" if os.geteuid() == 0 else "sudo "
