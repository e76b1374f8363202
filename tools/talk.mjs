// A conversation under load, against the real program (PRESSROOM_BIN) on a database
// (PRESSROOM_DATABASE__URL; else a new SQLite file):
//
//   node tools/talk.mjs kill 1000 100   so many comments from many at once, the server killed
//                                       (SIGKILL) so many times on the way: what was answered
//                                       with success is there once, nothing is there twice
//   node tools/talk.mjs streams 2000    so many readers with the live stream, 10 comments a
//                                       second: all get all; memory a stream, time to a reader
//   node tools/talk.mjs figures         comments stored per second; an article's render with 50
//                                       and with 5,000 comments
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const [what = "", size = "0", times = "1"] = process.argv.slice(2);
const program = process.env.PRESSROOM_BIN;
const folder = mkdtempSync(path.join(tmpdir(), "pressroom-talk-"));
const others = Object.entries(process.env).filter(([name]) => !name.startsWith("PRESSROOM_"));
const env = {
  ...Object.fromEntries(others),
  PRESSROOM_SERVER__ADDRESS: "127.0.0.1:0",
  // Everybody comes from an address of their own: one reader has to pause between two comments.
  PRESSROOM_SERVER__TRUSTED_PROXIES: '["127.0.0.1"]',
  PRESSROOM_DATABASE__URL: process.env.PRESSROOM_DATABASE__URL ?? `sqlite:${folder}/p.db`,
  PRESSROOM_MEDIA__URL: path.join(folder, "media"),
  PRESSROOM_MAIL__FOLDER: path.join(folder, "mail"),
  PRESSROOM_SECRETS__FILE: path.join(folder, "secrets"),
  PRESSROOM_EDITION__CONVERSATION__APPROVALS: "0",
  PRESSROOM_EDITION__CONVERSATION__CLOSE_AFTER_DAYS: "0",
  PRESSROOM_LOG: "error",
};
const run = promisify(execFile);
const act = (...args) => run(program, args, { cwd: folder, env, maxBuffer: 1 << 30 });
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
let server;
let port;
// Each server that is begun is ended with this process.
process.setMaxListeners(0);

function stop(line) {
  server?.kill("SIGKILL");
  console.error(`talk: ${line}`);
  process.exit(1);
}

async function begin() {
  server = spawn(program, ["serve"], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const mine = server;
  process.once("exit", () => mine.kill("SIGKILL"));
  let said = "";
  port = await new Promise((done) => {
    server.stderr.on("data", (chunk) => {
      said += chunk;
      const open = /is open at http:\/\/127\.0\.0\.1:(\d+)\n/.exec(said);
      if (open) done(Number(open[1]));
    });
    server.once("exit", () => done(0));
  });
  if (!port) stop(`the server did not start: ${said}`);
}

/** An address of its own for each reader. */
const address = (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

function ask(method, to, { body, from = 0, headers = {} } = {}) {
  return new Promise((done, fail) => {
    const request = http.request(
      { port, host: "127.0.0.1", method, path: to, agent, headers: { "x-forwarded-for": address(from), ...headers } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => (text += chunk));
        answer.on("end", () => done({ status: answer.statusCode, to: answer.headers.location ?? "", text }));
        answer.on("error", fail);
      },
    );
    request.on("error", fail);
    request.end(body);
  });
}

async function token(n) {
  const { text } = await ask("GET", "/comments/reply?article=story", { from: n });
  return /name="token" value="([^"]+)"/.exec(text)?.[1] ?? stop(`no token in ${text.slice(0, 200)}`);
}

function post(n, ticket) {
  const fields = { article: "story", token: ticket, name: `Reader ${n}`, email: `r${n}@example.org`, text: `Comment number ${n}.` };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return ask("POST", "/comments", { body: new URLSearchParams(fields).toString(), from: n, headers });
}

/** Forms that were open for a moment: nobody writes in less than three seconds. */
async function forms(count) {
  const tickets = [];
  await many(count, 32, async (n) => (tickets[n] = await token(n)));
  await new Promise((done) => setTimeout(done, 3_100));
  return tickets;
}

/** Does something for 0 … count-1, so many at once. */
async function many(count, atOnce, work) {
  let next = 0;
  const hand = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}

async function stored() {
  const { stdout } = await act("comments", "export");
  return stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

const percentile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]);

/** What is stored holds all that was answered with success, and nothing twice. */
async function whole(answered) {
  const texts = (await stored()).map((comment) => comment.words);
  const twice = texts.filter((text, at) => texts.indexOf(text) !== at);
  if (twice.length) stop(`stored twice: ${twice}`);
  const there = new Set(texts);
  for (const n of answered) if (!there.has(`Comment number ${n}.`)) stop(`comment ${n} was answered with success and is lost`);
  return texts.length;
}

async function kill(count, times) {
  await begin();
  const tickets = await forms(count);
  const answered = new Set();
  const waiting = [...tickets.keys()];
  let lost = 0;
  for (let n = 1; n <= times; n += 1) {
    const goal = Math.floor((count * n) / (times + 1));
    const unanswered = [];
    let dead = false;
    const hand = async () => {
      while (waiting.length && !dead) {
        const mine = waiting.shift();
        try {
          const { status, to } = await post(mine, tickets[mine]);
          if (status === 303 && to.includes("#comment-")) answered.add(mine);
          else stop(`comment ${mine} was answered ${status} ${to}`);
        } catch {
          unanswered.push(mine);
        }
      }
    };
    const hands = Promise.all(Array.from({ length: 32 }, hand));
    while (answered.size < goal) await new Promise(setImmediate);
    const gone = new Promise((done) => server.once("exit", done));
    dead = true;
    server.kill("SIGKILL");
    await Promise.all([gone, hands]);
    lost += unanswered.length;
    // Whoever got no answer sends the same form again.
    waiting.unshift(...unanswered);
    await begin();
    await whole(answered);
  }
  const before = answered.size;
  if (!lost || before === count) stop("no kill came at a good moment");
  await many(count, 32, async (n) => {
    const { status, to } = await post(n, tickets[n]);
    if (status !== 303 || !to.includes("#comment-")) stop(`sent again, comment ${n} was answered ${status}`);
    answered.add(n);
  });
  const all = await whole(answered);
  if (all !== count) stop(`${all} comments are stored, ${count} were sent`);
  await act("doctor").catch((error) => stop(error.stdout));
  console.log(`killed ${times} times: ${before} of ${count} were answered on the way, ${lost} got no answer; sent again, ${all} are there, each once`);
}

/** Waits until the server rests: after its start it packs the browser's files. */
async function rested() {
  const used = () => readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).join();
  for (let before = ""; before !== used(); ) {
    before = used();
    await new Promise((done) => setTimeout(done, 1_000));
  }
}

async function streams(count) {
  await begin();
  await ask("GET", "/world/story");
  await rested();
  // Measured over the second half: the first brings up what is there but once.
  const half = Math.floor(count / 2);
  let quiet = 0;
  const heard = Array.from({ length: count }, () => new Set());
  const sent = new Map();
  const times = [];
  let open = 0;
  for (let n = 0; n < count; n += 1) {
    if (n === half) quiet = memory();
    await new Promise((done) => {
      const request = http.get(
        { port, host: "127.0.0.1", path: "/comments/live?article=story", agent: false, headers: { "x-forwarded-for": address(n) } },
        (answer) => {
          if (answer.statusCode !== 200) stop(`stream ${n} was answered ${answer.statusCode}`);
          open += 1;
          let rest = "";
          answer.setEncoding("utf8");
          answer.on("data", (chunk) => {
            rest += chunk;
            const events = rest.split("\n\n");
            rest = events.pop();
            for (const event of events) {
              const number = /Comment number (\d+)\./.exec(event)?.[1];
              if (!number) continue;
              if (heard[n].has(number)) stop(`reader ${n} got comment ${number} twice`);
              heard[n].add(number);
              times.push(performance.now() - sent.get(number));
            }
          });
          done();
        },
      );
      request.on("error", (error) => stop(`stream ${n}: ${error.message}`));
    });
  }
  const idle = memory();
  const each = (idle - quiet) / (count - half);
  const seconds = 10;
  const tickets = await forms(seconds * 10);
  const began = performance.now();
  for (let n = 0; n < tickets.length; n += 1) {
    const due = began + n * 100;
    while (performance.now() < due) await new Promise((done) => setTimeout(done, 5));
    sent.set(String(n), performance.now());
    const { status } = await post(n, tickets[n]);
    if (status !== 303) stop(`comment ${n} was answered ${status}`);
  }
  const until = Date.now() + 60_000;
  while (heard.some((numbers) => numbers.size < tickets.length)) {
    if (Date.now() > until) stop(`${heard.filter((numbers) => numbers.size < tickets.length).length} readers did not get all`);
    await new Promise((done) => setTimeout(done, 50));
  }
  times.sort((a, b) => a - b);
  console.log(
    `${open} streams, ${each.toFixed(1)} KB of memory each; ${tickets.length} comments at 10 a second: all got all, once; ` +
      `from the post to a reader p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms`,
  );
  if (each > 30) stop("a stream may take 30 KB");
  const stopping = performance.now();
  server.kill("SIGTERM");
  await new Promise((done) => server.once("exit", done));
  console.log(`stopped in ${(performance.now() - stopping).toFixed(0)} ms with all of them open`);
}

async function render() {
  const times = [];
  for (let n = 0; n < 30; n += 1) {
    const begun = performance.now();
    // Pages of other orders are not kept, and cost what the article's first page does.
    await ask("GET", "/world/story/comments?order=oldest");
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return percentile(times, 0.5);
}

async function figures() {
  await begin();
  const total = 5_000;
  const tickets = await forms(total);
  await many(50, 32, async (n) => void (await post(n, tickets[n])));
  const few = await render();
  const begun = performance.now();
  await many(total - 50, 32, async (n) => {
    const { status } = await post(n + 50, tickets[n + 50]);
    if (status !== 303) stop(`comment ${n + 50} was answered ${status}`);
  });
  const took = (performance.now() - begun) / 1_000;
  const lots = await render();
  console.log(
    `${((total - 50) / took).toFixed(0)} comments stored per second (durable, 32 writers); ` +
      `a page of the conversation: ${few.toFixed(1)} ms with 50 comments, ${lots.toFixed(1)} ms with ${total}`,
  );
}

const articles = path.join(folder, "content", "articles");
mkdirSync(articles, { recursive: true });
writeFileSync(path.join(articles, "story.md"), "---\ntitle: The story\nsection: world\npublished: 2026-01-01T10:00:00Z\n---\nText.\n");
await act("import", "markdown", "content");
const acts = { kill: () => kill(Number(size), Number(times)), streams: () => streams(Number(size)), figures };
if (!acts[what]) stop("usage: node tools/talk.mjs kill N TIMES | streams N | figures");
await acts[what]();
server.kill("SIGTERM");
rmSync(folder, { recursive: true, force: true });
process.exit(0);
