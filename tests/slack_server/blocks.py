"""Block Kit as Slack checks it: unknown fields, wrong types, too long and too many are all refused."""

from __future__ import annotations

import json
from typing import Any

from tests.slack_server import limits

Json = dict[str, Any]


class Invalid(Exception):
    """Slack's word for what does not hold, with the place."""

    def __init__(self, what: str, where: str) -> None:
        self.message = f"[ERROR] {what} [json-pointer:{where}]"
        super().__init__(self.message)


TEXT = {"type", "text", "emoji", "verbatim"}
OPTION = {"text", "value", "description", "url"}
CONFIRM = {"title", "text", "confirm", "deny", "style"}

ELEMENTS: dict[str, tuple[set[str], set[str]]] = {  # required, optional
    "button": ({"text"}, {"action_id", "url", "value", "style", "confirm", "accessibility_label"}),
    "checkboxes": ({"options"}, {"action_id", "initial_options", "confirm", "focus_on_load"}),
    "radio_buttons": ({"options"}, {"action_id", "initial_option", "confirm", "focus_on_load"}),
    "static_select": (set(), {"options", "option_groups", "action_id", "initial_option", "confirm", "focus_on_load", "placeholder"}),
    "multi_static_select": (
        set(),
        {"options", "option_groups", "action_id", "initial_options", "confirm", "max_selected_items", "focus_on_load", "placeholder"},
    ),
    "overflow": ({"options"}, {"action_id", "confirm"}),
    "plain_text_input": (
        set(),
        {"action_id", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config", "focus_on_load", "placeholder"},
    ),
    "datepicker": (set(), {"action_id", "initial_date", "confirm", "focus_on_load", "placeholder"}),
    "image": ({"alt_text"}, {"image_url", "slack_file"}),
}
INTERACTIVE = {"button", "checkboxes", "radio_buttons", "static_select", "overflow", "datepicker"}
"""What an actions block takes; a menu for several stands in a section or a form."""
ACCESSORIES = {*INTERACTIVE, "multi_static_select", "image"}
INPUTS = {"checkboxes", "radio_buttons", "static_select", "multi_static_select", "plain_text_input", "datepicker"}

BLOCKS: dict[str, tuple[set[str], set[str]]] = {
    "section": (set(), {"text", "fields", "accessory", "expand"}),
    "divider": (set(), set()),
    "header": ({"text"}, set()),
    "context": ({"elements"}, set()),
    "actions": ({"elements"}, set()),
    "image": ({"alt_text"}, {"image_url", "slack_file", "title"}),
    "input": ({"label", "element"}, {"dispatch_action", "hint", "optional"}),
    "rich_text": ({"elements"}, set()),
}
RICH: dict[str, tuple[set[str], set[str]]] = {
    "rich_text_section": ({"elements"}, set()),
    "rich_text_list": ({"elements", "style"}, {"indent", "offset", "border"}),
    "rich_text_quote": ({"elements"}, {"border"}),
    "rich_text_preformatted": ({"elements"}, {"border"}),
    "text": ({"text"}, {"style"}),
    "link": ({"url"}, {"text", "unsafe", "style"}),
    "emoji": ({"name"}, {"unicode", "style"}),
    "user": ({"user_id"}, {"style"}),
    "channel": ({"channel_id"}, {"style"}),
    "usergroup": ({"usergroup_id"}, {"style"}),
    "broadcast": ({"range"}, {"style"}),
}


def check_message_blocks(blocks: Any) -> None:
    """Raises `Invalid`."""
    _check_list(blocks, limits.BLOCKS_IN_MESSAGE, "/blocks")


def blocks_too_long(blocks: Any) -> bool:
    written = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    return sum(len(text) for text in _texts(blocks)) > limits.BLOCKS_TOGETHER or written > limits.BLOCKS_WRITTEN


def check_view(view: Any) -> None:
    """A form or a home. Raises `Invalid`."""
    if not isinstance(view, dict):
        raise Invalid("must be an object", "/view")
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        raise Invalid("missing or unsupported type", "/view/type")
    more = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"} if kind == "modal" else set()
    _fields(view, {"type", "blocks"} | ({"title"} if kind == "modal" else set()),
            more | {"private_metadata", "callback_id", "external_id"}, "/view")  # fmt: skip
    for part in ("title", "submit", "close"):
        if part in view:
            _text(view[part], limits.VIEW_TITLE, f"/view/{part}", plain=True)
    _length(view.get("private_metadata", ""), limits.PRIVATE_METADATA, "/view/private_metadata", least=0)
    for part in ("callback_id", "external_id"):
        _length(view.get(part, ""), limits.ID, f"/view/{part}", least=0)
    _check_list(view["blocks"], limits.BLOCKS_IN_VIEW, "/view/blocks")
    if kind == "modal" and any(one["type"] == "input" for one in view["blocks"]) and "submit" not in view:
        raise Invalid("missing required field: submit", "/view/submit")


def _check_list(blocks: Any, most: int, where: str) -> None:
    if not isinstance(blocks, list):
        raise Invalid("must be an array", where)
    if len(blocks) > most:
        raise Invalid(f"no more than {most} items allowed", where)
    ids = [one["block_id"] for one in blocks if isinstance(one, dict) and "block_id" in one]
    if len(set(ids)) != len(ids):
        raise Invalid("block_id already exists", where)
    for number, block in enumerate(blocks):
        _block(block, f"{where}/{number}")


def _block(block: Any, where: str) -> None:
    if not isinstance(block, dict) or block.get("type") not in BLOCKS:
        raise Invalid("unsupported type: " + str(block.get("type") if isinstance(block, dict) else block), f"{where}/type")
    kind = block["type"]
    required, optional = BLOCKS[kind]
    _fields(block, required | {"type"}, optional | {"block_id"}, where)
    _length(block.get("block_id", "x"), limits.ID, f"{where}/block_id")
    match kind:
        case "section":
            _section(block, where)
        case "header":
            _text(block["text"], limits.HEADER_TEXT, f"{where}/text", plain=True)
        case "context":
            _many(block["elements"], limits.CONTEXT_ELEMENTS, f"{where}/elements")
            for number, element in enumerate(block["elements"]):
                if element.get("type") == "image":
                    _element(element, f"{where}/elements/{number}")
                else:
                    _text(element, limits.SECTION_TEXT, f"{where}/elements/{number}")
        case "actions":
            _many(block["elements"], limits.ACTIONS_ELEMENTS, f"{where}/elements")
            ids = [element.get("action_id") for element in block["elements"]]
            if len(set(ids)) != len(ids):
                raise Invalid("action_id already exists", f"{where}/elements")
            for number, element in enumerate(block["elements"]):
                if element.get("type") not in INTERACTIVE:
                    raise Invalid("unsupported type: " + str(element.get("type")), f"{where}/elements/{number}/type")
                _element(element, f"{where}/elements/{number}")
        case "input":
            _text(block["label"], limits.LABEL, f"{where}/label", plain=True)
            if "hint" in block:
                _text(block["hint"], limits.LABEL, f"{where}/hint", plain=True)
            if block["element"].get("type") not in INPUTS:
                raise Invalid("unsupported type: " + str(block["element"].get("type")), f"{where}/element/type")
            _element(block["element"], f"{where}/element")
        case "image":
            _image(block, where)
            if "title" in block:
                _text(block["title"], limits.IMAGE_TITLE, f"{where}/title", plain=True)
        case "rich_text":
            _many(block["elements"], 1000, f"{where}/elements")
            for number, element in enumerate(block["elements"]):
                _rich(element, f"{where}/elements/{number}")


def _section(block: Json, where: str) -> None:
    if "text" not in block and "fields" not in block:
        raise Invalid("missing required field: text", where)
    if "text" in block:
        _text(block["text"], limits.SECTION_TEXT, f"{where}/text")
    if "fields" in block:
        _many(block["fields"], limits.SECTION_FIELDS, f"{where}/fields")
        for number, one in enumerate(block["fields"]):
            _text(one, limits.FIELD_TEXT, f"{where}/fields/{number}")
    if "accessory" in block:
        if block["accessory"].get("type") not in ACCESSORIES:
            raise Invalid("unsupported type: " + str(block["accessory"].get("type")), f"{where}/accessory/type")
        _element(block["accessory"], f"{where}/accessory")


def _element(element: Any, where: str) -> None:
    if not isinstance(element, dict) or element.get("type") not in ELEMENTS:
        raise Invalid("unsupported type", f"{where}/type")
    kind = element["type"]
    required, optional = ELEMENTS[kind]
    _fields(element, required | {"type"}, optional, where)
    _length(element.get("action_id", "x"), limits.ID, f"{where}/action_id")
    if kind == "button":
        _text(element["text"], limits.BUTTON_TEXT, f"{where}/text", plain=True)
        _length(element.get("value", ""), limits.BUTTON_VALUE, f"{where}/value", least=0)
        if element.get("style", "primary") not in {"primary", "danger"}:
            raise Invalid("must be a valid enum value", f"{where}/style")
    if "placeholder" in element:
        _text(element["placeholder"], limits.PLACEHOLDER, f"{where}/placeholder", plain=True)
    if "confirm" in element:
        _confirm(element["confirm"], f"{where}/confirm")
    if kind == "image":
        _image(element, where)
    if kind == "plain_text_input":
        _length(element.get("initial_value", ""), limits.INPUT_LENGTH, f"{where}/initial_value", least=0)
    options = element.get("options")
    if "static_select" in kind and (options is None) == ("option_groups" not in element):
        raise Invalid("either options or option_groups", where)
    if options is not None:
        _options(element, options, kind, where)
    if "option_groups" in element:
        _many(element["option_groups"], limits.OPTION_GROUPS, f"{where}/option_groups")
        for number, group in enumerate(element["option_groups"]):
            here = f"{where}/option_groups/{number}"
            _fields(group, {"label", "options"}, set(), here)
            _text(group["label"], limits.OPTION_GROUP_LABEL, f"{here}/label", plain=True)
            _options({}, group["options"], kind, here)


def _image(image: Json, where: str) -> None:
    """A picture has an address or a file of Slack's own, not both."""
    _length(image["alt_text"], limits.ALT_TEXT, f"{where}/alt_text")
    if ("image_url" in image) == ("slack_file" in image):
        raise Invalid("either image_url or slack_file", where)
    _length(image.get("image_url", "x"), limits.IMAGE_URL, f"{where}/image_url")
    if "slack_file" in image:
        _fields(image["slack_file"], set(), {"id", "url"}, f"{where}/slack_file")
        if len(image["slack_file"]) != 1:
            raise Invalid("either id or url", f"{where}/slack_file")


def _options(element: Json, options: Any, kind: str, where: str) -> None:
    most = {"checkboxes": limits.CHECKBOXES, "radio_buttons": limits.CHECKBOXES, "overflow": limits.OVERFLOW_OPTIONS}
    _many(options, most.get(kind, limits.SELECT_OPTIONS), f"{where}/options")
    for number, option in enumerate(options):
        here = f"{where}/options/{number}"
        _fields(option, {"text", "value"}, OPTION - {"text", "value"}, here)
        _text(option["text"], limits.OPTION_TEXT, f"{here}/text", plain="select" in kind or kind == "overflow")
        _length(option["value"], limits.OPTION_VALUE, f"{here}/value")
        if "description" in option:
            _text(option["description"], limits.OPTION_DESCRIPTION, f"{here}/description")
    if len({option["value"] for option in options}) != len(options):
        raise Invalid("option values must be unique", f"{where}/options")
    initial = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else None)
    if initial is not None and (not initial or any(one not in options for one in initial)):
        raise Invalid("initial options must match options", f"{where}/initial_options")


def _confirm(confirm: Any, where: str) -> None:
    _fields(confirm, {"title", "text", "confirm", "deny"}, {"style"}, where)
    _text(confirm["title"], limits.CONFIRM_TITLE, f"{where}/title", plain=True)
    _text(confirm["text"], limits.CONFIRM_TEXT, f"{where}/text")
    for part in ("confirm", "deny"):
        _text(confirm[part], limits.CONFIRM_BUTTON, f"{where}/{part}", plain=True)


def _rich(element: Any, where: str) -> None:
    if not isinstance(element, dict) or element.get("type") not in RICH:
        raise Invalid("unsupported type", f"{where}/type")
    required, optional = RICH[element["type"]]
    _fields(element, required | {"type"}, optional, where)
    if element["type"] == "text":
        _length(element["text"], limits.TEXT_OF_MESSAGE, f"{where}/text")
        for key, value in element.get("style", {}).items():
            if key not in {"bold", "italic", "strike", "code", "underline"} or not isinstance(value, bool):
                raise Invalid("must be a valid enum value", f"{where}/style")
    for number, one in enumerate(element.get("elements", [])):
        _rich(one, f"{where}/elements/{number}")


def _text(text: Any, most: int, where: str, *, plain: bool = False) -> None:
    if not isinstance(text, dict) or text.get("type") not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
        raise Invalid("must be a valid text object", where)
    _fields(text, {"type", "text"}, {"emoji"} if text["type"] == "plain_text" else {"verbatim"}, where)
    _length(text["text"], most, f"{where}/text")


def _length(text: Any, most: int, where: str, least: int = 1) -> None:
    if not isinstance(text, str):
        raise Invalid("must be a string", where)
    if len(text) > most:
        raise Invalid(f"must be less than {most + 1} characters", where)
    if len(text) < least:
        raise Invalid(f"must be more than {least - 1} characters", where)


def _many(found: Any, most: int, where: str) -> None:
    if not isinstance(found, list) or not found:
        raise Invalid("must provide at least one item", where)
    if len(found) > most:
        raise Invalid(f"no more than {most} items allowed", where)


def _fields(found: Json, required: set[str], optional: set[str], where: str) -> None:
    if not isinstance(found, dict):
        raise Invalid("must be an object", where)
    for key in sorted(required - set(found)):
        raise Invalid(f"missing required field: {key}", where)
    for key in sorted(set(found) - required - optional):
        raise Invalid(f"invalid additional property: {key}", where)


def _texts(found: Any) -> list[str]:
    if isinstance(found, dict):
        own = [found["text"]] if isinstance(found.get("text"), str) else []
        return own + [text for value in found.values() for text in _texts(value)]
    return [text for one in found for text in _texts(one)] if isinstance(found, list) else []


def parsed(value: Any) -> Any:
    """A part of a form that is JSON in itself."""
    return json.loads(value) if isinstance(value, str) else value
