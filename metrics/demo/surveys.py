"""Survey waves of employees and customers: who was asked, under a pseudonym, and what they answered."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from metrics.demo import stories
from metrics.demo.book import Book
from metrics.demo.clock import DAY, HOUR, MONTHS, NOTHING, Array, month_start, stream
from metrics.demo.staff import Staff, Worker, pseudonym
from metrics.demo.store import Frame, frame

PRODUCTS = ("Plan", "Flow", "Insight")


@dataclass(frozen=True)
class Kind:
    """A kind of survey: its questions, scale, middle and spread of the answers, and who answers of a hundred."""

    name: str
    audience: str
    questions: int
    scale: tuple[int, int]
    middle: float
    spread: float
    answers: int


ENGAGEMENT = Kind("engagement", "employee", 10, (1, 5), 4.03, 0.92, 82)
ENPS = Kind("enps", "employee", 1, (0, 10), 7.95, 1.95, 78)
MANAGER = Kind("manager", "employee", 4, (1, 5), 4.08, 0.9, 80)
TRUST = Kind("leadership_trust", "employee", 2, (1, 5), 3.86, 0.95, 80)
ONBOARDING = Kind("onboarding", "employee", 3, (1, 5), 4.15, 0.8, 88)
NPS = Kind("nps", "customer", 1, (0, 10), 8.3, 1.85, 31)
PRODUCT_NPS = Kind("product_nps", "customer", 1, (0, 10), 8.1, 1.9, 26)
CSAT = Kind("csat", "customer", 1, (1, 5), 4.52, 0.92, 34)
CES = Kind("ces", "customer", 1, (1, 7), 5.5, 1.2, 30)


@dataclass
class Answers:
    """All waves while they are being held."""

    rng: np.random.Generator
    surveys: list[tuple[Any, ...]] = field(default_factory=list)
    invites: list[tuple[Any, ...]] = field(default_factory=list)
    responses: list[tuple[Any, ...]] = field(default_factory=list)

    def hold(
        self,
        kind: Kind,
        closes: int,
        asked: Iterable[tuple[object, str, str | None, float]],
        product: str | None = None,
    ) -> None:
        """One wave. ``asked``: who, team or segment, key of the manager, and how much better they answer."""
        rng = self.rng
        survey = f"{kind.name}-{len(self.surveys) + 1:03d}"
        opened = closes - 14
        self.surveys.append((survey, kind.name, kind.audience, product, opened, closes))
        people = sorted(asked, key=lambda who: who[1])
        moods = self._moods(len(people))
        for (who, segment, manager, better), mood in zip(people, moods, strict=True):
            key = pseudonym("R", survey, who)
            self.invites.append((survey, key, segment, manager))
            if rng.random() * 100 >= kind.answers:
                continue
            second = int(rng.integers(opened, closes)) * DAY + int(rng.integers(7 * HOUR, 20 * HOUR))
            shared = 0.95 if kind.questions == 1 else 0.6
            noise = rng.normal(0, kind.spread * (1 - shared**2) ** 0.5, kind.questions)
            scores = np.round(kind.middle + better + kind.spread * shared * mood + noise)
            for question, score in enumerate(np.clip(scores, *kind.scale).tolist(), 1):
                empty = kind.questions > 1 and rng.random() < 0.02
                row = (
                    survey,
                    key,
                    f"{kind.name}-q{question:02d}",
                    second,
                    None if empty else int(score) * 100,
                    *kind.scale,
                )
                self.responses.append(row)

    def _moods(self, how_many: int) -> Array:
        """One normal number for each, spread evenly, so that waves differ by what happened and not by chance.

        Neighbours get numbers far apart (steps of the golden ratio), so that every segment is spread evenly too.
        """
        drawn = np.sort(self.rng.normal(0, 1, how_many * 25))[12::25]
        places = (self.rng.random() + np.arange(how_many) * 0.618034) % 1
        return np.asarray(drawn[places.argsort().argsort()])


def tables(staff: Staff, book: Book, users: Frame, tickets: Frame) -> dict[str, Frame]:
    """The three survey tables."""
    answers = Answers(stream("surveys"))
    people = _people_of(users)
    for month in range(MONTHS):
        last = month_start(month + 1) - 1
        if month % 3 == 2:
            _ask_employees(answers, staff, month, last - 6)
            answers.hold(NPS, last - 4, _contacts(answers, book, people, last - 18, share=0.7))
            answers.hold(CES, last - 3, _contacts(answers, book, people, last - 18, share=0.3))
        if month % 6 == 4:
            for product in PRODUCTS:
                answers.hold(
                    PRODUCT_NPS, last - 5, _contacts(answers, book, people, last - 20, share=0.4), product
                )
        answers.hold(CSAT, last, _served(answers, book, tickets, month))
    return {
        "surveys": frame("surveys", answers.surveys),
        "survey_invites": frame("survey_invites", answers.invites),
        "survey_responses": frame("survey_responses", answers.responses),
    }


def _ask_employees(answers: Answers, staff: Staff, month: int, closes: int) -> None:
    opened = closes - 14
    there = [w for w in staff.there(opened) if w.there(closes) and w.kind in {"regular", "fixed_term"}]
    answers.hold(ENGAGEMENT, closes, [_asked(w, opened) for w in there])
    answers.hold(ENPS, closes, [_asked(w, opened) for w in there])
    if month % 6 == 5:
        managed = [w for w in there if w.job_on(opened).manager is not None]
        answers.hold(MANAGER, closes, [_asked(w, opened) for w in managed])
        answers.hold(TRUST, closes, [_asked(w, opened) for w in there])
    new = [w for w in there if w.hired > closes - 92]
    answers.hold(ONBOARDING, closes, [_asked(w, opened) for w in new])


def _asked(worker: Worker, on: int) -> tuple[object, str, str | None, float]:
    """In the department of the first story the mood falls a quarter before the sellers leave."""
    job = worker.job_on(on)
    leave = stories.SELLERS_LEAVE
    low = job.unit.department == leave.where and leave.caused[0] - 92 <= on < leave.caused[1]
    manager = pseudonym("K", "manager", job.manager.number) if job.manager else None
    return worker.number, job.unit.department, manager, -0.42 if low else 0.0


def _people_of(users: Frame) -> dict[int, list[tuple[int, int]]]:
    """Account -> its users with the day they signed up."""
    found: dict[int, list[tuple[int, int]]] = {}
    for user, account, created in zip(
        *(users[n].tolist() for n in ("user_id", "account_id", "created_at")), strict=True
    ):
        if account != NOTHING:
            found.setdefault(account, []).append((user, created // DAY))
    return found


def _contacts(
    answers: Answers, book: Book, people: dict[int, list[tuple[int, int]]], on: int, share: float
) -> Sequence[tuple[object, str, str | None, float]]:
    """One or two users of some of the paying accounts; those that will leave within the half-year are less happy."""
    found: list[tuple[object, str, str | None, float]] = []
    for account in book.accounts:
        if not account.paid_on(on) or answers.rng.random() > share:
            continue
        leaves = any(on <= gone < on + 180 for gone, _ in account.left)
        known = [user for user, since in people.get(account.number, []) if since <= on]
        found += [(user, account.segment, None, -1.3 if leaves else 0.0) for user in known[:2]]
    return found


def _served(
    answers: Answers, book: Book, tickets: Frame, month: int
) -> Sequence[tuple[object, str, str | None, float]]:
    """Accounts whose tickets were resolved in the month; one question each, worse after a reopening."""
    first, last = month_start(month) * DAY, month_start(month + 1) * DAY
    rows = np.nonzero((tickets["resolved_at"] >= first) & (tickets["resolved_at"] < last))[0]
    rows = rows[answers.rng.random(len(rows)) < 0.55]
    found: list[tuple[object, str, str | None, float]] = []
    for row in rows.tolist():
        account = book.accounts[int(tickets["account_id"][row]) - 1]
        better = -0.7 if tickets["reopened_count"][row] or tickets["escalated"][row] else 0.08
        found.append((f"ticket {row}", account.segment, None, better))
    return found
