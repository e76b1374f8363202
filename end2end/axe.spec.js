// No violation of axe's rules, on any kind of page, in either dress.
const { default: AxeBuilder } = require("@axe-core/playwright");
const { test, expect, KINDS, awake, origin, ARTICLE } = require("./helper");

async function violations(page) {
  const { violations: found } = await new AxeBuilder({ page })
    // Off by default, but part of WCAG 2.2 AA (tag wcag22aa).
    .options({ rules: { "target-size": { enabled: true } } })
    .setLegacyMode(true)
    .analyze();
  return found.map((v) => `${v.id}: ${v.nodes.length} × ${v.help}; ${v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")} [${n.any.map((a) => a.message).join(" ").slice(0, 160)}]`).join("; ")}`);
}

for (const kind of KINDS) {
  test(kind.name, async ({ page }) => {
    await page.goto(origin + kind.path);
    await awake(page);
    const found = {};
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const fault of await violations(page)) (found[fault] ??= []).push(`${width} ${colorScheme}`);
      }
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
