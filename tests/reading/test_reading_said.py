"""What people say in their own words is compared with what others said before, and roles are told by what they run."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.model import Request
from bot.reading import read
from bot.reading.names.in_charge import in_charge
from bot.reading.said import said
from bot.reading.words.letters import letters, spelt_like
from bot.reading.words.stems import stems
from bot.reading.words.text import key, plain
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

EVERY = 12
"""Each twelfth phrasing is asked, so that the test stays quick."""


def ask(text: str) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: GROUPS)


def test_every_metric_of_the_catalog_has_words_of_many_people() -> None:
    assert set(said()) == set(catalog().metrics)
    assert all(len(phrasings) >= 5 for phrasings in said().values())


def test_no_words_are_said_of_two_metrics() -> None:
    owners: dict[frozenset[str], set[str]] = defaultdict(set)
    for metric in catalog().metrics.values():
        for phrasing in (*metric.phrasings, *said()[metric.id]):
            owners[stems(key(phrasing))].add(metric.id)
    assert not {tuple(sorted(bag)): ids for bag, ids in owners.items() if len(bag) > 1 and len(ids) > 1}


def test_what_is_said_of_a_metric_is_read_as_it_or_offered() -> None:
    asked = [(phrasing, metric) for metric, some in said().items() for phrasing in some][::EVERY]
    read_as = [(metric, ask(phrasing), phrasing) for phrasing, metric in asked]
    right = [one for one in read_as if one[1].metrics == (one[0],)]
    lost = [one for one in read_as if one[0] not in (*one[1].metrics, *one[1].alternatives)]
    assert len(right) >= 0.85 * len(asked), len(right) / len(asked)
    assert len(lost) <= 0.06 * len(asked), [(phrasing, metric) for metric, _, phrasing in lost]


def test_words_that_are_new_but_made_of_known_parts_are_spelt_like_their_metric() -> None:
    known = letters([("how many customers renew", "retention"), ("how fast is the site", "speed")])
    found = spelt_like("unrenewed contracts", known)
    assert max(found, key=found.__getitem__) == "retention"
    assert spelt_like("", known) == {}
    assert all(0 <= weight <= 1 for weight in spelt_like(plain("how many customers renew"), known).values())


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("six numbers for the person who runs our finances", "cfo"),
        ("what should the person in charge of our helpdesk be tracking", "support_leader"),
        ("what should I look at, I look after our existing customers", "cs_leader"),
        ("my job is running personnel for the whole company, which 8 metrics do I need", "chro"),
        ("which metrics matter to somebody who started a company with two friends", "founder"),
        ("top metrics for whoever is responsible for all our developers", "cto"),
    ],
)
def test_a_role_is_told_by_what_it_runs(question: str, role: str) -> None:
    found = ask(question)
    assert (found.kind, found.role) == ("recommendation", role)


def test_nobody_is_in_charge_where_nothing_is_run() -> None:
    assert in_charge("how many leads from marketing became customers", catalog()) is None
    assert in_charge("win rate of our own deals", catalog()) is None


def test_what_roles_run_is_told_apart() -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for role in catalog().roles.values():
        for phrase in role.runs:
            owners[key(phrase)].add(role.id)
    assert not {phrase: ids for phrase, ids in owners.items() if len(ids) > 1}
