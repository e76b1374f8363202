// Who only reads leaves no trace in their own browser, and meets no other server.
const { test, expect, origin, watch, awake } = require("./helper");

const PATHS = [
  "/",
  "/news",
  "/world",
  "/economy/who-pays-a-tariff",
  "/odds-and-ends/floats-captions-and-galleries",
  "/odds-and-ends/blocks-columns-cover-buttons",
  "/author/maren-tolliver",
  "/topic/policy",
  "/search?q=tariff",
  "/contact",
  "/newsletter",
];

test("ten pages, no cookie, no storage, no other server", async ({ page, context }) => {
  const faults = watch(page);
  const set = [];
  page.on("response", async (response) => {
    if ("set-cookie" in (await response.allHeaders().catch(() => ({})))) set.push(response.url());
  });
  const stored = () =>
    page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map((d) => d.name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookie: document.cookie,
    }));
  const nothing = { local: [], session: [], databases: [], caches: [], workers: 0, cookie: "" };
  for (const path of PATHS) {
    await page.goto(origin + path, { waitUntil: "load" });
    await awake(page);
    // To the end of the page, so that whatever waits for that has its chance.
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect
      .poll(() =>
        page.evaluate(() => {
          const seen = ({ top, bottom, height }) => height > 0 && bottom > 0 && top < innerHeight;
          return [...document.images].filter((i) => !i.complete && seen(i.getBoundingClientRect())).length;
        }),
      )
      .toBe(0);
    expect(await stored(), path).toEqual(nothing);
  }
  expect(await context.cookies()).toEqual([]);
  expect(set).toEqual([]);
  expect(faults.filter((f) => !f.includes("ERR_ABORTED"))).toEqual([]);

  await page.getByRole("button", { name: "Dark mode" }).click();
  expect(await stored()).toEqual({ ...nothing, local: ["theme"] });
  expect(await context.cookies()).toEqual([]);
});
