"""Look at everything, say all of it, and count what must be mended."""

from __future__ import annotations

from forms_service.commands.doctor import files, machine, services
from forms_service.commands.doctor.finding import Finding, Look
from forms_service.commands.doctor.proxies import proxies
from forms_service.settings import Settings

LOOKS: tuple[Look, ...] = (
    machine.python,
    machine.libraries,
    files.fonts,
    files.front_end,
    services.database,
    services.doorbell,
    services.mail,
    services.sms,
    proxies,
    machine.disk,
    machine.clock,
)


def doctor(settings: Settings) -> int:
    """Exit status 1 when something must be mended."""
    findings = [finding for look in LOOKS for finding in look(settings)]
    for finding in findings:
        print(finding)
    missing = [finding for finding in findings if finding.must and not finding.well]
    print(_summary(missing))
    return 1 if missing else 0


def _summary(missing: list[Finding]) -> str:
    if not missing:
        return "Nothing is missing."
    return f"{len(missing)} {'thing is' if len(missing) == 1 else 'things are'} missing."
