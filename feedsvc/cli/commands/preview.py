"""``feedsvc preview``: what would a visit make of it?"""

from collections.abc import Mapping, Sequence
from typing import Any

from feedsvc.app import commands
from feedsvc.cli.call import Call
from feedsvc.errors import Code, Fault, Stage

__all__ = ["command", "refusals", "tell"]


def command(call: Call) -> int:
    """Show the dry run."""
    form = commands.preview(call.where, call.options.target, call.options.limit)
    if call.json:
        call.document(form)
    else:
        tell(call, form)
    return int(bool(form["faults"]) and not form["items"])


def tell(call: Call, form: dict[str, Any]) -> None:
    """The dry run for people: a table, then every fault on a line of its own."""
    print(call.speech("preview.listed", **{k: form[k] for k in ("listed", "wanted")}))
    rows = [_row(item) for item in form["items"]]
    columns = ["published", "title", "outlet", "authors", "categories", "rules"]
    if rows:
        call.table(columns, rows)
    for fault in refusals(form["items"], form["faults"]):
        call.fault(fault)


def refusals(
    items: Sequence[Mapping[str, Any]], faults: Sequence[Mapping[str, Any]]
) -> list[Fault]:
    """What a dry run refused or doubts, the list's own first."""
    refused = [item["error"] for item in items if "error" in item]
    return [_fault(**told) for told in (*faults, *refused)]


def _fault(code: str, place: str, **args: str) -> Fault:
    return Fault(code=Code(code), stage=Stage.EXTRACT, place=place, args=args)


def _row(item: dict[str, Any]) -> list[Any]:
    article = item.get("article")
    if article is None:
        return [None, item["title"], None, None, None, item["error"]["code"]]
    origin = f"{article['published'] or '–'} ({article['published_from']})"
    rules = [name for name, who in item["from"].items() if who == "rule"]
    return [
        origin,
        article["title"],
        article["source"],
        ", ".join(article["authors"]),
        ", ".join(item["categories"]),
        ", ".join(rules),
    ]
