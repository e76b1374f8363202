// Proof of work, on a server of its own where it is asked for and nobody is held as a newcomer.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { test, expect, awake } = require("./helper");
const { place, serve } = require("./server");

const ARTICLE = "---\ntitle: The Sum\nsection: world\npublished: 2026-11-01T10:00:00Z\n---\nText.\n";
let here, close;

test.beforeAll(async () => {
  here = await place(fs.mkdtempSync(path.join(os.tmpdir(), "pressroom-proof-")));
  const file = (name) => path.join(here.folder, name);
  fs.mkdirSync(file("content/articles"), { recursive: true });
  fs.writeFileSync(file("content/articles/the-sum.md"), ARTICLE);
  await here.act("import", "markdown", file("content"));
  const { stdout } = await here.act("settings", "export");
  const asked = stdout.replace("proof_of_work = false", "proof_of_work = true").replace("approvals = 2", "approvals = 0");
  fs.writeFileSync(file("settings.toml"), asked);
  await here.act("settings", "import", file("settings.toml"));
  close = await serve(here);
});
test.afterAll(async () => {
  await close?.();
});

const write = async (page, text) => {
  await page.locator("#reply-text").fill(text);
  await page.locator("#reply-name").fill("Nora");
  await page.locator("#reply-email").fill("nora@example.org");
};
// Whoever sends within three seconds is held for that.
const SLOWLY = 3_500;
const send = (page) => page.getByRole("button", { name: "Post Comment" }).click();

for (const [what, address, slow, number] of [
  ["under the article", "/world/the-sum", false, 1],
  ["under the article, pressing before it is done", "/world/the-sum", true, 4],
  ["on the form's own page", "/comments/reply?article=the-sum", false, 2],
  ["on the form's own page, pressing before it is done", "/comments/reply?article=the-sum", true, 5],
]) {
  test(`a browser pays for a comment ${what}`, async ({ browser }) => {
    const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": `198.51.100.${number}` } });
    const page = await context.newPage();
    // A slow telephone: no sum is done before the button has been pressed.
    await page.addInitScript((slow) => {
      const pressed = slow ? new Promise((done) => addEventListener("submit", () => setTimeout(done, 500), { once: true })) : null;
      const derive = SubtleCrypto.prototype.deriveBits;
      SubtleCrypto.prototype.deriveBits = async function (...how) {
        await pressed;
        return derive.apply(this, how);
      };
    }, slow);
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(here.origin + address);
    await awake(page);
    await page.locator("#reply-text").focus();
    // The server counts from when it made the form's token, which comes with the challenge.
    await expect(page.locator("#reply")).toHaveAttribute("data-challenge", /./, { timeout: 30_000 });
    const opened = Date.now();
    await write(page, `Paid for ${number}`);
    if (!slow) await expect(page.locator("[name=proof]")).not.toHaveValue("", { timeout: 30_000 });
    await page.waitForTimeout(Math.max(0, opened + SLOWLY - Date.now()));
    await send(page);
    await expect(page.locator(".comment", { hasText: `Paid for ${number}` })).toBeVisible({ timeout: 30_000 });
    expect(faults).toEqual([]);
    await context.close();
  });
}

test("without scripts the comment is held, and its writer told why", async ({ browser }) => {
  const headers = { "x-forwarded-for": "198.51.100.3" };
  const context = await browser.newContext({ javaScriptEnabled: false, extraHTTPHeaders: headers });
  const page = await context.newPage();
  await page.goto(`${here.origin}/comments/reply?article=the-sum`);
  await write(page, "Not paid for");
  await page.waitForTimeout(SLOWLY);
  await send(page);
  await expect(page.getByText("An editor reads your comment")).toBeVisible();
  await page.getByRole("link", { name: "Your comment" }).click();
  await expect(page.getByText("could not do the small sum")).toBeVisible();
  await context.close();
});
