"""The use cases: open a session, read, ask the domain, write, and return a small frozen result."""

from dataclasses import dataclass

from bot.services.administering import Administering
from bot.services.answering import Answering
from bot.services.attending import Attending
from bot.services.away import BeingAway
from bot.services.collecting import Collecting
from bot.services.configuring import Configuring
from bot.services.delivering import Delivering
from bot.services.editing import Editing
from bot.services.exporting import Exporting
from bot.services.filling import Filling
from bot.services.forgetting import Forgetting
from bot.services.holding import Holding
from bot.services.homes import Homes
from bot.services.joining import Joining
from bot.services.jotting import Jotting
from bot.services.keeping import Keeping
from bot.services.merging import Merging
from bot.services.noticing import Noticing
from bot.services.overhearing import Overhearing
from bot.services.own_days import OwnDays
from bot.services.pausing import Pausing
from bot.services.publishing import Publishing
from bot.services.renumbering import Renumbering
from bot.services.repeating import Repeating
from bot.services.reporting import Reporting
from bot.services.scheduling import Scheduling
from bot.services.sharing import Sharing
from bot.services.styling import Styling
from bot.services.succeeding import Succeeding
from bot.services.telling import Telling
from bot.services.turns import Turns
from bot.services.workspaces import Workspaces


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, for the doors in: listeners, jobs, pages and the command line."""

    administering: Administering
    answering: Answering
    attending: Attending
    away: BeingAway
    collecting: Collecting
    configuring: Configuring
    delivering: Delivering
    editing: Editing
    exporting: Exporting
    filling: Filling
    forgetting: Forgetting
    holding: Holding
    homes: Homes
    joining: Joining
    keeping: Keeping
    jotting: Jotting
    merging: Merging
    own_days: OwnDays
    noticing: Noticing
    overhearing: Overhearing
    pausing: Pausing
    publishing: Publishing
    renumbering: Renumbering
    repeating: Repeating
    reporting: Reporting
    scheduling: Scheduling
    sharing: Sharing
    styling: Styling
    succeeding: Succeeding
    telling: Telling
    turns: Turns
    workspaces: Workspaces
