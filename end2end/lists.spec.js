// Lists go through to their end; old and variant addresses lead to the one.
const { test, expect, origin, plain, ARTICLE } = require("./helper");

test.use({ javaScriptEnabled: false });

const rows = (page) => page.locator(".list .rows .card__title a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
const days = (page) => page.locator(".list .rows time").evaluateAll((all) => all.map((t) => Date.parse(t.getAttribute("datetime"))));

/** Follows a link of the pager until all of the next page is there: its address is, long before. */
async function turn(page, link) {
  const from = page.url();
  await link.click();
  await expect(page).not.toHaveURL(from);
  await page.waitForLoadState("domcontentloaded");
}

/** Follows `Older` to the end: the pages' addresses and what stands on each. */
async function walk(page, start) {
  const pages = [];
  await page.goto(origin + start);
  for (;;) {
    pages.push({ url: page.url(), rows: await rows(page), days: await days(page) });
    expect(pages.length).toBeLessThan(20);
    const older = page.locator(".list .pager").getByRole("link", { name: "Older" });
    if ((await older.count()) === 0) return pages;
    await turn(page, older);
  }
}

test("Older and Newer go through all news, each article once", async ({ page }) => {
  const pages = await walk(page, "/news");
  expect(pages.length).toBe(Math.ceil((68 + 8 + plain) / 20));
  const all = pages.flatMap((p) => p.rows);
  expect(new Set(all).size).toBe(all.length);
  // 68 of the demo edition, 8 strange ones, and the plain ones of one second.
  expect(all.length).toBe(68 + 8 + plain);
  const times = pages.flatMap((p) => p.days);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  for (const { url } of pages.slice(1)) expect(url).toMatch(/\/news\?before=[\w.-]+$/);
  // And back: the same pages from the other side.
  const back = [await rows(page)];
  for (;;) {
    const newer = page.locator(".list .pager").getByRole("link", { name: "Newer" });
    if ((await newer.count()) === 0) break;
    await turn(page, newer);
    back.unshift(await rows(page));
    expect(back.length).toBeLessThan(20);
  }
  const seen = back.flat();
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(all);
  // Stable: the same address, the same articles.
  await page.goto(pages[1].url);
  expect(await rows(page)).toEqual(pages[1].rows);
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", pages[1].url);
});

test("section, topic, author, month: complete, and all of it theirs", async ({ page }) => {
  const all = (await walk(page, "/news")).flatMap((p) => p.rows);
  for (const section of ["/world", "/odds-and-ends", "/minutes"]) {
    const own = (await walk(page, section)).flatMap((p) => p.rows);
    expect(own).toEqual(all.filter((a) => a.startsWith(`${section}/`)));
  }
  const month = await walk(page, "/news/2011/06");
  expect(month.flatMap((p) => p.rows).length).toBe(plain);
  await page.goto(`${origin}/news/archive`);
  const months = await page.locator(".archive a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  let count = 0;
  for (const path of months) {
    const found = (await walk(page, path)).flatMap((p) => p.rows);
    expect(found.length, path).toBeGreaterThan(0);
    count += found.length;
  }
  expect(count).toBe(all.length);
});

test("keys that a list does not know change nothing", async ({ request }) => {
  const text = async (path) => {
    const response = await request.get(origin + path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(200);
    return (await response.text()).replace(/\d+ minutes? ago/g, "");
  };
  const news = await text("/news");
  for (const query of ["utm_source=x", "page=2", "before=nonsense", "after=", "fbclid=%00", "before[]=1", "%3Cscript%3E"]) {
    expect(await text(`/news?${query}`), query).toBe(news);
  }
  const article = await text(ARTICLE);
  expect(await text(`${ARTICLE}?utm_source=x&fbclid=y`)).toBe(article);
  expect(await text("/?utm_source=x")).toBe(await text("/"));
});

test("variants and old addresses answer 301 to the right place, in one step", async ({ request }) => {
  const cases = {
    "/world/": "/world",
    "/World": "/world",
    "/NEWS/": "/news",
    "/index.html": "/",
    "/index.php": "/",
    "/world/index.html": "/world",
    "/contact/": "/contact",
    "/Staff": "/staff",
    "/economy/who-pays-a-tariff/": ARTICLE,
    "/economy/Who-Pays-A-Tariff": ARTICLE,
    "/economy/who-pays-a-tariff/amp": ARTICLE,
    "/economy/who-pays-a-tariff/amp/": ARTICLE,
    "/economy//who-pays-a-tariff": ARTICLE,
    "/world/who-pays-a-tariff": ARTICLE,
    "/who-pays-a-tariff": ARTICLE,
    "/2026/11/20/who-pays-a-tariff/": ARTICLE,
    "/?p=104": "/odds-and-ends/forty-comments-nine-levels",
    "/?p=102": "/odds-and-ends/item-102",
    "/?page_id=201": "/a-page-from-before",
    "/index.php?p=104": "/odds-and-ends/forty-comments-nine-levels",
    "/2012/03/14/forty-comments-nine-levels/": "/odds-and-ends/forty-comments-nine-levels",
    "/2012/03/02/102/": "/odds-and-ends/item-102",
    "/category/world": "/world",
    "/category/world/": "/world",
    "/category/odds-and-ends/": "/odds-and-ends",
    "/category/news-desk/odds-and-ends/": "/odds-and-ends",
    "/tag/policy": "/topic/policy",
    "/tag/Edge-Cases/": "/topic/edge-cases",
    "/feed/": "/feed.xml",
    "/world/feed/": "/world/feed.xml",
    "/economy/who-pays-a-tariff/feed/": `${ARTICLE}/comments/atom.xml`,
  };
  const wrong = [];
  for (const [from, to] of Object.entries(cases)) {
    const response = await request.get(origin + from, { maxRedirects: 0 });
    const location = response.headers().location;
    const target = location && new URL(location, origin + from);
    if (response.status() !== 301 || target?.origin !== origin || target.pathname + target.search !== to) {
      wrong.push(`${from}: ${response.status()} ${location ?? ""}, not ${to}`);
    } else if ((await request.get(target.href, { maxRedirects: 0 })).status() !== 200) {
      wrong.push(`${from}: its target ${to} is no page`);
    }
  }
  expect(wrong).toEqual([]);
});

test("nothing leads to another site, and nonsense is not found", async ({ request }) => {
  for (const path of ["//evil.example/", "//evil.example//", "/\\evil.example/", "/%2F%2Fevil.example/", "/https://evil.example/"]) {
    let [address, status] = [origin + path, 0];
    for (let hop = 0; hop < 3; hop += 1) {
      const response = await request.get(address, { maxRedirects: 0 });
      status = response.status();
      if (status !== 301) break;
      address = new URL(response.headers().location, address).href;
      expect(new URL(address).origin).toBe(origin);
    }
    expect(status, path).toBe(404);
  }
  for (const path of ["/?p=999999", "/news/2026/13", "/news/2026/1", "/topic/no-such", "/author/no-such", "/category/no-such", "/no/such/place", "/preview/nonsense", "/%00", "/%ff"]) {
    const status = (await request.get(origin + path, { maxRedirects: 3 })).status();
    expect(status, path).toBe(404);
  }
});
