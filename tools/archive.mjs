// Adds generated articles to an unpacked back-up: `node archive.mjs COUNT FOLDER`.
// The same count gives the same archive.
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const rows = (table) => readFileSync(join(folder, `tables/${table}.jsonl`), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

// A generator of its own (mulberry32), so that every run makes the same.
let state = 0x9e3779b9;
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

const stems = "committee budget harbour vote rail school court river union tariff census bridge clinic grid water housing treaty audit ballot senate province market farm port energy council pension reform border science".split(" ");
// Besides those that stand nearly everywhere, words of a language: a few are used often,
// most hardly ever (Zipf). Each is its rank, spoken.
const syllables = "ba be bi bo bu da de di do du fa fe ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to".split(" ");
const spoken = (rank) => (rank < 40 ? "" : spoken(Math.floor(rank / 40))) + syllables[rank % 40];
const word = () => (random(3) ? stems[random(stems.length)] : `${spoken(Math.floor(30_000 ** (random(1_000_000) / 1_000_000)) + 40)}n`);
const sentence = (length) => {
  const text = Array.from({ length }, word).join(" ");
  return text[0].toUpperCase() + text.slice(1);
};
const body = () => Array.from({ length: 5 }, () => `<p>${sentence(14)}. ${sentence(18)}. ${sentence(9)}.</p>`).join("");

const ids = (table) => rows(table).map((row) => row[0]);
const [sections, topics, authors, pictures] = ["sections", "topics", "authors", "media"].map(ids);
const known = rows("articles");
const first = Math.max(0, ...known.map((row) => row[0])) + 1;
// The columns as `storage/dump.rs` names them; the demo's own rows tell how many there are.
const like = known.find((row) => row[13]) ?? known[0];

/** Appends lines to a table and keeps its digest up to date. */
const table = (name) => {
  const path = join(folder, `tables/${name}.jsonl`);
  const before = readFileSync(path);
  const digest = createHash("sha256").update(before);
  const file = openSync(path, "a");
  let [waiting, added] = ["", 0];
  const flush = () => {
    digest.update(waiting);
    writeSync(file, waiting);
    waiting = "";
  };
  return {
    add(row) {
      waiting += JSON.stringify(row) + "\n";
      added += 1;
      if (waiting.length > 4_000_000) flush();
    },
    close() {
      flush();
      closeSync(file);
      manifest.parts[`tables/${name}.jsonl`] = digest.digest("hex");
      manifest.rows[name] += added;
    },
  };
};

const [articles, ofTopics, ofAuthors] = ["articles", "article_topics", "article_authors"].map(table);
const drafts = 200;
const hour = 3_600_000;
const newest = manifest.taken - hour;
for (let n = 0; n < count + drafts; n += 1) {
  const [id, draft] = [first + n, n >= count];
  const slug = draft ? `draft-${n - count + 1}` : `story-${n + 1}`;
  // An article each five minutes, back into the past.
  const published = newest - (count - n) * 300_000;
  const row = [...like];
  const text = body();
  const seen = draft ? 0 : 1;
  row.splice(0, 14, id, slug, sections[n % sections.length], "news", draft ? "draft" : "published", sentence(7), "{}", `${sentence(12)}.`, text, "", "html", like[11], 200, pictures[n % pictures.length]);
  // source_name source_url language comment_policy comment_count pick corrections published updated saved source
  row.splice(14, 11, null, null, null, "open", 0, null, "[]", published, null, published, `generated:${n}`);
  articles.add(row);
  // As in life, a few topics and authors have most of the articles.
  const topic = topics[Math.min(random(topics.length), random(topics.length))];
  ofTopics.add([id, topic, 0, published, seen]);
  ofAuthors.add([id, authors[Math.min(random(authors.length), random(authors.length))], 0, published, seen]);
}
for (const open of [articles, ofTopics, ofAuthors]) open.close();
writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
