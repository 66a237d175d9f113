"""One file per command: `add` declares its arguments, `run` does it."""

from bot.commands import (
    ask,
    catalog,
    check,
    coach,
    doctor,
    init,
    metric,
    playground,
    rank,
    serve,
    usage,
    verify,
)

COMMANDS = (ask, metric, rank, coach, catalog, check, verify, usage, serve, playground, doctor, init)
