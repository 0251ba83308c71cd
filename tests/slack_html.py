"""Draws blocks as a page, to look at and to make the pictures in README: `python -m tests.slack_html FOLDER`.

Near enough to how Slack shows them to see what somebody reads and can tap; Slack's own Block Kit Builder is the last word.
"""

import asyncio
import html
import sys
from pathlib import Path

from tests.slack_talk import workspace

STYLE = """
body{margin:0;padding:20px;width:560px;background:#fff;font:15px/1.45 Lato,"DejaVu Sans",Arial,sans-serif;color:#1d1c1d}
.who{font-weight:900}.app{background:#e8e8e8;border-radius:3px;font-size:10px;padding:1px 3px;margin-left:6px;color:#616061}
.said{margin:10px 0 4px}.header{font-weight:900;font-size:18px;margin:6px 0}.context{color:#616061;font-size:12.5px;margin:4px 0;white-space:pre-wrap}
.rich{white-space:pre-wrap;margin:4px 0}ul.rich{white-space:normal}.actions{margin:8px 0}.label{font-weight:700;margin:14px 0 4px}
button{font:700 13px "DejaVu Sans",Arial;border:1px solid #bbb;border-radius:4px;background:#fff;padding:6px 12px;margin:0 8px 8px 0}
button.primary{background:#007a5a;color:#fff;border-color:#007a5a}.box{display:block;margin:5px 0}
.form{border:1px solid #ddd;border-radius:8px;padding:16px 20px}.title{font-weight:900;font-size:18px;border-bottom:1px solid #ddd;padding-bottom:10px}
.user{background:#e8f5fa;color:#1264a3;border-radius:3px;padding:0 2px}
"""


def block_html(block, names):
    match block["type"]:
        case "header":
            return f'<div class="header">{html.escape(block["text"]["text"])}</div>'
        case "context":
            return f'<div class="context">{" ".join(html.escape(one["text"]) for one in block["elements"])}</div>'
        case "rich_text":
            return "".join(rich_html(element, names) for element in block["elements"])
        case "actions":
            return f'<div class="actions">{"".join(element_html(one) for one in block["elements"])}</div>'
        case "input":
            return f'<div class="label">{html.escape(block["label"]["text"])}</div>{element_html(block["element"])}'
        case "divider":
            return "<hr>"
        case kind:
            return f"<p>[{kind}]</p>"


def rich_html(element, names):
    if element["type"] == "rich_text_list":
        return f'<ul class="rich">{"".join(f"<li>{inside_html(item, names)}</li>" for item in element["elements"])}</ul>'
    return f'<div class="rich">{inside_html(element, names)}</div>'


def inside_html(element, names):
    return "".join(part_html(part, names) for part in element["elements"])


def part_html(part, names):
    if part["type"] == "user":
        return f'<span class="user">@{html.escape(names.get(part["user_id"], part["user_id"]))}</span>'
    text = html.escape(part["text"])
    style = part.get("style", {})
    return f"<b>{text}</b>" if style.get("bold") else f"<i>{text}</i>" if style.get("italic") else text


def element_html(element):
    if element["type"] == "button":
        return f'<button class="{element.get("style", "")}">{html.escape(element["text"]["text"])}</button>'
    kind = "checkbox" if element["type"] == "checkboxes" else "radio"
    return "".join(f'<label class="box"><input type="{kind}"> {html.escape(one["text"]["text"])}</label>' for one in element["options"])


def page(parts):
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{"".join(parts)}'


def message_html(message, names):
    who = '<div class="said"><span class="who">Verbinder</span><span class="app">APP</span></div>'
    return who + "".join(block_html(block, names) for block in message["blocks"])


def view_html(view, names):
    title = f'<div class="title">{html.escape(view["title"]["text"])}</div>' if "title" in view else ""
    return f'<div class="form">{title}{"".join(block_html(block, names) for block in view["blocks"])}</div>'


async def pages(folder):
    """An answer, a handover in the channel, the form and the home, as people get them."""
    from tests.test_slack_home import drawn, offer

    async with workspace() as world:
        names = {user.id: user.name for user in world.space.users.values()}
        youssef, wendy = world.person("y-amrani"), world.person("w-mulder")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        channel = await offer(world)
        await youssef.commands("/quickscan")
        form = await youssef.form()
        await wendy.opens_home()
        await drawn(world, wendy, "Dag Wendy")
        found = {
            "antwoord": message_html(youssef.heard()[0], names), "overdracht": message_html(channel.messages[0], names),
            "formulier": view_html({**form, "blocks": form["blocks"][:4]}, names), "start": view_html(world.space.homes[wendy.user], names),
        }  # fmt: skip
        for name, body in found.items():
            (folder / f"slack-{name}.html").write_text(page([body]), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(pages(Path(sys.argv[1])))
