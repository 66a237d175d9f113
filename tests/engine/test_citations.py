from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import wording
from bot.citations import fill
from bot.citations.names import Name, names
from bot.citations.sentences import Mark, split
from metrics.calendar.periods import Calendar
from metrics.scorecard import Row
from tests.evals.oracle import unproved
from tests.evals.sayings import HONEST, HOSTILE, honest
from tests.scorecards import CARD, CATALOG, row, scorecard


@pytest.mark.parametrize(
    ("name", "enough"),
    [
        ("known", 80),
        ("fresh", 160),
        ("held_out", 50),
        ("last", 45),
        ("third", 60),
        ("fourth", 60),
        ("fifth", 60),
        ("sixth", 60),
        ("seventh", 60),
    ],
)
def test_honest_sentences_pass_nine_times_in_ten(name: str, enough: int) -> None:
    sentences = honest(name)
    refused = {text: fill(text, CARD, CATALOG).refused for text in sentences}
    lost = [(text, reasons[0].reason) for text, reasons in refused.items() if reasons]
    assert len(sentences) >= enough
    assert len(lost) <= len(sentences) / 10, lost


@pytest.mark.parametrize("sentence", HONEST)
def test_the_oracle_finds_every_number_of_an_honest_sentence_proved(sentence: str) -> None:
    assert not unproved(fill(sentence, CARD, CATALOG).text, CARD)


def test_the_hostile_suite_has_three_hundred_outputs_of_which_none_says_more_than_it_may() -> None:
    assert len(HOSTILE) >= 300
    assert len({lie["say"] for lie in HOSTILE}) == len(HOSTILE)
    for lie in HOSTILE:
        filled = fill(lie["say"], CARD, CATALOG)
        assert set(filled.kept) <= set(lie.get("keep", ())), lie
        assert filled.refused, lie
        assert not unproved(filled.text, CARD), lie


def test_marks_become_values_with_the_number_of_their_receipt() -> None:
    said = (
        "Win rate fell from [win_rate.previous] to [win_rate.value], below its target of [win_rate.target]."
    )
    assert (
        fill(said, CARD, CATALOG).text
        == "Win rate fell from 27.3 % [1] to 24.1 %, below its target of 28.0 %."
    )


def test_a_change_loses_its_sign_where_a_word_has_said_it() -> None:
    assert fill("Win rate fell by [win_rate.change].", CARD, CATALOG).text == "Win rate fell by 3.2 pp [1]."
    assert (
        fill("Win rate changed by [win_rate.change].", CARD, CATALOG).text
        == "Win rate changed by -3.2 pp [1]."
    )


def test_an_id_outside_a_mark_is_shown_as_the_name() -> None:
    assert fill("win_rate is at [win_rate.value].", CARD, CATALOG).text == "Win rate is at 24.1 % [1]."


def test_a_refused_sentence_is_dropped_and_the_rest_stands() -> None:
    filled = fill("Win rate is at [win_rate.value]. It is 99 %. ARR is [arr.value].", CARD, CATALOG)
    assert filled.text == "Win rate is at 24.1 % [1]. ARR is EUR 12.40M [7]."
    assert [refusal.sentence for refusal in filled.refused] == ["It is 99 %."]
    assert filled.marked == {"win_rate", "arr"}


def test_it_means_the_metric_of_the_kept_sentence_before() -> None:
    filled = fill(
        "Win rate fell to [win_rate.value]. It misses its target of [win_rate.target].", CARD, CATALOG
    )
    assert filled.text.endswith("It misses its target of 28.0 %.")
    assert fill("It misses its target of [win_rate.target].", CARD, CATALOG).text == ""
    dropped = "Win rate is 3. It misses its target of [win_rate.target]."
    assert fill(dropped, CARD, CATALOG).text == ""


def test_a_period_that_is_not_over_is_not_compared() -> None:
    card = scorecard(row(1, "arr", "5", "10", flags=("partial_period",)))
    assert fill("ARR fell to [arr.value].", card, CATALOG).text == ""
    assert fill("ARR is [arr.value].", card, CATALOG).text == "ARR is EUR 5.00 (partial period) [1]."


def test_what_looks_equal_neither_rose_nor_misses() -> None:
    card = scorecard(row(1, "win_rate", "24.14", "24.11", target=("24.1",)))
    assert fill("Win rate rose to [win_rate.value].", card, CATALOG).text == ""
    assert fill("Win rate is above its target at [win_rate.value].", card, CATALOG).text == ""
    assert fill("Win rate is on target at [win_rate.value].", card, CATALOG).text != ""


def test_a_name_of_the_list_may_hold_digits_and_words_that_are_refused_elsewhere() -> None:
    card = scorecard(
        row(1, "rule_of_40", "38"),
        row(2, "lead_to_customer_rate", "4"),
        row(3, "top_performer_retention", "9"),
    )
    for name, known in (("Rule of 40", "rule_of_40"), ("Lead to customer rate", "lead_to_customer_rate"),
                        ("Top performer retention", "top_performer_retention")):  # fmt: skip
        assert fill(f"{name} is at [{known}.value].", card, CATALOG).text.startswith(f"{name} is at ")


def test_a_value_of_another_period_names_it() -> None:
    older = row(1, "ramp_time", "6.5")
    year = replace(older, value=replace(older.value, period=Calendar().year(2024, fiscal=False)))
    card = scorecard(year)
    assert (
        fill("Ramp time is [ramp_time.value].", card, CATALOG).text == "Ramp time is 6.5 months (2024) [1]."
    )
    told = "In [ramp_time.period], ramp time was at [ramp_time.value]."
    assert fill(told, card, CATALOG).text == "In 2024, ramp time was at 6.5 months [1]."


def test_a_repeated_sentence_is_shown_once() -> None:
    assert fill("ARR is [arr.value]. ARR is [arr.value].", CARD, CATALOG).text == "ARR is EUR 12.40M [7]."


MARKS = [
    f"[{known}.{which}]"
    for known in ("win_rate", "arr", "mix", "cac")
    for which in ("value", "change", "people")
]
WORDS = [
    "Win rate",
    "ARR",
    "eNPS",
    "Rule of 40",
    "is",
    "at",
    "fell",
    "rose",
    "to",
    "from",
    "by",
    "it",
    "and",
    "target",
]
LIES = [
    "12",
    "4.5%",
    "$3",
    "twenty",
    "½",
    "٣",
    "²",
    "half",
    "percent",
    "[3]",
    "[",
    "]",
    "<@U1>",
    "`",
    "\n",
    ". ",
    ",",
    "- ",
]
BITS = st.sampled_from(MARKS + WORDS + LIES)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.lists(BITS, max_size=14).map(" ".join), st.text(max_size=80), st.lists(BITS).map("".join))
)
def test_every_number_in_the_output_came_from_a_mark(prose: str) -> None:
    filled = fill(prose, CARD, CATALOG)
    for kept in filled.kept:
        (sentence,) = split(kept, names(CARD, CATALOG))
        ours = "".join(piece for piece in sentence.pieces if not isinstance(piece, Mark | Name))
        assert not re.search(r"[\d½²%$<>`\[\]@]|twenty|half|percent", ours)
        assert not any(letter.isnumeric() for letter in ours)
    assert bool(filled.text) == bool(filled.kept)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(HONEST),
    st.integers(0, 200),
    st.sampled_from(["7", " 12 % ", " twenty ", "<!here>", " half "]),
)
def test_an_honest_sentence_with_a_figure_put_in_is_refused(honest: str, place: int, figure: str) -> None:
    outside = re.sub(r"\[[^\]]*\]", lambda mark: "#" * len(mark[0]), honest)
    spots = [spot for spot, letter in enumerate(outside) if letter == " "]
    spot = spots[place % len(spots)]
    filled = fill(f"{honest[:spot]} {figure} {honest[spot + 1 :]}", CARD, CATALOG)
    assert figure.strip() not in filled.text.replace("[7]", "")


OPPOSITES = {
    "rose": "fell", "fell": "rose", "above": "below", "below": "above", "improved": "worsened",
    "worsened": "improved", "meets": "misses", "misses": "meets", "grew": "declined", "declined": "grew",
    "up": "down", "down": "up", "unchanged": "up", "dropped": "increased", "increased": "dropped",
    "business": "people", "people": "business", ".previous]": ".value]", ".value]": ".previous]",
}  # fmt: skip


def turns(word: str) -> str:
    """A pattern for a word as such, or for the field of a mark."""
    return re.escape(word) if word.startswith(".") else rf"\b{word}\b"


@pytest.mark.parametrize("word", OPPOSITES)
def test_a_true_sentence_turned_around_is_refused(word: str) -> None:
    for sentence in HONEST:
        if not re.search(turns(word), sentence) or "across business and people" in sentence:
            continue
        if word.startswith(".") and "engagement_index" in sentence:
            continue  # it did not change: its value and the one before are the same
        turned = re.sub(turns(word), OPPOSITES[word], sentence, count=1)
        assert fill(turned, CARD, CATALOG).refused, turned


PAIRED = ("win_rate", "regretted_turnover_rate", "net_revenue_retention", "coaching_coverage")
SENTENCES = (
    "{A} and {B} are at {a} and {b}, {claim}.",
    "{A}, at {a}, and {B}, at {b}, are {claim}.",
    "{A} is at {a} and {B} is at {b}; both are {claim}.",
    "{A} is at {a} while {B} is at {b}, and they are {claim}.",
    "Both {A} and {B} are {claim}, at {a} and {b} respectively.",
)
TRUE_OF: dict[str, Callable[[Row], bool]] = {
    "above their targets": lambda line: wording.place(line) == "above",
    "below their targets": lambda line: wording.place(line) == "below",
    "up from the previous quarter": lambda line: wording.moved(line) == "up",
    "worse than before": lambda line: wording.improved(line) is False,
    "falling": lambda line: wording.moved(line) == "down",
}


@pytest.mark.parametrize("claim", TRUE_OF)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_said_of_two_metrics_holds_for_both(sentence: str, claim: str) -> None:
    lines = {line.metric.id: line for line in CARD.rows if line.metric.id in PAIRED}
    kept = set()
    for one, other in permutations(PAIRED, 2):
        said = sentence.format(
            A=lines[one].metric.name,
            B=lines[other].metric.name,
            a=f"[{one}.value]",
            b=f"[{other}.value]",
            claim=claim,
        )
        if fill(said, CARD, CATALOG).kept:
            kept.add((one, other))
    assert kept <= {(one, other) for one, other in permutations(PAIRED, 2)
                    if TRUE_OF[claim](lines[one]) and TRUE_OF[claim](lines[other])}  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "Annual recurring revenue and Coaching coverage, at [arr.value] and [coaching_coverage.value], improved.",
        "Both Win rate and Rule of 40 miss their targets, at [win_rate.value] and [rule_of_40.value] respectively.",
        "Win rate is at [win_rate.value] while Rule of 40 is at [rule_of_40.value]; both are below their targets.",
    ],
)
def test_what_is_true_of_two_metrics_may_be_said_of_both(said: str) -> None:
    assert not fill(said, CARD, CATALOG).refused
