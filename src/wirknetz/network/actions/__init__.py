"""The only writes of the room: keyword-only, with ``by=`` and ``at=``, atomic, audited.

Refused: the rules do not allow it. ValidationError: what was typed cannot be.
Http404: the actor may not know of it.
"""

from wirknetz.network.actions.accepting import (
    accept_by_joining,
    accept_invitation,
    decline_invitation,
)
from wirknetz.network.actions.addresses import carry_address
from wirknetz.network.actions.confirming import confirm_affiliation
from wirknetz.network.actions.delivery import send_again
from wirknetz.network.actions.invitations import resend_invitation
from wirknetz.network.actions.networks import (
    add_region,
    add_target_group,
    change_region,
    change_settings,
    change_target_group,
    found_network,
    remove_region,
    remove_target_group,
)
from wirknetz.network.actions.organisations import (
    add_organisation,
    change_organisation,
    choose_region,
    move_stage,
)
from wirknetz.network.actions.people import (
    add_person,
    change_affiliation,
    correct_person,
    end_affiliation,
)
from wirknetz.network.actions.roles import end_role, give_role

__all__ = [
    "accept_by_joining",
    "accept_invitation",
    "add_organisation",
    "add_person",
    "add_region",
    "add_target_group",
    "carry_address",
    "change_affiliation",
    "change_organisation",
    "change_region",
    "change_settings",
    "change_target_group",
    "choose_region",
    "confirm_affiliation",
    "correct_person",
    "decline_invitation",
    "end_affiliation",
    "end_role",
    "found_network",
    "give_role",
    "move_stage",
    "remove_region",
    "remove_target_group",
    "resend_invitation",
    "send_again",
]
