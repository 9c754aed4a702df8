"""The items of a list page as ``[list]`` rules take them."""

from collections.abc import Iterator

from feedsvc.extract.rules import Document, Node, Reader
from feedsvc.model.article import Image, Origin, RawDate, RawItem
from feedsvc.model.config import ListRules, Rule
from feedsvc.text.dates import from_url
from feedsvc.text.markup import one_line

__all__ = ["ruled_items"]

_LINK = Rule(select="a[href]")
"""What an item's link is when no rule says so."""


def ruled_items(document: Document, rules: ListRules) -> Iterator[RawItem]:
    """Yield what the rules give, item by item; items without a link are none."""
    reader = document.reader(*(getattr(rules, n) for n in _RULES))
    every = rules.item or rules.link
    for node in reader.nodes(every) if every else ():
        item = _item(document, reader, rules, node)
        if item:
            yield item


_RULES = ("item", "link", "title", "date", "summary", "image")


def _item(
    document: Document, reader: Reader, rules: ListRules, node: Node
) -> RawItem | None:
    link, rule = _link(reader, rules, node)
    url = (
        document.absolute(reader.value(rule, link, "href"))
        if link is not None
        else None
    )
    if link is None or not url:
        return None
    title = _line(reader, rules.title, node) or _title(reader, link)
    return RawItem(
        url=url,
        title=title,
        dates=_dates(reader, rules, node, url),
        summary=_line(reader, rules.summary, node),
        image=_image(document, reader, rules.image, node),
        rules=frozenset(
            field
            for field, given in (
                ("title", rules.title),
                ("dates", rules.date),
                ("summary", rules.summary),
                ("image", rules.image),
            )
            if given
        ),
    )


def _link(reader: Reader, rules: ListRules, node: Node) -> tuple[Node | None, Rule]:
    """The link of an item: by rule below it, else itself, else the first below it."""
    if rules.item is None and rules.link is not None:
        return node, rules.link
    if rules.link is None and reader.attribute(node, "href"):
        return node, _LINK
    rule = rules.link or _LINK
    return next(iter(reader.nodes(rule, node)), None), rule


def _title(reader: Reader, link: Node) -> str | None:
    """The link's text; its ``title`` where the text is cut short or missing."""
    text = one_line(reader.value(_LINK, link) or "")
    whole = one_line(reader.attribute(link, "title") or "")
    cut = text.rstrip(".…")
    return (
        whole
        if whole and (not text or (cut != text and whole.startswith(cut)))
        else text or None
    )


def _line(reader: Reader, rule: Rule | None, node: Node) -> str | None:
    value = reader.first(rule, node) if rule else None
    return " ".join(value.split()) if value else None


def _dates(
    reader: Reader, rules: ListRules, node: Node, url: str
) -> tuple[RawDate, ...]:
    texts = reader.all(rules.date, node) if rules.date else ()
    form = rules.date_format
    patterns = (form,) if isinstance(form, str) else form
    printed = [
        RawDate(text=text, origin=Origin.LIST, patterns=patterns) for text in texts
    ]
    path = from_url(url)
    return (*printed, RawDate(text=path, origin=Origin.URL)) if path else tuple(printed)


def _image(
    document: Document, reader: Reader, rule: Rule | None, node: Node
) -> Image | None:
    url = document.absolute(reader.first(rule, node, "data-src")) if rule else None
    return Image(url=url) if url else None
