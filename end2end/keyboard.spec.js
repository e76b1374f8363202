// Everything by keyboard: seen, reached, opened, closed.
const { test, expect, origin, ARTICLE, CONVERSATION, awake, texts } = require("./helper");

test("the skip link comes first, is seen, and skips", async ({ page }) => {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Enter");
    await expect(page.locator("#main")).toBeFocused();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => Boolean(document.activeElement.closest("#main")))).toBe(true);
  }
});

/** What is wrong with the element that has the focus; empty where nothing is. */
const faultOfFocus = (page) =>
  page.evaluate(async () => {
    const element = document.activeElement;
    if (!element || element === document.body) return { end: true };
    // Until the scroll has come to rest.
    for (let last = -1; last !== scrollY; ) {
      last = scrollY;
      await new Promise((next) => requestAnimationFrame(next));
    }
    const name = `${element.tagName.toLowerCase()}.${element.className}#${element.id} “${(element.textContent || element.name || "").trim().slice(0, 40)}”`;
    const faults = [];
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
    if (!ring && style.boxShadow === "none") faults.push("no visible focus");
    const [box] = [...element.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
    if (!box) faults.push("has no box");
    else if (box.height < innerHeight / 2) {
      if (box.bottom < 1 || box.top > innerHeight - 1 || box.right < 1 || box.left > innerWidth - 1) faults.push("outside the window");
      const bar = document.querySelector(".compact__bar");
      const cover = bar.getBoundingClientRect();
      const shown = getComputedStyle(bar).visibility !== "hidden" && cover.height > 0 && cover.bottom > 0;
      if (shown && !bar.contains(element) && !element.contains(bar) && cover.top <= 1 && box.top < cover.bottom - 1 && box.bottom > cover.top) {
        const hit = document.elementFromPoint(Math.max(1, box.left + box.width / 2), Math.max(1, box.top + 2));
        if (hit && bar.contains(hit)) faults.push(`covered by the compact bar (${Math.round(box.top)} < ${Math.round(cover.bottom)})`);
      }
    }
    return { name, faults };
  });

for (const [width, path] of [[1280, ARTICLE], [360, ARTICLE], [1280, CONVERSATION], [360, "/"]]) {
  test(`the focus is always seen on ${path} at ${width}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height: 700 });
    await page.goto(origin + path);
    await awake(page);
    const faults = new Set();
    let stops = 0;
    for (; stops < 400; stops += 1) {
      await page.keyboard.press("Tab");
      const found = await faultOfFocus(page);
      if (found.end) break;
      for (const fault of found.faults) faults.add(`${found.name}: ${fault}`);
    }
    expect(stops).toBeGreaterThan(60);
    expect(stops).toBeLessThan(400);
    // And all the way back, where a bar at the top can cover what comes up.
    await page.locator(".site-foot__pages a").last().focus();
    for (let n = 0; n < stops; n += 1) {
      await page.keyboard.press("Shift+Tab");
      const found = await faultOfFocus(page);
      if (found.end) break;
      for (const fault of found.faults) faults.add(`${found.name} (backwards): ${fault}`);
    }
    expect([...faults]).toEqual([]);
  });
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("the drawer opens and closes, and gives the focus back", async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 800 });
      await page.goto(origin + ARTICLE);
      if (scripts) await awake(page);
      const button = page.getByRole("button", { name: "Menu", exact: true });
      const drawer = page.locator("#drawer");
      await expect(drawer).toBeHidden();
      await button.focus();
      await page.keyboard.press("Enter");
      await expect(drawer).toBeVisible();
      await page.keyboard.press("Tab");
      const focused = () => page.evaluate(() => document.activeElement.closest("#drawer") !== null);
      expect(await focused()).toBe(true);
      await expect(page.getByRole("button", { name: "Close Menu" })).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(drawer).toBeHidden();
      await expect(button).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(drawer).toBeVisible();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect(drawer).toBeHidden();
      await expect(button).toBeFocused();
      // A click beside it closes it, too.
      await page.keyboard.press("Enter");
      await expect(drawer).toBeVisible();
      await page.mouse.click(355, 400);
      await expect(drawer).toBeHidden();
    });

    test("a panel of the navigation opens by keyboard", async ({ page }) => {
      await page.goto(origin + ARTICLE);
      if (scripts) await awake(page);
      const item = page.locator(".main-nav__item", { has: page.locator("a[href='/world']") }).first();
      const other = page.locator(".main-nav__item", { has: page.locator("a[href='/politics']") }).first();
      const [panel, summary] = [item.locator(".panel"), item.locator("summary")];
      await expect(panel).toBeHidden();
      await item.locator(".main-nav__link").focus();
      await page.keyboard.press("Tab");
      await expect(summary).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(panel).toBeVisible();
      await expect(panel.locator("li")).toHaveCount(4);
      expect(await panel.locator("li").evaluateAll((all) => all.every((li) => li.querySelector(".card__picture") && li.querySelector(".card__title a") && li.querySelector("time")))).toBe(true);
      const box = await panel.boundingBox();
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(1280);
      await page.keyboard.press("Tab");
      await expect(panel.locator(".card__title a").first()).toBeFocused();
      await other.locator("summary").press("Enter");
      await expect(other.locator(".panel")).toBeVisible();
      await expect(panel).toBeHidden();
      await other.locator("summary").press("Enter");
      await expect(other.locator(".panel")).toBeHidden();
    });
  });
}

test("a panel of the navigation opens under the pointer", async ({ page }) => {
  await page.goto(origin + ARTICLE);
  const item = page.locator(".main-nav__item", { has: page.locator("a[href='/congress']") }).first();
  await item.locator(".main-nav__link").hover();
  await expect(item.locator(".panel")).toBeVisible();
  // The pointer gets into it without its closing.
  await item.locator(".panel .card__title a").first().hover();
  await expect(item.locator(".panel")).toBeVisible();
  await page.locator("h1").hover();
  await expect(item.locator(".panel")).toBeHidden();
});

test("the compact bar comes when the masthead has gone, and scrolls sideways on phones", async ({ page }) => {
  await page.goto(origin + ARTICLE);
  const bar = page.locator(".compact__bar");
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 700 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect.poll(() => bar.evaluate((b) => {
      const mast = document.querySelector(".masthead .logo").getBoundingClientRect();
      const box = b.getBoundingClientRect();
      const shown = getComputedStyle(b).visibility !== "hidden" && Number(getComputedStyle(b).opacity) > 0 && box.bottom > 0;
      return !(shown && box.top <= 0 && mast.bottom > 0 && box.bottom > mast.top);
    }), "not over the masthead").toBe(true);
    await page.evaluate(() => window.scrollTo(0, 1500));
    await expect(bar).toBeInViewport({ ratio: 0.9 });
    expect((await bar.boundingBox()).y).toBeLessThanOrEqual(1);
    await expect(bar.getByRole("link", { name: "The Politic Review" })).toBeVisible();
    const last = bar.getByRole("link", { name: "Tech" });
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollLeft)).toBe(0);
    expect((await texts(bar.getByRole("link"))).includes("News")).toBe(false);
  }
});
