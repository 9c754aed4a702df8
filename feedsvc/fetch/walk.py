"""One fetch from its first address to its answer: what to ask next, and what it came to.

Nothing here touches the net or the clock; the egress carries out what a walk decides.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urldefrag, urlsplit, urlunsplit

from feedsvc.errors import Code
from feedsvc.fetch import hints
from feedsvc.fetch.codings import ACCEPTED
from feedsvc.fetch.faults import fault, of_status
from feedsvc.model.web import (
    Failed,
    Fetched,
    NotModified,
    Packed,
    Page,
    Request,
    Validators,
)
from feedsvc.text import urls

__all__ = ["REDIRECTS", "Answer", "Walk", "begin"]

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_DOCUMENTS = frozenset({200, 203})
_NOT_MODIFIED = 304
_MOST_HOPS = 10
_OURS = frozenset(
    {"connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"}
)  # fmt: skip
"""Headers that belong to the connection, not to the operator."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought: ``headers`` by lower-case name, the body without its codings.

    Only a document (200, 203) has a body here; ``packed`` is that body with its codings.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    location: str = ""
    packed: Packed | None = None

    @staticmethod
    def has_document(status: int) -> bool:
        """Whether the body of such an answer is wanted at all."""
        return status in _DOCUMENTS


@dataclass(slots=True)
class Walk:
    """Where a fetch stands: at ``url``, with ``left`` of its seconds.

    ``delay`` is the gap, in seconds, that the present site's robots.txt wants.
    """

    request: Request
    url: str
    host: str
    left: float
    credentials: str | None = None
    moved: bool = True
    fresh: bool = False
    delay: float = 0.0
    trail: list[str] = field(default_factory=list)

    def headers(self, agent: str) -> dict[str, str]:
        """What to send to the present address."""
        asked = self.request
        sent = {
            "User-Agent": agent,
            "Accept": asked.accept,
            "Accept-Encoding": ACCEPTED,
        }
        if asked.accept_language:
            sent["Accept-Language"] = asked.accept_language
        sent |= {"Cache-Control": "no-cache"} if self.fresh else _conditions(asked)
        return self._private(sent) if self._at_home() else sent

    def take(self, answer: Answer, now: datetime) -> Fetched | None:
        """What the answer comes to; None when there is more to ask."""
        if answer.status in REDIRECTS:
            return self._follow(answer)
        if answer.status == _NOT_MODIFIED:
            return self._unchanged(answer, now)
        if answer.headers.get("cf-mitigated") == "challenge":
            return self.fails(Code.E_BLOCKED, answer.status, evidence="cf-mitigated")
        wishes = hints.read(answer.headers, now)
        if not Answer.has_document(answer.status):
            told = of_status(answer.status, self.url)
            return Failed(fault=told, status=answer.status, hints=wishes)
        return Page(
            url=self.url,
            body=answer.body,
            requested=self.request.url,
            content_type=answer.headers.get("content-type"),
            validators=hints.validators(answer.headers),
            hints=wishes,
            moved=bool(self.trail) and self.moved,
            packed=answer.packed,
        )

    def fails(
        self, code: Code, status: int | None = None, **args: str | float
    ) -> Failed:
        """End here."""
        return Failed(fault=fault(code, self.url, **args), status=status)

    def _private(self, sent: dict[str, str]) -> dict[str, str]:
        """Add what is meant for the source alone; its own headers win over ours."""
        asked = self.request
        if self.credentials:
            sent["Authorization"] = self.credentials
        if asked.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in asked.cookies.items())
        names = {name.lower(): name for name in sent}
        for name, value in asked.headers.items():
            if name.lower() not in _OURS:
                sent[names.get(name.lower(), name)] = value
        return sent

    def _at_home(self) -> bool:
        """Whether the present address is of the origin first asked, or its https twin."""
        if not self.trail:
            return True
        here, home = urlsplit(self.url), urlsplit(self.trail[0])
        if here.netloc != home.netloc:
            return False
        return here.scheme in {home.scheme, "https"}

    def _unchanged(self, answer: Answer, now: datetime) -> Fetched | None:
        """A 304; when we had asked without conditions, ask once more and say so."""
        known = self.request.validators
        if known == Validators() or self.fresh:
            if self.fresh:
                return self.fails(Code.E_304_NO_CACHE, answer.status)
            self.fresh = True
            return None
        told = hints.validators(answer.headers)
        return NotModified(
            url=self.url,
            validators=Validators(
                etag=told.etag or known.etag,
                last_modified=told.last_modified or known.last_modified,
            ),
            hints=hints.read(answer.headers, now),
            moved=bool(self.trail) and self.moved,
        )

    def _follow(self, answer: Answer) -> Failed | None:
        target, wrong = self._target(answer.location)
        if target is None:
            return self.fails(Code.E_REDIRECT, answer.status, detail=wrong)
        self.trail.append(self.url)
        self.moved = self.moved and answer.status in _PERMANENT
        self.url, self.host = target, urls.host(target)
        return None

    def _target(self, location: str) -> tuple[str | None, str]:
        """Where a redirect leads; or nothing, and what is wrong with it."""
        if not location:
            return None, "no Location"
        found = urls.absolute(self.url, location)
        if found is None or "\\" in location:
            return None, f"Location: {location[:100]}"
        target, _ = _apart(found)
        if self.url.startswith("https:") and target.startswith("http:"):
            return None, f"https → {target[:100]}"
        if target == self.url or target in self.trail:
            return None, f"loop: {target[:100]}"
        if len(self.trail) >= _MOST_HOPS:
            return None, f"> {_MOST_HOPS}"
        return target, ""


def begin(request: Request, seconds: float) -> Walk | None:
    """A walk from the address asked for; None when that is no address of the web."""
    url = urls.absolute(request.url, request.url)
    if url is None:
        return None
    bare, credentials = _apart(url)
    return Walk(request, bare, urls.host(bare), seconds, credentials)


def _conditions(request: Request) -> dict[str, str]:
    known = request.validators
    stated = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in stated.items() if value}


def _apart(url: str) -> tuple[str, str | None]:
    """An address without fragment and user, and the user as ``Authorization`` has it."""
    if "@" not in url and "#" not in url:
        return url, None
    parts = urlsplit(urldefrag(url).url)
    user, at, place = parts.netloc.rpartition("@")
    bare = urlunsplit(parts._replace(netloc=place))
    secret = b64encode(unquote(user).encode()).decode("ascii")
    return bare, f"Basic {secret}" if at else None
