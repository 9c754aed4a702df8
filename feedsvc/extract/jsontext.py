"""JSON as servers send it: wrapped, repeated, out of range, nested beyond reason."""

import json
import math
import re
from typing import Any, Final

from feedsvc.errors import Code
from feedsvc.extract.faults import refuse_garbled, refused
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text.encoding import decode

__all__ = ["parse_json"]

_CALL: Final = re.compile(r"^(?:/\*\*/)?\s*[\w.$]+\s*\(")
"""JSONP: a call around the value."""

_LONGEST: Final = 40
"""Digits of an integer that is still one; longer ones are kept as text."""


def parse_json(source: Source, page: Page) -> Any:
    """Parse a JSON or JSONP document; of repeated keys the last counts.

    NaN and numbers beyond all range become None. ExtractError: E_EXTRACT when it is no
    JSON, E_ENCODING.
    """
    decoded = decode(
        page.body,
        override=source.encoding,
        content_type=page.content_type,
        language=source.language,
    )
    text = refuse_garbled(decoded, page).strip()
    call = _CALL.match(text)
    value = text[call.end() : text.rfind(")")] if call else text
    try:
        return json.loads(
            value,
            strict=False,
            parse_float=_finite,
            parse_int=lambda digits: int(digits) if len(digits) < _LONGEST else digits,
            parse_constant=lambda _: None,
        )
    except (ValueError, RecursionError) as error:
        detail = str(error) or type(error).__name__
        raise refused(Code.E_EXTRACT, page, detail=detail) from error


def _finite(written: str) -> float | None:
    number = float(written)
    return number if math.isfinite(number) else None
