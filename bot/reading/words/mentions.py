"""Words + names -> what is mentioned: exactly, with a slip of the keyboard, or only nearly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.text import Key, Phrases, Word

LONG_WORD = 8
SHORT_WORD = 3
LONE_WORD = 6
"""A name of one word takes a slip only from this length on; shorter ones have too many neighbours."""

LONG_PHRASE = 9
"""Letters of a name in which every word may be misspelt."""


@dataclass(frozen=True)
class Mention:
    """A stretch of the text that names something; several ids where the name is ambiguous."""

    ids: tuple[str, ...]
    start: int
    end: int
    typo: bool = False


@dataclass(frozen=True)
class Index:
    """Names made ready to be looked up: by their first word, and written as one word."""

    phrases: Phrases
    begins: Mapping[str, Sequence[Key]]
    joined: Mapping[str, tuple[str, ...]]
    vocabulary: frozenset[str]


def index(phrases: Phrases) -> Index:
    """Make names ready."""
    begins: dict[str, list[Key]] = defaultdict(list)
    for phrase in phrases:
        begins[phrase[0]].append(phrase)
    joined = {"".join(phrase): ids for phrase, ids in phrases.items() if len(phrase) > 1}
    return Index(phrases, dict(begins), joined, frozenset(word for phrase in phrases for word in phrase))


@dataclass(frozen=True)
class _Candidate:
    first: int
    length: int
    slips: int
    ids: tuple[str, ...]


def mentions(text: list[Word], names: Index) -> list[Mention]:
    """What is named in the text, in its order. Longer names win over shorter, right spelling over slips."""
    taken: dict[int, Mention] = {}
    for found in sorted(_candidates(text, names), key=lambda c: (-c.length, c.slips, c.first)):
        places = range(found.first, found.first + found.length)
        if not any(place in taken for place in places):
            mention = Mention(found.ids, text[places[0]].start, text[places[-1]].end, typo=found.slips > 0)
            taken.update(dict.fromkeys(places, mention))
    return list(dict.fromkeys(taken[place] for place in sorted(taken)))


def containing(words: Iterable[str], phrases: Phrases) -> tuple[str, ...]:
    """The ids that have a name with all of these words in it."""
    wanted = set(words)
    return tuple(dict.fromkeys(i for phrase, ids in phrases.items() if wanted <= set(phrase) for i in ids))


def _candidates(text: list[Word], names: Index) -> Iterator[_Candidate]:
    meant = {word.text: _slips_of(word, names.vocabulary) for word in text}
    for first, word in enumerate(text):
        if word.text in names.joined:
            yield _Candidate(first, 1, 0, names.joined[word.text])
        for phrase in (phrase for start in meant[word.text] for phrase in names.begins.get(start, ())):
            slips = _slips(text[first : first + len(phrase)], phrase, meant)
            if slips is not None:
                yield _Candidate(first, len(phrase), slips, names.phrases[phrase])


def _slips(said: list[Word], phrase: Key, meant: Mapping[str, frozenset[str]]) -> int | None:
    """How many words of the phrase are misspelt; None where these words are not the phrase."""
    words = [word.text for word in said]
    if len(words) != len(phrase) or any(p not in meant[w] for w, p in zip(words, phrase, strict=True)):
        return None
    slips = sum(w != p for w, p in zip(words, phrase, strict=True))
    lone = len(phrase) == 1 and len(words[0]) >= LONE_WORD
    letters = [len(word.typed or word.text) for word in said]
    long = len(phrase) > 1 and sum(letters) >= LONG_PHRASE and min(letters) > SHORT_WORD
    return slips if slips < len(phrase) or lone or long else None


def _slips_of(word: Word, vocabulary: Collection[str]) -> frozenset[str]:
    """As it is looked up and as it is typed: "gros" is no plural of "gro"."""
    if word.text in UNDERSTOOD:
        return frozenset({word.text})
    found = likely(word.text, vocabulary)
    if word.typed in ("", word.text) or word.text in vocabulary:
        return found
    return found | likely(word.typed, vocabulary)


def likely(word: str, vocabulary: Collection[str]) -> frozenset[str]:
    """The words that this one may be a slip of, itself included; the first letter is never a slip.

    A word that is known is no slip of another: "sickness" is not "stickiness".
    """
    slips = 2 if len(word) >= LONG_WORD else 1
    if len(word) < SHORT_WORD or not word.isalpha() or word in vocabulary:
        return frozenset({word})
    return frozenset(
        known
        for known in vocabulary
        if known[0] == word[0] and OSA.distance(word, known, score_cutoff=slips) <= slips
    )
