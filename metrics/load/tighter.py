"""Whether a company's parameters of a shipped rule ask for at least as much as the shipped ones, kind by kind.

Kinds whose shipped rules all block have no entry: those cannot be replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from metrics.balance import RULE_KINDS
from metrics.model import Rule

AsStrict = Callable[[Any, Any], bool]
"""Whether a company's own value, given second, asks for at least as much as the shipped one."""


def _same(shipped: Any, own: Any) -> bool:
    return bool(own == shipped)


def _no_more(shipped: Any, own: Any) -> bool:
    return bool(own <= shipped)


def _no_less(shipped: Any, own: Any) -> bool:
    return bool(own >= shipped)


def _all_and_more(shipped: list[str], own: list[str]) -> bool:
    return set(own) >= set(shipped)


def _some(shipped: list[str], own: list[str]) -> bool:
    return set(own) <= set(shipped)


def _for_as_many(shipped: list[str], own: list[str]) -> bool:
    """Which companies a rule is for: all of them where none are named."""
    return not own or (bool(shipped) and set(own) >= set(shipped))


def _each_met(shipped: list[list[str]], own: list[list[str]]) -> bool:
    """Whoever holds one of each own group holds one of each shipped group."""
    return all(any(set(one) <= set(group) for one in own) for group in shipped)


def _terms_and_more(shipped: dict[str, list[str]], own: dict[str, list[str]]) -> bool:
    return all(_all_and_more(names, own.get(term, [])) for term, names in shipped.items())


def _fewer_ways(shipped: dict[str, list[str]], own: dict[str, list[str]]) -> bool:
    """No touchpoint is told by what did not tell it before."""
    return all(name in shipped and _some(shipped[name], members) for name, members in own.items())


AS_STRICT: Mapping[str, Mapping[str, AsStrict]] = {
    "spread": {"executive": _no_more, "functional": _no_more, "counted_as": _no_more},
    "steady": {"most": _no_more},
    "weights": {"of": _all_and_more},
    "quality": {"least": _no_less, "tables": _all_and_more},
    "requires": {
        "of": _all_and_more,
        "one_of": _some,
        "never_primary": _all_and_more,
        "traits": _for_as_many,
    },
    "includes": {"all_of": _each_met, "compared": _no_less},
    "agreed": {"terms": _terms_and_more, "owners": _all_and_more},
    "touchpoints": {"touchpoints": _fewer_ways, "least": _no_less},
}
"""By kind and parameter. What is not named here has to stay as it is."""


def looser(shipped: Rule, own: Rule) -> list[str]:
    """The parameters of a rule of the same kind that ask for less than the shipped ones, or may do so.

    Parameters that cannot be read are told elsewhere.
    """
    kind = RULE_KINDS.get(shipped.kind)
    if kind is None:
        return []
    try:
        before, after = (kind.parameters.model_validate(rule.parameters) for rule in (shipped, own))
    except ValidationError:
        return []
    told = AS_STRICT.get(shipped.kind, {})
    return [
        name
        for name in kind.parameters.model_fields
        if not told.get(name, _same)(getattr(before, name), getattr(after, name))
    ]
