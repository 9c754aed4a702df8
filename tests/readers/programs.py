"""Readers that are programs: from feeds over HTTP (or a file) to what they kept of them.

Each gives feeds by path, their items sorted by id.
"""

import mailbox
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import reader
from lxml import html

from tests.readers.reading import Reading, Told, plain
from tests.readers.sites import Site

Kept = Mapping[str, Reading]
Keep = Callable[[Site, Sequence[str], str, Path], Kept]
"""By the site, the paths of feeds, their format and a home for the program's files."""

_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\\": "\\"}


def program(name: str) -> str:
    """Where a program is; skips the test where neither apt nor anybody brought it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} on this machine (Debian: apt-get install {name})")
    return found


def _sorted(items: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(items, key=lambda item: item.id))


def by_sfeed(site: Site, paths: Sequence[str], form: str, _: Path) -> Kept:
    """Of a feed on stdin, lines of fields between tabs."""
    sfeed = program("sfeed")
    found = {}
    for path in paths:
        with site.file(path, form).open("rb") as file:
            done = subprocess.run([sfeed], stdin=file, capture_output=True, check=True)
        items = map(_line, done.stdout.decode().splitlines())
        found[path] = Reading(None, None, None, _sorted(items))
    return found


def _line(line: str) -> Told:
    stamp, title, link, content, _, identifier, author, *_ = line.split("\t")
    text = re.sub(r"\\[nt\\]", lambda found: _ESCAPES[found[0]], content)
    return Told(
        id=identifier,
        url=link,
        title=title,
        published=datetime.fromtimestamp(int(stamp), UTC),
        authors=(author,) if author else (),
        content=text,
    )


def by_newsboat(site: Site, paths: Sequence[str], form: str, home: Path) -> Kept:
    """Of a reload, the rows of the cache: one for each feed, as it keeps an id once."""
    found = {}
    for path in paths:
        place = home / path.replace("/", "-")
        place.mkdir()
        (place / "urls").write_text(site.url(path, form), encoding="utf-8")
        (place / "config").touch()
        files = ("-u", place / "urls", "-C", place / "config", "-c", place / "cache.db")
        subprocess.run(
            [program("newsboat"), *map(str, files), "-x", "reload"],
            env={**os.environ, "HOME": str(place)},
            check=True,
        )
        found[path] = _cache(place / "cache.db")
    return found


def _cache(file: Path) -> Reading:
    with closing(sqlite3.connect(file)) as cache:
        [(title, page)] = cache.execute("SELECT title, url FROM rss_feed")
        rows = cache.execute(
            "SELECT guid, title, author, url, pubDate, content FROM rss_item"
        ).fetchall()
    return Reading(title, page, None, _sorted(map(_row, rows)))


def _row(row: Sequence[str]) -> Told:
    guid, title, author, url, stamp, content = row
    return Told(
        id=guid,
        url=url,
        title=title,
        published=datetime.fromtimestamp(int(stamp), UTC),
        authors=tuple(author.split(", ")) if author else (),
        content=content,
    )


_MAIL = """[DEFAULT]
from = feeds@example.org
to = reader@example.org
name-format = {{feed-title}} ␟ {{author}}
date-header = True
date-header-order = published
html-mail = True
trust-guid = True
email-protocol = maildir
maildir-path = {home}
maildir-mailbox = mail
"""


def subscribed_by_newsboat(opml: bytes, home: Path) -> list[str]:
    """The addresses that newsboat takes over from a subscription list."""
    (home / "feeds.opml").write_bytes(opml)
    (home / "config").touch()
    files = ("-u", home / "urls", "-C", home / "config", "-c", home / "cache.db")
    subprocess.run(
        [program("newsboat"), *map(str, files), "-i", str(home / "feeds.opml")],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        check=True,
    )
    return (home / "urls").read_text(encoding="utf-8").split()


def subscribed_by_sfeed(opml: bytes) -> list[str]:
    """And those that sfeed does."""
    command = [program("sfeed_opml_import")]
    done = subprocess.run(command, input=opml, capture_output=True, check=True)
    return re.findall(r"(?m)^\tfeed '[^']*' '([^']*)'", done.stdout.decode())


def by_rss2email(site: Site, paths: Sequence[str], form: str, home: Path) -> Kept:
    """Of one run, the messages that it put into a maildir."""
    urls = {site.url(path, form): path for path in paths}
    feeds = (f"[feed.f{n}]\nurl = {url}\n" for n, url in enumerate(urls))
    config = _MAIL.format(home=home) + "".join(feeds)
    (home / "config").write_text(config, encoding="utf-8")
    box = mailbox.Maildir(home / "mail")
    r2e = Path(sys.executable).with_name("r2e")
    files = ["-c", home / "config", "-d", home / "data.json"]
    subprocess.run(
        [str(r2e), *map(str, files), "run"],
        env={**os.environ, "HOME": str(home)},
        check=True,
    )
    letters: dict[str, list[EmailMessage]] = {path: [] for path in paths}
    for body in map(box.get_bytes, box.keys()):
        letter = message_from_bytes(body, policy=default)
        letters[urls[letter["X-RSS-Feed"]]].append(letter)
    return {
        path: Reading(_sender(those)[0], None, None, _sorted(map(_letter, those)))
        for path, those in letters.items()
        if those
    }


def _sender(letters: Sequence[EmailMessage]) -> list[str]:
    """The feed's title and the first letter's author, "" for none."""
    name: str = letters[0]["From"].addresses[0].display_name
    return name.replace("<author>", "").split(" ␟ ")


def _letter(letter: EmailMessage) -> Told:
    author = _sender([letter])[1]
    [body] = html.document_fromstring(letter.get_content()).xpath("//*[@id='body']")
    return Told(
        id=letter["X-RSS-ID"],
        url=letter["X-RSS-URL"],
        title=letter["Subject"],
        published=parsedate_to_datetime(letter["Date"]).replace(tzinfo=UTC),
        authors=(author,) if author else (),
        content="".join(body.text_content().split()),
    )


def by_reader(site: Site, paths: Sequence[str], form: str, _: Path) -> Kept:
    """Of one update by lemon24/reader, what its database holds."""
    with closing(reader.make_reader(":memory:")) as library:
        urls = {site.url(path, form): path for path in paths}
        for url in urls:
            library.add_feed(url)
        assert all(
            not isinstance(u.value, Exception) for u in library.update_feeds_iter()
        )
        return {
            urls[feed.url]: Reading(
                feed.title,
                feed.link,
                None,
                _sorted(map(_entry, library.get_entries(feed=feed))),
            )
            for feed in library.get_feeds()
        }


def _entry(entry: reader.Entry) -> Told:
    assert entry.published
    content = entry.content[0].value if entry.content else entry.summary
    return Told(
        id=entry.id,
        url=str(entry.link),
        title=str(entry.title),
        published=entry.published,
        authors=tuple(str(author.name) for author in entry.authors),
        content=plain(content or ""),
    )
