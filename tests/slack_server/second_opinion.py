"""What another reader of Slack's pages, the package ``slackblocks``, says of blocks and views.

Its constructors check limits and surfaces, but it parses few payloads; so payloads are taken apart here and
handed to its constructors. What it does not know is passed over: it can only add objections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import slackblocks as sb
from slackblocks.errors import InvalidUsageError

Json = Mapping[str, Any]
Surface = Literal["message", "modal", "home"]

OBJECTS: Mapping[str, Callable[..., Any]] = {
    "plain_text": lambda text, **more: sb.Text(text, type_=sb.TextType.PLAINTEXT, **more),
    "mrkdwn": lambda text, **more: sb.Text(text, type_=sb.TextType.MARKDOWN, **more),
    "header": sb.HeaderBlock,
    "section": lambda expand=None, **more: sb.SectionBlock(**more),  # noqa: ARG005 - it does not know `expand`
    "context": sb.ContextBlock,
    "divider": sb.DividerBlock,
    "actions": sb.ActionsBlock,
    "context_actions": sb.ContextActionsBlock,
    "markdown": sb.MarkdownBlock,
    "alert": sb.AlertBlock,
    "input": sb.InputBlock,
    "plan": sb.PlanBlock,
    "task_card": sb.TaskCardBlock,
    "data_table": sb.DataTableBlock,
    "data_visualization": sb.DataVisualizationBlock,
    "raw_text": sb.RawText,
    "raw_number": sb.RawNumber,
    "pie": sb.PieChart,
    "line": sb.LineChart,
    "bar": sb.BarChart,
    "area": sb.AreaChart,
    "button": sb.Button,
    "feedback_buttons": sb.FeedbackButtons,
    "icon_button": sb.IconButton,
    "overflow": sb.OverflowMenu,
    "static_select": sb.StaticSelectMenu,
    "external_select": sb.ExternalSelectMenu,
    "users_select": sb.UserSelectMenu,
    "conversations_select": sb.ConversationSelectMenu,
    "channels_select": sb.ChannelSelectMenu,
    "multi_static_select": sb.StaticMultiSelectMenu,
    "checkboxes": sb.CheckboxGroup,
    "radio_buttons": sb.RadioButtonGroup,
    "datepicker": sb.DatePicker,
    "number_input": sb.NumberInput,
    "plain_text_input": sb.PlainTextInput,
}
"""How to build what has a ``type``."""
PARTS: Mapping[str, Callable[..., Any]] = {
    "options": sb.Option,
    "initial_option": sb.Option,
    "initial_options": sb.Option,
    "option_groups": sb.OptionGroup,
    "confirm": sb.ConfirmationDialogue,
    "positive_button": sb.FeedbackButton,
    "negative_button": sb.FeedbackButton,
    "series": sb.DataSeries,
    "segments": sb.ChartSegment,
    "data": sb.DataPoint,
    "axis_config": sb.AxisConfig,
    "dispatch_action_config": sb.DispatchActionConfiguration,
}
"""How to build what has no ``type``, by the key it stands under."""


class UnknownError(Exception):
    """The package has nothing for this kind."""


def objections(blocks: Iterable[Json], surface: Surface = "message") -> list[str]:
    """What ``slackblocks`` would not build, one sentence for each block and one for all together."""
    built, found = [], []
    for number, block in enumerate(blocks):
        try:
            built.append(_built(block))
        except UnknownError:
            continue
        except InvalidUsageError as error:
            found.append(f"block {number} ({block['type']}): {error}")
    try:
        _together(built, surface)
    except InvalidUsageError as error:
        found.append(str(error))
    return found


def _together(built: list[Any], surface: Surface) -> None:
    if not built:
        return
    if surface == "message":
        sb.WebhookMessage(blocks=built)
    elif surface == "home":
        sb.HomeTabView(blocks=built)
    else:
        sb.ModalView(title="A title", submit="Send", blocks=built)


def _built(node: Any, under: str = "") -> Any:
    if isinstance(node, list | tuple):
        return [_built(one, under) for one in node]
    if not isinstance(node, Mapping):
        return node
    kind = node.get("type")
    if kind == "table":
        return _table(node)
    build = PARTS.get(under) if kind is None else OBJECTS.get(kind)
    if build is None:
        raise UnknownError(kind or under)
    return build(**{key: _built(value, key) for key, value in node.items() if key != "type"})


def _table(block: Json) -> Any:
    settings = [sb.ColumnSettings(**one) for one in block.get("column_settings", ())]
    rows = [[_built(cell) for cell in row] for row in block["rows"]]
    return sb.TableBlock(rows=rows, column_settings=settings or None, block_id=block.get("block_id"))
