// Searching: by the overlay with the keyboard, on a phone, and without scripts.
const { test, expect, origin, ARTICLE, awake } = require("./helper");

const field = (page) => page.locator("#finder-field");
const options = (page) => page.locator("#finder-list [role=option]");

test.describe("with scripts", () => {
  test("with the keyboard alone: open, type, choose, go", async ({ page }) => {
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.keyboard.press("/");
    await expect(page.getByRole("dialog", { name: "Search" })).toBeVisible();
    await expect(field(page)).toBeFocused();
    await expect(page.getByText("Type above and press Enter to search. Press Esc to cancel.")).toBeVisible();
    // As somebody types: unfinished, and with an error in it.
    await page.keyboard.type("securty coun");
    await expect(options(page).first()).toContainText("Nine Votes and No Veto");
    await expect(page.getByRole("combobox", { name: "Search" })).toHaveAttribute("aria-expanded", "true");
    await expect(page.locator("#finder-said")).toHaveText(
      /^No results for “securty”\. These are for “security”\. (\d articles? found|See all \d+ articles)$/,
    );
    await page.keyboard.press("ArrowDown");
    await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
    const active = await field(page).getAttribute("aria-activedescendant");
    expect(active).toBe(await options(page).first().getAttribute("id"));
    await page.keyboard.press("ArrowUp");
    await expect(field(page)).not.toHaveAttribute("aria-activedescendant", /./);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/un-security-council-veto$/);
    // What was looked for is remembered in this browser, until it is cleared.
    await awake(page);
    await page.keyboard.press("Control+k");
    const recent = page.locator("#finder-recent button", { hasText: "securty coun" });
    await page.keyboard.press("ArrowDown");
    await expect(recent).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(field(page)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(field(page)).toHaveValue("securty coun");
    await expect(field(page)).toBeFocused();
    await expect(options(page).first()).toContainText("Nine Votes and No Veto");
    await field(page).fill("");
    await page.getByRole("button", { name: "Clear" }).click();
    await expect(page.locator("#finder-recent")).toBeHidden();
    expect(await page.evaluate(() => localStorage.getItem("searches"))).toBeNull();
  });

  test("what is typed on drops the choice; opened again nothing is chosen", async ({ page }) => {
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.keyboard.press("/");
    await page.keyboard.type("veto");
    await expect(options(page).first()).toContainText("What a Governor Can Veto");
    const chosen = page.locator("#finder-list [aria-selected=true]");
    await page.keyboard.press("ArrowDown");
    await expect(chosen).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "Search" })).toBeHidden();
    await page.keyboard.press("/");
    await expect(field(page)).toBeFocused();
    await expect(chosen).toHaveCount(0);
    await page.keyboard.press("ArrowDown");
    await expect(chosen).toHaveCount(1);
    // The answer to the new words is still on its way.
    await page.route("**/search/typed**", () => {});
    await page.keyboard.type(" tariff");
    await expect(chosen).toHaveCount(0);
    await expect(field(page)).not.toHaveAttribute("aria-activedescendant", /./);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/search\?q=/);
  });

  for (const [what, answer, said] of [
    ["away", (route) => route.fulfill({ status: 503 }), "The search is away for a moment. Press Enter to try again."],
    ["asked too often", (route) => route.fulfill({ status: 429 }), "These were many questions in a minute. Please wait a little before the next one."],
    ["out of reach", (route) => route.abort(), "There is no connection just now. What you type stays here."],
  ]) {
    test(`a search that is ${what} says so`, async ({ page }) => {
      await page.route("**/search/typed**", answer);
      await page.goto(origin + ARTICLE);
      await awake(page);
      await page.keyboard.press("/");
      await page.keyboard.type("veto");
      await expect(page.locator("#finder-said")).toHaveText(said);
      await expect(options(page)).toHaveCount(0);
    });
  }

  test("the field stays where it is, however long the list", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 560 });
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.locator(".masthead").getByRole("link", { name: "Search" }).click();
    await field(page).fill("congress");
    await expect(options(page).nth(6)).toBeAttached();
    for (let n = 0; n < 7; n += 1) await page.keyboard.press("ArrowDown");
    await expect(field(page)).toBeInViewport({ ratio: 1 });
    await expect(page.locator("#finder-close")).toBeInViewport({ ratio: 1 });
    await expect(options(page).nth(6)).toBeInViewport();
  });

  test("Esc closes and gives the focus back; Enter leads to all results", async ({ page }) => {
    await page.goto(origin + ARTICLE);
    await awake(page);
    const button = page.locator(".masthead").getByRole("link", { name: "Search" });
    await button.click();
    await expect(field(page)).toBeFocused();
    // Focus stays inside: page and browser around it are out of reach of Tab.
    for (let n = 0; n < 6; n += 1) {
      await page.keyboard.press("Tab");
      const outside = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
      expect(outside).toBe(false);
    }
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "Search" })).toBeHidden();
    await expect(button).toBeFocused();
    await button.click();
    await field(page).fill("tariff");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${origin}/search?q=tariff`);
    await expect(page.locator(".results .result").first()).toContainText("Who Pays a Tariff?");
  });

  test("a slash that somebody writes is a slash", async ({ page }) => {
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.locator("#reply-text").focus();
    await page.keyboard.type("either/or");
    await expect(page.locator("#reply-text")).toHaveValue("either/or");
    await expect(page.getByRole("dialog", { name: "Search" })).toBeHidden();
  });

  test("on a phone by touch", async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.locator(".masthead").getByRole("link", { name: "Search" }).tap();
    await field(page).fill("asylum");
    await options(page).first().tap();
    await expect(page).toHaveURL(/how-an-asylum-case-moves$/);
    await context.close();
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the button is a link, the results narrow by links, and nothing found helps on", async ({ page }) => {
    await page.goto(origin + ARTICLE);
    await page.locator(".masthead").getByRole("link", { name: "Search" }).click();
    await expect(page).toHaveURL(`${origin}/search`);
    const box = page.locator("main").getByRole("searchbox", { name: "Search" });
    await box.fill("law");
    await box.press("Enter");
    await expect(page.locator(".results__count")).toHaveText(/^\d+ articles$/);
    await expect(page.locator(".results mark").first()).toBeVisible();
    const before = Number.parseInt(await page.locator(".results__count").textContent(), 10);
    await page.locator(".filter summary", { hasText: "Section" }).click();
    await page.locator(".filter[open] a", { hasText: "Congress" }).click();
    await expect(page).toHaveURL(/section=congress/);
    const after = Number.parseInt(await page.locator(".results__count").textContent(), 10);
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan(before);
    await page.getByRole("link", { name: "Congress: take this filter away" }).click();
    await expect(page.locator(".results__count")).toHaveText(`${before} articles`);
    await page.getByRole("link", { name: "Newest" }).click();
    const dates = await page.locator(".result__by time").evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    await page.goto(`${origin}/search?q=%22tariff+veto%22`);
    await expect(page.getByText("Nothing was found.")).toBeVisible();
    await page.locator(".results__meant a").click();
    await expect(page.locator(".results .result")).not.toHaveCount(0);
  });
});
