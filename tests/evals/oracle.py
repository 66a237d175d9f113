"""Text that was shown -> the numbers in it that nothing proves. Knows nothing of how the guard works.

Every figure that a scorecard holds is taken out as it is displayed, then receipts, names and periods; whatever
still looks like a number, in digits of any script or in words, was not computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.wording import meets
from metrics.display import row_change, row_target, row_value, shown
from metrics.scorecard import Row, Scorecard
from metrics.values import Status

WORDS = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|\w*hundred|\w*thousand|\w*[mb]illions?|dozens?|half|halves|halved|thirds?|"
    r"quarters|tenths?|once|twice|thrice|doubled?|doubling|tripled?|\w+fold|percent|percentage|"
    r"most(?! urgent\b)|majority|"
    r"several|few|(?<!\bin )all|none)\b",
    re.IGNORECASE,
)


def unproved(text: str, card: Scorecard) -> list[str]:
    """The numbers of a text that are not in the scorecard."""
    for known in sorted({*_names(card), *_figures(card)} - {""}, key=len, reverse=True):
        text = text.replace(known, " ")
    text = re.sub(r"\[\d+\]", " ", text)
    return WORDS.findall(text) + [letter for letter in text if letter.isnumeric()]


def _names(card: Scorecard) -> Iterator[str]:
    yield from (row.metric.name for row in card.rows)
    yield from (synonym for row in card.rows for synonym in row.metric.synonyms)
    yield from (card.company, card.role_name, card.period.label)
    yield from (row.value.period.label for row in card.rows)


def _figures(card: Scorecard) -> Iterator[str]:
    for held, side in ((card.business, "business"), (card.people, "people")):
        yield from (f"{held} {side}", f"{held} are {side}")
    yield f"{len(card.rows)} metrics"
    yield f"{len(card.rows)} "
    targets = [met for row in card.rows if (met := meets(row)) is not None]
    statuses = [row.value.status for row in card.rows]
    for part in (True, False):
        yield f"{targets.count(part)} of the {len(targets)} targets"
    for met, said in ((True, "met"), (False, "missed")):
        if set(targets) == {met}:
            yield from (f"{all_of_them} {len(targets)} targets are {said}" for all_of_them in ("All", "The"))
    for status in (Status.SUPPRESSED, Status.NOT_MEASURED):
        yield f"{statuses.count(status)} of the {len(card.rows)} metrics"
    for row in card.rows:
        yield from filter(None, _of(row, card))


def _of(row: Row, card: Scorecard) -> Iterator[str]:
    yield row_value(row, card.currency)
    yield row_target(row, card.currency)
    if row.value.status is not Status.SUPPRESSED and row.previous is not None:
        yield shown(row.previous.value, row.metric.unit, card.currency) if row.previous.value else ""
        change = row_change(row, card.currency)
        yield change
        yield change.lstrip("+-")
