// Hostile connections against the real program (PRESSROOM_BIN) on a new SQLite file:
//
//   node tools/faults.mjs connections 8000 2000
//
// So many silent ones (nothing sent, one byte, half an HTTP/2 preface, idle HTTP/2 that answers
// pings) and so many slow ones (heads and bodies a byte at a time, readers who don't read), from a
// hundred addresses. Meanwhile others ask for pages and for /healthz: each must be answered, and
// in time. Whoever is cut off comes again for a while; then all must be cut off.
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

/** The longest that an honest request may take, in milliseconds. */
const WORST = 3_000;
/** So long whoever is cut off comes again. */
const INSISTING = 10_000;
/** After that the server lets go of all: the slowest limit is half a minute, twice in a row. */
const LETTING_GO = 90_000;
/** A stop with silent connections open. */
const STOPPING = 15_000;

if (isMainThread) await main();
else ask();

/** Honest visitors, in a thread of their own: not slowed by what the others do here. */
function ask() {
  const { port } = workerData;
  const found = { asked: 0, worst: 0, what: "", faults: [] };
  let asking = true;
  parentPort.on("message", () => (asking = false));
  const get = (localAddress, to) =>
    new Promise((done) => {
      const begun = performance.now();
      const fail = (why) => {
        found.faults.push(`${to} from ${localAddress}: ${why}`);
        done();
      };
      const request = http.get({ host: "127.0.0.1", port, path: to, localAddress, agent: false, timeout: 10_000 }, (answer) => {
        answer.resume();
        answer.on("error", (error) => fail(error.message));
        answer.on("end", () => {
          const took = performance.now() - begun;
          found.asked += 1;
          if (took > found.worst) Object.assign(found, { worst: took, what: to });
          if (answer.statusCode === 200) done();
          else fail(`answered ${answer.statusCode}`);
        });
      });
      request.on("timeout", () => request.destroy(new Error("no answer")));
      request.on("error", (error) => fail(error.message));
    });
  const visitor = async (localAddress, to) => {
    while (asking) {
      await get(localAddress, to);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  const visitors = [visitor("127.0.0.3", "/"), visitor("127.0.0.4", "/world/story"), visitor("127.0.0.3", "/healthz"), visitor("127.0.0.1", "/healthz")];
  Promise.all(visitors).then(() => {
    parentPort.postMessage(found);
    parentPort.close();
  });
}

async function main() {
  const [what = "", silent = "0", slow = "0"] = process.argv.slice(2);
  const program = process.env.PRESSROOM_BIN;
  const folder = mkdtempSync(path.join(tmpdir(), "pressroom-faults-"));
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PRESSROOM_"))),
    PRESSROOM_SERVER__ADDRESS: "127.0.0.1:0",
    PRESSROOM_DATABASE__URL: `sqlite:${folder}/p.db`,
    PRESSROOM_MEDIA__URL: path.join(folder, "media"),
    PRESSROOM_MAIL__FOLDER: path.join(folder, "mail"),
    PRESSROOM_SECRETS__FILE: path.join(folder, "secrets"),
    PRESSROOM_SEARCH__FOLDER: path.join(folder, "search"),
    PRESSROOM_LOG: "error",
  };
  let server;
  let port;

  function stop(line) {
    server?.kill("SIGKILL");
    console.error(`faults: ${line}`);
    process.exit(1);
  }

  async function begin() {
    const articles = path.join(folder, "content", "articles");
    mkdirSync(articles, { recursive: true });
    writeFileSync(path.join(articles, "story.md"), "---\ntitle: The story\nsection: world\npublished: 2026-01-01T10:00:00Z\n---\nText.\n");
    await promisify(execFile)(program, ["import", "markdown", "content"], { cwd: folder, env });
    server = spawn(program, ["serve"], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    process.once("exit", () => server.kill("SIGKILL"));
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

  /** Connections that the server has open just now. */
  function held() {
    const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    // Established, at the server's end.
    return readFileSync("/proc/net/tcp", "utf8").split("\n").filter((line) => {
      const [, local, , state] = line.trim().split(/\s+/);
      return local === wanted && state === "01";
    }).length;
  }

  const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  const frame = (type, flags, stream, data = []) =>
    Buffer.from([data.length >> 16, (data.length >> 8) & 255, data.length & 255, type, flags, 0, 0, 0, stream, ...data]);
  const settings = (...values) => frame(4, 0, 0, values);
  const ping = frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);
  // GET / in HPACK's static table (RFC 7541, appendix A), and the authority.
  const get = frame(1, 5, 1, [0x82, 0x86, 0x84, 0x41, 1, 0x78]);
  const every = (socket, ms, act) => {
    const timer = setInterval(() => {
      if (!socket.destroyed && socket.writableLength < 65_536) act();
    }, ms);
    socket.once("close", () => clearInterval(timer));
  };
  /** Answers pings (RFC 9113, 6.7), and sends some. */
  const pings = (socket) => {
    let rest = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
        const length = rest.readUIntBE(0, 3);
        if (rest[3] === 6 && !(rest[4] & 1)) socket.write(frame(6, 1, 0, [...rest.subarray(9, 17)]));
        rest = rest.subarray(9 + length);
      }
    });
    every(socket, 2_000, () => socket.write(ping));
  };
  const kinds = {
    silent: [
      () => {},
      (socket) => socket.write("G"),
      (socket) => socket.write(preface.slice(0, 12)),
      (socket) => {
        socket.write(Buffer.concat([Buffer.from(preface), settings()]));
        pings(socket);
      },
      (socket) => {
        socket.write(Buffer.concat([Buffer.from(preface), settings(), get]));
        pings(socket);
      },
    ],
    slow: [
      (socket) => {
        socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        every(socket, 1_000, () => socket.write("x"));
      },
      (socket) => {
        socket.write("POST /contact HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n");
        every(socket, 1_000, () => socket.write("x"));
      },
      (socket) => {
        socket.pause();
        const ask = "GET /world/story HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20);
        socket.write(ask);
        every(socket, 500, () => socket.write(ask));
      },
      (socket) => {
        // SETTINGS_INITIAL_WINDOW_SIZE is 0: no room for an answer.
        socket.write(Buffer.concat([Buffer.from(preface), settings(0, 4, 0, 0, 0, 0), get]));
        pings(socket);
      },
    ],
  };
  const open = new Set();
  let came = 0;
  let insisting = true;

  function come(kind, n) {
    const localAddress = `127.0.${kind === "silent" ? 1 : 2}.${1 + (n % 50)}`;
    const socket = net.connect({ host: "127.0.0.1", port, localAddress });
    open.add(socket);
    came += 1;
    socket.on("error", (error) => {
      if (error.code === "EMFILE") stop("too few files may be open: ulimit -n");
    });
    socket.resume();
    socket.on("connect", () => kinds[kind][n % kinds[kind].length](socket));
    socket.on("close", () => {
      open.delete(socket);
      if (insisting) setTimeout(() => insisting && come(kind, n), 1_000);
    });
  }

  const rest = (ms) => new Promise((done) => setTimeout(done, ms));

  async function connections(silent, slow) {
    await begin();
    const asking = new Worker(new URL(import.meta.url), { workerData: { port } });
    const answered = new Promise((done, fail) => asking.once("message", done).once("error", fail));
    for (let n = 0; n < Math.max(silent, slow); n += 1) {
      if (n < silent) come("silent", n);
      if (n < slow) come("slow", n);
      // A hundred at once, as fast as they come.
      if (n % 100 === 99) await rest(10);
    }
    await rest(INSISTING);
    const most = held();
    insisting = false;
    const begun = Date.now();
    while (open.size) {
      if (Date.now() - begun > LETTING_GO) stop(`${open.size} of the hostile connections were not cut off`);
      await rest(100);
    }
    const within = (Date.now() - begun) / 1_000;
    asking.postMessage("enough");
    const { asked, worst, what, faults } = await answered;
    console.log(
      `${silent} silent and ${slow} slow connections (${came} with those that came again; ${most} held after a while), ` +
        `the last cut off after ${within.toFixed(0)} s; ${asked} honest requests meanwhile, the slowest (${what}) in ${worst.toFixed(0)} ms`,
    );
    if (faults.length) stop(`${faults.length} honest requests were not answered: ${faults.slice(0, 5).join("; ")}`);
    if (!asked || worst > WORST) stop(`an honest request may take ${WORST} ms`);
    for (let n = 0; n < 50; n += 1) come("silent", n);
    await rest(500);
    const stopping = Date.now();
    const code = await new Promise((done) => {
      server.once("exit", done);
      server.kill("SIGTERM");
      setTimeout(() => done("none: it runs on"), STOPPING);
    });
    if (code !== 0) stop(`stopped with silent connections open, it ended with ${code}`);
    console.log(`stopped in ${Date.now() - stopping} ms with silent connections open`);
  }

  if (what !== "connections") stop("usage: node tools/faults.mjs connections SILENT SLOW");
  await connections(Number(silent), Number(slow));
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
