// The real program (PRESSROOM_BIN) in a folder of its own: started, asked, ended. Shared by
// the scripts beside it.
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
// Each server that is begun is ended with this process.
process.setMaxListeners(0);

/** A publication in a new folder, or in `folder`; `settings` are further PRESSROOM_… values. */
export class Publication {
  constructor(name, { folder = mkdtempSync(path.join(tmpdir(), `pressroom-${name}-`)), settings = {} } = {}) {
    this.name = name;
    this.folder = folder;
    this.program = process.env.PRESSROOM_BIN;
    const others = Object.entries(process.env).filter(([key]) => !key.startsWith("PRESSROOM_"));
    this.env = {
      ...Object.fromEntries(others),
      PRESSROOM_SERVER__ADDRESS: "127.0.0.1:0",
      PRESSROOM_DATABASE__URL: process.env.PRESSROOM_DATABASE__URL ?? `sqlite:${folder}/p.db`,
      PRESSROOM_MEDIA__URL: path.join(folder, "media"),
      PRESSROOM_MAIL__FOLDER: path.join(folder, "mail"),
      PRESSROOM_SECRETS__FILE: path.join(folder, "secrets"),
      PRESSROOM_SEARCH__FOLDER: path.join(folder, "search"),
      PRESSROOM_LOG: "error",
      ...settings,
    };
    this.said = "";
  }

  /** Ends this script with a line and without success. */
  stop(line) {
    this.server?.kill("SIGKILL");
    console.error(`${this.name}: ${line}\n${this.said.split("\n").slice(-5).join("\n")}`);
    process.exit(1);
  }

  /** Runs a command of the program to its end; answers what it printed. */
  async act(...args) {
    return (await run(this.program, args, { cwd: this.folder, env: this.env, maxBuffer: 1 << 30 })).stdout;
  }

  /** One article, `/world/SLUG`, for each of the slugs. */
  async fill(...slugs) {
    const articles = path.join(this.folder, "content", "articles");
    mkdirSync(articles, { recursive: true });
    for (const slug of slugs) {
      const text = `---\ntitle: The ${slug}\nsection: world\npublished: 2026-01-01T10:00:00Z\n---\nText of the ${slug}.\n`;
      writeFileSync(path.join(articles, `${slug}.md`), text);
    }
    await this.act("import", "markdown", "content");
  }

  /** Starts the server; answers when it is open. */
  async begin() {
    const server = spawn(this.program, ["serve"], { cwd: this.folder, env: this.env, stdio: ["ignore", "ignore", "pipe"] });
    process.once("exit", () => server.kill("SIGKILL"));
    this.server = server;
    this.said = "";
    this.port = await new Promise((done) => {
      server.stderr.on("data", (chunk) => {
        this.said += chunk;
        const open = /is open at http:\/\/127\.0\.0\.1:(\d+)\n/.exec(this.said);
        if (open) done(Number(open[1]));
      });
      server.once("exit", () => done(0));
    });
    if (!this.port) this.stop("the server did not start");
  }

  /** Ends the server; answers when it is gone. */
  async end(signal = "SIGTERM") {
    const gone = new Promise((done) => this.server.once("exit", done));
    this.server.kill(signal);
    await gone;
  }

  /** Asks the server; fails where the connection does. */
  ask(method, to, { body, headers = {}, agent, localAddress } = {}) {
    return new Promise((done, fail) => {
      const options = { port: this.port, host: "127.0.0.1", method, path: to, agent, localAddress, headers };
      const request = http.request(options, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => (text += chunk));
        answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text }));
        answer.on("error", fail);
      });
      request.on("error", fail);
      request.end(body);
    });
  }

  /** Sends a form. */
  send(to, fields, options = {}) {
    const headers = { "content-type": "application/x-www-form-urlencoded", ...options.headers };
    return this.ask("POST", to, { ...options, body: new URLSearchParams(fields).toString(), headers });
  }

  /** Takes everything away that lies in its folder. */
  clear() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until something is so; stops with `what` after a minute. */
export async function until(publication, what, met) {
  const last = Date.now() + 60_000;
  while (!(await met())) {
    if (Date.now() > last) publication.stop(`after a minute still not: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
