// No control does nothing, no link leads nowhere.
const { test, expect, origin, preview, KINDS, ARTICLE, awake } = require("./helper");

test("no control does nothing", async ({ page }) => {
  for (const kind of KINDS) {
    await page.goto(origin + kind.path);
    await awake(page);
    const idle = await page.evaluate(() => {
      const found = [];
      // An `a` without an address in an old body is text, not a control.
      for (const a of document.querySelectorAll("a[href], body > :not(main) a, main a:not(.prose a)")) {
        const href = a.getAttribute("href");
        const target = href?.startsWith("#") && href.length > 1 && document.getElementById(decodeURIComponent(href.slice(1)));
        if (!href || (href.startsWith("#") && !target) || /^javascript:/i.test(href)) found.push(a.outerHTML.slice(0, 160));
        const named = a.textContent.trim() || a.getAttribute("aria-label") || a.querySelector("img[alt]:not([alt=''])");
        if (!named && a.getAttribute("aria-hidden") !== "true") found.push(`no name: ${a.outerHTML.slice(0, 160)}`);
      }
      for (const button of document.querySelectorAll("button, input[type=submit], input[type=button]")) {
        const sends = button.type === "submit" && button.form?.getAttribute("action");
        const opens = button.getAttribute("popovertarget") && document.getElementById(button.getAttribute("popovertarget"));
        if (!sends && !opens && !button.closest("leptos-island")) found.push(button.outerHTML.slice(0, 160));
      }
      for (const select of document.querySelectorAll("select, input:not([type=hidden])")) if (!select.form) found.push(select.outerHTML.slice(0, 160));
      return found;
    });
    expect(idle, kind.path).toEqual([]);
  }
});

test("every link of our own leads to a page, without a detour", async ({ request }) => {
  const links = new Map();
  const visit = async (path) => {
    const html = await (await request.get(origin + path)).text();
    for (const [, raw] of html.matchAll(/\s(?:href|src)="([^"#][^"]*)"/g)) {
      const url = new URL(raw.replaceAll("&amp;", "&"), origin + path);
      if (url.origin === origin && !links.has(url.pathname + url.search)) links.set(url.pathname + url.search, path);
    }
  };
  // A preview names the address that its article will have, where nothing is yet.
  for (const kind of KINDS.filter(({ path }) => path !== preview)) await visit(kind.path);
  const wrong = [];
  for (const [link, from] of links) {
    // The words of an archive lead to its old addresses, which know the way.
    const old = /^\/20\d\d\//.test(link);
    const answer = await request.head(origin + link, { maxRedirects: old ? 1 : 0 });
    if (answer.status() !== 200) wrong.push(`${answer.status()} ${link} (on ${from})`);
  }
  expect(links.size).toBeGreaterThan(80);
  expect(wrong).toEqual([]);
});

test("links to other services give them no way back into the page, and no frame of theirs is here", async ({ page }) => {
  await page.goto(origin + ARTICLE);
  const outside = await page.locator("a[target=_blank]").evaluateAll((all) => all.map((a) => a.rel));
  for (const rel of outside) expect(rel.split(" ")).toContain("noopener");
  await expect(page.locator("iframe, object, embed, video, audio")).toHaveCount(0);
});
