"""How it goes, for machines: `/health` for whoever restarts what is ill, `/metrics` for Prometheus. On this machine only."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Self

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.health import Health

LOOPBACK, PORT = "127.0.0.1", 9797

_METRICS = {
    "waiting": "messages that wait to be brought",
    "oldest_waiting": "seconds that the oldest of them has waited",
    "undelivered": "messages that never arrived",
    "unanswered": "messages on which the core stumbled",
    "last_heard": "seconds since somebody last said something",
    "last_cycle": "seconds since the assistant last looked what is due",
    "open_handovers": "handovers that are open",
    "overdue_handovers": "handovers whose next step is late",
    "next_due": "seconds until something is due by itself",
    "shut_out": "platforms that do not let us in",
    "last_seen": "seconds since a platform last gave a sign of life, of the one that is silent the longest",
    "silent": "platforms that have given no sign of life for five minutes",
}


class Monitor:
    """A small server in the loop of the assistant. It answers with numbers, never with anything that anybody said."""

    def __init__(self, look: Callable[[], Health], host: str = LOOPBACK, port: int = PORT) -> None:
        self._look, self._host, self._port = look, host, port
        self._registry = CollectorRegistry()
        self._gauges = {name: Gauge(f"verbinder_{name}", text, registry=self._registry) for name, text in _METRICS.items()}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Listens from here on. Raises OSError when the port is taken."""
        app = web.Application()
        app.add_routes([web.get("/health", self._health), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)  # who looks need not be waited for
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens; useful when the port was left to the system."""
        assert self._runner is not None
        host, port, *_ = self._runner.addresses[0]
        return host, port

    async def _health(self, _: web.Request) -> web.Response:
        found = self._look()
        return web.json_response({"sound": found.sound, **asdict(found)}, status=200 if found.sound else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        for name, value in asdict(self._look()).items():
            self._gauges[name].set(value if value is not None else float("nan"))
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
