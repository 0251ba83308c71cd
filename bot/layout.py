"""Lines that fit the screen of whoever reads them."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TextIO

NARROWEST = 40


def laid_out(text: str, hang: int = 2, *, on: TextIO | None = None) -> str:
    """The text, with line breaks between words where a screen ends; `hang` spaces come before what goes on.

    Where there is no screen every sentence stays on its line, for whoever searches it or sends it on. `on`: else standard output.
    """
    if not (on or sys.stdout).isatty():
        return text
    width = max(NARROWEST, shutil.get_terminal_size().columns)
    fitted = textwrap.TextWrapper(width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False)
    return "\n".join("\n".join(fitted.wrap(line)) for line in text.split("\n"))
