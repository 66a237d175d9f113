from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.work.lanes import Lanes


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=12))
def test_jobs_of_a_lane_end_in_the_order_they_were_put_in(jobs: list[tuple[str, int]]) -> None:
    ended: list[tuple[str, int]] = []

    async def run() -> None:
        lanes = Lanes()
        for number, (lane, wait) in enumerate(jobs):

            async def job(lane: str = lane, wait: int = wait, number: int = number) -> None:
                for _ in range(wait):
                    await asyncio.sleep(0)
                ended.append((lane, number))

            lanes.put(lane, job)
        assert await lanes.drain(5) == 0

    asyncio.run(run())
    for lane in "abc":
        assert [n for one, n in ended if one == lane] == [n for n, (one, _) in enumerate(jobs) if one == lane]


async def test_a_slow_lane_holds_up_no_other() -> None:
    lanes, quick = Lanes(), asyncio.Event()

    async def done() -> None:
        quick.set()

    lanes.put("slow", lambda: asyncio.sleep(5))
    lanes.put("quick", done)
    await asyncio.wait_for(quick.wait(), 1)
    assert await lanes.drain(0) == 1


async def test_a_job_that_fails_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    lanes, ran = Lanes(), asyncio.Event()

    async def fail() -> None:
        raise ValueError("boom")

    async def go() -> None:
        ran.set()

    lanes.put("a", fail)
    lanes.put("a", go)
    assert await lanes.drain(1) == 0
    assert ran.is_set()
    assert "A job failed" in caplog.text


async def test_draining_waits_for_what_was_begun_and_ends_what_takes_too_long() -> None:
    lanes = Lanes()
    for seconds in (0.05, 60, 60):
        lanes.put("a", lambda seconds=seconds: asyncio.sleep(seconds))  # type: ignore[misc]
    assert await lanes.drain(0.2) == 2
    assert await lanes.drain(1) == 0
