"""The Slack of the tests refuses what Slack refuses, by its documented limits: else nothing that goes well there says anything."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server.server import SlackServer
from tests.slack_talk import APP_TOKEN, BOT_TOKEN, MANIFEST


def plain(text):
    return {"type": "plain_text", "text": text}


def button(text="Ja", **more):
    return {"type": "button", "action_id": "a", "text": plain(text), **more}


def options(count, text="een", value="w"):
    return [{"text": plain(text), "value": f"{value}{number}"} for number in range(count)]


def section(text):
    return {"type": "section", "text": plain(text)}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def rich(text):
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]}


def boxes(found, **more):
    return {"type": "checkboxes", "action_id": "a", "options": found, **more}


def menu(**more):
    return {"type": "static_select", "action_id": "a", **more}


GOOD = [
    [section("x" * 3000)], [{"type": "header", "text": plain("x" * 150)}], [actions(*(button(action_id=str(n)) for n in range(25)))],
    [actions(button("x" * 75, value="x" * 2000))], [actions(boxes(options(10)))], [actions(menu(options=options(100)))],
    [{"type": "context", "elements": [plain("x")] * 10}], [{"type": "divider"}] * 50, [rich("x" * 9600)],
    [actions(menu(option_groups=[{"label": plain("a"), "options": options(60)}, {"label": plain("b"), "options": options(60, value="v")}]))],
    [{"type": "image", "image_url": "https://voorbeeld.example/a.png", "alt_text": "x" * 2000}],
]  # fmt: skip

BAD = {
    "a section of 3001": [section("x" * 3001)],
    "an empty section": [section("")],
    "a header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "a header with signs": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "26 buttons in a row": [actions(*(button(action_id=str(n)) for n in range(26)))],
    "a row of none": [actions()],
    "a label of 76": [actions(button("x" * 76))],
    "a value of 2001": [actions(button(value="x" * 2001))],
    "11 boxes": [actions(boxes(options(11)))],
    "no boxes": [actions(boxes([]))],
    "a tick that is no box": [actions(boxes(options(2), initial_options=options(1, value="z")))],
    "101 in a menu": [actions(menu(options=options(101)))],
    "a menu without a list": [actions(menu())],
    "101 in a group": [actions(menu(option_groups=[{"label": plain("a"), "options": options(101)}]))],
    "a menu for several in a row": [actions({**menu(options=options(2)), "type": "multi_static_select"})],
    "an option of 76": [actions(boxes(options(1, "x" * 76)))],
    "an option that carries 151": [actions(boxes(options(1, value="x" * 150)))],
    "an action id of 256": [actions(button(action_id="x" * 256))],
    "a block id of 256": [{"type": "divider", "block_id": "x" * 256}],
    "the same block id twice": [{"type": "divider", "block_id": "a"}] * 2,
    "the same action id twice": [actions(button(), button())],
    "11 in a context": [{"type": "context", "elements": [plain("x")] * 11}],
    "51 blocks": [{"type": "divider"}] * 51,
    "a field that Slack does not know": [actions(button(disabled=True))],
    "a block that Slack does not know": [{"type": "tabel"}],
    "a picture without words": [{"type": "image", "image_url": "https://voorbeeld.example/a.png"}],
    "a picture from nowhere": [{"type": "image", "alt_text": "x"}],
    "a picture that was not uploaded": [{"type": "image", "slack_file": {"id": "F0NIETS"}, "alt_text": "x"}],
    "rich text with an unknown part": [{"type": "rich_text", "elements": [{"type": "tekst", "text": "x"}]}],
}

HOME = {"type": "home", "blocks": [{"type": "divider"}]}
FORM = {"type": "modal", "title": plain("Titel"), "blocks": [{"type": "divider"}]}
ASKED = {"type": "input", "label": plain("Wat?"), "element": boxes(options(2))}
BAD_VIEWS = {
    "a title of 25": {**FORM, "title": plain("x" * 25)},
    "no title": {"type": "modal", "blocks": []},
    "a home with a title": {**HOME, "title": plain("x")},
    "101 blocks": {**HOME, "blocks": [{"type": "divider"}] * 101},
    "3001 kept with it": {**FORM, "private_metadata": "x" * 3001},
    "a callback id of 256": {**FORM, "callback_id": "x" * 256},
    "a question and nothing to submit": {**FORM, "blocks": [ASKED]},
    "a button to submit of 25": {**FORM, "submit": plain("x" * 25)},
    "a question of 2001": {**FORM, "submit": plain("x"), "blocks": [{**ASKED, "label": plain("x" * 2001)}]},
    "a button as a question": {**FORM, "submit": plain("x"), "blocks": [{**ASKED, "element": button()}]},
}


def refused(*calls, prepare=lambda space: None):
    """Slack's words for why it does not take each of these calls; None for one that it takes."""

    async def ask():
        server = SlackServer(pace=0.0)
        await server.start()
        app = server.space.install(MANIFEST, bot_token=BOT_TOKEN, app_token=APP_TOKEN)
        server.space.add_user("U0ANN", "Ann")
        server.space.add_channel("C0KANAAL", "kanaal", {"U0ANN", app.bot_user}, is_private=True)
        prepare(server.space)
        client = AsyncWebClient(token=BOT_TOKEN, base_url=server.api_url, retry_handlers=[])
        found = []
        for method, arguments in calls:
            trigger = {"trigger_id": server.space.new_trigger("U0ANN")} if method == "views.open" else {}
            try:
                await client.api_call(method, json={**arguments, **trigger})
                found.append(None)
            except SlackApiError as error:
                found.append(error.response["error"])
        await server.stop()
        return found

    return asyncio.run(ask())


def post(blocks=None, **more):
    return "chat.postMessage", {"channel": "C0KANAAL", "text": "x", **({"blocks": blocks} if blocks is not None else {}), **more}


def test_it_takes_what_is_just_within_the_limits():
    assert refused(*(post(blocks) for blocks in GOOD)) == [None] * len(GOOD)


def test_it_refuses_blocks_that_are_just_over_a_limit_or_hold_what_slack_does_not_know():
    assert dict(zip(BAD, refused(*(post(blocks) for blocks in BAD.values())), strict=True)) == dict.fromkeys(BAD, "invalid_blocks")


def test_it_refuses_forms_and_homes_that_are_just_over_a_limit():
    calls = [
        ("views.publish", {"user_id": "U0ANN", "view": view}) if view["type"] == "home" else ("views.open", {"view": view})
        for view in BAD_VIEWS.values()
    ]

    assert dict(zip(BAD_VIEWS, refused(*calls), strict=True)) == dict.fromkeys(BAD_VIEWS, "invalid_arguments")


@pytest.mark.parametrize(("call", "error"), [
    (post(text="x" * 40_001), "msg_too_long"),
    (post(text=""), "no_text"),
    (post([rich("x" * 3000)] * 4), "msg_blocks_too_long"),
    (post([actions(*(button("x" * 40, action_id=f"{n}.{m}", value="y" * 60) for n in range(25))) for m in range(6)]), "msg_blocks_too_long"),
    (post(metadata={"event_type": "met spatie", "event_payload": {}}), "invalid_metadata_schema"),
    (post(metadata={"event_type": "a", "event_payload": {"a": "x" * 20_000}}), "metadata_too_large"),
    (post(channel="C0ELDERS"), "channel_not_found"),
    (post(thread_ts="1.1"), "thread_not_found"),
    (("chat.update", {"channel": "C0KANAAL", "ts": "1.1", "text": "x"}), "message_not_found"),
    (("chat.update", {"channel": "C0KANAAL", "ts": "1.1", "text": "x" * 4001}), "msg_too_long"),
    (("conversations.create", {"name": "Met Hoofdletters", "is_private": True}), "invalid_name"),
    (("conversations.create", {"name": "kanaal", "is_private": True}), "name_taken"),
    (("conversations.setTopic", {"channel": "C0KANAAL", "topic": "x" * 251}), "too_long"),
    (("conversations.invite", {"channel": "C0KANAAL", "users": "U0NIEMAND"}), "user_not_found"),
    (("users.info", {"user": "U0NIEMAND"}), "user_not_found"),
    (("views.open", {"view": {}}), "invalid_arguments"),
    (("apps.connections.open", {}), "not_allowed_token_type"),
    (("reactions.add", {"channel": "C0KANAAL", "timestamp": "1.1", "name": "eyes"}), "missing_scope"),
    (("chat.verzinsel", {}), "unknown_method"),
])  # fmt: skip
def test_it_refuses_with_slacks_own_word(call, error):
    assert refused(call) == [error]


@pytest.mark.parametrize("scope", ["chat:write", "groups:write", "users:read"])
def test_without_the_scope_nothing_is_done(scope):
    call = {
        "chat:write": post(), "users:read": ("users.info", {"user": "U0ANN"}),
        "groups:write": ("conversations.invite", {"channel": "C0KANAAL", "users": "U0ANN"}),
    }[scope]  # fmt: skip

    assert refused(call, prepare=lambda space: space.installed.scopes.discard(scope)) == ["missing_scope"]
