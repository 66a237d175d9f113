"""Slack: one small file per surface, the rest turns answers into messages that arrive.

dm, mention, command, home, rest    the surfaces; each registers its listeners and knows nothing else
text, table, blocks, pages, limits  Answer -> messages within Slack's limits; pure functions
desk, lanes, signs                  one question: in its thread's turn, claimed once, with a sign of life
delivery, outlets, pace             messages -> Slack, in simpler forms until it takes one
app, serve                          the Bolt app, and running it over Socket Mode
"""
