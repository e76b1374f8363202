// A disk that is full, against the real program (PRESSROOM_BIN), with everything that it
// writes on a file system of 48 MB:
//
//   unshare -rm node tools/disk.mjs 20   filled up and emptied so many times: pages go on,
//                                        what is sent is answered 503 with Retry-After, and as
//                                        soon as there is space it is stored again; nothing that
//                                        was answered with success is lost
//
// `unshare` gives it mounts of its own, without root.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Publication, until } from "./lib.mjs";

const times = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(path.join(tmpdir(), "pressroom-disk-"));
execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", folder]);
const site = new Publication("disk", {
  folder,
  settings: {
    PRESSROOM_SERVER__TRUSTED_PROXIES: '["127.0.0.1"]',
    PRESSROOM_EDITION__CONVERSATION__APPROVALS: "0",
    PRESSROOM_EDITION__CONVERSATION__CLOSE_AFTER_DAYS: "0",
  },
});
const filler = path.join(folder, "filler");

/** Fills what is left, to the last block. */
function fill() {
  const { bavail, bsize } = statfsSync(folder);
  for (let bytes = bavail * bsize; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(filler, Buffer.alloc(bytes), { flag: "a" });
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    }
  }
}

let from = 0;
let refusals = 0;
/** A reader of an address of their own; forms must be open for a moment before they are sent. */
const reader = () => ({ headers: { "x-forwarded-for": `10.1.${(from >> 8) & 255}.${(from += 1) & 255}` } });
const tokens = [];
const answered = [];
/** Sends the next comment; what was answered with success must be there afterwards. */
async function comment() {
  const n = answered.length + refusals;
  const fields = { article: "kept", token: tokens[n], name: `Reader ${n}`, email: `r${n}@example.org`, text: `Comment number ${n}.` };
  const { status, headers } = await site.send("/comments", fields, reader());
  if (status === 303) answered.push(n);
  else refusals += 1;
  return { status, wait: headers["retry-after"] };
}
const stored = async () => (await site.act("comments", "export")).split("\n").filter(Boolean).map((line) => JSON.parse(line).words);

await site.fill("kept", "fresh");
await site.begin();
for (let n = 0; n < times * 60; n += 1) {
  const { text } = await site.ask("GET", "/comments/reply?article=kept", reader());
  tokens.push(/name="token" value="([^"]+)"/.exec(text)?.[1] ?? site.stop(`no token in ${text.slice(0, 200)}`));
}
await new Promise((done) => setTimeout(done, 3_100));
await site.ask("GET", "/world/kept");

let slowest = 0;
for (let n = 0; n < times; n += 1) {
  const first = await comment();
  if (first.status !== 303) site.stop(`with space a comment was answered ${first.status}`);
  fill();
  await until(site, "/readyz tells", async () => (await site.ask("GET", "/readyz")).status === 503);
  // Small writes find room inside the file for a while.
  let refused = false;
  for (let tries = 0; tries < 50 && !refused; tries += 1) {
    const { status, wait } = await comment();
    refused = status === 503 && Number(wait) > 0;
    if (!refused && status !== 303) site.stop(`on a full disk a comment was answered ${status}, Retry-After ${wait}`);
    if (!refused) fill();
  }
  if (!refused) site.stop("the disk is full and every write went through");
  for (const page of ["/", "/world/kept", "/world/fresh", "/healthz"]) {
    const { status } = await site.ask("GET", page);
    if (status !== 200) site.stop(`on a full disk ${page} was answered ${status}`);
  }
  rmSync(filler);
  const begun = performance.now();
  const again = await comment();
  if (again.status !== 303) site.stop(`the first comment after there was space again was answered ${again.status}`);
  await until(site, "/readyz is well again", async () => (await site.ask("GET", "/readyz")).status === 200);
  slowest = Math.max(slowest, performance.now() - begun);
}
const texts = await stored();
for (const n of answered) {
  const count = texts.filter((text) => text === `Comment number ${n}.`).length;
  if (count !== 1) site.stop(`comment ${n} was answered with success and is there ${count} times`);
}
await site.act("doctor").catch((error) => site.stop(error.stdout));
await site.end();
console.log(`disk full ${times} times: ${answered.length} comments answered and there, ${texts.length} in all; ready again within ${slowest.toFixed(0)} ms`);
execFileSync("umount", ["-l", folder]);
rmSync(folder, { recursive: true, force: true });
