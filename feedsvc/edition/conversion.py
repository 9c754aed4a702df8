"""Simplified Chinese articles as an edition in traditional characters shows them."""

from dataclasses import replace

from feedsvc.edition import contents
from feedsvc.edition.words import Words
from feedsvc.model.article import Article, Image
from feedsvc.model.feed import Conversion
from feedsvc.text.traditional import converted, converted_markup, converted_name

__all__ = ["DERIVED", "conversion", "is_converted", "traditional"]

DERIVED = "zh-Hant"
"""The edition that is derived, from the articles in ``zh``."""


def is_converted(written: str, edition: str) -> bool:
    """Whether an edition shows what was written in a language converted."""
    return edition == DERIVED and written == "zh"


def conversion(article: Article, words: Words, identifier: str) -> Conversion | None:
    """What converting the article for this edition is; None where it stands as it is.

    ``identifier`` is the ``tag:`` URI of the article itself.
    """
    if not is_converted(article.language, words.language):
        return None
    note = words.text("labels", "byline.converted")
    return Conversion(id=identifier, language=article.language, note=note)


def traditional(article: Article) -> Article:
    """The article converted, all that a reader sees of it; its summary made up."""
    told = contents.summary(article)
    return replace(
        article,
        language=DERIVED,
        title=converted(article.title),
        summary=told and converted(told),
        content_html=converted_markup(article.content_html),
        authors=tuple(map(converted_name, article.authors)),
        contributors=tuple(map(converted_name, article.contributors)),
        outlet=article.outlet and converted(article.outlet),
        image=article.image and _image(article.image),
        keywords=tuple(map(converted, article.keywords)),
    )


def _image(image: Image) -> Image:
    return replace(
        image,
        caption=image.caption and converted(image.caption),
        credit=image.credit and converted(image.credit),
    )
