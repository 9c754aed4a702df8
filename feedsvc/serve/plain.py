"""Statuses in a reader's words: refusals, and what else has no document to show."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from feedsvc.edition.words import Words
from feedsvc.serve import headers
from feedsvc.text.language import negotiate

__all__ = ["language_of", "plain"]

_LANGUAGES = ("en", "zh", "zh-Hant")
"""Every language that feedsvc speaks; who names none is most likely a program."""


def plain(status: HTTPStatus, more: Mapping[str, str] | None = None) -> Response:
    """A status in the words of whoever asks; nothing of the request is repeated."""
    return _Plain(status, more or {})


class _Plain(Response):
    """Becomes a text when it is known who asks."""

    def __init__(self, status: HTTPStatus, more: Mapping[str, str]) -> None:
        super().__init__(None, status)
        self._status = status
        self._more = more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the language that was asked for."""
        language = language_of(scope)
        told = _told(Words.load(language), self._status)
        found = headers.for_plain(vary="Accept-Language")
        found |= {"content-language": language, **self._more}
        answer = PlainTextResponse(
            f"{self._status.value} {told}\n", self._status, found
        )
        await answer(scope, receive, send)


def language_of(scope: Scope) -> str:
    """The language, of those that feedsvc speaks, in which a request wants to be answered."""
    wanted = Headers(scope=scope).getlist("accept-language")
    return negotiate(",".join(wanted), _LANGUAGES)


def _told(words: Words, status: HTTPStatus) -> str:
    """What a status says; its own English phrase where the catalog has none."""
    key = str(status.value)
    return words.text("serve", key) if words.has("serve", key) else status.phrase
