"""What the hub says to others, as messages for the egress to deliver."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlencode

from feedsvc.model.web import Answered, Message
from feedsvc.model.websub import Delivery, Intent
from feedsvc.websub.outcomes import is_success

__all__ = ["confirms", "content", "ping", "verification"]

_FORM = "application/x-www-form-urlencoded"


def verification(intent: Intent, topic: str, challenge: str) -> Message:
    """Does the callback want that? (WebSub §5.3) Its own query stays in front.

    A byte more than the challenge is wanted, so that a longer answer is none.
    """
    told = {
        "hub.mode": intent.mode,
        "hub.topic": topic,
        "hub.challenge": challenge,
    }
    if intent.mode == "subscribe":
        told["hub.lease_seconds"] = str(int(intent.lease.total_seconds()))
    mark = "" if intent.callback.endswith(("?", "&")) else "&"
    mark = mark if "?" in intent.callback else "?"
    url = f"{intent.callback}{mark}{urlencode(told)}"
    return Message(method="GET", url=url, wanted=len(challenge) + 1)


def confirms(answered: Answered, challenge: str) -> bool:
    """Whether the answer is 2xx and repeats the challenge, and nothing else."""
    return is_success(answered) and hmac.compare_digest(
        answered.body, challenge.encode()
    )


def content(delivery: Delivery, body: bytes, headers: Mapping[str, str]) -> Message:
    """The whole topic as it is served (§7), signed over these very bytes (§7.1)."""
    sent = dict(headers)
    if delivery.secret:
        digest = hmac.new(delivery.secret, body, sha256).hexdigest()
        sent["X-Hub-Signature"] = f"sha256={digest}"
    return Message(method="POST", url=delivery.callback, headers=sent, body=body)


def ping(hub: str, topic: str) -> Message:
    """There is news: as every outside hub takes it (§6 leaves it open)."""
    body = urlencode({"hub.mode": "publish", "hub.url": topic}).encode()
    return Message(method="POST", url=hub, headers={"Content-Type": _FORM}, body=body)
