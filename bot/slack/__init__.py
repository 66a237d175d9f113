"""Slack: one small file per surface, the rest turns answers into messages that arrive.

layout    Answer -> messages within Slack's limits; pure functions
sending   messages -> Slack, in simpler forms until it takes one
tickets   what was said -> a ticket: all that it takes to answer it, also after a restart
work      one ticket: kept before it is acknowledged, in its thread's turn, with rights
surfaces  where people meet the bot; each registers its listeners and knows nothing else
app       all of these as one Bolt app; serve runs it over Socket Mode or HTTP
manifest, exported, doctor, finding
          what Slack has to be told, and what is missing

Each of the first six knows only those above it in this list (pyproject.toml holds them to it).
"""
