// What Lighthouse says of the three pages that most readers open (mobile, its own
// throttling): `tools/journeys --config lighthouse.config.js`. RUNS says how often;
// the median counts.
const { test, expect } = require("@playwright/test");
const { launch } = require("chrome-launcher");
const { ARTICLE, origin } = require("./helper.js");
const journeys = require("./playwright.config.js");

const RUNS = Number(process.env.RUNS ?? 1);
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
    for (let run = 0; run < RUNS; run += 1) {
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
        `LCP ${(lcp / 1000).toFixed(2)} s, CLS ${cls.toFixed(3)}, blocked ${Math.round(tbt)} ms (median of ${RUNS})`,
    );
    expect(lost, "what costs points").toEqual([]);
    for (const category of PERFECT) expect(score(category), category).toBe(100);
    expect(score("performance"), "performance").toBeGreaterThanOrEqual(95);
    expect(cls).toBe(0);
  });
}
