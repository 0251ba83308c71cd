"""Synapse on this machine: its own environment, SQLite, loopback, and no limits unless a test is about limits."""

import hashlib
import hmac
import json
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-synapse" / "bin" / "python"
MISSING = "Er is geen Synapse om mee te testen. Doe eerst: make synapse (eenmalig, ongeveer een minuut)"
READY_WITHIN = 120
"""Seconds. Two on a machine at rest, many more on a busy one."""
OFF = {"per_second": 100_000, "burst_count": 100_000}


class Synapse:
    """One homeserver in a folder; its port stays the same over restarts."""

    def __init__(self, folder, *, port=None, extra=None, secret=None):
        self.folder, self.port = Path(folder), port or free_port()
        self.secret = secret or secrets.token_hex(16)
        self.process = None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config = self.folder / "hs.yaml"
        self.config.write_text(yaml.safe_dump(self._settings() | (extra or {})), encoding="utf-8")

    @classmethod
    def known(cls, port, secret):
        """One that another process has started."""
        found = cls.__new__(cls)
        found.port, found.secret, found.process = port, secret, None
        return found

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def _settings(self):
        return {
            "server_name": "localhost", "report_stats": False, "registration_shared_secret": self.secret,
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "hs.db")}},
            "listeners": [{"port": self.port, "type": "http", "bind_addresses": ["127.0.0.1"], "resources": [{"names": ["client"]}]}],
            "trusted_key_servers": [], "bcrypt_rounds": 4, "presence": {"enabled": False},
            "signing_key_path": str(self.folder / "signing.key"), "media_store_path": str(self.folder / "media"),
            "pid_file": str(self.folder / "hs.pid"), "suppress_key_server_warning": True,
            "log_config": self._log(), "federation_domain_whitelist": [], "url_preview_enabled": False,
            "rc_message": OFF, "rc_registration": OFF, "rc_invites": {"per_room": OFF, "per_user": OFF, "per_issuer": OFF},
            "rc_login": {"address": OFF, "account": OFF, "failed_attempts": OFF},
            "rc_joins": {"local": OFF, "remote": OFF}, "rc_joins_per_room": OFF, "rc_admin_redaction": OFF,
            "rc_room_creation": OFF, "rc_media_create": OFF, "rc_delayed_event_mgmt": OFF,
        }  # fmt: skip

    def _log(self):
        path = self.folder / "log.yaml"
        handler = {"class": "logging.FileHandler", "filename": str(self.folder / "hs.log"), "formatter": "line"}
        lines = {"version": 1, "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}}}
        found = lines | {"handlers": {"file": handler}, "root": {"level": "WARNING", "handlers": ["file"]}, "disable_existing_loggers": False}
        path.write_text(yaml.safe_dump(found), encoding="utf-8")
        return str(path)

    def start(self):
        if not PYTHON.exists():
            raise RuntimeError(MISSING)
        if not (self.folder / "signing.key").exists():
            subprocess.run(
                [PYTHON, "-m", "synapse.app.homeserver", "-c", self.config, "--generate-keys"], check=True, capture_output=True, cwd=self.folder
            )
        with (self.folder / "out.log").open("ab") as out:
            self.process = subprocess.Popen(
                [PYTHON, "-m", "synapse.app.homeserver", "-c", self.config], stdout=out, stderr=out, cwd=self.folder,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one call, nothing that locks
            )  # fmt: skip
        self._wait()
        return self

    def _wait(self):
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        said = (self.folder / "out.log").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"Synapse is niet op gang gekomen. Het laatste dat het zei:\n{said}")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait(60)
            self.process = None

    def register(self, name, password=None, *, admin=False):
        """Makes an account; its id, token and device."""
        password = password or f"wachtwoord-{name}"
        nonce = self.call("GET", "/_synapse/admin/v1/register")["nonce"]
        said = "\0".join([nonce, name, password, "admin" if admin else "notadmin"])
        mac = hmac.new(self.secret.encode(), said.encode(), hashlib.sha1).hexdigest()
        return self.call(
            "POST", "/_synapse/admin/v1/register", {"nonce": nonce, "username": name, "password": password, "mac": mac, "admin": admin}
        )

    def call(self, method, path, body=None, token=None):
        """One request; raises urllib's HTTPError."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}{path}", data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def die_with_parent():
    """A test run that is killed leaves no server behind (Linux only)."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
