// Every kind of page, with scripts and without, light and dark, at three widths.
const { test, expect, ARTICLE, KINDS, NAVIGATION, TOPICS, awake, watch, sideways, texts, origin } = require("./helper");

const WIDTHS = [1280, 768, 360];

const ground = () => {
  const own = getComputedStyle(document.body).backgroundColor;
  return own === "rgba(0, 0, 0, 0)" ? getComputedStyle(document.documentElement).backgroundColor : own;
};

/** Light and dark at every width: no sideways scroll, and the page answers the theme. */
async function everyDress(page) {
  const found = [];
  const grounds = new Set();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const over = await sideways(page);
      if (over) found.push(`${width} ${colorScheme}: ${over}`);
    }
    grounds.add(await page.evaluate(ground));
  }
  expect(found, "sideways scroll").toEqual([]);
  expect(grounds.size, "dark pages look dark").toBe(2);
}

/** The regions of this kind of page. One look at the document: there are many pages. */
async function regions(page, kind) {
  const seen = await page.evaluate((selectors) => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
    return {
      title: document.title,
      h1: all("h1").map(text),
      levels: all("main :is(h1, h2, h3, h4, h5, h6)").map((h) => Number(h.tagName[1])),
      headings: all("main :is(h2, h3)").map(text),
      words: text(document.querySelector("main")),
      css: Object.fromEntries(selectors.map((selector) => [selector, all(selector).length])),
      noindex: all("meta[name=robots][content*=noindex]").length === 1,
      canonical: all("link[rel=canonical]").map((link) => link.href),
    };
  }, Object.keys(kind.css ?? {}));
  expect(seen.h1, "one h1").toHaveLength(1);
  const [h1] = seen.h1;
  if (kind.h1 instanceof RegExp) expect(h1).toMatch(kind.h1);
  else expect(h1).toBe(kind.h1);
  expect(seen.title).toBe(kind.title ?? `${h1.replace(/ Archive$/, " – Archive")} – The Politic Review`);
  const wanted = kind.headings ?? [];
  expect([...new Set(seen.headings)].filter((heading) => wanted.includes(heading))).toEqual([...new Set(wanted)]);
  for (const word of kind.has ?? []) expect(seen.words).toContain(word);
  for (const [selector, count] of Object.entries(kind.css ?? {})) {
    if (count === null) expect(seen.css[selector], selector).toBeGreaterThan(0);
    else expect(seen.css[selector], selector).toBe(count);
  }
  expect(seen.noindex, "kept out of search engines").toBe(Boolean(kind.noindex));
  if (!kind.noindex) expect(seen.canonical).toEqual([origin + (kind.canonical ?? kind.path)]);
  // The matter begins with its h1, and no body brings levels of its own.
  expect(seen.levels[0]).toBe(1);
  expect(Math.max(...seen.levels)).toBeLessThanOrEqual(4);
}

/** What stands around every page. */
async function frame(page) {
  const clock = (options) => new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", ...options }).format(new Date());
  const seen = await page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
    const texts = (selector) => all(selector).map(text);
    const profiles = (where) => all(`${where} .profiles a`).map((a) => a.getAttribute("aria-label"));
    const dated = (where) => all(`${where} li`).filter((li) => li.querySelector("a") && li.querySelector("time")).length;
    return {
      first: text(document.body.firstElementChild),
      trending: [...texts("header .trending h2"), dated("header .trending")],
      topics: texts(".topic-bar nav a"),
      profiles: profiles(".topic-bar"),
      logo: all(".masthead .logo").map((a) => [text(a), a.getAttribute("href")]),
      tools: all(".masthead__tools a").map((a) => [a.getAttribute("aria-label") ?? text(a), a.getAttribute("href")]),
      date: texts(".main-nav__date"),
      navigation: texts(".main-nav__link"),
      compact: texts(".compact__list a"),
      drawer: {
        close: texts("#drawer > button"),
        logo: texts("#drawer .logo"),
        items: texts("#drawer .drawer__list a"),
        trending: dated("#drawer section"),
        profiles: profiles("#drawer"),
        topics: texts("#drawer .drawer__topics a"),
      },
      foot: {
        words: text(document.querySelector("footer.site-foot")),
        profiles: profiles("footer"),
        latest: dated("footer .site-foot__latest"),
        fields: all("footer form[method=post] input[type=email]").length,
        consent: all("footer .newsletter a[href='/privacy-policy']").length,
        pages: texts(".site-foot__pages a"),
      },
    };
  });
  const { words } = seen.foot;
  for (const line of [
    "The Politic Review is your one-stop website for the latest politics news and updates, follow us now to get the news that matters to you.",
    "Latest Articles",
    "Subscribe to Updates",
    "Get the latest politics news and updates directly to your inbox.",
    `© ${clock({ year: "numeric" })} Prices.com LLC. All Rights Reserved.`,
  ]) {
    expect(words).toContain(line);
  }
  const name = "The Politic Review";
  const three = ["Facebook", "X (Twitter)", "Instagram"];
  expect(seen).toEqual({
    first: "Skip to content",
    trending: ["Trending", 3],
    topics: TOPICS,
    profiles: three,
    logo: [[name, "/"]],
    tools: [
      ["Search", "/search"],
      ["Newsletter", "/newsletter"],
    ],
    date: [clock({ weekday: "long", month: "long", day: "numeric" })],
    navigation: NAVIGATION,
    compact: NAVIGATION.slice(2),
    drawer: {
      close: ["Close Menu"],
      logo: [name],
      items: NAVIGATION,
      trending: 3,
      profiles: three,
      topics: TOPICS,
    },
    foot: {
      words,
      profiles: [...three, "Pinterest", "YouTube"],
      latest: 3,
      fields: 1,
      consent: 1,
      pages: ["Privacy Policy", "Terms of use", "For Advertisers", "Contact"],
    },
  });
}

for (const kind of KINDS) {
  test(`${kind.name}, with scripts`, async ({ page }) => {
    const faults = watch(page, kind.status);
    const response = await page.goto(origin + kind.path);
    expect(response.status()).toBe(kind.status ?? 200);
    await awake(page);
    await regions(page, kind);
    await everyDress(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    const pictures = await page.evaluate(() =>
      Promise.all(
        [...document.images].map(async (img) => {
          img.loading = "eager";
          if (!img.complete) await new Promise((done) => (img.onload = img.onerror = done));
          const [width, height] = [Number(img.getAttribute("width")), Number(img.getAttribute("height"))];
          const natural = img.naturalWidth / img.naturalHeight;
          const fits = width > 0 && height > 0 && img.naturalWidth > 0 && Math.abs(natural / (width / height) - 1) < 0.02;
          return fits && img.hasAttribute("alt") ? [] : [img.outerHTML, img.naturalWidth, img.naturalHeight];
        }),
      ),
    );
    expect(pictures.flat(), "pictures that are broken, without size or without alt").toEqual([]);
    expect(faults).toEqual([]);
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  for (const kind of KINDS) {
    test(kind.name, async ({ page }) => {
      const faults = watch(page, kind.status);
      const response = await page.goto(origin + kind.path);
      expect(response.status()).toBe(kind.status ?? 200);
      await regions(page, kind);
      await frame(page);
      await everyDress(page);
      const bare = await page.locator("img:not([width]), img:not([height]), img:not([alt])").count();
      expect(bare, "pictures without width, height or alt").toBe(0);
      const first = page.locator("main img:not([loading=lazy])");
      await expect.poll(() => first.evaluateAll((all) => all.filter((i) => !(i.complete && i.naturalWidth)).length)).toBe(0);
      expect(faults).toEqual([]);
    });
  }
});

test("pictures come as large as they are shown", async ({ browser }) => {
  for (const [width, deviceScaleFactor] of [[360, 3], [412, 1.75], [768, 1], [1024, 1], [1280, 1], [1920, 1]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor });
    const page = await context.newPage();
    for (const path of ["/", "/congress", ARTICLE, "/author/maren-tolliver", "/search?q=tariff"]) {
      await page.goto(origin + path);
      const wrong = await page.evaluate(() =>
        Promise.all(
          [...document.querySelectorAll("main img")].map(async (img) => {
            const shown = img.getBoundingClientRect().width;
            if (!shown || !img.previousElementSibling?.srcset) return null;
            img.loading = "eager";
            await img.decode();
            // Of a form out of a set it is `sizes` that says how wide it is.
            const told = img.naturalWidth;
            const smallest = /-320\.\w+$/.test(img.currentSrc);
            const card = img.closest(".card")?.className ?? img.closest("figure, .portrait")?.className;
            return told < 0.84 * shown || (told > Math.max(1.5 * shown, shown + 64) && !smallest) ? [`${card}: ${shown} wide, ${told} told`] : [];
          }),
        ),
      );
      const compared = wrong.filter((one) => one !== null);
      expect(compared.length, `${path} at ${width}: pictures compared`).toBeGreaterThan(2);
      expect(compared.flat(), `${path} at ${width}`).toEqual([]);
    }
    await context.close();
  }
});

test("the navigation marks where the reader is, and only there", async ({ page }) => {
  for (const [path, name] of [["/", "Home"], ["/news", "News"], ["/congress", "Congress"], ["/economy/who-pays-a-tariff", "Economy"], ["/contact", null]]) {
    await page.goto(origin + path);
    expect(await texts(page.locator(".main-nav__link[aria-current=page]"))).toEqual(name ? [name] : []);
    expect(await texts(page.locator(".drawer__list [aria-current=page]"))).toEqual(name ? [name] : []);
  }
});

test("nothing shifts while a page loads", async ({ page }) => {
  await page.addInitScript(() => {
    window.__shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of ["/", "/economy/who-pays-a-tariff", "/news"]) {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(origin + path);
      await awake(page);
      await page.evaluate(() => document.fonts.ready);
      await expect.poll(() => page.evaluate(() => [...document.images].filter((i) => i.loading !== "lazy" && !i.complete).length)).toBe(0);
      expect(await page.evaluate(() => window.__shift), `${path} at ${width}`).toBeLessThan(0.1);
    }
  }
});

test("pages hold at 320 pixels and with text of 200 percent", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of ["/", "/news", "/economy/who-pays-a-tariff", "/odds-and-ends/forty-comments-nine-levels", "/contact", "/staff"]) {
    await page.goto(origin + path);
    expect(await sideways(page), path).toBe("");
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const path of ["/", "/economy/who-pays-a-tariff", "/news"]) {
    await page.goto(origin + path);
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    expect(await sideways(page), `${path} at 200 %`).toBe("");
  }
});
