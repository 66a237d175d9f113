"""Refuse what the prose is not for: deeds of the bot, requests to the reader, advice, guesses, history."""

from __future__ import annotations

from bot.citations.facts import Facts
from bot.citations.lexicon import AS_BEFORE
from bot.citations.sentences import Sentence
from bot.citations.words import phrases

DEEDS = phrases("""
    i, i'm, i've, i'll, i'd, me, my, mine, we, we've, we're, we'll, us, learn*, remember*, noted,
    memor(?:y|ies|i[sz]e*), saved?, recorded, stored, sent, deleted, scheduled, emailed, posted, notified,
    updated, configured, shared, informed, booked, from now on, going forward, in future, taught,
    understood, assistant, chatbot, bot, model, ai
""")
OF_A_METRIC = phrases("¤ (?:has |have )?(?:posted|recorded)")
"""What metrics are said to do, and the bot may not."""
REQUESTS = phrases("""
    please, click*, password*, credential*, log ?in, visit*, api, tokens?, secrets?, prompt*, instruct*,
    ignore*, disregard*, reply, email*, contact*, download*, install*, rules?, sql, query, queries,
    database, call, text, transfer*, pay, fire, promote, hire, layoffs?, should, must, ought, recommend*,
    suggest*, advis*, need(?:s|ed)? to, has to, have to, let's, let us, consider
""")
GUESSES = phrases(rf"""
    will, shall, won't, expect*, project(?:ed|ion|ions), predict*, forecast*, likely, unlikely, soon,
    going to, on course, on pace, outlook, would, could, might, may, can, can't, cannot, perhaps, maybe,
    probabl*, possibl*, potential*, risk*, appears?, seems?, signals?, indicat*, impl(?:y|ies), hint*, if,
    unless, threat*, danger*, opportunit*, trend*, consistent*,
    continu*(?!{AS_BEFORE}), again, streaks?, records?, ever,
    always, histor*, consecutive, persist*, momentum, long-standing, all-time, accelerat*, decelerat*,
    set to(?! §), to (?:fall|rise|drop|grow|declin|improv|worsen|increas|decreas|climb|recover|slip|los|gain)e?,
    known, obvious*, rumou?r*, believ*, feel*, think*, hope*
""")


def out_of_place(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse deeds, requests, advice, guesses and history."""
    said = OF_A_METRIC.sub("¤", sentence.plain)
    for pattern, what in (
        (DEEDS, "claims a deed"),
        (REQUESTS, "asks for something or advises"),
        (GUESSES, "guesses, or speaks of a course of time"),
    ):
        if found := pattern.search(said):
            return f"{what}: {found[0]!r}"
    return None
