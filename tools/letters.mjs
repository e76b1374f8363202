// Letters under load, against the real program (PRESSROOM_BIN) on a new SQLite file and a
// mail server of this script's on loopback:
//
//   node tools/letters.mjs kill 10000 30   a letter to so many readers, the server killed
//                                          (SIGKILL) so many times on the way: nobody is left
//                                          out, and only what was in flight comes twice
//   node tools/letters.mjs rate 20000      mails handed over per minute, and the memory
//   node tools/letters.mjs mute 2000       the mail server goes mute at each stage in turn, in
//                                          the middle of a letter: the site answers, a sign-in
//                                          link goes by another connection, the stop is quick;
//                                          in the end nobody is left out, and only what was in
//                                          flight comes twice
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const [what = "", size = "0", times = "0"] = process.argv.slice(2);
const readers = Number(size);
const kills = Number(times);
const CONNECTIONS = 10;
const program = process.env.PRESSROOM_BIN;
const folder = mkdtempSync(path.join(tmpdir(), "pressroom-letters-"));
const run = promisify(execFile);
let server;
let env;
// Each server that is begun is ended with this process.
process.setMaxListeners(0);

function stop(line) {
  server?.kill("SIGKILL");
  console.error(`letters: ${line}`);
  process.exit(1);
}

/** What came: address → ids of messages. */
const received = new Map();
let count = 0;
let at = "";
/** Conversations that reach this stage fall silent: as many as there are connections for letters. */
let mute = { stage: "", sockets: new Set() };
const sockets = new Set();

/** A mail server that takes everything (RFC 5321, as far as a sender needs it) until it falls silent. */
function sink() {
  const listener = net.createServer((socket) => {
    const says = (stage, words) => {
      if (stage === mute.stage && mute.sockets.size < CONNECTIONS) mute.sockets.add(socket);
      if (!mute.sockets.has(socket)) socket.write(words);
    };
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    let rest = "";
    let data = null;
    let to = "";
    socket.on("error", () => {});
    says("greeting", "220 sink ESMTP\r\n");
    socket.on("data", (chunk) => {
      rest += chunk;
      for (;;) {
        const end = rest.indexOf("\r\n");
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null) {
          if (line !== ".") {
            if (line.startsWith("Message-ID:")) data = line;
            continue;
          }
          received.set(to, [...(received.get(to) ?? []), data]);
          count += 1;
          data = null;
          says(".", "250 taken\r\n");
        } else if (/^DATA/i.test(line)) {
          data = "";
          says("DATA", "354 go on\r\n");
        } else if (/^EHLO/i.test(line)) {
          says("EHLO", "250-sink\r\n250 8BITMIME\r\n");
        } else if (/^QUIT/i.test(line)) {
          socket.end("221 bye\r\n");
        } else {
          if (/^RCPT/i.test(line)) to = /<([^>]*)>/.exec(line)[1];
          says(line.slice(0, 4).toUpperCase(), "250 fine\r\n");
        }
      }
    });
  });
  return new Promise((done) => listener.listen(0, "127.0.0.1", () => done(listener)));
}

async function begin() {
  server = spawn(program, ["serve"], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const mine = server;
  process.once("exit", () => mine.kill("SIGKILL"));
  let said = "";
  const open = await new Promise((done) => {
    mine.stderr.on("data", (chunk) => {
      said += chunk;
      // The line may come in parts.
      if (/ is open at .*\n/.test(said)) done(true);
    });
    mine.once("exit", () => done(false));
  });
  if (!open) stop(`the server did not start: ${said}`);
  at = / is open at (\S+)/.exec(said)[1];
}

async function end(signal) {
  const gone = new Promise((done) => server.once("exit", done));
  server.kill(signal);
  await gone;
}

const until = async (met) => {
  while (!(await met())) await new Promise((done) => setTimeout(done, 5));
};

const status = async () => (await run(program, ["newsletter", "status"], { cwd: folder, env })).stdout;

async function ready() {
  const listener = await sink();
  env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PRESSROOM_"))),
    PRESSROOM_SERVER__ADDRESS: "127.0.0.1:0",
    PRESSROOM_DATABASE__URL: `sqlite:${folder}/p.db`,
    PRESSROOM_MEDIA__URL: path.join(folder, "media"),
    PRESSROOM_SECRETS__FILE: path.join(folder, "secrets"),
    PRESSROOM_SEARCH__FOLDER: path.join(folder, "search"),
    PRESSROOM_MAIL__SMTP: `smtp://127.0.0.1:${listener.address().port}`,
    PRESSROOM_MAIL__CONNECTIONS: String(CONNECTIONS),
    PRESSROOM_LOG: "error",
  };
  const act = (...args) => run(program, args, { cwd: folder, env });
  const lines = Array.from({ length: readers }, (_, n) => `reader-${n}@example.org`);
  writeFileSync(path.join(folder, "readers.csv"), lines.join("\n"));
  writeFileSync(path.join(folder, "letter.md"), "Dear readers,\n\nthis is a *letter* of a few words.\n\n".repeat(20));
  await act("upgrade");
  await act("newsletter", "import", "readers.csv", "--list", "breaking");
  await act("newsletter", "write", "--list", "breaking", "--subject", "To our readers", "--file", "letter.md", "--yes");
  return { listener, lines };
}

const works = {
  async kill() {
    const { lines } = await ready();
    for (let n = 1; n <= kills; n += 1) {
      const goal = Math.floor((readers * n) / (kills + 1));
      await begin();
      await until(() => count >= goal);
      await end("SIGKILL");
    }
    await begin();
    await until(async () => / sent {2,}/.test(await status()));
    await end("SIGTERM");
    const left = lines.filter((to) => !received.has(to));
    const twice = lines.filter((to) => (received.get(to) ?? []).length > 1);
    const other = twice.filter((to) => new Set(received.get(to)).size > 1);
    console.log(`${readers} readers, killed ${kills} times: ${left.length} left out, ${twice.length} twice (at most ${kills * CONNECTIONS} were in flight)`);
    if (left.length || twice.length > kills * CONNECTIONS || other.length) stop("that is not right");
    if (received.size !== readers) stop(`${received.size} addresses got a letter`);
  },
  async mute() {
    const { lines } = await ready();
    const letters = () => lines.reduce((sum, to) => sum + (received.get(to)?.length ?? 0), 0);
    const stages = ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "."];
    const short = {};
    for (const step of ["CONNECT", "COMMAND", "DATA"]) short[`PRESSROOM_MAIL__${step}_SECONDS`] = "3";
    const all = { ...env };
    for (const [n, stage] of stages.entries()) {
      // At the last the stop comes long before the deadline, and gives up what is in flight.
      env = stage === "." ? all : { ...all, ...short };
      await begin();
      await until(() => letters() >= Math.floor((readers * (n + 1)) / (stages.length + 1)));
      mute = { stage, sockets: new Set() };
      // What is greeted already is not greeted again.
      if (n < 2) for (const socket of sockets) socket.destroy();
      await until(() => mute.sockets.size === CONNECTIONS);
      const person = `person-${n}@example.org`;
      const body = new URLSearchParams({ email: person });
      const asked = await fetch(`${at}/sign-in`, { method: "POST", body, headers: { origin: at }, redirect: "manual" });
      if (asked.status >= 400) stop(`${stage}: no link can be asked for (${asked.status})`);
      const begun = Date.now();
      await until(() => received.has(person) || Date.now() - begun > 30_000);
      if (!received.has(person)) stop(`${stage}: the sign-in link does not come`);
      const link = Date.now() - begun;
      for (const path of ["/", "/readyz"]) {
        const answer = await fetch(at + path, { signal: AbortSignal.timeout(2_000) });
        if (answer.status !== 200) stop(`${stage}: ${path} answers ${answer.status}`);
      }
      const stopping = Date.now();
      await end("SIGTERM");
      const took = (Date.now() - stopping) / 1000;
      if (took > 30) stop(`${stage}: the stop took ${took} s`);
      console.log(`mute at ${stage}: a sign-in link came after ${link} ms, the stop took ${took.toFixed(1)} s`);
      mute = { stage: "", sockets: new Set() };
    }
    env = all;
    await begin();
    await until(async () => / sent {2,}/.test(await status()));
    await end("SIGTERM");
    const left = lines.filter((to) => !received.has(to));
    const twice = lines.filter((to) => (received.get(to) ?? []).length > 1);
    const other = twice.filter((to) => new Set(received.get(to)).size > 1);
    console.log(`${readers} readers, mute at ${stages.length} stages: ${left.length} left out, ${twice.length} twice (at most ${CONNECTIONS} were in flight)`);
    if (left.length || twice.length > CONNECTIONS || other.length) stop("that is not right");
  },
  async rate() {
    await ready();
    const begun = Date.now();
    await begin();
    await until(() => count >= readers);
    const seconds = (Date.now() - begun) / 1000;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1];
    console.log(`${readers} mails in ${seconds.toFixed(1)} s = ${Math.round((readers / seconds) * 60)} a minute over ${CONNECTIONS} connections; ${Math.round(peak / 1024)} MB of memory at most`);
    console.log("listmonk's default limit is 10 × 10 a second = 6000 a minute");
    await end("SIGTERM");
  },
};

if (!works[what]) stop("usage: node tools/letters.mjs kill READERS KILLS | rate READERS | mute READERS");
await works[what]();
rmSync(folder, { recursive: true });
process.exit(0);
