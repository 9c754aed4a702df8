"""Articles of an edition → a feed in its reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from feedsvc.edition import contents
from feedsvc.edition.byline import as_html, byline
from feedsvc.edition.conversion import conversion, is_converted, traditional
from feedsvc.edition.dates import date_text, feed_updated, opening
from feedsvc.edition.labels import category_label, named
from feedsvc.edition.outlets import Names, outlet_name, own_names
from feedsvc.edition.selection import source_path
from feedsvc.edition.words import Words
from feedsvc.model.article import Article, Gone, Precision, Story
from feedsvc.model.config import Config, Source
from feedsvc.model.feed import ALL, Edition, Entry, Feed, Report, Term, Tombstone
from feedsvc.text import dates, urls
from feedsvc.text.traditional import converted

__all__ = ["Localizer"]


@dataclass(frozen=True)
class Localizer:
    """One configuration in one language; without slots, as it remembers what it made."""

    config: Config
    words: Words

    @property
    def language(self) -> str:
        """The edition's language tag."""
        return self.words.language

    @property
    def authority(self) -> str:
        """What every id begins with."""
        return self.config.settings.site.authority

    @property
    def opened(self) -> datetime:
        """The moment before any content."""
        return opening(self.authority)

    @property
    def site_title(self) -> str:
        """What the site is called in this language."""
        title = named(self.config.settings.site.title, self.language)
        return title or self.words.text("labels", "site.title")

    def feed(
        self, edition: Edition, stories: Sequence[Story], gone: Sequence[Gone] = ()
    ) -> Feed:
        """The feed of ``stories``, which stand in their order already, and of ``gone``."""
        site = self.config.settings.site
        heading = self.heading(edition)
        folder = edition.path.removeprefix(f"{edition.language}/")
        parameters = edition.parameters and f"?{edition.parameters}"
        return Feed(
            id=f"tag:{site.authority}:feeds/{edition.path}{parameters}",
            path=edition.path,
            parameters=edition.parameters,
            query=edition.query,
            base_url=self.base_url,
            language=self.language,
            category=self._filed(edition),
            heading=heading,
            title=self.feed_title(heading),
            description=self._description(edition, heading),
            site_title=self.site_title,
            updated=feed_updated(stories, site.authority),
            entries=tuple(
                self.entry(story.article, story.also, story.versions)
                for story in stories
            ),
            formats=self.config.settings.publish.formats,
            siblings=tuple(
                (other, f"{other}/{folder}")
                for other in site.languages
                if other != self.language
            ),
            default_path=f"{site.languages[0]}/{folder}",
            tombstones=tuple(map(self.tombstone, gone)),
            hubs=() if edition.picks else self.config.settings.hubs,
            contact=site.contact,
        )

    def tombstone(self, gone: Gone) -> Tombstone:
        """What stands for an article that is no more."""
        at = gone.at.replace(microsecond=0)
        return Tombstone(id=self.entry_id(gone.id, gone.language), at=at)

    def entry_id(self, article: str, language: str) -> str:
        """The ``tag:`` URI of an article written in a language (RFC 4151).

        It is the same in every edition; only a conversion has its own.
        """
        tag = self._tag(article)
        return (
            f"{tag}/{self.language}" if is_converted(language, self.language) else tag
        )

    def _tag(self, article: str) -> str:
        return f"tag:{self.authority}:{article}"

    def heading(self, edition: Edition) -> str:
        """What a feed is about: a category, a source, or words in quotation marks."""
        label = self.term(edition.category).label
        if edition.source is not None:
            return self.source_name(edition.source)
        if edition.query is None:
            return label
        told = self.words.text("labels", "search.heading", query=edition.query)
        return told if edition.category == ALL else f"{told} · {label}"

    def _filed(self, edition: Edition) -> Term | None:
        """The category of a whole feed; one that picks from all articles has none."""
        is_all = edition.picks and edition.category == ALL
        return None if is_all else self.term(edition.category)

    def _description(self, edition: Edition, heading: str) -> str:
        if edition.query is None:
            return self.feed_description(heading)
        names = {"query": edition.query, "site": self.site_title}
        return self.words.text("labels", "search.description", **names)

    def feed_title(self, label: str) -> str:
        """What the feed of a category is called."""
        names = {"category": label, "site": self.site_title}
        return self.words.text("labels", "feed.title", **names)

    def feed_description(self, label: str) -> str:
        """What the feed of a category holds."""
        names = {"category": label, "site": self.site_title}
        return self.words.text("labels", "feed.description", **names)

    def source_name(self, name: str) -> str:
        """What a source is called in this language, else in another; its id at worst."""
        source = self.config.sources.get(name)
        if source is None:
            return name
        return named(source.name, self.language) or next(
            iter(source.name.values()), name
        )

    def moment(self, at: datetime) -> str:
        """A moment with its time, in the site's zone."""
        zone = self.config.settings.site.timezone
        return date_text(at, Precision.SECOND, self.language, zone)

    def entry(
        self,
        article: Article,
        also: Sequence[Article] = (),
        versions: Sequence[Article] = (),
    ) -> Entry:
        """One article in the words, and the characters, of this edition.

        ``also`` are the reports that it stands for, ``versions`` those of the story in
        other languages.
        """
        made = conversion(article, self.words, self._tag(article.id))
        shown = traditional(article) if made else article
        reports = tuple(self._report(other) for other in also)
        source = self.config.sources.get(article.source)
        zone = dates.zone(article.zone)
        date = self.date(article)
        known = article.outlet and outlet_name(article.outlet, self.words, self._own)
        outlet = known or shown.outlet
        terms = tuple(self.term(term) for term in article.categories)
        section = terms[0].label if terms else None
        line = byline(section, date, outlet, shown.authors, self.words)
        told = contents.summary(shown)
        return Entry(
            id=self.entry_id(article.id, article.language),
            url=article.url,
            title=shown.title,
            language=shown.language,
            published=article.published.astimezone(zone).replace(microsecond=0),
            updated=article.updated.astimezone(zone).replace(microsecond=0),
            precision=article.precision,
            date_text=date,
            authors=shown.authors,
            contributors=shown.contributors,
            categories=terms,
            source_id=article.source,
            source_name=self.source_name(article.source),
            source_url=urls.bare(source.url) if source else article.url,
            source_path=source_path(self.config, self.language, article.source),
            outlet=outlet,
            image=shown.image,
            summary=told,
            content_html=self._content(
                shown, source, told, f"{line} · {made.note}" if made else line
            )
            + contents.also_line(reports, self.words),
            keywords=shown.keywords,
            alternates=contents.alternates(versions),
            also=reports,
            rights=source.rights if source else None,
            converted=made,
        )

    def _report(self, article: Article) -> Report:
        made = is_converted(article.language, self.language)
        return Report(
            id=self.entry_id(article.id, article.language),
            url=article.url,
            title=converted(article.title) if made else article.title,
            language=article.language,
            source_id=article.source,
            source_name=self.source_name(article.source),
        )

    def date(self, article: Article) -> str:
        """An article's date: its time in the site's zone, a mere day in its own."""
        is_day = article.precision is Precision.DAY
        zone = article.zone if is_day else self.config.settings.site.timezone
        return date_text(article.published, article.precision, self.language, zone)

    def term(self, term: str) -> Term:
        """A category's stable term with its label in this language."""
        category = self.config.categories.get(term)
        return Term(
            term=term,
            label=category_label(term, category, self.words),
            scheme=f"{self.base_url}/categories/{term}",
        )

    @property
    def base_url(self) -> str:
        """Where the site stands, without a slash at its end."""
        return self.config.settings.site.base_url.rstrip("/")

    @cached_property
    def _own(self) -> Names:
        return own_names(self.config.outlets)

    def _content(
        self, article: Article, source: Source | None, told: str | None, line: str
    ) -> str:
        publish = self.config.settings.publish
        wanted = (source.content if source else None) or publish.content
        text = contents.body(article, told, full=wanted == "full")
        return f"{as_html(line, self.language)}{text}" if publish.byline else text
