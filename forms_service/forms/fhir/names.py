"""By what names FHIR knows our things: ids, addresses and links between them."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGE = "nb-NO"
HL7 = "http://hl7.org/fhir/StructureDefinition"


@dataclass(frozen=True, slots=True)
class Names:
    """``base`` is the address of the service, without a slash at the end; nothing is fetched from these addresses."""

    base: str
    form: str
    version: str

    @property
    def id(self) -> str:
        """FHIR's ids have no underscore."""
        return self.form.replace("_", "-")[:64]

    @property
    def url(self) -> str:
        return f"{self.base}/fhir/Questionnaire/{self.id}"

    @property
    def canonical(self) -> str:
        """The form in exactly this version."""
        return f"{self.url}|{self.version}"

    @property
    def computer_name(self) -> str:
        return "".join(part.capitalize() for part in self.form.split("_"))

    def choices(self, field: str) -> str:
        """The system that a question's choices are codes of."""
        return f"{self.url}/{field}"

    def extension(self, name: str) -> str:
        """What R4 has no words for."""
        return f"{self.base}/fhir/StructureDefinition/{name}"


def section_id(number: int) -> str:
    """A section's linkId; no field can have the same, since names have no hyphen."""
    return f"section-{number}"
