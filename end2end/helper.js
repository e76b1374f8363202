// What all journeys share: where the server is, which kinds of pages there are,
// and what no page may do.
const { default: AxeBuilder } = require("@axe-core/playwright");
const { test, expect } = require("@playwright/test");

const { origin, mail, preview, plain, password, editor } = JSON.parse(process.env.PRESSROOM_JOURNEYS);

const NAVIGATION = [
  "Home",
  "News",
  "United States",
  "World",
  "Politics",
  "Elections",
  "Congress",
  "Business",
  "Economy",
  "Money",
  "Tech",
];
const TOPICS = [
  "Donald Trump",
  "Kamala Harris",
  "Elections 2024",
  "Elon Musk",
  "Israel War",
  "Ukraine War",
  "Policy",
  "Immigration",
];
const LONG =
  "A Headline That Was Sent Back Four Times for Being Short, Came Home Each Time With Another Clause, and Now Runs to Exactly the Longest Length That Any Desk Would Ever Set Here";

const ARTICLE = "/economy/who-pays-a-tariff";
const CONVERSATION = "/odds-and-ends/forty-comments-nine-levels";

const strange = (name, slug, h1, has, more = {}) => ({
  name: `strange: ${name}`,
  path: `/odds-and-ends/${slug}`,
  h1,
  headings: ["Related Articles", "Add A Comment"],
  has: ["Odds & Ends", ...has],
  ...more,
});

/**
 * Every kind of page: its h1, headings that must be there in this order, and
 * words or selectors (`has`, `css`) without which a region is missing. A `twin`
 * has the same structure as another one here, and other words.
 */
const KINDS = [
  {
    name: "home",
    path: "/",
    h1: "The Politic Review",
    title: "The Politic Review – Politics, plainly told",
    headings: [...NAVIGATION.slice(2), "Latest News", "Editors Picks", "Subscribe to News"],
    has: ["Older"],
    css: { ".card--lead img": 1, ".card--lead .card__standfirst": 1, ".top__beside > li": 4, "form[action='/newsletter']": 2 },
  },
  {
    name: "news",
    path: "/news",
    h1: "News",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
    has: ["All articles of The Politic Review, newest first.", "Older", "Archive"],
    css: { ".rows > li": 20, "main .pager a": 1 },
  },
  {
    name: "section",
    path: "/world",
    h1: "World",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
    has: ["Alliances, treaties and the decisions abroad that reach home.", "Archive", "By Leila Farrokh-Dunne"],
  },
  {
    name: "imported section",
    twin: true,
    path: "/odds-and-ends",
    h1: "Odds & Ends",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
    has: ["What fits nowhere else.", LONG, "Untitled (102)", "Bold claims & “quotes”"],
  },
  {
    name: "topic",
    path: "/topic/policy",
    h1: "Policy",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
    has: ["Archive"],
  },
  {
    name: "author",
    path: "/author/maren-tolliver",
    h1: "Maren Tolliver",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
    has: ["Congress correspondent", "Why It Takes 60"],
    css: { ".list-head img": 1 },
  },
  {
    name: "author without a picture",
    twin: true,
    path: "/author/ottoline-marchbanks-featherstone",
    h1: "Ottoline Marchbanks-Featherstone",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
  },
  {
    name: "month",
    path: "/news/2026/10",
    h1: "News October 2026",
    title: "News, October 2026 – The Politic Review",
    headings: ["Editors Picks", "Latest News", "Subscribe to News"],
    has: ["Nine Votes and No Veto"],
  },
  {
    name: "archive",
    path: "/news/archive",
    h1: "News Archive",
    headings: ["2026", "2025", "2012", "2011", "Editors Picks", "Latest News", "Subscribe to News"],
    has: ["October", "March", "June"],
  },
  {
    name: "article",
    path: ARTICLE,
    h1: "Who Pays a Tariff? Follow One Container From the Pier to the Price Tag",
    headings: ["Related Articles", "Add A Comment", "Leave A Reply", "Editors Picks", "Latest News", "Subscribe to News"],
    has: ["By Tobias Lindqvist-Rhee", "November 20, 2026", "Updated", "14 Comments", "Mins Read", "Illustration: The Politic Review"],
    css: { ".lead-picture figcaption": 1, "article > .standfirst": 1, ".share": 2, ".related .card img": 6 },
  },
  {
    name: "article without a picture",
    path: "/politics/read-the-bill-first",
    h1: "Read the Bill Before You Argue About It",
    headings: ["Related Articles", "Add A Comment", "Leave A Reply", "Editors Picks", "Latest News", "Subscribe to News"],
    has: ["Opinion", "By Inez Calderwood"],
    css: { ".lead-picture": 0, "main .label__kind": null },
  },
  {
    name: "article taken over",
    path: "/congress/how-a-bill-becomes-law",
    h1: "How a Bill Becomes Law, and Where Most of Them Stop",
    headings: ["Related Articles", "Add A Comment", "Leave A Reply", "Editors Picks", "Latest News", "Subscribe to News"],
    has: ["Read the full article here"],
    css: { "a[href='https://www.usa.gov/how-laws-are-made']": null },
  },
  {
    name: "article corrected",
    twin: true,
    path: "/money/how-the-cpi-is-made",
    h1: "How the Price Index Is Made, From the Shelf to the Headline",
    headings: ["Related Articles", "Add A Comment"],
    has: ["Correction", "Updated October 14, 2026"],
  },
  {
    name: "article with a long title, a wide table and two authors",
    path: "/elections/how-congress-counts-electoral-votes",
    h1: /^Sealed Certificates, Two Mahogany Boxes .* 2022$/,
    headings: ["Related Articles", "Add A Comment"],
    has: ["By Desmond Adeyemi-Cole and Maren Tolliver"],
  },
  {
    name: "old analysis",
    path: "/elections/2024-election-in-numbers",
    h1: "The 2024 Presidential Election, in Certified Numbers",
    headings: ["Related Articles", "Add A Comment"],
    has: ["This article is more than a year old.", "Analysis"],
    css: { ".prose table": null },
  },
  strange("175 characters", "a-headline-sent-back-four-times", LONG, ["A long title must wrap and not be cut.", "1 Min Read"], { twin: true }),
  { ...strange("no title", "item-102", "Untitled (102)", ["By Ottoline Marchbanks-Featherstone"]), twin: true },
  strange("markup and emoji", "title-with-markup-and-emoji", /^Bold claims & “quotes”, slanted 🗳️ 🇺🇸/u, ["Edge cases", "👩‍⚖️🏛️"], { twin: true }),
  strange("conversation", "forty-comments-nine-levels", "Forty Comments, Nine Levels", ["40 Comments", "This stands at level 9.", "in answer to"], {
    css: { ".comments .comment": 40 },
  }),
  strange("tables, lists and code", "wide-tables-deep-lists-and-code", "Wide Tables, Deep Lists and Code", [
    "Fourteen columns of returns",
    "Depth 10",
    "The vote that ends a debate.",
    "far_too_long",
  ]),
  strange("floats and galleries", "floats-captions-and-galleries", "Floats, Captions and Galleries", ["A gavel, at rest", "youtube.com", "What stood inside"], {
    css: { ".prose img": 0, iframe: 0, video: 0, audio: 0 },
  }),
  strange(
    "old tags",
    "raw-headings-and-every-old-tag",
    "Raw Headings and Every Old Tag",
    ["Raw heading one", "Raw heading six", "Centred by hand", "red and large", "After closing what was never opened"],
    { css: { "main font, main center, main marquee, main script:not([type]), main style, .prose form": 0, "#main": 1 } },
  ),
  strange("blocks", "blocks-columns-cover-buttons", "Blocks: Columns, Cover, Buttons and a Pull Quote", [
    "The left column.",
    "Words on a cover",
    "A button",
    "There is always an objection.",
  ]),
  { name: "strange page", twin: true, path: "/a-page-from-before", h1: "A Page From Before & After", headings: ["A raw heading"], has: ["The clerk read the motion twice"] },
  { name: "page", path: "/privacy-policy", h1: "Privacy Policy", headings: ["If you only read"], has: ["Prices.com LLC"] },
  { name: "terms", twin: true, path: "/terms-of-use", h1: "Terms of use" },
  { name: "advertisers", twin: true, path: "/for-advertisers", h1: "For Advertisers" },
  { name: "about", twin: true, path: "/about", h1: "About", headings: ["How to read the labels"] },
  { name: "standards", twin: true, path: "/standards", h1: "Standards" },
  {
    name: "staff",
    path: "/staff",
    h1: "Staff",
    has: ["Maren Tolliver", "Inez Calderwood", "Desmond Adeyemi-Cole", "Leila Farrokh-Dunne", "Tobias Lindqvist-Rhee"],
    css: { ".author-box img": null },
  },
  { name: "contact", path: "/contact", h1: "Contact", has: ["Your name", "Your email address", "Your message", "Send message"] },
  { name: "contact sent", path: "/contact/sent", canonical: "/contact", h1: "Contact", has: ["Your message is on its way to the newsroom."] },
  { name: "search", path: "/search", h1: "Search", headings: ["Latest News"], css: { "main form[role=search]": 1 }, noindex: true },
  {
    name: "search for something",
    twin: true,
    path: "/search?q=%3Cb%3E%22tariff%22",
    h1: "Search",
    title: 'Search: <b>"tariff" – The Politic Review',
    has: ["Who Pays a Tariff?", "Newest"],
    css: { ".results mark": null },
    noindex: true,
  },
  { name: "newsletter", path: "/newsletter", h1: "Newsletter", headings: ["Past issues"], has: ["Daily Briefing", "Weekly Review", "Breaking"], css: { "main .newsletter__list": 3 } },
  { name: "preview of a draft", path: preview, h1: "Not Finished", has: ["The unfinished text of post 110.", "Preview: not published."], noindex: true },
  { name: "not found", path: "/world/no-such-thing", status: 404, h1: "Page not found", headings: ["Latest Articles"], css: { "main form[role=search]": 1 }, noindex: true },
  { name: "gone", path: "/odds-and-ends/soon-to-be-taken-down", status: 410, h1: "No longer here", headings: ["Latest Articles"], css: { "main form[role=search]": 1 }, noindex: true },
];

/** The islands of the page are awake. */
const awake = (page) => page.waitForFunction(() => document.documentElement.dataset.islands === "awake");

/**
 * Collects what no page may do: write to the console, fail a request, ask
 * another server. `status` is what the page itself answers.
 */
function watch(page, status = 200) {
  const faults = [];
  const own = (url) => url.startsWith(`${origin}/`) || /^(data|blob):/.test(url);
  page.on("console", (message) => {
    // Chromium reports the status of the page itself, too.
    const answer = message.text().startsWith("Failed to load resource") && message.location().url === page.url();
    if (["error", "warning"].includes(message.type()) && !(answer && status >= 400)) {
      faults.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => own(request.url()) || faults.push(`elsewhere: ${request.url()}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // A window that changes its width while a picture loads makes the browser choose
    // another of its forms and let go of the first. (What is broken is looked for apart.)
    const chosenAnew = why === "net::ERR_ABORTED" && /\/media\/[0-9a-f]{64}-\d+-\d+\.webp$/.test(request.url());
    // A live stream ends with its page, and while the page is hidden.
    const stream = why === "net::ERR_ABORTED" && request.url().includes("/comments/live?");
    if (!chosenAnew && !stream) faults.push(`failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    const document = response.request().isNavigationRequest();
    if (response.status() >= 400 && !document) faults.push(`status ${response.status()}: ${response.url()}`);
  });
  return faults;
}

/** axe finds nothing, on a phone in the dark either. */
async function faultless(page) {
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    axe.options({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].html.slice(0, 200)}`)).toEqual([]);
  }
}

/** How far the page scrolls sideways, with what sticks out. */
const sideways = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return "";
    const edge = document.documentElement.clientWidth;
    const clipped = (element) => {
      for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
        if (getComputedStyle(e).overflowX !== "visible") return true;
      }
      return false;
    };
    const out = [...document.body.querySelectorAll("*")]
      .filter((e) => e.getBoundingClientRect().right > edge + 0.5 && !clipped(e))
      .slice(0, 4)
      .map((e) => `${e.tagName.toLowerCase()}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`);
    return `${wide} px beyond ${edge}: ${out.join(", ")}`;
  });

/** The texts of elements, white space folded. */
const texts = async (locator) => (await locator.allTextContents()).map((t) => t.replace(/\s+/g, " ").trim());

module.exports = { test, expect, origin, mail, password, editor, plain, preview, KINDS, NAVIGATION, TOPICS, ARTICLE, CONVERSATION, LONG, awake, watch, faultless, sideways, texts };
