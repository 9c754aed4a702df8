"""What ``feedsvc add`` does: survey a site, preview the best of it, write its file."""

import asyncio
import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from feedsvc.app import house
from feedsvc.app.place import Place, load
from feedsvc.edition.words import Words
from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.inspect.add import Survey
from feedsvc.inspect.draft import (
    Draft,
    identifier,
    is_paged,
    item_selector,
    spoken,
    stated_zone,
)
from feedsvc.inspect.naming import site_name
from feedsvc.inspect.offers import Offer, best
from feedsvc.inspect.preview import Preview
from feedsvc.model.config import Config, Source
from feedsvc.model.web import Page
from feedsvc.normalize.frame import Frame
from feedsvc.text import urls

__all__ = ["Addition", "add", "free_place", "save"]

_SHOWN = 3
"""Articles that the preview reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What was found: every offer, the chosen one's dry run, and a source's file."""

    id: str
    offers: list[Offer]
    chosen: Offer
    preview: dict[str, Any]
    text: str


def add(where: Place, url: str, words: Words, told: Callable[[str], None]) -> Addition:
    """Find what a site offers; ``told`` hears of each request.

    UsageError for what is no web address; FetchError or ExtractError when nothing can
    be read.
    """
    config = load(where)
    address = _address(url)

    async def look() -> Addition:
        async with house.egress(config) as egress:
            survey = Survey(egress.fetch, told)
            page, offers = await survey.run(address)
            chosen = best(offers) or offers[0]
            draft = _draft(address, page, chosen, config)
            preview = await _preview(draft, chosen, config, survey)
            return Addition(
                id=draft.id,
                offers=offers,
                chosen=chosen,
                preview=preview,
                text=draft.toml(words),
            )

    return asyncio.run(look())


def free_place(where: Place, url: str) -> Path:
    """Where the file of the source at ``url`` would stand.

    UsageError when one stands there, or when the configuration is the shipped one.
    """
    path = where.config / "sources" / f"{identifier(_address(url))}.toml"
    if where.shipped:
        raise _refused(Path("config"), errno.ENOENT)
    if os.path.lexists(path):
        raise _refused(path, errno.EEXIST)
    return path


def save(path: Path, text: str) -> None:
    """Write a new file, in one piece; UsageError when something stands there by now."""
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise _refused(path, errno.EEXIST) from error


def _address(url: str) -> str:
    """The address as typed, ``https`` where no scheme is."""
    typed = urldefrag(url if "://" in url else f"https://{url}")[0]
    address = urls.absolute(typed, typed)
    if address is None:
        args = {"path": url, "detail": url, "expected": "https://news.example.org/"}
        raise UsageError(Fault(code=Code.E_CONFIG_VALUE, stage=Stage.CONFIG, args=args))
    return address


def _draft(address: str, page: Page, chosen: Offer, config: Config) -> Draft:
    items = chosen.extraction.items
    is_list = chosen.kind == "html"
    return Draft(
        given=address,
        url=chosen.url,
        kind=chosen.kind,
        name=site_name(page),
        language=spoken(chosen.extraction),
        timezone=stated_zone(items, house.now()),
        category=next(iter(config.categories), None),
        item=item_selector(page) if is_list else None,
        paged=is_list and is_paged(page),
    )


async def _preview(
    draft: Draft, chosen: Offer, config: Config, survey: Survey
) -> dict[str, Any]:
    source = Source(
        id=draft.id,
        url=chosen.shown,
        kind=draft.kind,
        language=draft.language,
        timezone=draft.timezone,
    )
    zone = source.timezone or config.settings.site.timezone
    frame = Frame(source=source, zone=zone, now=house.now())
    return await Preview(frame, config.categories, survey.fetch, _SHOWN).run()


def _refused(path: Path, number: int) -> UsageError:
    args = {"path": str(path), "detail": os.strerror(number)}
    return UsageError(
        Fault(code=Code.E_FILE, stage=Stage.CONFIG, place=str(path), args=args)
    )
