// Light and dark: the system's choice, then the reader's.
const { test, expect, origin, awake, ARTICLE } = require("./helper");

const ground = (page) =>
  page.evaluate(() => {
    const own = getComputedStyle(document.body).backgroundColor;
    return own === "rgba(0, 0, 0, 0)" ? getComputedStyle(document.documentElement).backgroundColor : own;
  });
const brightness = async (page) => {
  // Whatever notation the browser answers in: painted and read back.
  const colour = await ground(page);
  return page.evaluate((colour) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
    return (r + g + b) / 3;
  }, colour);
};
const stored = (page) => page.evaluate(() => localStorage.getItem("theme"));

test("follows the system until something is chosen", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(origin);
  await awake(page);
  expect(await brightness(page)).toBeLessThan(80);
  await expect(page.getByRole("button", { name: "Dark mode" })).toHaveAttribute("aria-pressed", "true");
  await page.emulateMedia({ colorScheme: "light" });
  expect(await brightness(page)).toBeGreaterThan(200);
  // What a button says of itself is what one sees, also after the system changed.
  await expect(page.getByRole("button", { name: "Dark mode" })).toHaveAttribute("aria-pressed", "false");
  expect(await stored(page)).toBe(null);
});

for (const [system, chosen] of [["light", "dark"], ["dark", "light"]]) {
  test(`${chosen} is chosen on a ${system} system and stays, without a flash`, async ({ page }) => {
    await page.addInitScript(() => {
      window.__seen = {};
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.__seen.body = document.documentElement.dataset.theme ?? "none";
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
      document.addEventListener("DOMContentLoaded", () => (window.__seen.ready = document.documentElement.dataset.theme ?? "none"));
    });
    await page.emulateMedia({ colorScheme: system });
    await page.goto(origin + ARTICLE);
    await awake(page);
    expect(await page.evaluate(() => window.__seen)).toEqual({ body: "none", ready: "none" });
    const button = page.getByRole("button", { name: "Dark mode" });
    const before = await brightness(page);
    await button.press("Enter");
    await expect(button).toHaveAttribute("aria-pressed", String(chosen === "dark"));
    await expect(page.locator("html")).toHaveAttribute("data-theme", chosen);
    expect(await stored(page)).toBe(chosen);
    await expect.poll(() => brightness(page)).not.toBe(before);
    for (const path of [ARTICLE, "/", "/contact"]) {
      await page.goto(origin + path);
      expect(await page.evaluate(() => window.__seen)).toEqual({ body: chosen, ready: chosen });
      const light = await brightness(page);
      if (chosen === "dark") expect(light).toBeLessThan(80);
      else expect(light).toBeGreaterThan(200);
    }
    await awake(page);
    await button.click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", system);
    await expect(button).toHaveAttribute("aria-pressed", String(system === "dark"));
  });
}

test("a theme nobody could have chosen changes nothing", async ({ page }) => {
  await page.goto(origin);
  await page.evaluate(() => localStorage.setItem("theme", '"><script>alert(1)</script>'));
  await page.reload();
  await awake(page);
  expect(await brightness(page)).toBeGreaterThan(200);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page follows the system, and there is no switch that does nothing", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(origin);
    await expect(page.locator(".theme-switch")).toBeHidden();
    const dark = await ground(page);
    await page.emulateMedia({ colorScheme: "light" });
    expect(await ground(page)).not.toBe(dark);
  });
});
