"""Networks, organisations, people and what ties them."""

from wirknetz.network.models.networks import (
    SPEAKING,
    Membership,
    Network,
    Organisation,
    Region,
    TargetGroup,
)
from wirknetz.network.models.people import (
    Affiliation,
    EnteredAs,
    Invitation,
    NetworkRole,
    Person,
)

__all__ = [
    "SPEAKING",
    "Affiliation",
    "EnteredAs",
    "Invitation",
    "Membership",
    "Network",
    "NetworkRole",
    "Organisation",
    "Person",
    "Region",
    "TargetGroup",
]
