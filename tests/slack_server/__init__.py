"""The look-alike of ``bot/playground``, with the ids of a small workspace, a record, and trouble on request.

The unmodified app connects to it through its base URL (``SLACK_API_URL``). It refuses what Slack refuses and
notes each broken rule that Slack lets pass in ``violations``.
"""

from bot.playground.link import Delivery
from tests.slack_server.events import ANN, BEN, BOT, DM, SALES
from tests.slack_server.record import Call, Posted, Trouble
from tests.slack_server.server import SlackServer

__all__ = ["ANN", "BEN", "BOT", "DM", "SALES", "Call", "Delivery", "Posted", "SlackServer", "Trouble"]
