// node read.js PACKAGE FILE...: what an npm package reads in feeds, as a JSON list.
const { readFileSync } = require("node:fs");

const names = (authors) => (authors ?? []).map((author) => author.name);

const RSS_PARSER = async (text) => {
  const Parser = require("rss-parser");
  const feed = await new Parser().parseString(text);
  const items = feed.items.map((item) => ({
    id: item.guid ?? item.id,
    url: item.link,
    title: item.title,
    published: item.isoDate,
    authors: [item.creator ?? item.author].filter(Boolean),
    content: item["content:encoded"] ?? item.content,
  }));
  return { title: feed.title, url: feed.link, language: feed.language, items };
};

const FEED_PARSER = async (text) => {
  const { parseFeed } = require("@rowanmanning/feed-parser");
  const feed = parseFeed(text);
  const items = feed.items.map((item) => ({
    id: item.id,
    url: item.url,
    title: item.title,
    published: item.published,
    authors: names(item.authors),
    content: item.content ?? item.description,
  }));
  return { title: feed.title, url: feed.url, language: feed.language, items };
};

const FEEDSMITH = async (text) => {
  const { parseFeed } = require("feedsmith");
  const { format, feed } = parseFeed(text);
  return { rss: smithRss, atom: smithAtom, json: smithJson }[format](feed);
};

const smithRss = (feed) => ({
  title: feed.title,
  url: feed.link,
  language: feed.language,
  items: (feed.items ?? []).map((item) => ({
    id: item.guid.value,
    url: item.link,
    title: item.title,
    published: item.pubDate,
    authors: item.dc?.creators ?? [],
    language: item.dc?.languages?.[0],
    content: item.content?.encoded ?? item.description,
  })),
});

const page = (links) => links.find((link) => (link.rel ?? "alternate") === "alternate").href;

const smithAtom = (feed) => ({
  title: feed.title.value,
  url: page(feed.links),
  language: feed.xml.lang,
  items: (feed.entries ?? []).map((entry) => ({
    id: entry.id,
    url: page(entry.links),
    title: entry.title.value,
    published: entry.published,
    authors: names(entry.authors),
    language: entry.xml?.lang,
    content: entry.content?.value,
  })),
});

const smithJson = (feed) => ({
  title: feed.title,
  url: feed.home_page_url,
  language: feed.language,
  items: (feed.items ?? []).map((item) => ({
    id: item.id,
    url: item.url,
    title: item.title,
    published: item.date_published,
    authors: names(item.authors),
    language: item.language,
    content: item.content_html,
  })),
});

const READERS = {
  "rss-parser": RSS_PARSER,
  "@rowanmanning/feed-parser": FEED_PARSER,
  feedsmith: FEEDSMITH,
};

const [name, ...files] = process.argv.slice(2);
Promise.all(files.map((file) => READERS[name](readFileSync(file, "utf-8")))).then((read) =>
  process.stdout.write(JSON.stringify(read)),
);
