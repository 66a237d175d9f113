"""What a model has written so far -> the sentences that are finished, read out of half a JSON object."""

from __future__ import annotations

import json
import re

from bot.llm import Completion, ModelUnavailable

MOST = 3
"""Sentences of one answer."""

OPENING = re.compile(r'\s*\{\s*"sentences"\s*:\s*\[\s*')
BETWEEN = re.compile(r"\s*,\s*")
SCHEMA = {
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": {"type": "string"}, "maxItems": MOST}},
    "required": ["sentences"],
    "additionalProperties": False,
}


def heard(so_far: str) -> tuple[str, ...]:
    """The sentences whose closing quotation mark has come; none where it is no list of sentences."""
    opened = OPENING.match(so_far)
    found: list[str] = []
    at = opened.end() if opened else len(so_far)
    while len(found) < MOST and so_far.startswith('"', at):
        try:
            sentence, at = json.JSONDecoder().raw_decode(so_far, at)
        except ValueError:
            break
        found.append(sentence)
        between = BETWEEN.match(so_far, at)
        at = between.end() if between else len(so_far)
    return tuple(found)


def written(completion: Completion) -> tuple[str, ...]:
    """The sentences of a whole answer.

    Raises:
        ModelUnavailable: it is anything else than a list of texts.
    """
    found = completion.read().get("sentences")
    if not isinstance(found, list) or not all(isinstance(sentence, str) for sentence in found):
        raise ModelUnavailable("did not answer in the form that was asked for")
    return tuple(found[:MOST])
