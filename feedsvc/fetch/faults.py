"""The one place where trouble below HTTP, and statuses, become faults."""

import os
import ssl
from collections.abc import Callable, Iterator

import aiohttp
import httpx

from feedsvc.errors import Code, Fault, FetchError, Stage
from feedsvc.fetch.door import AddressRefusedError
from feedsvc.text import urls

__all__ = ["TROUBLE", "fault", "of_error", "of_status"]

TROUBLE = (
    FetchError,
    httpx.HTTPError,
    httpx.InvalidURL,
    aiohttp.ClientError,
    OSError,
    ValueError,
)
"""All that an exchange may raise for what a server, the net or a header's text does."""

_LONGEST_DETAIL = 200

Args = dict[str, str | int | float]


def fault(code: Code, place: str, **args: str | float) -> Fault:
    """A fault of this stage."""
    return Fault(code=code, stage=Stage.FETCH, place=place, args=args)


def of_status(status: int, place: str) -> Fault:
    """The fault that a final status other than 200 and 304 means."""
    usual = Code.E_SERVER if status // 100 == _SERVER_ERRORS else Code.E_STATUS
    code = _STATUSES.get(status, usual)
    return fault(code, place, **({} if code is Code.E_GONE else {"status": status}))


_SERVER_ERRORS = 5
_STATUSES = {
    401: Code.E_FORBIDDEN,
    403: Code.E_FORBIDDEN,
    404: Code.E_NOT_FOUND,
    410: Code.E_GONE,
    429: Code.E_THROTTLED,
    451: Code.E_FORBIDDEN,
}


def of_error(error: BaseException, place: str, seconds: float) -> Fault:
    """The fault behind an exception; ``seconds`` is what the exchange had."""
    if isinstance(error, FetchError):
        return fault(error.fault.code, place, **error.fault.args)
    link, code, told = next(
        (link, code, told)
        for kind, code, told in _TABLE
        for link in _chain(error)
        if isinstance(link, kind)
    )
    return fault(code, place, **told(link, place, seconds))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _text(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:_LONGEST_DETAIL]


def _host(_error: BaseException, place: str, _seconds: float) -> Args:
    return {"host": urls.host(place) or place}


def _name(error: BaseException, _place: str, _seconds: float) -> Args:
    """The name that was not found; a proxy's, where that is the one unknown."""
    return {"host": getattr(error, "host", "")}


def _detail(error: BaseException, _place: str, _seconds: float) -> Args:
    return {"detail": _text(error)}


def _certificate(error: BaseException, _place: str, _seconds: float) -> Args:
    return {"detail": getattr(error, "verify_message", "") or _text(error)}


def _message(error: BaseException, _place: str, _seconds: float) -> Args:
    """What was malformed, without the URL that the error's own text would name."""
    told = getattr(error, "message", "") or type(error).__name__
    return {"detail": " ".join(str(told).split())[:_LONGEST_DETAIL]}


def _system(error: BaseException, _place: str, _seconds: float) -> Args:
    number = getattr(error, "errno", None)
    return {"detail": os.strerror(number) if number else _text(error)}


def _seconds(_error: BaseException, _place: str, seconds: float) -> Args:
    return {"seconds": int(seconds) if seconds.is_integer() else seconds}


def _nothing(_error: BaseException, _place: str, _seconds: float) -> Args:
    return {}


_TABLE: tuple[
    tuple[type[BaseException], Code, Callable[[BaseException, str, float], Args]], ...
] = (
    (AddressRefusedError, Code.E_ADDRESS, _host),
    # A number that a socket would take for an address, such as 2130706433.
    (aiohttp.InvalidUrlClientError, Code.E_ADDRESS, _host),
    (ssl.SSLCertVerificationError, Code.E_TLS, _certificate),
    (ssl.SSLError, Code.E_TLS, _detail),
    (aiohttp.ClientConnectorDNSError, Code.E_DNS, _name),
    (TimeoutError, Code.E_TIMEOUT, _seconds),
    (aiohttp.ClientPayloadError, Code.E_TRUNCATED, _nothing),
    (aiohttp.ClientResponseError, Code.E_PROTOCOL, _message),
    (aiohttp.ServerDisconnectedError, Code.E_CONNECT, _detail),
    (OSError, Code.E_CONNECT, _system),
    (Exception, Code.E_PROTOCOL, _detail),
)
"""First kind found anywhere among an error and its causes wins; order matters."""
