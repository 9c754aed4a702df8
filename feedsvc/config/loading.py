"""From a directory of TOML files to one :class:`Config`, or to all of its faults."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeVar

from feedsvc.config import files
from feedsvc.config.checks import check_settings, check_source, check_words
from feedsvc.config.files import Document
from feedsvc.config.findings import Finding, written
from feedsvc.config.pairing import check_pair_of, resolved
from feedsvc.config.positions import Path as Keys
from feedsvc.config.tables import read_table
from feedsvc.config.whole import (
    check_categories,
    check_category_of,
    check_ids,
    check_outlets,
)
from feedsvc.errors import Code, ConfigError, Fault
from feedsvc.model.config import Category, Config, Outlet, Settings, Source

__all__ = ["check", "load"]

T = TypeVar("T", Category, Outlet)


def load(directory: Path, environ: Mapping[str, str]) -> Config:
    """Read and check the whole configuration; ``environ`` is where secrets are.

    ConfigError carries every fault of every file, each with file (relative to
    ``directory``), line and column.
    """
    loading = _Loading(directory, environ)
    config = loading.config()
    if loading.faults or config is None:
        raise ConfigError(*loading.told())
    return config


def check(directory: Path, environ: Mapping[str, str]) -> tuple[Fault, ...]:
    """Every fault of the configuration, file by file from top to bottom."""
    loading = _Loading(directory, environ)
    loading.config()
    return loading.told()


@dataclass(slots=True)
class _Loading:
    """One reading of a directory; faults gather while it goes on."""

    directory: Path
    environ: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def config(self) -> Config | None:
        """What could be read, with what is wrong set aside; None without settings."""
        self.faults += files.strangers(self.directory)
        settings = self._settings()
        categories = self._categories(settings)
        outlets = self._outlets()
        sources = self._sources(categories)
        if settings is None:
            return None
        return Config(
            settings=settings,
            categories=categories or {},
            outlets=outlets,
            sources=sources,
        )

    def told(self) -> tuple[Fault, ...]:
        """All faults, file by file from top to bottom."""
        return tuple(sorted(self.faults, key=_reading_order))

    def _settings(self) -> Settings | None:
        document = self._read("feedsvc.toml")
        if document is None:
            return None
        data = {"site": {}, **document.data}
        settings, findings = read_table(Settings, data, {}, self.environ)
        self._tell(document, (*findings, *check_settings(settings)))
        url = settings.site.base_url.rstrip("/")
        return replace(settings, site=replace(settings.site, base_url=url))

    def _categories(self, settings: Settings | None) -> dict[str, Category] | None:
        """None when the file is there and cannot be read."""
        document = self._read("categories.toml", optional=True)
        if document is None:
            return None
        categories, findings = self._tables(document, Category)
        languages = settings.site.languages if settings else ()
        more = check_categories(categories, languages)
        self._tell(document, (*findings, *_words(categories, "title"), *more))
        return categories

    def _outlets(self) -> dict[str, Outlet]:
        document = self._read("outlets.toml", optional=True)
        if document is None:
            return {}
        outlets, findings = self._tables(document, Outlet)
        more = check_outlets(outlets)
        self._tell(document, (*findings, *_words(outlets, "name"), *more))
        return outlets

    def _sources(self, categories: Mapping[str, Category] | None) -> dict[str, Source]:
        names = tuple(files.source_files(self.directory))
        self.faults += [files.fault_in(name, found) for name, found in check_ids(names)]
        documents = {
            PurePath(document.name).stem: document
            for document in filter(None, map(self._read, names))
        }
        sources = {
            source: self._source(document, source, categories)
            for source, document in documents.items()
        }
        for source, document in documents.items():
            self._tell(document, check_pair_of(sources[source], sources))
        return {source: resolved(read, sources) for source, read in sources.items()}

    def _source(
        self, document: Document, source: str, known: Mapping[str, Category] | None
    ) -> Source:
        read, findings = read_table(Source, document.data, {"id": source}, self.environ)
        lost = () if known is None else check_category_of(read, known)
        self._tell(document, (*findings, *check_source(read), *lost))
        return read

    def _tables(
        self, document: Document, kind: type[T]
    ) -> tuple[dict[str, T], list[Finding]]:
        """A file of tables, each with its key for a name."""
        read: dict[str, T] = {}
        findings: list[Finding] = []
        for key, table in document.data.items():
            if isinstance(table, dict):
                read[key], found = read_table(kind, table, {"key": key}, self.environ)
                findings += _under(key, found)
            else:
                wrong = (key,), f"{key} = {written(table)}", f"[{key}]"
                findings.append(Finding(Code.E_CONFIG_VALUE, *wrong))
        return read, findings

    def _read(self, name: str, *, optional: bool = False) -> Document | None:
        if optional and not os.path.lexists(self.directory / name):
            return Document(name, "", {})
        read = files.read(self.directory, name)
        if isinstance(read, Document):
            return read
        self.faults.append(read)
        return None

    def _tell(self, document: Document, findings: Iterable[Finding]) -> None:
        """Give findings their places; of two at one path the first is the cause."""
        by_path: dict[Keys, Finding] = {}
        for found in findings:
            by_path.setdefault(found.path, found)
        self.faults += map(document.fault, by_path.values())


def _under(key: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    return (replace(found, path=(key, *found.path)) for found in findings)


def _words(tables: Mapping[str, Category | Outlet], name: str) -> Iterator[Finding]:
    for key, table in tables.items():
        yield from check_words(getattr(table, name), (key, name))


def _reading_order(fault: Fault) -> tuple[int, str, int, int]:
    name, line, column = fault.place.rsplit(":", 2)
    rank = files.FILES.index(name) if name in files.FILES else len(files.FILES)
    return rank, name, int(line), int(column)
