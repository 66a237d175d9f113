"""Refuse stretches of time that are not the scorecard's."""

from __future__ import annotations

import re

from bot.citations.facts import Facts
from bot.citations.sentences import Sentence
from bot.citations.words import phrases

GRAIN = "(?:day|week|month|quarter|year)"
OTHER = phrases(rf"""
    january, february, april, june, july, august, september, october, november, december, yesterday,
    tomorrow, today, annual*, yearly, monthly, weekly, daily, quarterly, decade*,
    since(?! the (?:previous|prior|preceding) {GRAIN}), recent*, lately,
    season*, spring, summer, autumn, winter, fiscal, ytd, (?:last|next|past|current|coming) {GRAIN},
    {GRAIN}s, long run, ago, overnight, date
""")
OWN = re.compile(rf"\b{GRAIN}\b")


def other_time(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse words for time other than the scorecard's own period and the one before it."""
    if found := OTHER.search(sentence.plain.replace(" - ", " ")):
        return f"speaks of another time: {found[0]!r}"
    rows = [row for mark in sentence.marks if (row := facts.row(mark.metric))]
    grains = {row.value.period.grain for row in rows} or {facts.scorecard.period.grain}
    for found in OWN.finditer(sentence.plain):
        if grains != {found[0]}:
            return f"speaks of another time: {found[0]!r}"
    return None
