"""The web servers of deploy/, with the shipped configurations over a tree."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
ROOT = "/var/lib/feedsvc/public"
SERVICE = "127.0.0.1:8000"
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"

Start = Callable[[Path, Path, str], Iterator[str]]


def found(program: str) -> str | None:
    """Where a program is; None when this machine has none."""
    return shutil.which(program, path=_PATH)


@contextmanager
def nginx(tree: Path, home: Path, service: str = SERVICE) -> Iterator[str]:
    """Nginx over ``tree`` and ``service``, its files in ``home``; its address."""
    port = _free_port()
    shipped = _adapted("nginx.conf", tree, "listen 80;", f"listen 127.0.0.1:{port};")
    shipped = shipped.replace(SERVICE, service.removeprefix("http://"))
    # What docs/howto/nginx.md asks of who has renamed a category.
    line = '# "~^/(?<lang>[^/]+)/economy(?<rest>/.*)$" /$lang/finance$rest;'
    assert line in shipped
    moved = line.removeprefix("# ").replace("/economy(", "/sport(")
    ours = shipped.replace(line, moved.replace("/finance$", "/games$"))
    (home / "site.conf").write_text(ours)
    temporary = "".join(
        f"{kind}_temp_path {home}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"{user}daemon off;\npid {home}/pid;\nerror_log {home}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include site.conf;\n}}\n"
    )
    options = ["-p", str(home), "-c", "nginx.conf", "-e", f"{home}/error.log"]
    with _running([str(found("nginx")), *options], port, home) as url:
        yield url


@contextmanager
def caddy(tree: Path, home: Path, service: str = SERVICE) -> Iterator[str]:
    """Caddy over ``tree`` and ``service``, its files in ``home``; its address."""
    port = _free_port()
    shipped = _adapted(
        "Caddyfile", tree, "feeds.example.org {", f"http://127.0.0.1:{port} {{"
    )
    shipped = shipped.replace(SERVICE, service.removeprefix("http://"))
    for line in (
        "# @economy path_regexp economy ^/([^/]+)/economy(/.*)$",
        "# redir @economy /{re.economy.1}/finance{re.economy.2} 301",
    ):
        assert line in shipped
        renamed = line.removeprefix("# ").replace("/economy(", "/sport(")
        shipped = shipped.replace(line, renamed.replace("/finance{", "/games{"))
    whole = "{\n\tadmin off\n\tauto_https off\n}\n" + shipped
    (home / "Caddyfile").write_text(whole)
    options = ["run", "--adapter", "caddyfile", "--config", str(home / "Caddyfile")]
    with _running([str(found("caddy")), *options], port, home) as url:
        yield url


def _adapted(name: str, tree: Path, old: str, new: str) -> str:
    """A shipped configuration for this tree and port."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert text.count(old) == text.count(ROOT) == 1
    return text.replace(old, new).replace(ROOT, str(tree))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int, home: Path) -> Iterator[str]:
    """A server, once it answers."""
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, stderr=log, env={**os.environ, "HOME": str(home)}
        )
    try:
        for _ in range(400):
            assert process.poll() is None, (home / "log").read_text()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
