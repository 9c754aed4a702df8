"""``feedsvc add``: what does a site offer, and which file reads it?"""

from typing import Any

from feedsvc.app import additions
from feedsvc.app.additions import Addition
from feedsvc.cli.call import Call
from feedsvc.cli.commands import preview
from feedsvc.cli.forms import addition_form

__all__ = ["command"]


def command(call: Call) -> int:
    """Show what was found and print the file, or write it."""
    url = call.options.url
    path = additions.free_place(call.where, url) if call.options.write else None
    found = additions.add(call.where, url, call.speech.words, _telling(call))
    if path:
        additions.save(path, found.text)
    if call.json:
        call.document(addition_form(found, path))
        return 0
    call.table(
        ["chosen", "address", "kind", "items", "dated", "summaries", "texts", "score"],
        [_row(form) for form in addition_form(found, path)["candidates"]],
    )
    _tell(call, found)
    if path:
        call.say("add.written", path=str(path))
    return 0


def _telling(call: Call) -> Any:
    """Say each request on stderr, for the site's pace makes people wait."""
    if call.json:
        return lambda _: None
    return lambda url: call.say("add.trying", url=url)


def _tell(call: Call, found: Addition) -> None:
    print()
    preview.tell(call, found.preview)
    name = f"sources/{found.id}.toml"
    print()
    print(f"# {name}")
    print(found.text, end="")


def _row(form: dict[str, Any]) -> list[Any]:
    counts = [form[name] for name in ("items", "dated", "summaries", "texts", "score")]
    return ["→" if form["chosen"] else "", form["url"], form["kind"], *counts]
