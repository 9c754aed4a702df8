"""Where the published tree stands: written by publication, read by the server."""

from pathlib import Path
from typing import TYPE_CHECKING, Union

from feedsvc.output.directory import Directory
from feedsvc.output.files import refusal
from feedsvc.output.tree import Tree

if TYPE_CHECKING:
    from feedsvc.output.objects import Objects

__all__ = ["is_store", "open_output", "open_tree"]


def is_store(where: str) -> bool:
    """Whether ``publish.output`` names an object store, not a directory."""
    return "://" in where


def open_output(where: str, data: Path) -> Union[Directory, "Objects"]:
    """The output that ``publish.output`` names; a directory is relative to ``data``.

    OutputError (``E_OUTPUT``) when it cannot be written to.
    """
    return _store(where) if is_store(where) else Directory(data / where)


def open_tree(where: str, data: Path) -> Union[Tree, "Objects"]:
    """The reading side of the same output."""
    return _store(where) if is_store(where) else Tree(data / where)


def _store(where: str) -> "Objects":
    """The objects of an S3-compatible store; its client is an extra."""
    try:
        from feedsvc.output.bucket import Bucket
    except ImportError as missing:
        raise refusal(where, 'pip install "feedsvc[s3]"') from missing
    from feedsvc.output.objects import Objects

    return Objects(Bucket(where))
