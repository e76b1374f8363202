// Copy Link: a plain link that the island makes copy.
const { test, expect, origin, ARTICLE, awake } = require("./helper");

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
