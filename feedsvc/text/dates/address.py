"""The day that an article's address tells: /2021/1105/, /2021-11/05/, t20211105_12.html."""

import re
from datetime import date
from urllib.parse import urlsplit

__all__ = ["from_url"]

_SPLIT = re.compile(
    r"(?<!\d)(?<!\d-)((?:19|20)\d{2})(?:/|-|_|)(0[1-9]|1[0-2])(?:/|-|_)(0[1-9]|[12]\d|3[01])(?![\d])"
    r"|(?<!\d)(?<!\d-)((?:19|20)\d{2})[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)"
    r"|(?<!\d)(?<!\d-)((?:19|20)\d{2})[/_-](0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?:^|[/_.=-])[A-Za-z]{0,2}((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:[01]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)",
    re.ASCII,
)


def from_url(url: str) -> str | None:
    """The ISO day in the path of a URL, the first that the calendar has; else None.

    Of an address within an address (web archives) the inner one counts.
    """
    try:
        path = urlsplit(url[max(0, url.rfind("http")) :]).path
    except ValueError:
        return None
    for match in _SPLIT.finditer(path):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None
