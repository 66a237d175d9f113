"""A Slack of our own on loopback: for the tests, and in the browser for who wants to try the bot.

workspace                people, channels, messages, views: what stands in the workspace now
blocks                   which blocks Slack would refuse, surface by surface
rights, methods          the Web API: scopes, arguments, answers
payloads, link, passes   what Slack sends, the socket it goes through, triggers and response addresses
acts                     what people do: say, click, submit, run a command or a shortcut
server                   all of it over HTTP; tests make it misbehave
cast, page, guard, run   the playground: who is in it, its page, and the bot beside it
deeds                    what the page sends, done in the workspace

It is written from Slack's pages, not from what our bot does, and it refuses what Slack refuses.
"""
