"""JSON that lists articles: JSON Feed, an API by ``[list]`` rules, an API without."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import regex

from feedsvc.errors import Code
from feedsvc.extract.embedded import records
from feedsvc.extract.faults import fault, refused
from feedsvc.extract.guess import guess
from feedsvc.extract.jsonfeed import is_json_feed, read_json_feed
from feedsvc.extract.jsonpath import compiled, looked_up
from feedsvc.extract.jsontext import parse_json
from feedsvc.extract.jsonvalues import address_in, words_in
from feedsvc.extract.rules import Document
from feedsvc.extract.values import failed
from feedsvc.model.article import Extraction, Image, Origin, RawDate, RawItem
from feedsvc.model.config import ListRules, Rule, Source
from feedsvc.model.web import Page
from feedsvc.text.urls import absolute

__all__ = ["read_embedded", "read_records"]

_SECONDS = 0.5


def read_records(source: Source, page: Page) -> Extraction:
    """Read the articles that a JSON document lists.

    W_LAYOUT or W_EMPTY when there are none. ExtractError: E_EXTRACT for what is no JSON,
    E_ENCODING, E_SELECTOR_TIMEOUT.
    """
    value = parse_json(source, page)
    rules = source.list
    if rules and rules.item:
        return _Ruled(rules, page).read(value)
    if is_json_feed(value):
        found = read_json_feed(value, page)
    else:
        found = Extraction(items=tuple(guess(value, page.url)))
    return found if found.items else replace(found, faults=(fault(Code.W_EMPTY, page),))


def read_embedded(rules: ListRules, page: Page, document: Document) -> Extraction:
    """Read the articles that JSON within a page lists.

    ``item`` says where they are; link, title and the others are paths into each, ``next``
    is a selector on the page.
    """
    ruled = _Ruled(rules, page)
    items = ruled.items(_embedded(rules.item, document) if rules.item else [])
    if not items:
        return Extraction(faults=(fault(Code.W_LAYOUT, page, rule="list.item"),))
    href = document.first(rules.next, "href") if rules.next else None
    return Extraction(items=items, next=document.absolute(href))


def _embedded(rule: Rule, document: Document) -> list[Any]:
    texts = document.reader(rule).raw(rule)
    try:
        found = (records(text, rule.json or "@") for text in texts)
        return next(filter(None, found), [])
    except ValueError as error:
        raise failed(Code.E_EXTRACT, detail=f"{rule.json}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Ruled:
    """The ``[list]`` rules of a source, applied to one document."""

    rules: ListRules
    page: Page

    def read(self, value: Any) -> Extraction:
        """Read what the rules give."""
        found = self._look(self.rules.item, value)
        items = self.items(found if isinstance(found, list) else [found])
        if not items:
            warning = fault(Code.W_LAYOUT, self.page, rule="list.item")
            return Extraction(faults=(warning,))
        return Extraction(items=items, next=self._address(self.rules.next, value))

    def items(self, records: Iterable[Any]) -> tuple[RawItem, ...]:
        """The items that the records are, by the rules for their parts."""
        return tuple(item for record in records if (item := self._item(record)))

    def _item(self, record: Any) -> RawItem | None:
        rules = self.rules
        url = self._address(rules.link, record) if rules.link else None
        guessed = next(guess([record], self.page.url), None)
        if not url and not guessed:
            return None
        item = guessed or RawItem(url=url or "")
        given = dict(self._given(record))
        return replace(item, url=url or item.url, rules=frozenset(given), **given)

    def _given(self, record: Any) -> Iterator[tuple[str, Any]]:
        """Yield the fields that rules give, by their names."""
        for name, rule in (
            ("title", self.rules.title),
            ("summary", self.rules.summary),
        ):
            if words := self._words(rule, record):
                yield name, words
        if words := self._words(self.rules.date, record):
            patterns = self.rules.date_format
            patterns = (patterns,) if isinstance(patterns, str) else patterns
            yield "dates", (RawDate(text=words, origin=Origin.RULE, patterns=patterns),)
        if url := self._address(self.rules.image, record):
            yield "image", Image(url=url)

    def _look(self, rule: Rule | None, value: Any) -> Any:
        if rule is None:
            return None
        try:
            path = compiled(rule.select)
        except ValueError as error:
            raise refused(Code.E_EXTRACT, self.page, detail=str(error)) from error
        return looked_up(path, value)

    def _words(self, rule: Rule | None, value: Any) -> str:
        words = words_in(self._look(rule, value))
        return self._matched(rule, words) if rule and rule.regex else words

    def _address(self, rule: Rule | None, value: Any) -> str | None:
        found = address_in(self._look(rule, value))
        href = self._matched(rule, found) if rule and rule.regex else found
        return absolute(self.page.url, href) if href else None

    def _matched(self, rule: Rule, words: str) -> str:
        try:
            found = regex.search(rule.regex or "", words, timeout=_SECONDS)
        except TimeoutError as error:
            name = rule.regex or ""
            raise refused(Code.E_SELECTOR_TIMEOUT, self.page, rule=name) from error
        except regex.error as error:
            raise refused(Code.E_EXTRACT, self.page, detail=str(error)) from error
        return (found[1] if found.re.groups else found[0]) or "" if found else ""
