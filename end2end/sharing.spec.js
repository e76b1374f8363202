// The share rows: plain links; the island makes Copy Link copy, adds what the device has
// and passages, and tells our own server what was used.
const ogs = require("open-graph-scraper");
const { test, expect, origin, editor, ARTICLE, awake, faultless } = require("./helper");

test("copies the page's own address and says so", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  for (const row of [0, 1]) {
    await page.goto(`${origin}${ARTICLE}?utm_source=letter#comments`);
    await awake(page);
    await page.evaluate(() => navigator.clipboard.writeText("before"));
    const here = page.url();
    const share = page.locator(".share").nth(row);
    await expect(share.getByRole("status")).toBeEmpty();
    await share.getByRole("link", { name: "Copy Link" }).press("Enter");
    await expect(share.getByRole("status")).toHaveText("Link copied");
    await expect(share.getByRole("status")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(origin + ARTICLE);
    expect(page.url()).toBe(here);
  }
});

test("where the browser refuses, it does what a link does", async ({ page, context }) => {
  await context.clearPermissions();
  await page.addInitScript(() => (navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"))));
  await page.goto(`${origin}${ARTICLE}?utm_source=letter`);
  await awake(page);
  await page.locator(".share").first().getByRole("link", { name: "Copy Link" }).click();
  await expect(page).toHaveURL(origin + ARTICLE);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("it is a link to the page's own address", async ({ page }) => {
    await page.goto(`${origin}${ARTICLE}?utm_source=letter`);
    const link = page.locator(".share").first().getByRole("link", { name: "Copy Link" });
    await expect(link).toHaveAttribute("href", origin + ARTICLE);
    await link.click();
    await expect(page).toHaveURL(origin + ARTICLE);
  });
});

// Robots are not counted, and this browser's own name is one's.
const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36";

/** Answers in the services' place: nothing leaves this machine. */
async function services(context) {
  await context.route(/^https:\/\//, (route) => route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" }));
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts, userAgent: PERSON });

    test("a click leads to the service, and is told to our server alone", async ({ page, context }) => {
      await services(context);
      const told = [];
      context.on("request", (request) => {
        if (new URL(request.url()).pathname.startsWith("/shared/")) told.push(`${request.method()} ${request.url()}`);
      });
      await page.goto(origin + ARTICLE);
      if (scripts) await awake(page);
      const [elsewhere] = await Promise.all([
        context.waitForEvent("page"),
        page.locator(".share").first().getByRole("link", { name: "Telegram" }).click(),
      ]);
      await expect(elsewhere).toHaveTitle("Elsewhere");
      expect(new URL(elsewhere.url()).host).toBe("t.me");
      expect(await elsewhere.evaluate(() => window.opener)).toBe(null);
      await expect.poll(() => told).toEqual([`POST ${origin}/shared/telegram/who-pays-a-tariff`]);
    });

    test("what only scripts can do is offered only with them", async ({ page }) => {
      await page.addInitScript(() => (navigator.share = () => Promise.resolve()));
      await page.goto(origin + ARTICLE);
      if (scripts) await awake(page);
      await expect(page.getByRole("button", { name: "More ways to share" })).toHaveCount(scripts ? 2 : 0);
    });
  });
}

test("the device's own sheet gets title and address", async ({ page }) => {
  await page.addInitScript(() => {
    window.shared = [];
    navigator.share = (what) => Promise.resolve(window.shared.push(what));
  });
  await page.goto(origin + ARTICLE);
  await awake(page);
  await page.getByRole("button", { name: "More ways to share" }).first().press("Enter");
  await expect
    .poll(() => page.evaluate(() => window.shared))
    .toEqual([{ title: "Who Pays a Tariff? Follow One Container From the Pier to the Price Tag", url: origin + ARTICLE }]);
});

test("a selected passage is passed on with an address that leads to it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await page.addInitScript(() => delete Navigator.prototype.share);
  await page.goto(origin + ARTICLE);
  await awake(page);
  const button = page.getByRole("button", { name: "Share this passage" });
  await expect(button).toBeHidden();
  // From within the third word to within a word of a few lines later.
  const words = await page.locator(".prose > p").first().evaluate((paragraph) => {
    const text = paragraph.firstChild;
    const [, , third] = [...text.data.matchAll(/\S+/g)];
    const end = [...text.data.matchAll(/[A-Za-z]{5,}/g)].filter((word) => word.index > third.index + 60)[0];
    getSelection().setBaseAndExtent(text, third.index + 1, text, end.index + 2);
    return text.data.slice(third.index, end.index + end[0].length);
  });
  await expect(button).toBeVisible();
  await button.click();
  await expect(page.getByRole("button", { name: "Passage copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [quote, address] = [copied.slice(0, copied.lastIndexOf(" ")), copied.slice(copied.lastIndexOf(" ") + 1)];
  expect(quote).toBe(`“${words}”`);
  expect(address.startsWith(`${origin}${ARTICLE}#:~:text=`)).toBe(true);
  // The browser itself finds it there.
  await page.evaluate(() => getSelection().removeAllRanges());
  await expect(button).toBeHidden();
  const found = await page.evaluate((address) => {
    const [start, end] = address.split("#:~:text=")[1].split(",").map(decodeURIComponent);
    const text = document.querySelector(".prose").innerText.replace(/\s+/g, " ");
    return text.includes(start) && (end === undefined || text.indexOf(end) > text.indexOf(start));
  }, address);
  expect(found).toBe(true);
  // What is selected elsewhere is nothing of the article's.
  await page.locator(".article__title").evaluate((title) => getSelection().selectAllChildren(title));
  await expect(button).toBeHidden();
});

test("the newsroom sees what was passed on", async ({ browser }) => {
  const context = await browser.newContext({ userAgent: PERSON });
  await services(context);
  const page = await context.newPage();
  await page.goto(`${origin}/congress/why-it-takes-60`);
  await awake(page);
  await Promise.all([
    page.waitForResponse((response) => response.url().includes("/shared/facebook/") && response.status() === 204),
    page.locator(".share").last().getByRole("link", { name: "Facebook" }).click(),
  ]);
  await context.close();
  const desk = await browser.newPage();
  await desk.goto(`${origin}/newsroom/sign-in`);
  await desk.getByRole("main").getByLabel("Email address").fill("editor@example.org");
  await desk.getByLabel("Password").fill(editor);
  await desk.getByRole("button", { name: "Sign in" }).click();
  await desk.getByRole("link", { name: "Sharing" }).click();
  await expect(desk.locator("tbody tr", { hasText: "Why It Takes 60" })).toContainText("Facebook 1");
  await faultless(desk);
  await desk.close();
});

// What services show of a shared article, read by a parser that is not ours.
for (const [path, title, picture] of [
  [ARTICLE, "Who Pays a Tariff? Follow One Container From the Pier to the Price Tag", true],
  ["/politics/read-the-bill-first", "Read the Bill Before You Argue About It", false],
]) {
  test(`a crawler sees what is shared: ${path}`, async ({ request }) => {
    const html = await (await request.get(`${origin}${path}?utm_source=letter`)).text();
    const { result } = await ogs({ html });
    expect(result).toMatchObject({ success: true, ogTitle: title, ogUrl: origin + path, ogType: "article", ogSiteName: "The Politic Review" });
    expect(result.ogDescription.length).toBeGreaterThan(40);
    const [image] = result.ogImage ?? [];
    if (!picture) {
      expect(result.ogImage?.length ?? 0).toBeLessThan(2);
      return;
    }
    expect(result.twitterCard).toBe("summary_large_image");
    expect([image.width, image.height]).toEqual(["1200", "630"]);
    expect(image.alt.length).toBeGreaterThan(20);
    const answer = await request.get(image.url);
    expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/jpeg"]);
  });
}

test("a reader names the own server of Mastodon once", async ({ page, context }) => {
  await services(context);
  await page.goto(`${origin}/share/mastodon?article=who-pays-a-tariff`);
  await page.getByLabel("Your server").fill("nowhere");
  await page.getByRole("button", { name: "Use this server" }).click();
  await expect(page.getByLabel("Your server")).toHaveAttribute("aria-invalid", "true");
  await faultless(page);
  await page.getByLabel("Your server").fill("@ann@news.social");
  await page.getByRole("button", { name: "Use this server" }).click();
  await faultless(page);
  await page.goto(`${origin}/share/mastodon?article=why-it-takes-60`);
  await page.getByRole("link", { name: "Share on news.social" }).click();
  await expect(page).toHaveURL(/^https:\/\/news\.social\/share\?text=Why%20It%20Takes%2060%20http/);
});
