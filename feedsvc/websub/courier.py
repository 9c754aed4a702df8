"""One errand from its message to what is noted of it."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ParamSpec

from feedsvc.errors import Code, StoreError
from feedsvc.model.config import Settings
from feedsvc.model.tree import File
from feedsvc.model.web import Answered, Failed, Message
from feedsvc.model.websub import Delivery, Errand, Intent
from feedsvc.websub import faults, messages, outcomes, topics
from feedsvc.websub.ports import HubStore, Post

__all__ = ["Courier"]

P = ParamSpec("P")

_log = logging.getLogger(__name__)

_PATIENCE = 5.0
"""Seconds after which a store that refused is asked again."""

_UNEXPECTED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Courier:
    """Runs errands; whatever becomes of one is in the store when it returns."""

    settings: Settings
    store: HubStore
    post: Post
    now: Callable[[], datetime]

    async def run(self, errand: Errand, file: File | None) -> None:
        """Do one; ``file`` is what a subscriber is to be sent."""
        try:
            if isinstance(errand, Intent):
                await self._confirm(errand)
            else:
                await self._tell(errand, file)
        except Exception as error:  # noqa: BLE001 -- a bug met with one receiver
            _log.exception("websub %s met a bug", errand.host)
            told = f"{Code.E_UNEXPECTED} {type(error).__name__}"
            await self._postpone(errand, told, _UNEXPECTED)

    async def _confirm(self, intent: Intent) -> None:
        """Ask the callback whether that is wanted; only its yes changes anything."""
        challenge = secrets.token_urlsafe(32)
        topic = topics.url(intent.topic, self.settings.site.base_url)
        reply = await self.post.send(messages.verification(intent, topic, challenge))
        if isinstance(reply, Answered) and messages.confirms(reply, challenge):
            _log.info("websub %s %s %s", intent.host, intent.mode, intent.topic.name)
            await self._noted(self.store.confirm, intent, self.now())
        elif outcomes.is_worth_another(reply, intent.failures):
            await self._again(intent, reply)
        else:
            told = (intent.host, intent.mode, intent.topic.name, Code.W_HUB_UNCONFIRMED)
            _log.warning("websub %s %s %s: %s (%s)", *told, outcomes.trouble(reply))
            await self._noted(self.store.refuse, intent)

    async def _tell(self, delivery: Delivery, file: File | None) -> None:
        """Send the news, and note what came of it."""
        news = self._news(delivery, file)
        reply = await self.post.send(news) if news else _unpublished(delivery)
        if outcomes.is_success(reply):
            await self._noted(self.store.tell, delivery, self.now())
        elif outcomes.is_gone(reply) and not delivery.is_ping:
            _log.info("websub %s ended %s", delivery.host, delivery.topic.name)
            await self._noted(self.store.end, delivery)
        else:
            await self._again(delivery, reply)

    def _news(self, delivery: Delivery, file: File | None) -> Message | None:
        topic = topics.url(delivery.topic, self.settings.site.base_url)
        if delivery.is_ping:
            return messages.ping(delivery.callback, topic)
        if file is None:
            return None
        hubs = (f'<{hub}>; rel="hub"' for hub in self.settings.hubs)
        links = ", ".join((*hubs, f'<{topic}>; rel="self"'))
        headers = {"Content-Type": file.media_type, "Link": links}
        return messages.content(delivery, file.bodies["identity"], headers)

    async def _again(self, errand: Errand, reply: outcomes.Reply) -> None:
        pause = outcomes.wait(reply, errand.failures, errand.callback)
        await self._postpone(errand, outcomes.trouble(reply), pause)

    async def _postpone(self, errand: Errand, trouble: str, pause: timedelta) -> None:
        due, name = self.now() + pause, errand.topic.name
        told = (errand.host, name, outcomes.code(errand), trouble, due.isoformat())
        _log.warning("websub %s %s: %s (%s), next %s", *told)
        await self._noted(self.store.postpone, errand, trouble, due)

    async def _noted(
        self, note: Callable[P, None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Note it, however long the store refuses: unnoted, it would be done anew."""
        while True:
            try:
                return await asyncio.to_thread(note, *args, **kwargs)
            except StoreError as error:
                _log.error("%s", error)
                await asyncio.sleep(_PATIENCE)


def _unpublished(delivery: Delivery) -> Failed:
    """A format or a category that is published no more, or not yet again."""
    return Failed(fault=faults.fault(Code.E_NOT_FOUND, delivery.topic.name))
