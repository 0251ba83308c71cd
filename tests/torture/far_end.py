"""The platform at the far end: it survives every death of the assistant, and counts what it was given."""

import json
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class FarEnd:
    """Keeps every post. `keyed`: the same key twice is the same message (Matrix); else it can be asked for a key (Slack)."""

    keyed: bool
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    by_key: dict[str, str] = field(default_factory=dict)

    def answer(self, line):
        """What the platform says to one line of an adapter."""
        asked = json.loads(line)
        if "find" in asked:
            return {"remote": self.by_key.get(asked["find"])}
        key = asked["key"]
        if self.keyed and key in self.by_key:
            return {"remote": self.by_key[key]}
        self.posts.append((key, asked["place"], asked["text"]))
        self.by_key[key] = asked["edits"] or f"r{len(self.posts)}"
        return {"remote": self.by_key[key]}

    @property
    def double(self):
        return sum(number - 1 for number in Counter(key for key, *_ in self.posts).values())

    def lost(self, whole):
        """What stands at the far end of a run that nobody disturbed, and not here."""
        return len(Counter(whole.posts) - Counter(self.posts))

    def strange(self, whole):
        """What stands here and not there."""
        return len(Counter(self.posts) - Counter(whole.posts))
