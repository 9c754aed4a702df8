"""What an answer means for who gave it, and when to try again (WebSub §5.3, §7)."""

from datetime import timedelta
from hashlib import blake2b

from feedsvc.errors import Code
from feedsvc.model.web import Answered, Failed
from feedsvc.model.websub import Errand, Intent

__all__ = [
    "Reply",
    "code",
    "is_gone",
    "is_success",
    "is_worth_another",
    "trouble",
    "wait",
]

_SUCCESS = 2
_SERVER_ERROR = 5
_GONE = 410
_TOO_MANY = 429

_ATTEMPTS = 3
"""Times that a confirmation is asked for where nobody answers, or a broken server."""

_FIRST = timedelta(seconds=10)
_LONGEST = timedelta(hours=6)
_SPREAD = 0.25

Reply = Answered | Failed


def is_success(reply: Reply) -> bool:
    """Any 2xx; redirects are failures, and nobody follows them (§7)."""
    return isinstance(reply, Answered) and reply.status // 100 == _SUCCESS


def is_gone(reply: Reply) -> bool:
    """The subscription has been deleted at its other end (§7)."""
    return isinstance(reply, Answered) and reply.status == _GONE


def is_worth_another(reply: Reply, failures: int) -> bool:
    """Whether a confirmation may still come, after ``failures`` vain attempts before."""
    passing = isinstance(reply, Failed) or (
        reply.status == _TOO_MANY or reply.status // 100 == _SERVER_ERROR
    )
    return passing and failures + 1 < _ATTEMPTS


def wait(reply: Reply, failures: int, callback: str) -> timedelta:
    """How long to leave a receiver alone after ``failures`` failures before this one.

    Ten seconds, tripled each time up to six hours, or what it asks for where that is
    longer; spread, so that receivers of one host do not come back all at once.
    """
    tripled = min(_FIRST * int(3 ** min(failures, 10)), _LONGEST)
    spread = blake2b(callback.encode(), digest_size=2).digest()
    share = int.from_bytes(spread) / 0xFFFF
    return max(tripled * (1 + _SPREAD * share), reply.hints.retry_after or timedelta())


def trouble(reply: Reply) -> str:
    """What went wrong, without a word of theirs."""
    if isinstance(reply, Failed):
        return str(reply.fault.code)
    return f"HTTP {reply.status}"


def code(errand: Errand) -> Code:
    """The code of an errand that failed."""
    if isinstance(errand, Intent):
        return Code.W_HUB_UNCONFIRMED
    return Code.W_PING if errand.is_ping else Code.W_PUSH
