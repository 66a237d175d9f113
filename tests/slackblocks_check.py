"""Our blocks through an independent validator: the package slackblocks builds each of them, or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import slackblocks as sb

Json = Mapping[str, Any]


def built(blocks: Iterable[Json]) -> list[sb.Block]:
    """The same blocks, built by the package.

    Raises:
        sb.InvalidUsageError: it refuses one.
    """
    return [BUILD[block["type"]](block) for block in blocks]


def _text(node: Json) -> sb.Text:
    kind = sb.TextType.PLAINTEXT if node["type"] == "plain_text" else sb.TextType.MARKDOWN
    return sb.Text(node["text"], type_=kind, verbatim=bool(node.get("verbatim", False)))


def _element(node: Json) -> Any:
    if node["type"] == "button":
        confirm = node.get("confirm")
        asked = confirm and sb.ConfirmationDialogue(
            title=_text(confirm["title"]),
            text=_text(confirm["text"]),
            confirm=_text(confirm["confirm"]),
            deny=_text(confirm["deny"]),
        )
        return sb.Button(_text(node["text"]), node["action_id"], value=node["value"], confirm=asked)
    if node["type"] == "static_select":
        options = [sb.Option(_text(one["text"]), one["value"]) for one in node["options"]]
        first = next(
            option
            for option, one in zip(options, node["options"], strict=True)
            if one == node["initial_option"]
        )
        return sb.StaticSelectMenu(node["action_id"], options=options, initial_option=first)
    return sb.PlainTextInput(node["action_id"], multiline=node["multiline"], max_length=node["max_length"])


def _section(block: Json) -> sb.Block:
    accessory = _element(block["accessory"]) if "accessory" in block else None
    if "fields" in block:
        return sb.SectionBlock(fields=[_text(one) for one in block["fields"]])
    return sb.SectionBlock(_text(block["text"]), accessory=accessory)


def _table(block: Json) -> sb.Block:
    settings = [sb.ColumnSettings(one["align"], one["is_wrapped"]) for one in block["column_settings"]]
    return sb.TableBlock([[sb.RawText(cell["text"]) for cell in row] for row in block["rows"]], settings)


def _chart(block: Json) -> sb.Block:
    chart = block["chart"]
    series = [
        sb.DataSeries(one["name"], [sb.DataPoint(point["label"], point["value"]) for point in one["data"]])
        for one in chart["series"]
    ]
    axis = sb.AxisConfig(chart["axis_config"]["categories"])
    kind = sb.LineChart if chart["type"] == "line" else sb.BarChart
    return sb.DataVisualizationBlock(block["title"], kind(series, axis))


def _thumbs(block: Json) -> sb.Block:
    [node] = block["elements"]
    good, bad = (
        sb.FeedbackButton(_text(node[name]["text"]), node[name]["value"])
        for name in ("positive_button", "negative_button")
    )
    return sb.ContextActionsBlock([sb.FeedbackButtons(good, bad, node["action_id"])])


def _input(block: Json) -> sb.Block:
    hint = _text(block["hint"]) if "hint" in block else None
    element = _element(block["element"])
    return sb.InputBlock(
        _text(block["label"]),
        element,
        block_id=block["block_id"],
        hint=hint,
        optional=block.get("optional", False),
    )


BUILD: Mapping[str, Any] = {
    "header": lambda block: sb.HeaderBlock(_text(block["text"])),
    "section": _section,
    "context": lambda block: sb.ContextBlock([_text(one) for one in block["elements"]]),
    "actions": lambda block: sb.ActionsBlock([_element(one) for one in block["elements"]]),
    "context_actions": _thumbs,
    "table": _table,
    "data_visualization": _chart,
    "input": _input,
}
