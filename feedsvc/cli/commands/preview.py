"""``feedsvc preview``: what would a visit make of it?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedsvc.app import commands
from feedsvc.cli.call import Call
from feedsvc.cli.forms import preview_form
from feedsvc.cli.speech import printable, reason
from feedsvc.errors import Code, Fault, Stage

__all__ = ["command", "refusals", "tell"]

_MINUTE = len("2026-11-24T10:00")
_SHOWN = 60
"""Characters of a value in the table."""


def command(call: Call) -> int:
    """Show the dry run."""
    form = commands.preview(call.where, call.options.target, call.options.limit)
    if call.json:
        call.document(preview_form(form))
    else:
        tell(call, form)
    return int(bool(form["faults"]) and not form["items"])


def tell(call: Call, form: dict[str, Any]) -> None:
    """The dry run for people: all articles, each of them by field, then every fault."""
    print(call.speech("preview.listed", **{k: form[k] for k in ("listed", "wanted")}))
    rows = [_row(item) for item in form["items"]]
    columns = ["published", "title", "outlet", "authors", "categories", "rules"]
    if rows:
        call.table(columns, rows)
    for item in form["items"]:
        if "article" in item:
            _tell_fields(call, item)
    for fault in refusals(form["items"], form["faults"]):
        call.fault(fault)


def refusals(
    items: Sequence[Mapping[str, Any]], faults: Sequence[Mapping[str, Any]]
) -> list[Fault]:
    """What a dry run refused or doubts, the list's own first."""
    missing = [item[k] for item in items for k in ("error", "unread") if k in item]
    return [_fault(**told) for told in (*faults, *missing)]


def _tell_fields(call: Call, item: dict[str, Any]) -> None:
    """Where each field came from, and what else was said of it."""
    print(f"\n{printable(item['article']['title'])}\n{printable(item['url'])}")
    if "unread" in item:
        print(call.speech("preview.unread"))
    rows: list[list[Any]] = []
    for name, who in item["from"].items():
        others = list(_others(call, item, name))
        rows.append([name, _value(item["article"], name), who, *others[:1]])
        rows += [[None, None, None, other] for other in others[1:]]
    call.table(["field", "value", "from", "instead"], rows)


def _value(article: dict[str, Any], name: str) -> str:
    """A field of Article JSON in short."""
    value = article["content_text" if name == "content" else name]
    if isinstance(value, dict):
        value = value["url"]
    if isinstance(value, list):
        value = ", ".join(value)
    if name == "published" and article["precision"] == "day":
        value = value[:10]
    line = " ".join(str("–" if value is None else value).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _others(call: Call, item: dict[str, Any], name: str) -> Iterator[str]:
    for other in item["alternatives"].get(name, ()):
        value, reads = other["value"], other.get("reads", "")
        if reads[:_MINUTE] not in value:
            value = call.speech("preview.reads", value=value, reads=reads)
        why = reason(other, call.speech.words)
        yield call.speech("preview.instead", value=value, who=other["from"], why=why)


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
        item["unread"]["code"] if "unread" in item else ", ".join(rules),
    ]
