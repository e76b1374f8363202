// A reader writes under an article. (One journey: all readers of this run come from
// one address, which has to pause between two comments.)
const { test, expect, origin, CONVERSATION } = require("./helper");

test.use({ javaScriptEnabled: false });

test("a comment is looked at, sent, and held for the editors; no word is lost on the way", async ({ page }) => {
  await page.goto(origin + CONVERSATION);
  const text = 'A "comment" with <b>tags</b>,\n\n  *two* paragraphs & an indent';
  await page.getByRole("link", { name: "Reply to" }).first().click();
  await expect(page.locator("h1")).toHaveText("Leave A Reply");
  await expect(page.locator(".reply-page__answered")).toContainText("in answer to");
  await page.getByRole("link", { name: "Cancel Reply" }).click();
  await expect(page).toHaveURL(/#comment-\d+$/);
  await page.getByLabel("Your comment").fill(text);
  await page.getByLabel("Name", { exact: true }).fill("Ann Reader");
  await page.getByLabel("Email (not shown)").fill("ann@example.org");
  await page.getByRole("button", { name: "Post comment" }).click();
  await expect(page.getByRole("alert")).toContainText("It is not posted yet");
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("<b>tags</b>");
  await expect(preview.locator("em")).toHaveText("two");
  expect(await page.getByLabel("Your comment").inputValue()).toBe(text);
  await page.getByRole("button", { name: "Post comment" }).click();
  await expect(page).toHaveURL(/\/comments\/held\?article=/);
  await expect(page.getByRole("status")).toContainText("An editor reads your comment before it appears");
  await page.goto(origin + CONVERSATION);
  await expect(page.locator(".comment")).toHaveCount(40);
});
