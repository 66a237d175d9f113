"""Words -> stems: one form for "quit", "quits" and "quitting"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.reading.words.text import BARRIER, FILLER, fold, key, listed

_IRREGULAR = {
    "left": "leave", "leaving": "leave", "leaver": "leave", "sale": "sell", "selling": "sell", "lost":
    "lose", "losing": "lose", "loss": "lose", "won": "win", "winning": "win", "paid": "pay", "burnt":
    "burn", "spent": "spend", "sold": "sell", "bought": "buy", "kept": "keep", "made": "make", "making":
    "make", "grew": "grow", "growth": "grow", "gone": "go", "well": "good", "took": "take", "taking":
    "take", "gave": "give", "giving": "give", "came": "come", "coming": "come", "went": "go", "going":
    "go", "ran": "run", "got": "get", "getting": "get", "met": "meet", "felt": "feel", "closed":
    "close", "closing": "close", "using": "use", "used": "use", "hired": "hire", "hiring": "hire",
    "churned": "churn", "quitting": "quit", "resigned": "resign", "resignation": "resign", "resigning":
    "resign", "hitting": "hit", "cancelled": "cancel", "cancelling": "cancel", "canceled": "cancel",
    "stayed": "stay", "staying": "stay", "sickness": "sick", "ill": "sick", "happier": "happy",
    "satisfied": "happy", "quickly": "fast", "quick": "fast", "quicker": "fast", "faster": "fast",
    "rapidly": "fast", "expensive": "cost", "began": "begin", "brought": "bring", "site": "website",
    "smaller": "small", "told": "tell", "found": "find", "bigger": "big", "larger": "big", "large":
    "big", "broke": "break", "fallen": "fall", "fell": "fall", "driven": "drive", "answering": "answer",
    "employed": "employee", "managing": "manage", "promoted": "promote", "promoting": "promote",
    "trained": "train", "training": "train", "coached": "coach", "coaching": "coach", "engaged":
    "engage", "engaging": "engage", "engagement": "engage", "discounting": "discount", "discounted":
    "discount", "productivity": "productive", "profitability": "profitable", "utilised": "utilise",
    "utilized": "utilise", "said": "say", "saying": "say", "stuck": "stick", "held": "hold", "goe":
    "go", "threw": "throw", "thrown": "throw", "taken": "take", "given": "give", "grown": "grow",
    "knew": "know", "built": "build", "meant": "mean", "chose": "choose", "chosen": "choose", "stopped":
    "stop", "sent": "send", "better": "good", "best": "best", "worse": "bad", "women": "woman", "men":
    "man", "ramped": "ramped",
}  # fmt: skip

_ENDINGS = (("ing", 6), ("ed", 5), ("er", 7), ("ly", 6), ("ness", 8), ("ion", 7), ("ment", 8))

IDLE = FILLER | listed(
    "now currently current today actually really these day moment right yet still ever also again quite "
    "pretty generally usually typically normally roughly about around exactly overall total totally "
    "altogether so far instead please kindly thank thanks tell show give get know see say think like want need "
    "would could can let look up check pull number figure value figures much many any some all every one "
    "per cent percent percentage share part level at by of on in out ok hey hi well then and or but yes "
    "no not my our company business firm organisation people's being been have had just only even most "
    "more less average mean typical normal rate quick question wonder wondering curious idea happen "
    "happening go us me here there over since during within doing do done did using you guy guys until "
    "till anyone somebody someone anybody approximately latest recent recently than lot fully truly "
    "completely properly finally honestly seriously basically effectively end something anything away as "
    "such thing stuff quarter must him he she we've they're i've you've whole entire became what's who's "
    "how's it's that's there's i'm we're don't doesn't isn't aren't can't proportion portion fraction "
    "amount ratio high low receive kind sort"
)
"""Words that a phrasing and a question may differ by."""


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The word without its ending."""
    word = fold(word)
    if word in _IRREGULAR:
        return _ended(_IRREGULAR[word])
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) >= least:
            cut = word.removesuffix(ending)
            return _ended(cut[:-1] if cut[-1] == cut[-2] and cut[-1] not in "ls" else cut)
    return _ended(word)


def _ended(word: str) -> str:
    """One form for "salary" and what "salaries" leaves, and for "move" and what "moving" leaves."""
    if len(word) <= len("abc"):
        return word
    word = word.removesuffix("e")
    return f"{word[:-1]}i" if word.endswith("y") else word


def stems(words: Iterable[str]) -> frozenset[str]:
    """The telling stems among words."""
    return frozenset(stem(word) for word in words if word != BARRIER and not idle(word))


def idle(word: str) -> bool:
    """Whether a word says nothing of what is asked for."""
    return word in IDLE or fold(word) in IDLE


@lru_cache(maxsize=10_000)
def all_stems(phrase: str) -> frozenset[str]:
    """The stems of a name: whoever says "starting headcount" means that at the start."""
    return frozenset(stem(word) for word in key(phrase) if word != BARRIER)
