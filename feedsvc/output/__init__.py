"""Where the published tree stands: written by publication, read by the server."""

from pathlib import Path

from feedsvc.errors import Code, Fault, OutputError, Stage
from feedsvc.output.directory import Directory
from feedsvc.output.tree import Tree

__all__ = ["open_output", "open_tree"]


def open_output(where: str, data: Path) -> Directory:
    """The output that ``publish.output`` names: a directory, relative to ``data``.

    OutputError (``E_OUTPUT``) when it cannot be written to or is of another kind.
    """
    return Directory(_local(where, data))


def open_tree(where: str, data: Path) -> Tree:
    """The reading side of the same output; OutputError when it is no directory."""
    return Tree(_local(where, data))


def _local(where: str, data: Path) -> Path:
    """The directory that ``where`` names; OutputError for an object store."""
    if "://" in where:
        args = {"path": where, "detail": "only a directory can be published to"}
        raise OutputError(
            Fault(code=Code.E_OUTPUT, stage=Stage.OUTPUT, place=where, args=args)
        )
    return data / where
