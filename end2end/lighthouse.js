// What Lighthouse says of the three pages that most readers open (mobile, its own
// throttling): `tools/journeys --config lighthouse.config.js`. RUNS says how often;
// the median counts. Where they lie on both sides of the limit, two more are
// made: the median of few says little when the machine has been busy with something else.
const { test, expect } = require("@playwright/test");
const { launch } = require("chrome-launcher");
const { ARTICLE, origin } = require("./helper.js");
const journeys = require("./playwright.config.js");

const RUNS = Number(process.env.RUNS ?? 3);
const PAGES = { home: "/", section: "/congress", article: ARTICLE };
const PERFECT = ["accessibility", "best-practices", "seo"];
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

let browser;
test.beforeAll(async () => {
  const { executablePath, args } = journeys.use.launchOptions;
  browser = await launch({ chromePath: executablePath, chromeFlags: ["--headless", ...args] });
});
test.afterAll(() => browser.kill());

for (const [name, path] of Object.entries(PAGES)) {
  test(`lighthouse: ${name}`, async () => {
    const { default: lighthouse } = await import("lighthouse");
    const runs = [];
    const onOneSide = () => {
      const good = runs.filter((run) => run.categories.performance.score >= 0.95).length;
      return good === runs.length || good === 0;
    };
    while (runs.length < RUNS || (runs.length < RUNS + 2 && !onOneSide())) {
      const { lhr } = await lighthouse(`${origin}${path}`, { port: browser.port, logLevel: "error" });
      runs.push(lhr);
    }
    const score = (category) => Math.round(100 * median(runs.map((run) => run.categories[category].score)));
    const measured = (audit) => median(runs.map((run) => run.audits[audit].numericValue));
    const lost = PERFECT.flatMap((category) =>
      runs[0].categories[category].auditRefs
        .map(({ id, weight }) => ({ ...runs[0].audits[id], weight }))
        .filter(({ weight, score: reached }) => weight > 0 && reached !== null && reached < 1)
        .map(({ id, title }) => `${id}: ${title}`),
    );
    const [lcp, cls, tbt] = ["largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time"].map(measured);
    console.log(
      `lighthouse ${name}: performance ${score("performance")}, ${PERFECT.map((c) => `${c} ${score(c)}`).join(", ")}; ` +
        `LCP ${(lcp / 1000).toFixed(2)} s, CLS ${cls.toFixed(3)}, blocked ${Math.round(tbt)} ms (median of ${runs.length})`,
    );
    expect(lost, "what costs points").toEqual([]);
    for (const category of PERFECT) expect(score(category), category).toBe(100);
    expect(score("performance"), "performance").toBeGreaterThanOrEqual(95);
    expect(cls).toBe(0);
  });
}

// A reader who clicks and types from the first moment on: how long the page keeps the
// worst of it waiting until it has answered on the screen (Event Timing), while the
// islands' files are fetched, compiled and woken.
test("interactions while the islands start", async ({ browser }) => {
  const worst = [];
  for (let run = 0; run < RUNS; run += 1) {
    // A reader who comes for the first time: nothing is in the browser's cache.
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(origin + ARTICLE, { waitUntil: "commit" });
    await page.locator("h1").waitFor();
    await page.evaluate(() => {
      // What takes less than 16 ms is not told one by one.
      window.slowest = 16;
      new PerformanceObserver((list) => {
        const taken = list.getEntries().filter(({ interactionId }) => interactionId);
        window.slowest = Math.max(window.slowest, ...taken.map(({ duration }) => duration));
      }).observe({ type: "event", durationThreshold: 16, buffered: true });
    });
    const heading = await page.locator("h1").boundingBox();
    const islands = () => page.evaluate(() => document.documentElement.dataset.islands);
    do {
      await page.mouse.click(heading.x + 5, heading.y + 5);
      await page.keyboard.press("Shift");
    } while ((await islands()) !== "awake");
    await page.mouse.click(heading.x + 5, heading.y + 5);
    await expect.poll(() => page.evaluate(() => performance.interactionCount)).toBeGreaterThan(1);
    worst.push(await page.evaluate(() => window.slowest));
    await context.close();
  }
  console.log(`interactions while the islands start: ${worst.join(", ")} ms at worst`);
  expect(median(worst)).toBeLessThanOrEqual(100);
});
