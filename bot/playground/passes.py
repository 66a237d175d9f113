"""What expires: trigger ids, good once and for three seconds, and response addresses, good five times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from time import monotonic

from bot.playground.workspace import TEAM

TRIGGER_LIFE = 3.0
ADDRESS_LIFE = 30 * 60.0
ADDRESS_USES = 5


@dataclass
class Trigger:
    """The right to open a modal for a person."""

    user: str
    made: float
    used: bool = False


@dataclass
class Address:
    """Where the app may answer an interaction; ``ts`` is the message that was clicked, if one was."""

    user: str
    channel: str
    made: float
    thread: str | None = None
    ts: str | None = None
    uses: int = 0


@dataclass
class Passes:
    """All that were given out. ``now`` is in seconds; tests move it on."""

    now: Callable[[], float] = monotonic
    triggers: dict[str, Trigger] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)

    def trigger(self, user: str) -> str:
        """A new trigger id."""
        key = f"{TEAM}.{token_urlsafe(12)}"
        self.triggers[key] = Trigger(user, self.now())
        return key

    def address(self, user: str, channel: str, thread: str | None = None, ts: str | None = None) -> str:
        """The key of a new response address."""
        key = token_urlsafe(16)  # whoever knows it may post
        self.addresses[key] = Address(user, channel, self.now(), thread, ts)
        return key

    def exchange(self, trigger_id: str) -> Trigger | str:
        """Use a trigger: what it stands for, or Slack's code of why not."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if self.now() - trigger.made > TRIGGER_LIFE:
            return "expired_trigger_id"
        trigger.used = True
        return trigger

    def look_up(self, key: str) -> Address | str:
        """A response address that still works, or Slack's code of why not."""
        address = self.addresses.get(key)
        if address is None or self.now() - address.made > ADDRESS_LIFE:
            return "expired_url"
        return address if address.uses < ADDRESS_USES else "used_url"
