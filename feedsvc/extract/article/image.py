"""The lead image, what stands below it, and who took it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborNode

from feedsvc.extract.dom import Line, lines_of
from feedsvc.extract.rules import Document
from feedsvc.model.article import Image
from feedsvc.text.markup import one_line

__all__ = ["captioned", "first_image", "split_credit"]

_SOURCES: Final = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-actualsrc",
    "data-url",
    "src",
)
"""Where a picture's address stands: pages that load lazily keep a blank in ``src``."""

_ORNAMENT: Final = re.compile(
    r"logo|icon|avatar|sprite|blank|spacer|pixel|qrcode|ewm|erweima|1x1|loading|placeholder|share|weixin|banner|button|arrow|/ad[sv]?[/_.-]",
    re.IGNORECASE,
)
_SMALLEST: Final = 80
_LONGEST_CAPTION: Final = 400
_SHORT_CAPTION: Final = 100
_NEARBY: Final = 3

_NAME: Final = r"[A-Z][\w.'’-]*(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){0,4}"
_CREDITS: Final = (
    re.compile(rf"(?:^|(?<=[.!?。”\"’'）)]))\s*({_NAME}\s*/\s*(?:For |for )?{_NAME})\.?\s*$"),
    re.compile(r"[\[(【（]\s*((?:Photo|Photos|Picture|Image|Xinhua|Source|AP|AFP|Reuters)\b[^\])】）]{0,60}?)\s*[\])】）]\s*\.?\s*$"),
    re.compile(r"(?:^|(?<=[.!?。\s]))((?:Photo(?:graph|s)?|Picture|Image|Credit)s?(?: credit| courtesy| by| of|:)[:\s]\s*[^.]{2,80}?)\.?\s*$", re.IGNORECASE),
    re.compile(r"[（(【\[]?\s*((?:新华社|中新社|本报|本网|[\u4e00-\u9fff]{2,8})?(?:记者|通讯员|特约记者)?\s*[\u4e00-\u9fff·、 ]{2,20}?\s*[摄攝])(?:影)?\s*[）)】\]]?\s*[。.]?\s*$"),
    re.compile(r"[（(【\[]?\s*((?:图片?|照片|摄影|攝影)\s*(?:来源|由)?\s*[:：/／]?\s*[\u4e00-\u9fffA-Za-z·/ ]{2,20}(?:提供|供图)?)\s*[）)】\]]\s*$"),
    re.compile(r"[（(【\[]\s*([\u4e00-\u9fff·]{2,16}\s*供图|资料图(?:片)?|資料照)\s*[）)】\]]\s*[。.]?\s*$"),
    re.compile(r"(?:^|[。\s])((?:图源|图片来源|供图|摄影)\s*[:：]\s*\S{2,20})\s*$"),
)  # fmt: skip
_LABEL: Final = re.compile(
    r"^(?:Photo(?:graph|s)?|Picture|Image|Credit)s?(?: credit| courtesy)?(?: by| of)?\s*[:/]?\s*",
    re.IGNORECASE,
)


def first_image(document: Document, content: LexborNode | None) -> Image | None:
    """Find the first picture of the content that is no ornament, with its caption."""
    for node in content.css("img") if content else ():
        url = _address(document, node)
        if url and not _is_ornament(node, url):
            return _described(
                Image(
                    url=url,
                    width=_pixels(node, "width"),
                    height=_pixels(node, "height"),
                ),
                node,
            )
    return None


def captioned(document: Document, image: Image, content: LexborNode | None) -> Image:
    """Add what the page says of an image that was named elsewhere: caption and size."""
    name = _file(image.url)
    nodes = [
        *(content.css("img") if content else ()),
        *document.tree.css("figure img"),
    ]
    same = [n for n in nodes if name and name == _file(_address(document, n) or "")]
    if image.width is None and image.height is None:
        sizes = ((_pixels(n, "width"), _pixels(n, "height")) for n in same)
        width, height = next(filter(any, sizes), (None, None))
        image = replace(image, width=width, height=height)
    captions = filter(None, (image.caption, *map(_caption, same)))
    return _with_credit(image, caption) if (caption := next(captions, None)) else image


def split_credit(caption: str) -> str | None:
    """Find the photographer or agency at the end of a caption; None if none is named."""
    for pattern in _CREDITS:
        found = pattern.search(caption)
        if found:
            return " ".join((_LABEL.sub("", found[1]) or found[1]).split())
    return None


def _described(image: Image, node: LexborNode) -> Image:
    caption = _caption(node)
    return _with_credit(image, caption) if caption else image


def _with_credit(image: Image, caption: str) -> Image:
    return replace(image, caption=caption, credit=image.credit or split_credit(caption))


def _caption(node: LexborNode) -> str | None:
    """The figcaption, or the line below the picture that can be nothing else."""
    step = node.parent
    for _ in range(4):
        if step is None:
            break
        if step.tag == "figure":
            inner = step.css_first("figcaption")
            return (
                one_line(" ".join(line.text for line in lines_of(inner))) or None
                if inner
                else None
            )
        step = step.parent
    return _line_below(node)


def _line_below(node: LexborNode) -> str | None:
    block = node.parent
    while (
        block is not None
        and block.tag in {"a", "span", "strong", "b", "font", "center"}
        and block.parent
    ):
        block = block.parent
    if block is None:
        return None
    for line in _following(block):
        text = line.text
        if _is_caption(line, text):
            return text
        return None
    return None


def _following(block: LexborNode) -> Sequence[Line]:
    """The text in the picture's own block, else the block after it."""
    inside = (
        []
        if block.tag in {"body", "div", "td", "article", "section"}
        else lines_of(block)
    )
    step: LexborNode | None = block
    for _ in range(_NEARBY):
        if inside or step is None:
            break
        step = step.next
        while step is not None and not step.is_element_node:
            step = step.next
        inside = lines_of(step) if step is not None else []
    return inside[:1]


def _is_caption(line: Line, text: str) -> bool:
    if len(text) > _LONGEST_CAPTION or line.is_link:
        return False
    style = f"{line.block.attributes.get('style') or ''} {line.block.attributes.get('align') or ''} {line.block.attributes.get('class') or ''}".lower()
    parents = line.block.tag in {"center", "figcaption"}
    return (
        parents
        or "center" in style
        or "caption" in style
        or split_credit(text) is not None
        or bool(re.match(r"[▲△图↑]", text) and len(text) < _SHORT_CAPTION)
    )


def _address(document: Document, node: LexborNode) -> str | None:
    attributes = node.attributes
    values = (attributes.get(name) for name in _SOURCES)
    return next(
        (
            url
            for value in values
            if value
            and not value.startswith("data:")
            and (url := document.absolute(value))
        ),
        None,
    )


def _is_ornament(node: LexborNode, url: str) -> bool:
    sizes = (_pixels(node, "width"), _pixels(node, "height"))
    return bool(_ORNAMENT.search(url)) or any(
        size is not None and size < _SMALLEST for size in sizes
    )


def _pixels(node: LexborNode, side: str) -> int | None:
    value = (node.attributes.get(side) or "").removesuffix("px")
    return int(value) or None if re.fullmatch(r"[0-9]{1,5}", value) else None


def _file(url: str) -> str:
    return url.split("?", 1)[0].rsplit("/", 1)[-1]
