"""The numbers of a recorded answer -> their receipts as blocks of a modal: to read, to copy, with their SQL. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from bot.receipts import bound
from bot.slack.layout.buttons import COPY, SQL, button
from bot.slack.layout.cited import Cited, Reading, Receipt, called, cited, facts, figured, when
from bot.slack.layout.limits import Block
from bot.slack.layout.text import mrkdwn, plain, split
from bot.slack.layout.text import shown as readable
from bot.slack.layout.written import sections, small

MOST = 40
"""Receipts in one modal."""
ROOM = 95
"""Blocks of a modal, of which Slack takes 100."""
CODE = 2_800
GONE = "This answer is not kept any more: ask again."
HIDDEN = "not shown to you"
VERIFY = (
    "Run it again with `counterpoise verify {answer}` where I run: it says what is the same and what changed."
)
ROWS = re.compile(r"\bVALUES\b", re.IGNORECASE)
LISTED = re.compile(r"\bUNNEST\s*\(\s*(?:ARRAY\b|\[)", re.IGNORECASE)
MAPPED = re.compile(r"\bcanonical_\w+ AS\b(.*?)\) AS given\b", re.DOTALL)
"""Each table's SELECT as the company wrote it, in a statement."""
SELECTS, FROMS = (re.compile(rf"\b{word}\b", re.IGNORECASE) for word in ("SELECT", "FROM"))
WRITTEN_OUT = "-- not shown here: the SELECT of a table of people has their rows written out in it"
GUARDED = {"people", "restricted"}
HOW = "Point at a block of code to copy it with Slack's own button."


def receipts(reading: Reading) -> list[Block]:
    """Each number's receipt, without SQL; those that the reader may not see without any number."""
    numbers = cited(reading.contract)
    if not numbers:
        return small(["There is no number in it."])
    blocks: list[Block] = []
    for number, one in enumerate(numbers):
        more = list(_under(one, numbers[number - 1] if number else None)) + _blocks(one, reading)
        if number == MOST or len(blocks) + len(more) > ROOM:
            left = len(numbers) - number
            blocks += small([f"{left} more receipts are in `counterpoise verify {reading.answer}`."])
            break
        blocks += more
    return [*blocks, *small([VERIFY.format(answer=reading.answer)])]


def statements(reading: Reading, key: str) -> list[Block]:
    """The SQL of one receipt, each statement with its parameters."""
    receipt = reading.contract.get("citations", {}).get(key)
    if receipt is None or not reading.may(receipt):
        return _unread(receipt)
    blocks: list[Block] = []
    for sql, given in _statements(receipt, reading):
        for text in (sql, given):
            blocks += [_code(part) for part in split(mrkdwn(text.replace("```", "'''")), CODE)]
    return [*blocks[: 2 * MOST], *small([HOW, VERIFY.format(answer=reading.answer)])]


def to_copy(reading: Reading, key: str) -> list[Block]:
    """One receipt as one block of plain text, with the command that runs it again; its SQL in blocks below.

    Slack lets no app write to the clipboard; a block of code has a copy button of Slack's own.
    """
    receipt = reading.contract.get("citations", {}).get(key)
    one = next((one for one in cited(reading.contract) if one.key == key), None)
    if receipt is None or one is None or not reading.may(receipt):
        return _unread(receipt)
    head = f"{called(one, receipt, reading)}{figured(one, receipt, reading)}"
    lines = [head, f"= {receipt['formula']}", *facts(receipt).split(" · ")]
    texts = ["\n".join([*lines, "", f"counterpoise verify {reading.answer}"])]
    texts += ["\n".join(filter(None, one)) for one in _statements(receipt, reading)]
    parts = [part for text in texts for part in split(readable(text), CODE)]
    return [*(_preformatted(part) for part in parts[: 2 * MOST]), *small([HOW])]


def _statements(receipt: Receipt, reading: Reading) -> Iterator[tuple[str, str]]:
    """Each statement of a receipt, and what was bound in it.

    A company may have written the rows of a table into its SELECT: those about people are in no SQL that others read.
    """
    none: list[dict[str, str]] = [{} for _ in receipt["sql"]]
    for sql, given, types in zip(
        receipt["sql"], receipt["parameters"], receipt.get("types", none), strict=False
    ):
        if _has_rows(sql) and _reads_people(sql, reading):
            yield WRITTEN_OUT, ""
        else:
            yield sql, f"-- parameters: {bound(given, types)}" if given else ""


def _has_rows(sql: str) -> bool:
    """Whether rows of a table are written out in it: as VALUES, as lists, or each as a SELECT that is from nowhere."""
    if ROWS.search(sql):
        return True
    mapped = MAPPED.findall(sql)  # the SELECT around it is ours, which is from what they wrote
    return any(LISTED.search(one) or len(SELECTS.findall(one)) > len(FROMS.findall(one)) for one in mapped)


def _reads_people(sql: str, reading: Reading) -> bool:
    """Whether a statement reads a table that holds facts about people."""
    return any(
        f"canonical_{name}" in sql and not GUARDED.isdisjoint(one.sensitivity for one in table.columns)
        for name, table in reading.catalog.tables.items()
    )


def _unread(receipt: Receipt | None) -> list[Block]:
    return small([GONE if receipt is None else f"This receipt is {HIDDEN}."])


def _under(one: Cited, before: Cited | None) -> Iterator[Block]:
    """The heading of a part, where one begins."""
    if one.under and (before is None or before.under != one.under):
        yield {"type": "header", "text": {"type": "plain_text", "text": one.under}}


def _blocks(one: Cited, reading: Reading) -> list[Block]:
    """A receipt with its buttons; of what the reader may not see, the formula and the period alone."""
    receipt: Receipt = reading.contract["citations"][one.key]
    seen = reading.may(receipt)
    # the groups stand in the order of their values, and those too small to show have no number
    name = f"*{mrkdwn(called(one if seen else replace(one, place=''), receipt, reading))}*"
    formula = f"= {mrkdwn(receipt['formula'])}"
    if not seen:
        lines = [name, formula, f"{when(receipt)} · {HIDDEN}"]
        return sections("\n".join(lines))
    head = f"{name}{mrkdwn(figured(one, receipt, reading))}"
    return [*sections("\n".join([head, formula, mrkdwn(facts(receipt))])), *_pressed(one, receipt)]


def _pressed(one: Cited, receipt: Receipt) -> Iterator[Block]:
    value = json.dumps({"key": one.key})
    if len(value) <= CODE // 2:
        buttons = [button(COPY, "Copy", value), *([button(SQL, "SQL", value)] if receipt.get("sql") else [])]
        yield {"type": "actions", "elements": buttons}


def _code(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": f"```{plain(text)}```"}}


def _preformatted(text: str) -> Block:
    inside = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inside]}
