"""Pictures beside an entry: Media RSS 1.5.1, enclosures, and the like."""

from collections.abc import Iterator

from feedsvc.extract.feed.stated import Picture
from feedsvc.extract.feed.xml import Children, children, html, text

__all__ = ["pictures", "words"]

_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


def pictures(found: Children) -> tuple[Picture, ...]:
    """Collect the pictures among an entry's children: whole ones, then thumbnails."""
    return (*_contents(found), *_enclosures(found), *_thumbnails(found))


def words(found: Children, tag: str) -> str:
    """What Media RSS says of an entry: beside it, or in its group (a video's)."""
    groups = (children(group) for group in found.get("media:group", ()))
    return next((told for each in (found, *groups) if (told := html(each, tag))), "")


def _contents(found: Children) -> Iterator[Picture]:
    """Read ``media:content``, bare or in a ``media:group`` (which may hold the words)."""
    groups = [children(group) for group in found.get("media:group", ())]
    for within in (found, *groups):
        for content in within.get("media:content", ()):
            kind = f"{content.get('medium', '')} {content.get('type', '')}"
            href = content.get("url", "")
            if "image" in kind or (not kind.strip() and _is_picture(href)):
                own = children(content)
                yield Picture(
                    href=href,
                    caption=_words(own, within, "media:description", "media:title"),
                    credit=_words(own, within, "media:credit"),
                    width=content.get("width", ""),
                    height=content.get("height", ""),
                )


def _words(own: Children, around: Children, *names: str) -> str:
    return text(own, *names) or text(around, *names)


def _enclosures(found: Children) -> Iterator[Picture]:
    for enclosure in found.get("enclosure", ()):
        href = enclosure.get("url", "")
        kind = enclosure.get("type", "")
        if kind.startswith("image/") or (not kind and _is_picture(href)):
            yield Picture(href=href)


def _thumbnails(found: Children) -> Iterator[Picture]:
    holders = [
        found,
        *(
            children(e)
            for n in ("media:group", "media:content")
            for e in found.get(n, ())
        ),
    ]
    for holder in holders:
        for thumbnail in holder.get("media:thumbnail", ()):
            yield Picture(
                href=thumbnail.get("url") or thumbnail.text or "",
                width=thumbnail.get("width", ""),
                height=thumbnail.get("height", ""),
            )


def _is_picture(href: str) -> bool:
    return href.partition("?")[0].lower().endswith(_ENDINGS)
