"""What stands in front: with https somebody else speaks TLS, and a setting says whose word on callers is believed."""

from __future__ import annotations

from forms_service.commands.doctor.finding import Finding
from forms_service.settings import Settings

MEND = (
    "Set FORMS_PROXIES to how many proxies stand in front, one behind the other (mostly 1), "
    "and let each add X-Forwarded-For."
)


def proxies(settings: Settings) -> list[Finding]:
    """Without the number everybody has the proxy's address, and one who asks too often keeps all others out."""
    number = settings.proxies
    if number == 0 and settings.base_url.startswith("https://"):
        said = "FORMS_BASE_URL is https, FORMS_PROXIES is 0: limits count everybody as one address"
        return [Finding("Reverse proxy", well=False, said=said, mend=MEND, must=False)]
    return [Finding("Reverse proxy", well=True, said=f"{number} in front" if number else "none in front")]
