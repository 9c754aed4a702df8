"""An S3-compatible bucket: the few requests that publishing needs (obstore)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from feedsvc.output.files import refusal

if TYPE_CHECKING:  # stubs alone have them
    from obstore.store import ClientConfig, RetryConfig, S3Config

__all__ = ["Bucket", "Listed", "Stored"]

# A publication waits for its answers: a store that is down is told of within a minute,
# and asked again by the next publication.
_CLIENT: "ClientConfig" = {
    # Whether an endpoint has TLS is said by its own address.
    "allow_http": True,
    "connect_timeout": timedelta(seconds=5),
    "timeout": timedelta(seconds=30),
}
_RETRY: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=30)}

_SAID = re.compile(r"<Code>([^<]*)</Code>(?:\s*<Message>([^<]*)</Message>)?")
"""What S3 says of a refusal."""


class Listed(NamedTuple):
    """What a listing tells of an object: bytes, and a tag that changes with it."""

    size: int
    tag: str


class Folder(NamedTuple):
    """The objects of a folder by key, and the folders in it."""

    objects: dict[str, Listed]
    folders: Sequence[str]


class Stored(NamedTuple):
    """An object: its bytes, its tag, its headers and metadata."""

    body: bytes
    tag: str
    attributes: Mapping[str, str]


class Bucket:
    """The objects under a prefix, by key; thread-safe.

    ``url`` is ``s3://bucket/prefix?endpoint=…&region=…``, the query being optional.
    Credentials, and an endpoint or region that it does not name, come from the usual
    ``AWS_…`` environment. Whatever the store refuses is an OutputError (``E_OUTPUT``).
    """

    def __init__(self, url: str) -> None:
        """Name the bucket; nothing is asked yet."""
        parts = urlsplit(url)
        self._where = f"s3://{parts.netloc}{parts.path}".rstrip("/")
        asked = dict(parse_qsl(parts.query))
        config: S3Config = {}
        if "endpoint" in asked:
            config["endpoint"] = asked["endpoint"]
        if "region" in asked:
            config["region"] = asked["region"]
        with self._reported():
            self._store = S3Store.from_url(
                self._where, config=config, client_options=_CLIENT, retry_config=_RETRY
            )

    def list(self, folder: str = "") -> dict[str, Listed]:
        """Every object under ``folder``, however deep, by key."""
        with self._reported(folder):
            return {
                meta["path"]: Listed(meta["size"], meta["e_tag"] or "")
                for chunk in self._store.list(folder or None, chunk_size=1000)
                for meta in chunk
            }

    def look(self, folder: str = "") -> Folder:
        """What lies in ``folder`` itself."""
        with self._reported(folder):
            found = self._store.list_with_delimiter(folder or None)
            objects = {
                meta["path"]: Listed(meta["size"], meta["e_tag"] or "")
                for meta in found["objects"]
            }
            return Folder(objects, found["common_prefixes"])

    def get(self, key: str) -> Stored | None:
        """An object; None if there is none."""
        with self._reported(key):
            try:
                found = self._store.get(key)
                return Stored(
                    bytes(found.bytes()),
                    found.meta["e_tag"] or "",
                    dict(found.attributes),
                )
            except (NotFoundError, FileNotFoundError):
                return None

    def attributes(self, key: str) -> Mapping[str, str]:
        """An object's headers and metadata; nothing if there is none."""
        with self._reported(key):
            try:
                found = self._store.get(key, options={"head": True})
            except (NotFoundError, FileNotFoundError):
                return {}
            return dict(found.attributes)

    def put(self, key: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Put an object in its place, whole."""
        with self._reported(key):
            self._store.put(key, body, attributes=dict(attributes), use_multipart=False)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects, if they are there."""
        with self._reported():
            self._store.delete(list(keys))

    @contextmanager
    def _reported(self, key: str = "") -> Iterator[None]:
        """Turn the store's refusal into an OutputError that says where and why."""
        try:
            yield
        except BaseError as refused:
            where = f"{self._where}/{key}" if key else self._where
            raise refusal(where, _reason(str(refused))) from refused


def _reason(told: str) -> str:
    """The reason in a refusal: what S3 said, else the last thing that went wrong."""
    found = _SAID.search(told)
    if found:
        return ": ".join(filter(None, found.groups()))
    return told.strip().splitlines()[0].rpartition(" - ")[2]
