"""What Slack allows, by name. What we make stays within it: a refused message would be a message that nobody reads."""

BLOCKS = 50
"""Blocks of one message."""
BLOCKS_TOGETHER, BLOCKS_WRITTEN = 9_000, 15_000
"""Characters of all texts in a message, and of its blocks as they are written down. Slack does not say how many it takes: users
saw 9,597 and 15,561 taken, 11,341 and 17,694 refused (slackapi/bolt-js, issues 2509 and 2867)."""
VIEW_BLOCKS = 100
"""Blocks of a form or of the home."""
HEADER = 150
CONTEXT_TEXT = 2_000
RICH_TEXT = 3_000
"""Characters in one block of text. More is allowed, but a phone then hides the rest behind a tap."""
TEXT = 4_000
"""Characters of the text beside the blocks; Slack advises this, and cuts at 40,000."""
BUTTONS = 25
BUTTONS_SHOWN = 10
"""From more options than this a menu is easier to use on a phone."""
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BOXES = 10
"""Boxes in one group: there can be several groups."""
OPTION_TEXT = 75
OPTION_VALUE = 150
MENU = 100
SHEET = 50
"""Options that stand under a message at once, in a menu or in five groups of boxes: more is a sheet of its own."""
VIEW_TITLE = 24
LABEL = 2_000
IDENTIFIER = 255
ALT_TEXT, UPLOAD_ALT_TEXT = 2_000, 1_000
SECONDS_APART = 1.0
"""Seconds between two messages in one channel."""
LAST_SEEN = 100
"""How many messages are asked for at once, when is looked for one that may have arrived."""


def cut(text: str, most: int) -> str:
    """The text within its limit, with a mark where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
