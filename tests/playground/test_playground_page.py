from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urljoin

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.answer import Bot
from tests.browser import answered, ask, chromium, in_chromium, opened, playground

pytestmark = [in_chromium, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tab() -> AsyncIterator[Page]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(tab: Page, demo_bot: Bot) -> AsyncIterator[Page]:
    async with playground(demo_bot) as address, opened(tab, address) as shown:
        yield shown


async def become(page: Page, person: str) -> None:
    await page.get_by_label("You are").select_option(person)


async def test_a_newcomer_asks_with_one_click_and_follows_up_in_the_thread(page: Page) -> None:
    await page.get_by_role("button", name="Metrics for the Chief Revenue Officer").click()
    await answered(page, 1)
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("row")).to_have_count(11)
    await expect(thread.get_by_role("columnheader", name="Metric")).to_be_visible()
    await thread.get_by_label("Reply…").fill("only 5 of those")
    await thread.get_by_label("Reply…").press("Enter")
    await answered(page, 2)
    await expect(thread.get_by_role("row")).to_have_count(11 + 6)
    await expect(
        page.get_by_role("button", name="2 replies")
    ).to_be_hidden()  # three: two answers, one question
    await expect(page.get_by_role("button", name="3 replies")).to_be_visible()


async def test_a_mention_in_a_channel_is_answered_in_its_thread_and_seen_by_others(page: Page) -> None:
    await page.get_by_role("button", name="sales channel").click()
    await ask(page, "@counterpoise top 5 metrics for a CRO")
    await expect(page.get_by_placeholder("Reply… (@Counterpoise to ask)")).to_be_visible()
    await become(page, "U0REP")
    await page.get_by_role("button", name="sales channel").click()
    await page.get_by_role("button", name="1 reply").click()
    await expect(page.locator("#thread-log")).to_contain_text("Top 5")


async def test_a_click_is_not_lost_when_something_new_arrives_while_the_button_is_down(page: Page) -> None:
    await page.get_by_role("button", name="sales channel").hover()
    await page.mouse.down()
    say = {"as": "U0CHRO", "channel": "C0RANDOM", "text": "hello"}
    assert (await page.request.post(urljoin(page.url, "/do/say"), data=say)).ok
    await expect(page.get_by_role("button", name="new messages")).to_be_visible()
    await page.mouse.up()
    await expect(page.get_by_role("heading", name="sales")).to_be_visible()


async def test_the_command_is_answered_to_who_typed_it_alone(page: Page) -> None:
    await page.get_by_role("button", name="sales channel").click()
    await page.locator("#composer").fill("/metrics top 5 metrics for a CRO")
    await page.locator("#composer").press("Enter")
    await expect(page.locator("#log")).to_contain_text("Only visible to you")
    await expect(page.locator("#log .message")).to_have_count(1)
    await become(page, "U0CHRO")
    await page.get_by_role("button", name="sales channel").click()
    await expect(page.locator("#log .message")).to_have_count(0)


async def test_a_person_sees_only_their_own_channels(page: Page) -> None:
    await expect(page.get_by_role("navigation").get_by_role("button")).to_have_count(5)
    await become(page, "U0GUEST")
    names = page.get_by_role("navigation").get_by_role("button")
    await expect(names).to_have_count(2)
    await expect(names.last).to_contain_text("with-partners")


async def test_what_people_write_is_shown_and_never_obeyed(page: Page) -> None:
    hostile = (
        '<img src=x onerror="document.title=1"><b>bold</b> <!channel> javascript:alert(1) <script>x</script>'
    )
    await page.get_by_role("button", name="random").click()
    await page.locator("#composer").fill(hostile)
    await page.locator("#composer").press("Enter")
    await expect(page.locator("#log .words")).to_have_text(hostile)
    assert await page.locator("#log .words img, #log .words b, #log .words script").count() == 0
    assert await page.title() == "Counterpoise playground"


async def test_all_of_it_works_from_the_keyboard(page: Page) -> None:
    await page.get_by_role("navigation").get_by_role("button", name="sales channel").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#composer")).to_be_focused()
    await page.keyboard.type("@Counterpoise top 5 metrics for a CRO")
    await page.keyboard.press("Enter")
    await answered(page, 1)
    await expect(page.get_by_label("Reply…")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="Thread")).to_be_hidden()
    await expect(page.locator("#composer")).to_be_focused()


async def test_an_own_message_is_edited_and_deleted(page: Page) -> None:
    await page.get_by_role("button", name="random").click()
    await page.locator("#composer").fill("helo")
    await page.locator("#composer").press("Enter")
    await page.locator("#log .message").hover()
    await page.get_by_label("More actions").click()
    await page.get_by_role("button", name="Edit").click()
    await page.get_by_label("Edit your message").fill("hello")
    await page.get_by_label("Edit your message").press("Enter")
    await expect(page.locator("#log .message")).to_contain_text("(edited)")
    await page.locator("#log .message").hover()
    await page.get_by_label("More actions").click()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.locator("#log .message")).to_have_count(0)


async def test_it_is_dark_or_light_as_the_system_says_until_somebody_says_otherwise(page: Page) -> None:
    ground = "getComputedStyle(document.querySelector('main')).backgroundColor"
    assert await page.evaluate(ground) == "rgb(255, 255, 255)"
    await page.get_by_role("button", name="Dark").click()
    assert await page.evaluate(ground) == "rgb(26, 29, 33)"
    await page.reload()
    await expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


async def test_sources_opens_the_receipt_of_each_number_and_escape_closes_it(page: Page) -> None:
    await ask(page, "top 5 metrics for a CRO")
    await page.locator("#thread-log").get_by_role("button", name="Sources").click()
    modal = page.get_by_role("dialog", name="Sources")
    await expect(modal).to_contain_text("Net revenue retention")
    await modal.get_by_role("button", name="SQL").first.click()
    await expect(page.get_by_role("dialog").locator("pre").first).to_contain_text("SELECT")
    await page.keyboard.press("Escape")  # back to the receipts
    await expect(modal).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_receipt_is_really_copied(page: Page) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ask(page, "win rate")
    await page.locator("#thread-log").get_by_role("button", name="Sources").click()
    await page.get_by_role("dialog", name="Sources").get_by_role("button", name="Copy").first.click()
    copy = page.get_by_role("dialog", name="Copy")
    await copy.locator("pre").first.hover()
    await copy.locator(".code").first.get_by_role("button", name="Copy").click()
    await expect(page.locator("#notice")).to_have_text("Copied.")
    text = await page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("[1] Win rate: 27.4 %\n= ")
    assert "counterpoise verify" in text


async def test_a_workspace_without_charts_shows_their_picture(tab: Page, demo_bot: Bot) -> None:
    lacking = {"data_visualization"}
    async with playground(demo_bot, lacking=lacking) as address, opened(tab, address) as page:
        await ask(page, "win rate by month")
        picture = page.locator("#thread-log").get_by_role("img", name="Line chart of Win rate (%).")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("one => one.complete && one.naturalWidth > 500")


async def test_the_form_narrows_the_list_to_a_team(page: Page) -> None:
    await page.get_by_label("Commands and shortcuts").click()
    await page.get_by_role("button", name="Ask for metrics A form").click()
    form = page.get_by_role("dialog")
    await form.get_by_placeholder("The whole company").fill("Sales EMEA (department)")
    await expect(form.locator("datalist option[value='Sales EMEA (department)']")).to_have_count(1)
    await form.get_by_placeholder("The whole company").blur()
    await form.locator("button[type=submit]").click()
    await expect(form).to_be_hidden()
    await expect(page.locator("#log")).to_contain_text("Sales EMEA only")


@pytest.mark.parametrize("width", [1280, 480])
async def test_what_one_person_alone_is_shown_is_not_cut_off(tab: Page, demo_bot: Bot, width: int) -> None:
    async with playground(demo_bot) as address, opened(tab, address, width=width) as page:
        await page.get_by_role("button", name="leadership").click()
        await ask(page, "@Counterpoise top 10 metrics for a CRO")
        if width < 1000:
            await page.get_by_role("button", name="Close").click()
        table = page.locator("#log .message.private .scroll")
        await expect(table.get_by_role("columnheader", name="Source")).to_be_visible()
        assert await table.evaluate("one => one.scrollWidth <= one.clientWidth")


async def test_what_is_typed_before_the_page_is_connected_stays(tab: Page, demo_bot: Bot) -> None:
    async with playground(demo_bot) as address, opened(tab, address) as page:
        await page.route("**/feed*", lambda _: None)  # never answered
        await page.reload()
        await page.locator("#composer").fill("win rate")
        await page.locator("#composer").press("Enter")
        await expect(page.locator("#composer")).to_have_value("win rate")
        await expect(page.locator("#notice")).to_have_text("")


async def test_values_about_people_reach_the_asker_alone_until_they_are_shared(page: Page) -> None:
    await page.get_by_role("button", name="leadership").click()
    await ask(page, "@Counterpoise top 5 metrics for a CRO")
    private = page.locator("#log .message.private")
    await expect(private).to_contain_text("Share of ramped reps at quota")
    await become(page, "U0CHRO")
    await page.get_by_role("button", name="leadership").click()
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    await expect(private).to_have_count(0)
    await become(page, "U0CRO")
    await page.get_by_role("button", name="leadership").click()
    await private.get_by_role("button", name="Share").click()
    if await page.get_by_role("dialog").is_visible():
        await page.get_by_role("dialog").get_by_role("button", name="Share").click()
    await expect(private.get_by_role("button", name="Keep private")).to_have_count(0)


async def test_a_button_asks_the_next_question_and_a_trend_is_drawn(page: Page) -> None:
    await ask(page, "top 15 metrics for a CRO")
    thread = page.locator("#thread-log")
    await thread.get_by_role("button", name="Only 10").click()
    await answered(page, 2)
    await thread.get_by_role("button", name="by month").last.click()
    await answered(page, 3)
    await expect(thread.get_by_role("img", name="line chart")).to_be_visible()
    await thread.get_by_text("Figures").click()
    await expect(thread.locator("figure table tbody tr").first).to_be_visible()


async def test_what_is_taught_is_confirmed_listed_and_retired_by_clicking(page: Page) -> None:
    await ask(page, "coach always include csat")
    thread = page.locator("#thread-log")
    await thread.get_by_role("button", name="Yes", exact=True).click()
    await answered(page, 2)
    await expect(thread).to_contain_text("C1")
    await page.locator("#composer").fill("/metrics list")
    await page.locator("#composer").press("Enter")
    await expect(page.locator("#log").get_by_role("button", name="Retire C1")).to_be_visible()
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    await home.get_by_role("button", name="Retire C1").click()
    await expect(home).to_contain_text("It no longer holds")
    await expect(home).to_contain_text("No rule of your own is stored")
    await expect(home.get_by_role("button", name="Retire C1")).to_have_count(0)


async def test_the_home_page_shows_a_scorecard_for_a_role_that_can_be_changed(page: Page) -> None:
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("My scorecard")
    await home.get_by_role("combobox").first.select_option(label="Chief Human Resources Officer")
    await expect(home).to_contain_text("Chief Human Resources Officer")


async def test_the_form_of_the_shortcut_says_what_is_missing_and_then_asks(page: Page) -> None:
    await page.get_by_label("Commands and shortcuts").click()
    await page.get_by_role("button", name="Ask for metrics A form").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_role("combobox").first).to_be_visible()
    await form.get_by_role("combobox").first.select_option(index=1)
    await form.locator("button[type=submit]").click()
    await expect(form).to_be_hidden()
