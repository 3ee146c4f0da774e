"""The eleven signs of a better everyday life, in the order in which the self-evaluation asks for them."""

from __future__ import annotations

from enum import StrEnum


class Indicator(StrEnum):
    """What a participant grades from 1 to 5. Being drug-free is not among them: it is not what the service measures."""

    LESS_ISOLATED = "less_isolated"
    DRUG_FREE_NETWORK = "drug_free_network"
    TRUST_IN_PEER = "trust_in_peer"
    DRUG_FREE_DAYS = "drug_free_days"
    LOOKING_FOR_HOME = "looking_for_home"
    PLANS_HAPPEN = "plans_happen"
    INTEREST = "interest"
    INITIATIVE = "initiative"
    SELF_RELIANT = "self_reliant"
    SEEKS_TREATMENT = "seeks_treatment"
    WORK_OR_EDUCATION = "work_or_education"
