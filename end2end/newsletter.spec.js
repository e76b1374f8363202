// A reader signs up, confirms, chooses and leaves; an editor writes, looks, sends, pauses.
// Mails are read by a parser and a DKIM verifier that are not ours.
const fs = require("node:fs");
const path = require("node:path");
const { simpleParser } = require("mailparser");
const { dkimVerify } = require("mailauth/lib/dkim/verify");
const { test, expect, origin, mail, editor, awake, faultless, watch } = require("./helper");

const FORM = "/newsletter";
const folder = path.dirname(mail);
let number = 0;
/** An address that no other journey has. */
const address = () => `reader-${process.pid}-${Date.now()}-${(number += 1)}@example.net`;

/** Mails to an address as they lie there, the newest last. */
function mailsTo(to) {
  if (!fs.existsSync(mail)) return [];
  return fs
    .readdirSync(mail)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => ({ text: fs.readFileSync(path.join(mail, name)), at: fs.statSync(path.join(mail, name)).mtimeMs }))
    .filter(({ text }) => text.includes(to))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);
}

async function mailTo(to, count = 1) {
  await expect.poll(() => mailsTo(to).length).toBe(count);
  return mailsTo(to)[count - 1];
}

/** Readers come from networks of their own: one may sign up only so many. */
async function reader(browser, options = {}) {
  number += 1;
  const from = `10.${process.pid % 250}.${100 + test.info().parallelIndex}.${number}`;
  const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": from }, ...options });
  return context.newPage();
}

/** Whoever signs the mail published this key. */
const resolver = async () => {
  const key = fs.readFileSync(path.join(folder, "dkim.pub"), "utf8").replace(/-----[^-]+-----|\s/g, "");
  return [[`v=DKIM1; k=rsa; p=${key}`]];
};

for (const scripts of [true, false]) {
  test(`signing up, confirming, choosing, leaving, ${scripts ? "with" : "without"} scripts`, async ({ browser }) => {
    const page = await reader(browser, { javaScriptEnabled: scripts });
    const faults = watch(page);
    const to = address();
    await page.goto(origin + FORM);
    if (scripts) await awake(page);
    await page.locator("main").getByLabel("Weekly Review").check();
    await page.locator("main").getByLabel("Email address").fill(to);
    await page.locator("main").getByRole("button", { name: "Subscribe" }).click();
    if (!scripts) {
      // The form had no token: it comes back with one, and with what was chosen.
      await expect(page.locator("main").getByLabel("Email address")).toHaveValue(to);
      await expect(page.getByLabel("Weekly Review")).toBeChecked();
      await page.locator("main").getByRole("button", { name: "Subscribe" }).click();
      await expect(page).toHaveURL(`${origin}/newsletter/asked`);
    }
    await expect(page.locator("main").getByRole("status")).toContainText("A mail is on its way to this address");

    const asking = await simpleParser(await mailTo(to));
    expect(asking.subject).toBe("Please confirm: Daily Briefing, Weekly Review");
    const link = asking.text.match(/http\S+\/newsletter\/confirm\/\S+/)[0];
    await page.goto(link);
    await page.getByRole("button", { name: "Yes, send it to me" }).click();
    await expect(page.getByRole("status")).toContainText("You are signed up");
    await expect(page.locator("main")).toContainText(to);
    for (const [name, chosen] of [["Daily Briefing", true], ["Weekly Review", true], ["Breaking", false]]) {
      expect(await page.getByLabel(name, { exact: true }).isChecked(), name).toBe(chosen);
    }
    const mine = page.url();
    await page.getByLabel("Breaking", { exact: true }).check();
    await page.getByLabel("Weekly Review").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Your choice is saved");
    await expect(page.getByLabel("Weekly Review")).not.toBeChecked();
    await page.getByRole("button", { name: "Leave all of them" }).click();
    await expect(page.getByRole("status")).toContainText("You have left");
    await page.getByRole("button", { name: "Erase it …" }).click();
    await page.getByRole("button", { name: "Erase it for good" }).click();
    await expect(page.getByRole("status")).toContainText("erased");
    expect(faults).toEqual([]);
    await page.goto(mine);
    await expect(page.locator("h1")).toHaveText("This link has expired");
  });
}

test("the small forms sign up in their places, by the keyboard, and say what is wrong", async ({ browser }) => {
  for (const place of [".sidebar", "footer"]) {
    const page = await reader(browser);
    await page.goto(`${origin}/economy/who-pays-a-tariff`);
    await awake(page);
    const to = address();
    const form = page.locator(`${place} .newsletter`);
    await form.getByLabel("Email address").fill("jürgen@example.org");
    await form.getByLabel("Email address").press("Enter");
    // Browsers themselves refuse some addresses; what they let through the server tells.
    await form.getByLabel("Email address").fill("a..b@example.org");
    await form.getByLabel("Email address").press("Enter");
    await expect(form.getByLabel("Email address")).toBeFocused();
    await form.getByLabel("Email address").fill(to);
    await form.getByLabel("Email address").press("Enter");
    await expect(form.getByRole("status")).toContainText("A mail is on its way to this address");
    await expect(form.getByRole("status")).toBeFocused();
    expect((await simpleParser(await mailTo(to))).subject).toBe("Please confirm: Daily Briefing");
    expect(page.url()).toBe(`${origin}/economy/who-pays-a-tariff`);
  }
});

test("an editor writes, looks, sends, and readers read it on the site", async ({ browser }) => {
  const to = address();
  const page = await reader(browser);
  await page.goto(`${origin}/newsroom/sign-in`);
  await page.getByRole("main").getByLabel("Email address").fill("editor@example.org");
  await page.getByLabel("Password").fill(editor);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Newsletter" }).click();
  await expect(page.locator("h1")).toHaveText("Newsletter");
  await faultless(page);
  const token = `T${Date.now()}`;

  // A reader signs up for it.
  const other = await reader(browser, { javaScriptEnabled: false });
  await other.goto(origin + FORM);
  await other.locator("main").getByLabel("Daily Briefing").uncheck();
  await other.locator("main").getByLabel("Breaking").check();
  await other.locator("main").getByLabel("Email address").fill(to);
  await other.locator("main").getByRole("button", { name: "Subscribe" }).click();
  await other.locator("main").getByRole("button", { name: "Subscribe" }).click();
  const asking = await simpleParser(await mailTo(to));
  await other.goto(asking.text.match(/http\S+\/newsletter\/confirm\/\S+/)[0]);
  await other.getByRole("button", { name: "Yes, send it to me" }).click();

  await page.getByRole("link", { name: "Write a message" }).click();
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByLabel("Newsletter", { exact: true }).selectOption("Breaking");
  await page.getByLabel("Subject", { exact: true }).fill(`To our readers “${token}”`);
  await page.getByLabel("Preview text").fill("From the editors’ table");
  await page.getByLabel("Message", { exact: true }).fill(`Dear readers,\n\nthis is *${token}*, with [a link](https://example.org/).\n\n- one\n- two`);
  await faultless(page);
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expect(page.locator("h1")).toHaveText(`To our readers “${token}”`);
  await faultless(page);
  const [seen] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("button", { name: "Preview" }).click()]);
  await expect(seen.locator("em")).toHaveText(token);
  for (const width of [360, 768]) {
    await seen.setViewportSize({ width, height: 800 });
    expect(await seen.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  }
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByRole("status")).toContainText("The test is on its way to you");
  const year = new Date().getUTCFullYear() + 2;
  await page.getByLabel("When").fill(`${year}-01-01T06:00`);
  await page.getByRole("button", { name: "Approve …" }).click();
  await expect(page.locator("main")).toContainText(`on January 1, ${year}, 6:00 AM (America/New_York). Is that right?`);
  await page.getByRole("button", { name: "Yes, send it" }).click();
  await expect(page.getByRole("status")).toContainText("It is approved");
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("status")).toContainText("It waits");
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Back to a draft" }).click();
  await page.getByRole("button", { name: "Approve …" }).click();
  await page.getByRole("button", { name: "Yes, send it" }).click();
  await expect(page.getByRole("status")).toContainText("It is approved");

  const raw = await mailTo(to, 2);
  const letter = await simpleParser(raw);
  expect(letter.subject).toBe(`To our readers “${token}”`);
  expect(letter.from.value[0]).toEqual({ name: "The Politic Review", address: "review@review.example" });
  expect(letter.to.value).toEqual([{ name: "", address: to }]);
  expect(letter.html).toContain(`<em>${token}</em>`);
  expect(letter.text).toContain(`this is *${token}*, with [a link][1]`);
  expect(letter.text).toContain("[1]: https://example.org/");
  expect(letter.messageId).toMatch(/^<letter\.\d+\.\d+\.[0-9a-f]{64}\.\d+@review\.example>$/);
  const list = letter.headers.get("list");
  expect(list.id.name).toBe("breaking.review.example");
  const stop = list.unsubscribe.url;
  expect(stop).toMatch(new RegExp(`^${origin}/newsletter/leave/breaking/\\d+-[0-9a-f]{64}$`));
  expect(raw.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  const { results } = await dkimVerify(raw, { resolver });
  expect(results.map((one) => one.status.result)).toEqual(["pass"]);
  expect(results[0].signingDomain).toBe("review.example");
  for (const header of ["list-unsubscribe", "list-unsubscribe-post", "from", "to", "subject"]) {
    expect(results[0].signingHeaders.keys.toLowerCase()).toContain(header);
  }

  // The archive and the page of the letter.
  await page.reload();
  await expect(page.locator("main")).toContainText(/Sent: \d+ readers/);
  await other.goto(origin + FORM);
  await other.getByRole("link", { name: token }).click();
  await expect(other.locator("h1")).toHaveText(`To our readers “${token}”`);
  await expect(other.locator("main em")).toHaveText(token);
  await page.goto(other.url());
  await faultless(page);

  // A provider leaves for its reader: a POST without cookie or Origin; a GET never does.
  await fetch(stop);
  await fetch(stop, { method: "HEAD" });
  const mine = letter.text.match(/http\S+\/newsletter\/me\/\S+/)[0];
  await other.goto(mine);
  await expect(other.getByLabel("Breaking", { exact: true })).toBeChecked();
  const left = await fetch(stop, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://mail.example", "sec-fetch-site": "cross-site" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(left.status).toBe(200);
  await other.goto(mine);
  await expect(other.getByLabel("Breaking", { exact: true })).not.toBeChecked();
  await page.goto(mine);
  await faultless(page);
});

test("pages of the newsletter have no fault that axe finds", async ({ page }) => {
  for (const at of [FORM, "/newsletter/asked", "/newsletter/me/1-x"]) {
    await page.goto(origin + at);
    await faultless(page);
  }
});
