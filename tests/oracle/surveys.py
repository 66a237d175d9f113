"""Surveys of customers: the naive formulas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.book import Book, Span, day, is_in, number, ratio
from tests.oracle.company import Cell, Row

NPS, CSAT = (0, 10), (1, 5)


def wave_day(wave: Row, responded: Cell = None) -> date | None:
    """The day a wave counts in: that it closed, else of the answer, else that it opened."""
    return day(wave["closed_on"]) or day(responded) or day(wave["opened_on"])


def answers_of(book: Book, span: Span, kind: str) -> list[Row]:
    """The answers with a score, given to waves of this kind that count in the span."""
    waves = {row["survey_id"]: row for row in book.rows("surveys") if row["survey_type"] == kind}
    return [
        row
        for row in book.rows("survey_responses")
        if row["survey_id"] in waves
        and row["score"] is not None
        and is_in(wave_day(waves[row["survey_id"]], row["responded_at"]), span)
    ]


def answers(book: Book, span: Span, scale: tuple[int, int], kind: str) -> list[Fraction]:
    """The scores on a scale, given to waves of this kind that count in the span."""
    given = answers_of(book, span, kind)
    return [number(row["score"]) for row in given if (row["scale_min"], row["scale_max"]) == scale]


def promoters_less_detractors(scores: list[Fraction]) -> Fraction:
    """Nine and ten less zero to six, of all."""
    return ratio(sum(one >= 9 for one in scores) - sum(one <= 6 for one in scores), len(scores), 100)


def nps(book: Book, span: Span) -> Fraction:
    """Of NPS surveys."""
    return promoters_less_detractors(answers(book, span, NPS, "nps"))


def product_nps(book: Book, span: Span) -> Fraction:
    """Of product NPS surveys."""
    return promoters_less_detractors(answers(book, span, NPS, "product_nps"))


def csat(book: Book, span: Span) -> Fraction:
    """Fours and fives of answers on five points."""
    scores = answers(book, span, CSAT, "csat")
    return ratio(sum(one >= 4 for one in scores), len(scores), 100)


def customer_survey_response_rate(book: Book, span: Span) -> Fraction:
    """Of those invited, those who answered."""
    waves = {
        row["survey_id"]: row
        for row in book.rows("surveys")
        if row["audience"] == "customer" and is_in(wave_day(row), span)
    }
    invited = {
        (row["survey_id"], row["respondent_key"])
        for row in book.rows("survey_invites")
        if row["survey_id"] in waves
    }
    answered = {(row["survey_id"], row["respondent_key"]) for row in book.rows("survey_responses")}
    return ratio(len(invited & answered), len(invited), 100)
