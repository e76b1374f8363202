// A reader writes to the newsroom: no word is lost on the way.
const fs = require("node:fs");
const path = require("node:path");
const { test, expect, origin, mail, awake, watch } = require("./helper");

/** Mails that hold this word. Their bodies may be quoted-printable. */
function mails(word) {
  if (!fs.existsSync(mail)) return [];
  return fs
    .readdirSync(mail)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => fs.readFileSync(path.join(mail, name), "utf8"))
    .map((text) => (/quoted-printable/i.test(text) ? text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))) : text))
    .filter((text) => text.includes(word));
}

const NASTY = `He said "no" & 'yes' </textarea><script>alert(1)</script>\n\n  <b>indented</b> &amp; 5 < 6\tüñ 🗳️`;
let number = 0;
const word = () => `journey-${process.pid}-${Date.now()}-${(number += 1)}`;

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("faults stand beside their fields, the text is kept, then the message goes", async ({ page }) => {
    const token = word();
    await page.goto(`${origin}/contact`);
    await page.getByLabel("Your name").fill('A "quoted" <b>name</b>');
    await page.getByLabel("Your email address").fill("nobody");
    await page.getByLabel("Subject").fill("");
    await page.getByLabel("Your message").fill(`${NASTY}\n${token}`);
    const answer = page.waitForResponse((r) => r.request().method() === "POST");
    await page.getByRole("button", { name: "Send message" }).click();
    expect((await answer).status()).toBe(422);
    await expect(page.locator("#contact-email-fault")).toHaveText(/Please give an email address/);
    await expect(page.getByLabel("Your email address")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Your email address")).toHaveAccessibleDescription(/Please give an email address/);
    for (const field of ["name", "subject", "text"]) await expect(page.locator(`#contact-${field}-fault`)).toBeEmpty();
    await expect(page.getByLabel("Your name")).toHaveValue('A "quoted" <b>name</b>');
    await expect(page.getByLabel("Your email address")).toHaveValue("nobody");
    await expect(page.getByLabel("Your message")).toHaveValue(`${NASTY}\n${token}`);
    await expect(page.locator("main script:not([type])")).toHaveCount(0);
    await expect(page.locator("h1")).toHaveText("Contact");

    await page.getByLabel("Your email address").fill("reader@example.org");
    const sent = page.waitForResponse((r) => r.request().method() === "POST");
    await page.getByRole("button", { name: "Send message" }).click();
    expect((await sent).status()).toBe(303);
    await expect(page).toHaveURL(`${origin}/contact/sent`);
    await expect(page.getByText("Your message is on its way to the newsroom.")).toBeVisible();
    await expect.poll(() => mails(token).length).toBe(1);
    const [text] = mails(token);
    expect(text).toMatch(/^To: .*newsroom@localhost/im);
    expect(text).toMatch(/^Reply-To: .*reader@example\.org/im);
    // Loading the answer again sends nothing again.
    await page.reload();
    expect(mails(token).length).toBe(1);
  });

  test("everything that is wrong is told at once", async ({ page }) => {
    await page.goto(`${origin}/contact`);
    await page.getByRole("button", { name: "Send message" }).click();
    for (const field of ["name", "email", "text"]) {
      await expect(page.locator(`#contact-${field}-fault`)).not.toBeEmpty();
      await expect(page.locator(`#contact-${field}`)).toHaveAttribute("aria-invalid", "true");
    }
  });

  test("lines at the beginning and the end come back, too", async ({ page }) => {
    await page.goto(`${origin}/contact`);
    const text = "\n\nAfter two empty lines.\n\n";
    await page.getByLabel("Your message").fill(text);
    await page.getByRole("button", { name: "Send message" }).click();
    await expect(page.locator("#contact-name-fault")).not.toBeEmpty();
    await expect(page.getByLabel("Your message")).toHaveValue(text);
  });
});

test("with scripts it stays on the page, and the first wrong field gets the focus", async ({ page }) => {
  const token = word();
  const faults = watch(page);
  await page.goto(`${origin}/contact`);
  await awake(page);
  await page.evaluate(() => (window.__same = true));
  const send = page.getByRole("button", { name: "Send message" });
  await send.click();
  await expect(page.locator("#contact-name-fault")).toHaveText("Please tell us your name.");
  await expect(page.getByLabel("Your name")).toBeFocused();
  await expect(page.getByLabel("Your name")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Your name").fill("Ann Reader");
  await page.getByLabel("Your email address").fill("ann");
  await page.getByLabel("Your message").fill(`${NASTY}\n${token}`);
  await send.press("Enter");
  await expect(page.getByLabel("Your email address")).toBeFocused();
  await expect(page.locator("#contact-name-fault")).toBeEmpty();
  await expect(page.getByLabel("Your name")).not.toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Your email address").fill("ann@example.org");
  await send.click();
  await expect(page.getByRole("status").filter({ hasText: "Your message is on its way to the newsroom." })).toBeVisible();
  await expect(page.locator(".contact-form form")).toBeHidden();
  expect(page.url()).toBe(`${origin}/contact`);
  expect(await page.evaluate(() => window.__same)).toBe(true);
  await expect.poll(() => mails(token).length).toBe(1);
  expect(mails(token)[0]).toContain("Ann Reader <ann@example.org> wrote");
  expect(faults).toEqual([]);
});

test("with scripts and no connection the text stays and the page says so", async ({ page }) => {
  await page.goto(`${origin}/contact`);
  await awake(page);
  await page.getByLabel("Your name").fill("Ann");
  await page.getByLabel("Your email address").fill("ann@example.org");
  await page.getByLabel("Your message").fill(NASTY);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByRole("status").filter({ hasText: "could not be taken just now" })).toBeVisible();
  await expect(page.getByLabel("Your message")).toHaveValue(NASTY);
  await expect(page.getByRole("button", { name: "Send message" })).toBeEnabled();
});

test("a robot that fills in everything sends nothing", async ({ request }) => {
  const token = word();
  const form = { name: "Robot", email: "r@example.org", subject: "", text: token, website: "https://spam.example" };
  expect((await request.post(`${origin}/contact`, { form, headers: { origin }, maxRedirects: 0 })).status()).toBe(422);
  // One that comes after it arrives; then the first would have, too.
  const next = word();
  await request.post(`${origin}/contact`, { form: { ...form, text: next, website: "" }, headers: { origin } });
  await expect.poll(() => mails(next).length).toBe(1);
  expect(mails(token)).toEqual([]);
});

test("another site's form is refused", async ({ request }) => {
  const form = { name: "A", email: "a@example.org", text: word() };
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }]) {
    expect((await request.post(`${origin}/contact`, { form, headers })).status()).toBe(403);
  }
});
