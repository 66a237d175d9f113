"""Where Slack's platform bites: one named test for each pitfall, or why it cannot occur here."""

from __future__ import annotations

from pathlib import Path

from tests.conformance_index import TESTS, unknown

HELD: dict[int, str] = {
    1: "test_slack_faults.py::test_the_same_event_delivered_twice_is_answered_once",
    2: "test_slack_faults.py::test_a_message_that_comes_as_two_kinds_of_events_is_answered_once",
    3: "test_slack_faults.py::test_events_nobody_listens_to_are_acknowledged_the_first_time",
    4: "test_slack_faults.py::test_a_listener_that_fails_right_after_its_ack_does_not_lose_it",
    5: "test_slack_live.py::test_whatever_becomes_of_the_stream_the_answer_arrives_whole_and_at_once",
    6: "test_slack_live.py::test_prose_streams_in_channels_for_who_asked_and_the_whole_answer_takes_its_place",
    7: "test_slack_delivery.py::test_a_long_answer_arrives_whole_in_several_messages_of_the_same_thread",
    8: "test_slack_delivery.py::test_blocks_that_are_refused_to_the_last_arrive_as_text",
    9: "test_slack_clicks.py::test_the_pane_offers_questions_for_ones_role",
    10: "test_slack_faults.py::test_the_bot_comes_back_after_a_disconnect_and_answers",
    11: "test_slack_faults.py::test_two_bots_on_two_sockets_give_one_answer",
    12: "test_slack_surfaces.py::test_two_messages_in_a_thread_are_answered_in_order",
    13: "test_pitfalls.py::test_13_no_listener_is_lazy",
    14: "test_slack_faults.py::test_a_rate_limit_delays_answers_and_loses_none",
    15: "test_slack_surfaces.py::test_bots_news_and_the_bots_own_messages_are_left_alone",
    16: "test_slack_serve.py::test_questions_under_way_are_finished_after_sigterm",
    17: "test_slack_serve.py::test_a_wrong_token_ends_it_at_once_with_a_remedy",
    18: "test_slack_clicks.py::test_a_trend_is_a_native_line_chart_with_its_numbers_in_a_table",
    19: "test_slack_surfaces.py::test_the_bots_name_is_taken_out_of_direct_messages_too",
    20: "test_slack_clicks.py::test_where_charts_are_lacking_a_picture_and_the_table_say_the_same",
}


def test_every_pitfall_has_its_test_or_its_reason() -> None:
    assert sorted(HELD) == list(range(1, 21))
    assert unknown(HELD) == []


def test_13_no_listener_is_lazy() -> None:
    code = [path.read_text(encoding="utf-8") for path in Path(TESTS.parent, "bot", "slack").glob("*.py")]
    assert code
    assert not any("lazy=" in text or "process_before_response" in text for text in code)
