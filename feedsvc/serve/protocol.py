"""uvicorn's HTTP/1.1, for clients who mean no good, are in no hurry, or ask for bytes."""

import asyncio
from http import HTTPStatus

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import (
    HttpToolsProtocol,
    RequestResponseCycle,
)

from feedsvc.serve import headers
from feedsvc.serve.ports import AtOnce, Prompt, Ready

__all__ = ["LARGEST_HEAD", "Protocol"]

LARGEST_HEAD = 16_384
"""Bytes that a request may have before its body."""

_PATIENCE = 15.0
"""Seconds between two looks at a connection; who keeps us waiting at both is left."""


class Protocol(HttpToolsProtocol):
    """One connection; bounded in time and size where uvicorn waits for ever.

    An answer that stands ready is written in one piece, without a task of its own.
    """

    _at_once: AtOnce | None = None
    _timer: asyncio.TimerHandle | None = None
    _waited = False
    _head: int | None = None
    """Bytes of a request head that has not come to its end; None between requests."""
    _chunk = 0
    """Bytes that came last and belong to no request yet."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Begin to look."""
        super().connection_made(transport)
        if isinstance(self.app, Prompt):
            self._at_once = self.app.at_once
        self._timer = self.loop.call_later(_PATIENCE, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        super().connection_lost(exc)
        if self._timer:
            self._timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Read on, but no head that has no end."""
        if self._head is None:
            self._chunk = len(data)
        else:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > LARGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Begin to count."""
        # Of several requests in one chunk the last may lack its end: it is counted from
        # the next chunk on.
        self._head, self._chunk = self._chunk, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Count no more."""
        self._head = None
        super().on_headers_complete()

    def _start_asgi_task(
        self, cycle: RequestResponseCycle, app: ASGI3Application
    ) -> None:
        """Answer what can be answered at once; have the application called for the rest.

        Not while others wait in the pipeline: each would be answered within the one
        before it.
        """
        ready = None
        if self._at_once and not self.pipeline and not self.flow.write_paused:
            ready = self._at_once(cycle.scope)  # type: ignore[arg-type]  # a TypedDict
        if ready is None:
            super()._start_asgi_task(cycle, app)
        else:
            self._write(cycle, ready)

    def _write(self, cycle: RequestResponseCycle, ready: Ready) -> None:
        """Write what :meth:`RequestResponseCycle.send` would in two pieces."""
        lines = [b"%b: %b\r\n" % pair for pair in cycle.default_headers]
        if not cycle.keep_alive:
            lines.append(b"connection: close\r\n")
        body = ready.messages[1]["body"]
        self.transport.write(b"".join((ready.head, *lines, b"\r\n", body)))
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        done = cycle.on_response
        cycle.on_response = lambda: None  # else it would hold us, and we hold it
        done()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 -- we have words of our own
        """Refuse what is no HTTP."""
        self._refuse(HTTPStatus.BAD_REQUEST)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer before there is a request, as plainly as anything else, and close."""
        if self.transport.is_closing():
            return
        told = f"{status.value} {status.phrase}\n"
        lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.for_plain().items()]
        lines += ["content-type: text/plain; charset=utf-8", "connection: close"]
        lines += [f"content-length: {len(told)}", "", told]
        self.transport.write("\r\n".join(lines).encode("ascii"))
        self.transport.close()

    def _look(self) -> None:
        waits = self._waits()
        if waits and self._waited:
            self.transport.abort()
            return
        self._waited = waits
        self._timer = self.loop.call_later(_PATIENCE, self._look)

    def _waits(self) -> bool:
        """Whether it is the client's turn: to read an answer, or to end a request.

        Between two requests uvicorn's own timer runs.
        """
        if self.transport.get_write_buffer_size():
            return True
        cycle: RequestResponseCycle | None = self.cycle
        idle = cycle is None or cycle.response_complete
        return idle and self.timeout_keep_alive_task is None
