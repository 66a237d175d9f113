"""Survey answers and invitations with the wave they belong to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text, by_code
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.pieces import flag
from metrics.engine.tables.relations import Relations, need

PROMOTER, DETRACTOR = 9, 6
"""On the scale of 0 to 10 (DELA annual report 2018; Zenefits help)."""
FOUR_POINTS = 4
"""From so many points on the two best count; of two or three the best, for the middle is neutral (Simplesat help)."""
OF_EMPLOYEES = ("enps", "engagement", "manager", "leadership_trust", "onboarding")
TO_TEN = ("nps", "product_nps", "enps")
"""Surveys whose answers go from 0 to 10; where a company says nothing of the scale, others go from 1 to 5."""


def survey_answers(relations: Relations) -> sa.Select[Any]:
    """One row per scored answer, with its wave. Answers that do not apply (no score) are left out."""
    answers = _dated(relations)
    scale = [_bound(relations, answers, name) for name in USUAL]
    unnamed = sa.literal(THE_QUESTION, sa.Text())
    question = sa.func.coalesce(answers.c.question_id, unnamed) if "question_id" in answers.c else unnamed
    origin: sa.FromClause = answers
    segment: sa.ColumnElement[Any] = as_text(sa.null())
    if relations.has("survey_invites", "segment", "survey_id", "respondent_key"):
        invited = _invited(relations)
        origin, segment = answers.outerjoin(invited, _same(invited, answers)), invited.c.segment
    score, top = answers.c.score, scale[1]
    best = sa.case((top - scale[0] >= FOUR_POINTS - 1, top - 1), else_=top)
    return sa.select(
        answers.c.survey_id,
        *_wave(answers),
        answers.c.wave_day,
        answers.c.respondent_key,
        question.label("question_id"),
        *_groups(answers, segment),
        score,
        *(column.label(name) for column, name in zip(scale, USUAL, strict=True)),
        flag(score >= best).label("top_two"),
        flag(score >= PROMOTER).label("promoter"),
        flag(score <= DETRACTOR).label("detractor"),
    ).select_from(origin)


def survey_people(relations: Relations) -> sa.Select[Any]:
    """One row per wave and invited person, whether or not they answered; double invitations count once."""
    invited, waves = _invited(relations), _waves(relations)
    answers = need(relations, "survey_responses", "survey_id", "respondent_key")
    given = sa.select(answers.c.survey_id, answers.c.respondent_key).distinct().subquery("given_answers")
    origin = invited.join(waves, waves.c.survey_id == invited.c.survey_id)
    origin = origin.outerjoin(given, _same(given, invited))
    return sa.select(
        invited.c.survey_id,
        invited.c.respondent_key,
        invited.c.manager_key,
        *_wave(waves),
        _wave_day(relations, waves).label("wave_day"),
        *_groups(waves, invited.c.segment),
        flag(given.c.respondent_key.is_not(None)).label("responded"),
    ).select_from(origin)


def _invited(relations: Relations) -> sa.CTE:
    """Who was invited to which survey, each once: whoever is invited again is the same person."""
    invites = need(relations, "survey_invites", "survey_id", "respondent_key")
    keys = (invites.c.survey_id, invites.c.respondent_key)
    extra = [
        (sa.func.min(by_code(invites.c[name])) if name in invites.c else as_text(sa.null())).label(name)
        for name in ("segment", "manager_key")
    ]
    return relations.shared("invited", lambda: sa.select(*keys, *extra).group_by(*keys))


def _same(one: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    """The same person in the same survey."""
    return sa.and_(one.c.survey_id == other.c.survey_id, one.c.respondent_key == other.c.respondent_key)


THE_QUESTION = "the question"
"""What a question is called that a company does not name: the only one of its survey, as far as anybody can tell."""
USUAL = {"scale_min": (0, 1), "scale_max": (10, 5)}
"""The bounds of the scale from 0 to 10, and of the others."""


def _waves(relations: Relations) -> sa.CTE:
    """The surveys with who was asked and the usual bounds of their scale: told once for each, not for each answer."""
    waves = need(relations, "surveys", "survey_id", "survey_type")
    others = [
        column for column in waves.c if column.name not in ("audience", *USUAL)
    ]  # a scale is that of an answer
    bounds = [
        sa.case((waves.c.survey_type.in_(TO_TEN), to_ten), else_=other).label(f"usual_{name}")
        for name, (to_ten, other) in USUAL.items()
    ]
    audience = _audience(relations, waves).label("audience")
    return relations.shared("waves", lambda: sa.select(*others, audience, *bounds))


def _audience(relations: Relations, waves: sa.CTE) -> sa.ColumnElement[Any]:
    """Who was asked: as the company says it, else as the type of the survey tells."""
    told = sa.case((waves.c.survey_type.in_(OF_EMPLOYEES), "employee"), else_="customer")
    if "audience" in waves.c:
        return sa.func.coalesce(waves.c.audience, told)
    for table in ("survey_answers", "survey_people"):
        relations.remark(table, "surveys.audience is absent: taken from the type of the survey")
    return told


def _wave(waves: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    product = waves.c.get("product", as_text(sa.null()))
    return [waves.c.survey_type, waves.c.audience, product.label("product")]


def _bound(relations: Relations, answers: sa.FromClause, name: str) -> sa.ColumnElement[Any]:
    """A bound of an answer's scale: the usual one of its survey, where the company does not say it."""
    usual = answers.c[f"usual_{name}"]
    if name in answers.c:
        return sa.func.coalesce(answers.c[name], usual)
    said = f"survey_responses.{name} is absent: NPS goes from 0 to 10, others from 1 to 5"
    relations.remark("survey_answers", said)
    return usual


def _groups(waves: sa.FromClause, segment: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """An invitation's segment as what it is: a team of employees, or a segment of customers."""
    return [
        sa.case((waves.c.audience == "employee", segment)).label("team"),
        sa.case((waves.c.audience == "customer", segment)).label("customer_segment"),
    ]


def _wave_day(relations: Relations, waves: sa.CTE, answers: sa.CTE | None = None) -> sa.ColumnElement[Any]:
    """The day an answer counts for: when its wave closed; of an open wave, when it came, else when that opened."""
    return _first(
        ([waves.c.closed_on] if "closed_on" in waves.c else []) + _open_days(relations, waves, answers)
    )


def _dated(relations: Relations) -> sa.FromClause:
    """Each scored answer with its wave and the day it counts for.

    Those of closed waves stand apart, where there are others: whoever asks for a quarter then reads no answer of
    another one. With a day that may be either, a database has to join every answer to its wave first.
    """
    answers = need(relations, "survey_responses", "survey_id", "respondent_key", "score")
    waves = _waves(relations)
    others = _open_days(relations, waves, answers)
    days: list[tuple[sa.ColumnElement[Any], ...]] = [(_wave_day(relations, waves, answers),)]
    if "closed_on" in waves.c and others:
        closed = waves.c.closed_on
        days = [(_first([closed]), closed.is_not(None)), (_first(others), closed.is_(None))]
    of_waves = [column for column in waves.c if column.name not in answers.c]
    joined = answers.join(waves, waves.c.survey_id == answers.c.survey_id)
    parts = [
        sa.select(*answers.c, *of_waves, day.label("wave_day"))
        .select_from(joined)
        .where(answers.c.score.is_not(None), *kept)
        for day, *kept in days
    ]
    return (sa.union_all(*parts) if len(parts) > 1 else parts[0]).subquery("dated_answers")


def _open_days(relations: Relations, waves: sa.CTE, answers: sa.CTE | None) -> list[sa.ColumnElement[Any]]:
    """The days that are left where no day says when a wave closed."""
    came = (
        [relations.day(answers.c.responded_at)] if answers is not None and "responded_at" in answers.c else []
    )
    return came + ([waves.c.opened_on] if "opened_on" in waves.c else [])


def _first(days: list[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    """The first of these days that is known."""
    if not days:
        raise MissingError("surveys.closed_on")
    return sa.type_coerce(sa.func.coalesce(*days) if len(days) > 1 else days[0], sa.Date())
