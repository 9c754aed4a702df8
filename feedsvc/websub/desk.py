"""Who comes to the hub: a form is read, kept and answered at once (WebSub §5.1).

The answer never depends on the confirmation, so that nobody learns by it what the hub
can reach.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

from feedsvc.edition.words import Words
from feedsvc.errors import Fault
from feedsvc.model.websub import Intent
from feedsvc.text import urls
from feedsvc.websub import faults
from feedsvc.websub.form import Form, Terms, read
from feedsvc.websub.ports import HubStore

__all__ = ["Desk"]

_log = logging.getLogger(__name__)

_LANGUAGES = ("en", "zh")

Reply = tuple[HTTPStatus, str]
"""A status, and what is told in plain text."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes forms for a hub; ``wake`` tells it that there is something to confirm."""

    terms: Terms
    store: HubStore
    now: Callable[[], datetime]
    wake: Callable[[], None]

    async def answer(self, body: bytes) -> Reply:
        """202 for what is kept, 400 for what is wrong, 429 when too much waits."""
        try:
            form = read(body, self.terms)
        except faults.Refused as refused:
            return HTTPStatus.BAD_REQUEST, _told(refused.fault)
        if not isinstance(form, Form):
            return HTTPStatus.ACCEPTED, ""
        host = urls.host(form.callback)
        if not await asyncio.to_thread(self.store.ask, _intent(form, host), self.now()):
            return HTTPStatus.TOO_MANY_REQUESTS, _told(faults.busy(host))
        self.wake()
        return HTTPStatus.ACCEPTED, self._warning(form, host)

    def _warning(self, form: Form, host: str) -> str:
        """A secret should come and be used over https alone (§5.1)."""
        is_safe = all(u.startswith("https:") for u in (self.terms.home, form.callback))
        if form.secret is None or is_safe:
            return ""
        fault = faults.insecure(host)
        _log.warning("websub %s %s", host, fault.code)
        return _told(fault)


def _intent(form: Form, host: str) -> Intent:
    return Intent(
        id=uuid4().hex,
        mode=form.mode,
        callback=form.callback,
        host=host,
        topic=form.topic,
        lease=form.lease,
        secret=form.secret,
    )


def _told(fault: Fault) -> str:
    return "".join(f"{Words.load(tag).fault(fault)}\n" for tag in _LANGUAGES)
