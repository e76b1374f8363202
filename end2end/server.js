// Starts the program as those who run it do: content imported from the command
// line, then `serve`. Stops it at the end and wants it to leave in order.
const { spawn, execFile } = require("node:child_process");
const { generateKeyPairSync } = require("node:crypto");
const { once } = require("node:events");
const fs = require("node:fs");
const net = require("node:net");
const os = require("node:os");
const path = require("node:path");
const { promisify } = require("node:util");

const run = promisify(execFile);
const root = path.join(__dirname, "..");

/** How many plain posts fill the lists, so that they have three pages. */
const PLAIN = 24;

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Posts that were all published in the same second, with titles of all lengths; a quarter of them fills World. */
function plainPosts() {
  const words = "the committee met again and heard that nothing had changed since the last time it met".split(" ");
  const items = Array.from({ length: PLAIN }, (_, n) => {
    const title = `${n + 1} ${Array.from({ length: 2 + ((n * 7) % 22) }, (_, w) => words[w % words.length]).join(" ")}`;
    return `<item><title>${title}</title><link>https://plain.example/plain-${n + 1}/</link><dc:creator>desk</dc:creator>
      <content:encoded><![CDATA[<p>Minutes of meeting ${n + 1}.</p>]]></content:encoded>
      <wp:post_id>${n + 1}</wp:post_id><wp:post_date_gmt>2011-06-01 12:00:00</wp:post_date_gmt>
      <wp:post_name>plain-${n + 1}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
      <wp:comment_status>closed</wp:comment_status>
      <category domain="category" nicename="${n % 4 ? "minutes" : "world"}"><![CDATA[${n % 4 ? "Minutes" : "World"}]]></category></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
    <title>Plain</title><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://plain.example</wp:base_site_url>
    ${items.join("\n")}</channel></rss>`;
}

module.exports = async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pressroom-journeys-"));
  try {
    return await start(folder);
  } catch (error) {
    fs.rmSync(folder, { recursive: true });
    throw error;
  }
};

/** A folder of its own, the settings that lead there, and the program's commands. */
async function place(folder) {
  const program = process.env.PRESSROOM_BIN || path.join(root, "target/release/pressroom");
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const mail = path.join(folder, "mail");
  const key = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  fs.writeFileSync(path.join(folder, "dkim.pem"), key.privateKey);
  fs.writeFileSync(path.join(folder, "dkim.pub"), key.publicKey);
  // The program takes every PRESSROOM_… as a setting, and refuses what is none.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("PRESSROOM_"));
  const env = {
    ...Object.fromEntries(others),
    PRESSROOM_SERVER__ADDRESS: `127.0.0.1:${port}`,
    PRESSROOM_SITE__BASE_URL: origin,
    PRESSROOM_DATABASE__URL: `sqlite:${folder}/p.db`,
    PRESSROOM_MEDIA__URL: path.join(folder, "media"),
    PRESSROOM_MAIL__FOLDER: mail,
    PRESSROOM_MAIL__FROM: "review@review.example",
    PRESSROOM_MAIL__DKIM_SELECTOR: "journey",
    PRESSROOM_MAIL__DKIM_KEY: path.join(folder, "dkim.pem"),
    PRESSROOM_SECRETS__FILE: path.join(folder, "secrets"),
    PRESSROOM_SEARCH__FOLDER: path.join(folder, "search"),
    // Readers of a journey come from an address of their own, as behind a proxy: one
    // reader has to pause between two comments.
    PRESSROOM_SERVER__TRUSTED_PROXIES: '["127.0.0.1"]',
  };
  const act = (...args) => run(program, args, { cwd: root, env });
  return { program, folder, origin, mail, env, act };
}

/** Serves until the function that it answers is called, which wants the program to leave in order. */
async function serve({ program, folder, origin, env }) {
  const log = fs.openSync(path.join(folder, "serve.log"), "w");
  const server = spawn(program, ["serve"], { cwd: root, env, stdio: ["ignore", "ignore", log] });
  // However this run ends, no server is left behind.
  process.once("exit", () => server.kill("SIGKILL"));
  const told = () => fs.readFileSync(path.join(folder, "serve.log"), "utf8").slice(-4_000);
  const gone = new Promise((done) => server.once("exit", (code, signal) => done({ code, signal })));
  const until = Date.now() + 60_000;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error(`the server ended at once:\n${told()}`);
    if (await fetch(`${origin}/readyz`).then((r) => r.ok, () => false)) break;
    if (Date.now() > until) {
      server.kill("SIGKILL");
      throw new Error(`the server was not ready within a minute:\n${told()}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return async () => {
    server.kill("SIGTERM");
    const patience = setTimeout(() => server.kill("SIGKILL"), 40_000);
    const { code, signal } = await gone;
    clearTimeout(patience);
    const panics = told().includes("panic") ? told() : "";
    if (code !== 0 || panics) throw new Error(`the server left with ${code ?? signal}:\n${panics || told()}`);
    fs.rmSync(folder, { recursive: true });
  };
}

async function start(folder) {
  const here = await place(folder);
  const { origin, mail, act } = here;
  fs.writeFileSync(path.join(folder, "plain.xml"), plainPosts());
  await act("import", "markdown", "content");
  // 3: it came in, and the report tells what was altered or left out.
  await act("import", "wordpress", path.join(__dirname, "strange.xml")).catch((error) => {
    if (error.code !== 3) throw error;
  });
  await act("import", "wordpress", path.join(folder, "plain.xml"));
  await act("unpublish", "soon-to-be-taken-down");
  const preview = (await act("preview", "not-finished")).stdout.trim();
  const made = await act("user", "add", "moderator@example.org", "--name", "Mona Moderator", "--role", "moderator");
  const password = made.stdout.trim();
  const editor = await act("user", "add", "editor@example.org", "--name", "Edda Editor", "--role", "editor");

  const close = await serve(here);
  process.env.PRESSROOM_JOURNEYS = JSON.stringify({ origin, folder, mail, preview: new URL(preview).pathname, plain: PLAIN, password, editor: editor.stdout.trim() });
  return close;
}

module.exports.place = place;
module.exports.serve = serve;
