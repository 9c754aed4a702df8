// Reads a feed on stdin with rss-parser; prints what it found as JSON.
const Parser = require("rss-parser");

const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", async () => {
  const text = Buffer.concat(chunks).toString("utf-8");
  process.stdout.write(JSON.stringify(await new Parser().parseString(text)));
});
