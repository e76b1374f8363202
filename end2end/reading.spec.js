// The article page, in the first HTML: everything is there before any script.
const { test, expect, origin, ARTICLE, CONVERSATION, texts } = require("./helper");

test.use({ javaScriptEnabled: false });

const TITLE = "Who Pays a Tariff? Follow One Container From the Pier to the Price Tag";

test("breadcrumb, label, byline and reading time", async ({ page }) => {
  await page.goto(origin + ARTICLE);
  const crumbs = page.getByRole("navigation", { name: "Breadcrumb" });
  expect(await texts(crumbs.locator("li"))).toEqual(["Home", "Economy", TITLE]);
  expect(await crumbs.locator("a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))).toEqual(["/", "/economy"]);
  await expect(page.locator("article.article .article__head .label a")).toHaveAttribute("href", "/economy");
  const byline = page.locator(".byline");
  await expect(byline.getByRole("link", { name: "Tobias Lindqvist-Rhee" })).toHaveAttribute("href", "/author/tobias-lindqvist-rhee");
  await expect(byline.locator("img")).toHaveCount(1);
  await expect(byline).toContainText("By Tobias Lindqvist-Rhee");
  await expect(byline).toContainText("November 20, 2026");
  await expect(byline).toContainText("Updated November 20, 2026");
  await expect(byline.getByRole("link", { name: "14 Comments" })).toHaveAttribute("href", "#comments");
  // Words of standfirst and body ÷ 200, rounded up.
  const words = await page.evaluate(() => {
    const count = (text) => text.split(/\s+/).filter(Boolean).length;
    const blocks = [...document.querySelectorAll(".prose")].flatMap((p) => [...p.querySelectorAll("p, li, h2, h3, h4, td, th, dt, dd, figcaption, pre")]);
    const own = blocks.filter((b) => !b.querySelector("p, li, td"));
    return count(document.querySelector("article > .standfirst").textContent) + own.reduce((n, b) => n + count(b.textContent), 0);
  });
  const said = Number((await byline.textContent()).match(/(\d+) Mins? Read/)[1]);
  expect(Math.abs(said - words / 200)).toBeLessThanOrEqual(1.05);
  // The order of the article's regions.
  // An island is no region: what it stands around is.
  const order = await page
    .locator("article.article > *")
    .evaluateAll((all) => all.map((e) => (e.localName === "leptos-island" ? e.querySelector("[class]") : e).className.split(" ")[0]));
  expect(order).toEqual(["breadcrumb", "article__head", "share", "lead-picture", "standfirst", "prose", "article__address", "share", "tags", "about-authors", "related", "comments"]);
  await expect(page.locator(".about-authors")).toContainText("Tobias Lindqvist-Rhee");
  expect(await texts(page.locator(".tags a"))).toEqual(expect.arrayContaining(["Policy", "Donald Trump"]));
});

test("share rows: the services, their order, their addresses", async ({ page }) => {
  await page.goto(origin + ARTICLE);
  const address = origin + ARTICLE;
  const standfirst = await page.locator("article > .standfirst").textContent();
  // What is shared is the picture as large as it is made.
  const picture = await page.locator(".lead-picture img").evaluate((img) => {
    const widths = img.previousElementSibling.srcset.match(/\d+(?=w)/g).map(Number);
    return img.src.replace(/-\d+\.jpg$/, `-${Math.max(...widths)}.jpg`);
  });
  // A service's page: host and path, then the values it must be given.
  const services = {
    Facebook: ["https://www.facebook.com/sharer/sharer.php", { u: address }],
    Twitter: ["https://twitter.com/intent/tweet", { url: address, text: TITLE }],
    Pinterest: ["https://www.pinterest.com/pin/create/button/", { url: address, media: picture, description: TITLE }],
    "Copy Link": [address, {}],
    LinkedIn: ["https://www.linkedin.com/sharing/share-offsite/", { url: address }],
    Tumblr: ["https://www.tumblr.com/widgets/share/tool", { canonicalUrl: address, title: TITLE, caption: standfirst }],
    Email: ["mailto:", { subject: TITLE, body: `${standfirst}\r\n\r\n${address}` }],
    VKontakte: ["https://vk.com/share.php", { url: address, title: TITLE, image: picture }],
    Telegram: ["https://t.me/share/url", { url: address, text: TITLE }],
  };
  const rows = page.locator(".share");
  await expect(rows).toHaveCount(2);
  for (const [n, heading, order] of [
    [0, "Share", ["Facebook", "Twitter", "Pinterest", "Copy Link", "LinkedIn", "Tumblr", "Email", "VKontakte", "Telegram"]],
    [1, "Share.", ["Facebook", "Twitter", "Pinterest", "LinkedIn", "Tumblr", "Email", "Telegram", "Copy Link"]],
  ]) {
    const row = rows.nth(n);
    await expect(row.locator(".share__heading")).toHaveText(heading);
    const links = row.getByRole("link");
    expect(await texts(links)).toEqual(order);
    for (const [at, name] of order.entries()) {
      await expect(links.nth(at)).toHaveAccessibleName(name);
      const href = await links.nth(at).getAttribute("href");
      const [target, values] = services[name];
      expect(href.split("?")[0]).toBe(target);
      const query = Object.fromEntries((href.split("?")[1] ?? "").split("&").filter(Boolean).map((p) => p.split("=").map(decodeURIComponent)));
      expect(query).toEqual(values);
      expect(href).not.toMatch(/[\s"<>’]/);
    }
  }
});

test("related, sidebar and footer: counts, no article twice, never the one that is read", async ({ page }) => {
  for (const path of [ARTICLE, "/elections/how-congress-counts-electoral-votes", "/united-states/how-an-asylum-case-moves", CONVERSATION]) {
    await page.goto(origin + path);
    const hrefs = (selector) => page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    const related = await hrefs(".related .card__title a");
    expect(related.length).toBe(6);
    expect(new Set([...related, path]).size).toBe(7);
    await expect(page.locator(".related .card:has(.card__picture):has(.label):has(time)")).toHaveCount(6);
    const block = (name) => `.sidebar section:has(> h2:text-is("${name}"))`;
    const picks = await hrefs(`${block("Editors Picks")} .card__title a`);
    const latest = await hrefs(`${block("Latest News")} li > a`);
    const footer = await hrefs(".site-foot__latest li > a");
    expect([picks.length, latest.length, footer.length]).toEqual([4, 3, 3]);
    await expect(page.locator(`${block("Editors Picks")} .card:has(.card__picture img):has(time)`)).toHaveCount(4);
    await expect(page.locator(`${block("Latest News")} li:has(time)`)).toHaveCount(3);
    expect(picks).not.toContain(path);
    expect(latest).not.toContain(path);
    for (const article of latest) expect([...picks, ...footer]).not.toContain(article);
    // The newest that are left.
    const news = await (await page.request.get(`${origin}/news`)).text();
    const newest = [...news.matchAll(/<h2 class="card__title"><a href="([^"]+)"/g)].map((m) => m[1]);
    expect(footer).toEqual(newest.slice(0, 3));
    expect(latest).toEqual(newest.filter((a) => a !== path && ![...picks, ...footer].includes(a)).slice(0, 3));
    await expect(page.locator("form:has(input[type=email][name=email]):not(.form)")).toHaveCount(2);
    await expect(page.locator("form[action='/newsletter']")).toHaveCount(2);
    expect(await texts(page.locator(".newsletter__heading"))).toEqual(["Subscribe to News", "Subscribe to Updates"]);
  }
});

test("the conversation: in the first HTML, nested, in order", async ({ page, request }) => {
  const html = await (await request.get(origin + CONVERSATION)).text();
  for (let level = 1; level <= 9; level += 1) expect(html).toContain(`This stands at level ${level}.`);
  for (const hidden of ["Buy this.", "Not looked at yet.", "says so too", "@old.example", "192.0.2.7"]) expect(html).not.toContain(hidden);
  await page.goto(origin + CONVERSATION);
  await expect(page.locator(".byline").getByRole("link", { name: "40 Comments" })).toHaveAttribute("href", "#comments");
  await expect(page.locator("#comments > h2")).toHaveText("Add A Comment");
  await expect(page.locator(".comments .comment")).toHaveCount(40);
  await expect(page.locator("#reply-heading")).toHaveText("Leave A Reply");
  const levels = await page.locator(".comment").evaluateAll((all) => {
    const of = (n) => all.find((c) => c.textContent.includes(`This stands at level ${n}.`));
    return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ left: of(n).getBoundingClientRect().left, at: all.indexOf(of(n)) }));
  });
  for (let n = 1; n < 9; n += 1) {
    expect(levels[n].at, "an answer stands below what it answers").toBeGreaterThan(levels[n - 1].at);
    if (n <= 5) expect(levels[n].left, "and further in").toBeGreaterThan(levels[n - 1].left);
    else expect(levels[n].left).toBeGreaterThanOrEqual(levels[n - 1].left);
  }
  const deepest = page.locator(".comment", { hasText: "This stands at level 9." });
  await expect(deepest.locator(".comment__answers a")).toHaveText("Level 8");
  const ids = await page.locator(".comment").evaluateAll((all) => all.map((c) => c.id));
  expect(new Set(ids).size).toBe(40);
  for (const id of ids) expect(id).toMatch(/^comment-\d+$/);
});

for (const width of [360, 1280]) {
  test(`a comment's own address shows it, not covered, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(origin + CONVERSATION);
    const ids = await page.locator(".comment").evaluateAll((all) => all.map((c) => c.id));
    for (const id of [ids[0], ids[12], ids[25]]) {
      await page.goto("about:blank");
      await page.goto(`${origin}${CONVERSATION}#${id}`);
      await expect(page.locator(`#${id} .comment__head`)).toBeInViewport({ ratio: 1 });
      const { top, bar, over } = await page.evaluate((id) => {
        const head = document.querySelector(`#${id} .comment__head`).getBoundingClientRect();
        const shown = document.querySelector(".compact__bar").getBoundingClientRect();
        const hit = document.elementFromPoint(head.left + 4, head.top + head.height / 2);
        return { top: head.top, bar: shown.top < 100 ? shown.bottom : 0, over: hit?.closest(`#${id}`) ? "" : hit?.outerHTML.slice(0, 200) };
      }, id);
      expect(top).toBeGreaterThanOrEqual(bar - 1);
      expect(over).toBe("");
    }
  });
}

test("the comments' link of the byline leads to the conversation", async ({ page }) => {
  await page.goto(origin + CONVERSATION);
  await page.locator(".byline__comments").click();
  await expect(page).toHaveURL(/#comments$/);
  await expect(page.locator("#comments > h2")).toBeInViewport({ ratio: 1 });
});

test("what is not public is nowhere", async ({ request }) => {
  for (const slug of ["behind-a-password", "not-finished", "for-the-year-2099"]) {
    expect((await request.get(`${origin}/odds-and-ends/${slug}`)).status(), slug).toBe(404);
  }
  for (const path of ["/odds-and-ends", "/news", "/author/ottoline-marchbanks-featherstone", "/"]) {
    const html = await (await request.get(origin + path)).text();
    for (const title of ["Behind a Password", "Not Finished", "For the Year 2099", "Soon to Be Taken Down"]) expect(html).not.toContain(title);
  }
});
