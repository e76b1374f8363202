// No violation of axe's rules, on any kind of page, in either dress.
const { default: AxeBuilder } = require("@axe-core/playwright");
const { test, expect, KINDS, awake, origin, ARTICLE } = require("./helper");

/** What depends on colours and widths; all else is the same in every dress. */
const DRESS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];

async function violations(page, rules) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (rules) axe.withRules(rules);
  // `target-size` is off by default, but part of WCAG 2.2 AA (tag wcag22aa).
  else axe.options({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
  const { violations: found } = await axe.analyze();
  const told = ({ target, any }) => `${target.join(" ")} [${any.map((a) => a.message).join(" ").slice(0, 160)}]`;
  return found.map(({ id, help, nodes }) => `${id}: ${nodes.length} × ${help}; ${nodes.slice(0, 3).map(told).join("; ")}`);
}

for (const kind of KINDS.filter((kind) => !kind.twin)) {
  test(kind.name, async ({ page }) => {
    await page.goto(origin + kind.path);
    await awake(page);
    const found = {};
    for (const [width, colorScheme, rules] of [
      [1280, "light", null],
      [1280, "dark", DRESS],
      [360, "dark", null],
      [360, "light", DRESS],
    ]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      for (const fault of await violations(page, rules)) (found[fault] ??= []).push(`${width} ${colorScheme}`);
    }
    expect(found).toEqual({});
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`the open drawer, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await expect(page.locator("#drawer")).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  test(`an open panel of the navigation, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(origin + ARTICLE);
    await awake(page);
    await page.locator(".main-nav summary").first().press("Enter");
    await expect(page.locator(".main-nav .panel").first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  test(`a form with faults, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${origin}/contact`);
    await awake(page);
    await page.getByRole("button", { name: "Send message" }).click();
    await expect(page.locator("#contact-name-fault")).not.toBeEmpty();
    expect(await violations(page)).toEqual([]);
  });
}
