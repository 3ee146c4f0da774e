"""Make the theme anew with Designsystemet's command-line tool: ``python -m tools.theme`` writes static/theme.css."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.setup.frontend import npm_here

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
STYLESHEET = CHECKOUT / "forms_service" / "web" / "static" / "theme.css"
CONFIG, BUILT = "designsystemet.config.json", "built"
MADE_FROM = (CONFIG, "package.json", "package-lock.json")
COMMANDS = (("tokens", "create"), ("tokens", "build", "--tokens", "tokens", "--out-dir", BUILT))


def main() -> int:
    npm = npm_here()
    if npm is None:
        print("The theme is made with npm, which this machine does not have.", file=sys.stderr)
        return 1
    (CHECKOUT / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CHECKOUT / ".cache", prefix="theme-") as there:
        STYLESHEET.write_text(origin() + small(_made(npm, Path(there))), encoding="utf-8")
    print(f"{STYLESHEET.relative_to(CHECKOUT)} is made anew")
    return 0


def origin() -> str:
    """The first line: what the stylesheet was made from, so that a test sees one that is older than its file."""
    made_from = b"".join((HERE / name).read_bytes() for name in MADE_FROM)
    return f"/* Made by python -m tools.theme from {hashlib.sha256(made_from).hexdigest()} */\n"


def small(stylesheet: str) -> str:
    """Without comments and without space that says nothing; a line for each rule."""
    bare = re.sub(r"/\*.*?\*/", "", stylesheet.replace('@charset "UTF-8";', ""), flags=re.DOTALL)
    tight = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", bare))
    return tight.replace(": ", ":").replace("}", "}\n").strip() + "\n"


def _made(npm: tuple[str, ...], there: Path) -> str:
    for name in MADE_FROM:
        shutil.copy(HERE / name, there)
    _run(there, *npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    for command in COMMANDS:
        _run(there, str(there / "node_modules" / ".bin" / "designsystemet"), *command, "--config", CONFIG)
    return (there / BUILT / "theme.css").read_text(encoding="utf-8")


def _run(there: Path, *command: str) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=there, check=True, stdin=quiet, stdout=quiet)


if __name__ == "__main__":
    sys.exit(main())
