"""One file per command: `add` declares its arguments, `run` does it."""

from bot.commands import ask, catalog, check, metric, rank, serve, usage, verify

COMMANDS = (ask, metric, rank, catalog, check, verify, usage, serve)
