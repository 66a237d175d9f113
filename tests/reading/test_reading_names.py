"""Every name, acronym and synonym of every metric is read, whatever stands around it and whenever it is asked for."""

from __future__ import annotations

from datetime import date
from itertools import cycle

import pytest

from bot.reading import read
from bot.reading.words.lexicon import lexicon
from bot.reading.words.spelling import respell
from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.load import load_catalog

CATALOG = load_catalog()
CALENDAR = Calendar()
AS_OF = date(2025, 11, 14)
FRAMES = (
    "{} {}",
    "what was our {} {}",
    "hey, could you tell me the {} for {} please?",
    "{1}: {0}",
    "SHOW ME {} {}",
    "how did {} come out {}, just curious",
)
PERIODS = (
    "2025-Q2",
    "FY2025-Q1",
    "2025-03",
    "2024",
    "2025-W07",
    "2025-01-01..2025-03-31",
    "last quarter",
    "ytd",
    "Q2 2025",
    "March 2025",
    "this fiscal year",
    "last month",
    "the last 90 days",
    "since March",
)
NAMES = [(metric.id, name) for metric in CATALOG.metrics.values() for name in (metric.name, *metric.synonyms)]


def mistakes(frame: str, pairs: list[tuple[str, str, str]]) -> list[str]:
    found = []
    for metric, name, period in pairs:
        said = (
            name if frame.startswith("{} {}") else name[0].lower() + name[1:] if name[1:2].islower() else name
        )
        text = frame.format(said, period)
        text = text.upper() if "SHOW" in frame else text
        request = read(text, catalog=CATALOG, calendar=CALENDAR, as_of=AS_OF)
        wanted = parse_period(period, as_of=AS_OF, calendar=CALENDAR)
        got = (*request.metrics, *request.alternatives)
        if metric not in got or request.period != wanted or request.kind not in ("value", "clarification"):
            when = request.period and request.period.label
            found.append(f"{text!r} ({metric}): {request.kind} {got[:3]} {when}")
    return found


@pytest.mark.parametrize("frame", FRAMES)
def test_every_name_of_a_metric_is_read_in_any_sentence_with_any_period(frame: str) -> None:
    shift = FRAMES.index(frame)
    periods = cycle(PERIODS[shift:] + PERIODS[:shift])
    wrong = mistakes(frame, [(metric, name, next(periods)) for metric, name in NAMES])
    assert not wrong, f"{len(wrong)} of {len(NAMES)}: {wrong[:20]}"


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_is_read_beside_every_metric(period: str) -> None:
    frames = cycle(FRAMES)
    pairs = [(metric.id, metric.name, period) for metric in CATALOG.metrics.values()]
    wrong = [one for pair in pairs for one in mistakes(next(frames), [pair])]
    assert not wrong, f"{len(wrong)} of {len(pairs)}: {wrong[:20]}"


@pytest.mark.parametrize("name", ["montréal", "müller", "protégé", "jäger"])
def test_a_word_in_other_letters_is_not_mended_piece_by_piece(name: str) -> None:
    assert respell(f"win rate of {name}", lexicon(CATALOG).vocabulary) == f"win rate of {name}"
