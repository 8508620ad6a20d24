"""A Slack workspace on localhost: for trying an app without a workspace, and for testing it over the wire."""

from fakeslack.clock import Clock
from fakeslack.limits import Faults, RateLimits
from fakeslack.model import App, Call, Fault, SlackError, Stop, Team
from fakeslack.outbox import Delivery
from fakeslack.people import Person
from fakeslack.slack import FakeSlack

__all__ = [
    "App",
    "Call",
    "Clock",
    "Delivery",
    "FakeSlack",
    "Fault",
    "Faults",
    "Person",
    "RateLimits",
    "SlackError",
    "Stop",
    "Team",
]
