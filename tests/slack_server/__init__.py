"""A strict Slack of our own on loopback: Web API over HTTP, events over Socket Mode, no Slack needed.

The unmodified app connects to it through its base URL (``SLACK_API_URL``). It keeps a record of every call,
refuses what Slack refuses, misbehaves on request, and notes each broken rule in ``violations``.
"""

from tests.slack_server.events import ANN, BEN, BOT, DM, SALES
from tests.slack_server.link import Delivery
from tests.slack_server.record import Call, Posted, Trouble
from tests.slack_server.server import SlackServer

__all__ = ["ANN", "BEN", "BOT", "DM", "SALES", "Call", "Delivery", "Posted", "SlackServer", "Trouble"]
