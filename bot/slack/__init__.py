"""Slack: one small file per surface, the rest turns answers into messages that arrive.

messages, mention, command, clicks, sources, feedback, shortcuts, ask_form, pane, home, leaving, rest
                                      the surfaces; each registers its listeners and knows nothing else
incoming, ticket, words, teams        what was said -> a ticket: all that it takes to answer it, also after a restart
desk, lanes, serving, people, signs   one ticket: kept before it is acknowledged, in its thread's turn, with rights
blocks, table, paged, chart, cited, receipts, buttons, limits, fit, pages, text
                                      Answer -> messages within Slack's limits; pure functions
ways, standing, outlets, threads, growing, delivery, pace, forms, lacks, picture, uploads
                                      messages -> Slack, in simpler forms until it takes one
app, serve, house                     the Bolt app, over Socket Mode or HTTP, looked after
manifest, doctor, finding, coverage   what Slack has to be told, what is missing, what the data can give
"""
