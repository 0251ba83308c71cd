"""`verbinder show`: a topic as it stands in the chat."""

from __future__ import annotations

from bot.options import NetworkFile, Topic, stop


def show(topic: Topic, network: NetworkFile = None) -> None:
    """Laat een onderwerp zien zoals iemand het in de chat leest."""
    from adapters.jsonlines import NOBODY  # heavy, and `--help` must be there at once
    from adapters.terminal import Terminal
    from bot.answers.knowledge import topic_reply
    from bot.app import find_network, open_aside
    from bot.check import near_topics
    from bot.clock import now
    from bot.context import Context
    from bot.messages import direct

    known = find_network(network, None)
    assert known is not None, "without a database there is the example"
    world = open_aside(known).assistant.world
    if topic not in world.library.topics:
        near = near_topics(topic, world.library)
        hint = f"Lijkt erop: {', '.join(near)}." if near else "Vraag het in woorden: verbinder ask"
        raise stop(f'Het onderwerp "{topic}" is er niet. {hint}')
    place = direct(NOBODY)
    reply = topic_reply(Context(world, None, place, now()), world.library.topics[topic])
    Terminal(world, None, place, now).show(reply)
