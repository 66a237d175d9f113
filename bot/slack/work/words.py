"""Words that are no questions: `new`, `list`, `check`, `forget me`. Everything else goes to the path of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.audience.places import is_direct
from bot.memory import Memory
from bot.memory.retention import forget
from bot.memory.slack_store import start_anew
from bot.slack.tickets.incoming import HELP
from bot.slack.tickets.ticket import Ticket
from bot.slack.work.coverage import Coverage, told

FORGET = re.compile(r"(?:please\s+)?forget me(?:,?\s+please)?[.!]?", re.IGNORECASE)
HELPLESS = (
    "You may not ask me here: ask in another channel, or whoever runs me. What is always yours: `forget me` erases "
    "what I keep of you."
)
"""The help of who may ask nothing."""
COMMANDS = """\
`/metrics QUESTION` answers you alone, wherever you type it. Besides:
• `/metrics help` this
• `/metrics coach TEXT` teaches me a rule, `/metrics coach retire ID` ends one
• `/metrics list` shows what I was taught
• `/metrics check` which metrics the data can give
• `/metrics new` starts a new conversation, so that nothing points back at earlier lists
• `/metrics forget me` erases what I keep of you"""
"""Said below what help says everywhere."""
REWRITTEN = {"list": "coach list", "rules": "coach list"}
"""Short words of the command, and what they ask."""

Said = Callable[[Ticket, Memory, Coverage, bool], str]


def _new(ticket: Ticket, memory: Memory, _data: Coverage, _admin: bool) -> str:
    start_anew(memory.engine, ticket.channel, ticket.thread)
    return "This is a new conversation now; nothing points back at what was shown before."


def _forget(ticket: Ticket, memory: Memory, _data: Coverage, _admin: bool) -> str:
    forget(memory.engine, ticket.user)
    return (
        "I erased what I kept of you: your questions, my answers to them, your feedback, your role and the rules that "
        "were for you alone. Rules that you taught me for others still hold, without your name and your words. What "
        "stands in Slack is Slack's: delete those messages there."
    )


def _check(_ticket: Ticket, _memory: Memory, data: Coverage, admin: bool) -> str:
    """Which metrics the data can give; what is wrong with tables is for admins."""
    engine, report = data.open(), data.report()
    total = len(report.computable) + len(report.missing)
    lines = [
        f"{len(report.computable)} of {total} metrics can be computed from {engine.company.file.name}'s data."
    ]
    if report.missing:
        names = sorted(engine.catalog.metric(metric_id).name for metric_id in report.missing)
        lines.append(f"Not measured: {', '.join(names)}.")
    if admin:
        lines += [f"• {table.name}: {problem}" for table in report.tables for problem in told(table)]
        if report.ok:
            lines.append("All tables are as they should be.")
    return "\n".join(lines)


WORDS: Mapping[str, Said] = {"new": _new, "/new": _new, "check": _check}


def _helpless(_ticket: Ticket, _memory: Memory, _data: Coverage, _admin: bool) -> str:
    return HELPLESS


def owed(ticket: Ticket, *, asks: bool) -> Said | None:
    """What everybody gets, also who may ask nothing (``asks``): to be forgotten, and to be told so."""
    text = " ".join(ticket.text.split())
    if FORGET.fullmatch(text):
        return _forget
    return _helpless if not asks and text.casefold() == HELP else None


def other(ticket: Ticket) -> Said | None:
    """What a ticket wants where it asks no question."""
    text = " ".join(ticket.text.split()).casefold()
    return WORDS.get(text) if ticket.response_url or is_direct(ticket.channel) else None


def rewritten(ticket: Ticket) -> str:
    """What is asked, short words of the command spelt out."""
    return REWRITTEN.get(ticket.text.casefold(), ticket.text) if ticket.response_url else ticket.text
