"""What a list said of an article ⇄ JSON, for when its page is read again."""

import json
from dataclasses import asdict, fields
from typing import Any

from feedsvc.errors import Code
from feedsvc.model.article import Alternate, Image, Origin, RawDate, RawItem
from feedsvc.store.codec import dumps

__all__ = ["document", "item"]

_DATES = ("dates", "updated")
_LISTS = ("authors", "contributors", "breadcrumb", "keywords")
_EMPTY = RawItem(url="")


def document(statement: RawItem) -> str:
    """The statement as JSON; what it does not say is left out."""
    form = {
        field.name: value
        for field in fields(RawItem)
        if (value := getattr(statement, field.name)) != getattr(_EMPTY, field.name)
    }
    form |= {name: [asdict(date) for date in form.get(name, ())] for name in _DATES}
    form["rules"] = sorted(statement.rules)
    form["image"] = statement.image and asdict(statement.image)
    form["alternates"] = [asdict(alternate) for alternate in statement.alternates]
    said = {name: value for name, value in form.items() if value or value == ""}
    return dumps({"url": statement.url} | said)


def item(text: str) -> RawItem:
    """The statement of :func:`document`."""
    form: dict[str, Any] = json.loads(text)
    form |= {name: tuple(map(_date, form.get(name, ()))) for name in _DATES}
    form |= {name: tuple(form.get(name, ())) for name in _LISTS}
    form["rules"] = frozenset(form.get("rules", ()))
    form["image"] = Image(**form["image"]) if form.get("image") else None
    form["alternates"] = tuple(Alternate(**a) for a in form.get("alternates", ()))
    form["warnings"] = tuple(map(Code, form.get("warnings", ())))
    return RawItem(**form)


def _date(form: dict[str, Any]) -> RawDate:
    patterns = tuple(form["patterns"])
    return RawDate(text=form["text"], origin=Origin(form["origin"]), patterns=patterns)
