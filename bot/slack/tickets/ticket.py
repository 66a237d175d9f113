"""A question from Slack with all that is needed to answer it, also by another process after a restart."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any
from uuid import uuid4

from bot.memory.inbox import Entry

COMMAND = "/metrics"


@dataclass(frozen=True)
class Ticket:
    """One question.

    ``keys`` name it in each way that Slack may deliver it; any of them seen before means that it was taken already.
    ``channel`` and ``thread`` are its conversation; ``root`` is the thread that is answered in, none for answers to
    the asker alone, which go through ``response_url``. ``ts`` is the message that asks, ``source`` names it, and
    ``edits`` says that it was asked before in other words: its answer takes the place of the first. ``quiet`` is a
    message that did not call the bot by name: it is answered where that makes sense, else passed over.
    ``in_thread`` says that it stands in a thread. ``groups`` were chosen from a menu beside the words: see Question.
    ``form`` is what was chosen in a form: it stands in no message yet, and is asked in one of its own first.
    """

    text: str
    user: str
    channel: str
    thread: str
    keys: tuple[str, ...] = ()
    root: str = ""
    ts: str = ""
    response_url: str = field(default="", repr=False)
    source: str = ""
    edits: bool = False
    quiet: bool = False
    in_thread: bool = False
    groups: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex[:12])

    def work(self) -> dict[str, Any]:
        """What the inbox keeps of it."""
        return {name: value for name, value in asdict(self).items() if name not in {"id", "keys"}}


def private_thread(user: str) -> str:
    """The conversation in a channel that somebody alone reads: what they typed as a command, and what follows it."""
    return f"{COMMAND}:{user}"


def ticket_of(entry: Entry) -> Ticket:
    """The ticket that an entry of the inbox was made of. What this version does not know is left out."""
    known = {one.name for one in fields(Ticket)}
    work: dict[str, Any] = {name: value for name, value in entry.work.items() if name in known}
    return Ticket(**work | {"id": entry.ticket})
