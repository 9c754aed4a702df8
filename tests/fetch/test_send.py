"""Messages of the hub: within the bounds of every request, and to nobody else."""

import asyncio

import pytest

from feedsvc.errors import Code
from feedsvc.fetch import Egress
from feedsvc.fetch.share import Share
from feedsvc.model.config import Duration
from feedsvc.model.web import Answered, Failed, Message
from tests.fetch.conftest import Opener
from tests.fetch.origin import Origin, endless, moved, raw, reply
from tests.websub.subscriber import subscribing


def get(url: str, wanted: int = 100) -> Message:
    return Message(method="GET", url=url, wanted=wanted)


async def test_a_message_is_sent_as_it_stands(opened: Opener) -> None:
    egress = opened(contact="mailto:me@example.org")
    async with subscribing() as reader:
        body = "新闻\0\r\n".encode()
        headers = {"Content-Type": "text/x; charset=utf-8", "Link": "<a>, <b>"}
        message = Message(
            method="POST",
            url=f"{reader.base}/in%2Fa%20b?a=%2B%26%3D%25&b=+&c=",
            headers=headers,
            body=body,
        )
        assert await egress.send(message) == Answered(status=204)
        [push] = reader.pushes
    assert push.body == body
    assert push.headers["content-type"] == "text/x; charset=utf-8"
    assert push.headers["link"] == "<a>, <b>"
    assert push.headers["user-agent"] == egress.agent
    assert push.headers["content-length"] == str(len(body))
    assert push.headers["accept-encoding"] == "identity"
    assert push.headers["cdn-loop"].startswith("feedsvc-")
    assert reader.paths == ["/in%2Fa%20b?a=%2B%26%3D%25&b=+&c="]


@pytest.mark.parametrize(
    ("wanted", "body"), [(0, b""), (3, b"abc"), (6, b"abcdef"), (9, b"abcdef")]
)
async def test_of_an_answer_only_what_is_wanted_is_read(
    origin: Origin, egress: Egress, wanted: int, body: bytes
) -> None:
    origin.routes["/"] = reply(200, b"abcdef")
    answered = await egress.send(get(f"{origin.base}/", wanted))
    assert answered == Answered(status=200, body=body)


async def test_an_endless_answer_costs_what_is_wanted_of_it(
    origin: Origin, egress: Egress
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    origin.routes["/"] = endless(head, b"x" * 65_536)
    answered = await egress.send(get(f"{origin.base}/", 10))
    assert answered == Answered(status=200, body=b"x" * 10)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_an_answer_like_any_other(
    origin: Origin, egress: Egress, status: int
) -> None:
    origin.routes["/"] = moved("/elsewhere", status)
    answered = await egress.send(get(f"{origin.base}/"))
    assert isinstance(answered, Answered)
    assert (answered.status, origin.paths) == (status, ["/"])


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (raw(hang=True), Code.E_TIMEOUT),
        (
            raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", hang=True),
            Code.E_TIMEOUT,
        ),
        (raw(b"nonsense\r\n\r\n"), Code.E_PROTOCOL),
        (raw(), Code.E_CONNECT),
    ],
    ids=["silence", "half", "nonsense", "nothing"],
)
async def test_trouble_is_a_value_that_names_the_host_alone(
    origin: Origin, opened: Opener, script: bytes, code: Code
) -> None:
    origin.routes["/hush?key=hush"] = script
    egress = opened(timeout=Duration(seconds=0.3))
    failed = await egress.send(get(f"{origin.base}/hush?key=hush"))
    assert isinstance(failed, Failed)
    assert failed.fault.code is code
    assert failed.fault.place == origin.base.removeprefix("http://")
    assert "hush" not in repr(failed)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
    ],
)
async def test_what_is_not_public_is_not_dialled(opened: Opener, url: str) -> None:
    failed = await opened(allow_networks=()).send(get(url))
    assert isinstance(failed, Failed)
    assert failed.fault.code is Code.E_ADDRESS


async def test_few_messages_are_under_way_to_one_host_and_the_wait_costs_no_time(
    opened: Opener,
) -> None:
    egress = opened(timeout=Duration(seconds=0.5), host_gap=Duration(seconds=60))
    async with subscribing() as reader:
        reader.wait = 0.2
        sent = [
            egress.send(get(f"{reader.base}/?hub.challenge={n}")) for n in range(16)
        ]
        answers = await asyncio.gather(*sent)
        assert reader.busiest == 4
    assert {isinstance(a, Answered) and a.status for a in answers} == {200}


async def test_a_share_forgets_hosts_that_nobody_uses() -> None:
    share = Share(1)
    async with share.place("a"), share.place("b"):
        waiting = asyncio.create_task(share.place("a").__aenter__())
        await asyncio.sleep(0)
        assert len(share) == 2
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert len(share) == 0
