"""An S3-compatible service on loopback, and what another client sees in it."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "feedsvc",
    "AWS_SECRET_ACCESS_KEY": "only on loopback",
}
_NUMBERS = count()


class Service:
    """The service: can be stopped and started again, and keeps its objects meanwhile."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Answer."""
        self._server = ThreadedMotoServer("127.0.0.1", self._port, verbose=False)
        self._server.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.stop()

    @property
    def client(self) -> Any:
        """Somebody else's client."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=ENVIRONMENT["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
        )

    def make(self) -> str:
        """A new, empty bucket, as ``publish.output`` names it."""
        name = f"feeds-{next(_NUMBERS)}"
        self.client.create_bucket(Bucket=name)
        return f"s3://{name}/news?endpoint={self.url}&region=us-east-1"

    def objects(self, url: str) -> dict[str, bytes]:
        """Every object of a tree with its bytes."""
        s3, name = self.client, bucket_of(url)
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=name)
        return {
            one["Key"].removeprefix("news/"): s3.get_object(
                Bucket=name, Key=one["Key"]
            )["Body"].read()
            for page in pages
            for one in page.get("Contents", [])
        }

    def head(self, url: str, key: str) -> dict[str, Any]:
        """The headers and metadata of an object."""
        found: dict[str, Any] = self.client.head_object(
            Bucket=bucket_of(url), Key=f"news/{key}"
        )
        return found

    def remove(self, url: str, key: str) -> None:
        """Take an object out."""
        self.client.delete_object(Bucket=bucket_of(url), Key=f"news/{key}")


def bucket_of(url: str) -> str:
    """The bucket's name."""
    return url.removeprefix("s3://").partition("/")[0]


@contextmanager
def storing() -> Iterator[Service]:
    """The service, while the block lasts."""
    found = Service()
    try:
        yield found
    finally:
        found.stop()
