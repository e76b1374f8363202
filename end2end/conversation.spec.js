// Readers talk under an article, the newsroom keeps order: in a browser with scripts,
// two readers and a moderator at once.
const { test, expect, origin, password, awake, faultless, watch } = require("./helper");

const STORY = "/congress/how-a-bill-becomes-law";
const OTHER = "/money/how-the-cpi-is-made";
let network = 0;

/** A reader with a browser, an address and a name of their own. */
async function reader(browser, options = {}) {
  network += 1;
  const context = await browser.newContext({
    // Workers count for themselves.
    extraHTTPHeaders: { "x-forwarded-for": `10.${process.pid % 250}.${test.info().parallelIndex}.${network}` },
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  return context.newPage();
}

async function moderator(browser) {
  const page = await reader(browser);
  await page.goto(`${origin}/newsroom/sign-in`);
  await page.getByRole("main").getByLabel("Email address").fill("moderator@example.org");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${origin}/newsroom/comments`);
  await expect(page.locator("html")).toHaveAttribute("data-newsroom", "awake");
  return page;
}

/** Decides about a comment; comes back when the server has it, not when the page shows it. */
async function decide(page, item, act) {
  const had = page.waitForResponse((answer) => answer.url().endsWith("/newsroom/comments") && answer.request().method() === "POST");
  await item.getByRole("button", { name: act }).click();
  expect((await had).status()).toBe(200);
}

async function write(page, name, text) {
  await page.getByLabel("Your comment").fill(text);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Email (not shown)").fill(`${name.toLowerCase().replace(/\W/g, ".")}@example.net`);
}

test("a guest writes, a moderator approves by key, another reader sees it appear, and answers", async ({ browser }) => {
  test.setTimeout(120_000);
  const [ann, bo, mona] = await Promise.all([reader(browser), reader(browser), moderator(browser)]);
  const faults = [watch(ann), watch(bo), watch(mona)];
  await Promise.all([ann, bo].map((page) => page.goto(origin + STORY)));
  await Promise.all([ann, bo].map(awake));
  await bo.locator("#comments").scrollIntoViewIfNeeded();

  // What is wrong is told beside the field, by the same rules, before anything is sent.
  await ann.getByLabel("Your comment").fill("");
  await ann.getByRole("button", { name: "Post comment" }).click();
  await expect(ann.locator("#reply-text-fault")).toHaveText("Please write your comment.");
  await expect(ann.locator("#reply-name-fault")).not.toBeEmpty();
  await write(ann, "Ann Reader", "The *second* reading is where it stops.");
  await expect(ann.locator("#reply-text-fault")).toBeEmpty();
  await expect(ann.locator("#reply-count")).toHaveText("39 / 5000");
  // A reload loses no word.
  await ann.reload();
  await awake(ann);
  await expect(ann.getByLabel("Your comment")).toHaveValue("The *second* reading is where it stops.");
  await expect(ann.getByLabel("Name", { exact: true })).toHaveValue("Ann Reader");
  await ann.getByLabel("Your comment").focus();
  await ann.keyboard.press("Control+Enter");
  await expect(ann.locator("#reply-outcome")).toContainText("An editor reads your comment");
  await expect(ann.getByLabel("Your comment")).toHaveValue("");

  await mona.reload();
  await expect(mona.locator(".case", { hasText: "The second reading is where it stops." })).toBeVisible();
  const own = await ann.locator("#reply-outcome a").getAttribute("href");
  const id = own.split("/")[2];
  const item = mona.locator(`.case[data-id="${id}"]`);
  // A slow line: what is taken back at once has not arrived yet.
  await mona.route("**/newsroom/comments", async (route) => {
    if (route.request().postData()?.includes("approve")) await new Promise((done) => setTimeout(done, 400));
    await route.continue();
  });
  await item.focus();
  await mona.keyboard.press("a");
  await expect(item).toHaveAttribute("data-done", "Published");
  await mona.keyboard.press("u");
  await expect(mona.locator("#queue-said")).toHaveText("Taken back.");
  await mona.unroute("**/newsroom/comments");
  await item.focus();
  await mona.keyboard.press("a");
  await expect(item).toHaveAttribute("data-done", "Published");

  // The other reader is told quietly, and looks when it suits.
  await expect(bo.getByRole("button", { name: "1 new comment" })).toBeVisible();
  await expect(bo.locator("#comments-count")).toHaveText("1 Comment");
  await bo.getByRole("button", { name: "1 new comment" }).click();
  const comment = bo.locator(`#comment-${id}`);
  await expect(comment).toContainText("Ann Reader");
  await expect(comment.locator("em")).toHaveText("second");
  await expect(comment.locator("time")).toHaveText(/this minute|now|seconds? ago/i);
  await comment.getByRole("button", { name: "Recommend" }).click();
  await expect(comment.locator(".comment__recommends")).toHaveText("1");

  // The form moves under what is answered, and back.
  await comment.getByRole("link", { name: "Reply to Ann Reader" }).click();
  await expect(comment.locator("#reply-box")).toBeVisible();
  await bo.getByRole("link", { name: "Cancel Reply" }).click();
  await expect(comment.locator("#reply-box")).toHaveCount(0);
  await comment.getByRole("link", { name: "Reply to Ann Reader" }).click();
  await write(bo, "Bo Reader", "Not in the Senate, I think.");
  await bo.getByRole("button", { name: "Post comment" }).click();
  // Said where one looks: under the comment that was answered.
  await expect(comment.locator(".comment__held")).toContainText("An editor reads your comment");
  await expect(comment.locator(".comment__held")).toBeFocused();
  await mona.goto(`${origin}/newsroom/comments`);
  await mona.locator(".case", { hasText: "Not in the Senate" }).getByRole("button", { name: "Approve" }).click();
  // What answers oneself stands there at once.
  const answer = ann.locator(".comment", { hasText: "Not in the Senate, I think." });
  await ann.locator("#comments").scrollIntoViewIfNeeded();
  await expect(answer).toHaveClass(/comment--depth-1/);
  expect(faults).toEqual([[], [], []]);
});

test("a writer changes a comment and takes it back; a reader reports and mutes; a moderator bans", async ({ browser }) => {
  test.setTimeout(120_000);
  const [cy, di, mona] = await Promise.all([reader(browser), reader(browser), moderator(browser)]);
  await cy.goto(origin + OTHER);
  await awake(cy);
  await write(cy, "Cy Reader", "My first thought.");
  await cy.getByRole("button", { name: "Post comment" }).click();
  await cy.locator("#reply-outcome a").click();
  await expect(cy.getByRole("status")).toContainText("An editor reads your comment");
  await expect(cy.locator("main")).toContainText("We read the first comments of everybody who is new here.");
  await cy.getByLabel("Your comment").fill("My second thought.");
  await cy.getByRole("button", { name: "Change" }).click();
  await mona.reload();
  // On a slow day.
  await mona.route("**/newsroom/comments", async (route) => {
    await new Promise((soon) => setTimeout(soon, 500));
    await route.continue();
  });
  await decide(mona, mona.locator(".case", { hasText: "My second thought." }), "Approve");
  await expect(mona.locator(".case", { hasText: "Cy Reader" })).toHaveAttribute("data-done", "Published");

  await di.goto(origin + OTHER);
  await awake(di);
  const comment = di.locator(".comment", { hasText: "Cy Reader" });
  await expect(comment).toContainText("(edited)");
  await comment.getByRole("button", { name: "Mute" }).click();
  await expect(comment.locator(".comment__body")).toBeHidden();
  await di.reload();
  await awake(di);
  await expect(comment.locator(".comment__body")).toBeHidden();
  await comment.getByRole("button", { name: "Muted. Show" }).click();
  await expect(comment.locator(".comment__body")).toBeVisible();
  await comment.getByRole("link", { name: "Report" }).click();
  await di.getByLabel("It insults somebody").check();
  await di.getByLabel("More about it").fill("Not nice.");
  await di.getByRole("button", { name: "Report it" }).click();
  await expect(di.getByRole("status")).toContainText("The newsroom looks at it");

  await mona.goto(`${origin}/newsroom/comments?queue=reported`);
  const item = mona.locator(".case", { hasText: "Cy Reader" });
  await expect(item).toContainText("insult: Not nice.");
  await item.getByRole("link", { name: "File" }).click();
  await mona.getByLabel("A word about it").fill("insults");
  await mona.getByRole("button", { name: "Ban the email" }).click();
  await expect(mona.locator(".file__record")).toContainText("banned");
  await mona.getByRole("link", { name: "Bans" }).click();
  await expect(mona.locator("tbody tr")).toContainText(["cy.reader@example.net"]);

  await cy.reload();
  await cy.getByRole("button", { name: "Take it back" }).click();
  await expect(cy.getByRole("status")).toContainText("You have taken this comment back");
  await expect.poll(async () => (await (await fetch(origin + OTHER)).text()).includes("My second thought")).toBe(false);
});

test("hundreds of comments: pages, orders, more without a reload", async ({ browser }) => {
  const page = await reader(browser);
  await page.goto(`${origin}/odds-and-ends/forty-comments-nine-levels`);
  await awake(page);
  await page.getByRole("navigation", { name: "Order of comments" }).getByRole("link", { name: "Newest" }).click();
  await expect(page.locator("h1")).toHaveText("Comments");
  await expect(page.locator(".comment")).toHaveCount(40);
  // There, too, with its orders and the way back.
  const orders = page.getByRole("navigation", { name: "Order of comments" });
  await expect(orders.getByRole("link", { name: "Newest" })).toHaveAttribute("aria-current", "true");
  await orders.getByRole("link", { name: "Best" }).click();
  await expect(page).toHaveURL(/order=best/);
  await page.getByRole("link", { name: "Back to the article and all comments" }).click();
  await expect(page).toHaveURL(/forty-comments-nine-levels#comments$/);
});

for (const [name, path] of [
  ["queue", "/newsroom/comments?queue=published"],
  ["conversations", "/newsroom/conversations"],
  ["bans", "/newsroom/bans"],
  ["password", "/newsroom/password"],
]) {
  test(`axe finds nothing in the newsroom: ${name}`, async ({ browser }) => {
    // A page of its own: one that is left lets go of what is still on its way to it.
    const page = await (await moderator(browser)).context().newPage();
    const faults = watch(page);
    await page.goto(origin + path);
    await faultless(page);
    expect(faults).toEqual([]);
  });
}

test("signing in as a reader: a mail, a page, a button", async ({ browser }) => {
  const page = await reader(browser);
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("main").getByLabel("Email address").fill("reader@example.net");
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("status")).toContainText("a mail is on its way");
});

test("whoever is signed out while writing is told so, and keeps every word", async ({ browser }) => {
  const mona = await moderator(browser);
  await mona.goto(origin + STORY);
  await awake(mona);
  await mona.getByLabel("Your comment").focus();
  await expect(mona.locator("#reply-who")).toContainText("Writing as");
  await mona.context().clearCookies();
  await mona.getByLabel("Your comment").fill("Words that took a while.");
  await mona.getByRole("button", { name: "Post comment" }).click();
  await expect(mona.locator("#reply-outcome")).toContainText("You are not signed in any more");
  await expect(mona.getByLabel("Name", { exact: true })).toBeVisible();
  await expect(mona.locator("#reply-name-fault")).not.toBeEmpty();
  await expect(mona.getByLabel("Your comment")).toHaveValue("Words that took a while.");
});

test("another order of the conversation is as lively as the first", async ({ browser }) => {
  const ann = await reader(browser);
  await ann.goto(`${origin}/congress/why-it-takes-60/comments?order=newest`);
  await awake(ann);
  const first = ann.locator(".comment").first();
  await expect(first).toContainText("sixtieth");
  await expect(first.locator("time")).toHaveAttribute("title", /2026/);
  await first.getByRole("button", { name: /^Mute/ }).click();
  await expect(first.locator(".comment__body")).toBeHidden();
  await first.getByRole("button", { name: /Show/ }).click();
  await first.getByRole("link", { name: /^Reply to/ }).click();
  await expect(first.locator("#reply-box")).toBeVisible();
});
