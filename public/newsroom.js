// The keyboard for the queues: j and k move, a r s decide, u takes back, e opens, x
// selects. Every key does what a button of the page does; a decision is shown at once
// and taken back on the page if the server refuses it.
const list = document.querySelector(".queue__list");
const said = document.getElementById("queue-said");
const NAMES = { approve: "Published", reject: "Rejected", spam: "Spam" };
const TOLD = { approve: "published", reject: "rejected", spam: "moved to spam" };
const QUEUES = { approved: "published", held: "held", rejected: "rejected", spam: "spam", withdrawn: "withdrawn" };
const STATES = { approve: "approved", reject: "rejected", spam: "spam" };
// What was decided in one stroke, the last at the end: it is taken back in one.
const strokes = [];

const cases = () => [...list.querySelectorAll(".case")];
const open = () => cases().filter((item) => !item.dataset.done);
const current = () => document.activeElement?.closest?.(".case");

const go = (item) => {
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
};

const move = (by) => {
  const all = cases();
  const at = all.indexOf(current());
  go(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
};

const count = (state, by) => {
  const place = document.querySelector(`[data-queue="${QUEUES[state]}"]`);
  if (place) place.textContent = String(Math.max(0, Number(place.textContent) + by));
};

const post = async (what) => {
  const answer = await fetch("/newsroom/comments", {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ one: what }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.line ?? "It was not done.");
  return body;
};

// What is done about one comment reaches the server in the order in which it was done:
// nothing can be taken back that has not arrived.
const send = (item, act) => {
  const before = item.sending ?? Promise.resolve();
  item.sending = before.catch(() => {}).then(() => post(`${act}:${item.dataset.id}`));
  return item.sending;
};

const mark = (item, state, name) => {
  count(item.dataset.state, -1);
  count(state, 1);
  item.dataset.done = name;
  item.dataset.state = state;
  item.dataset.stood ??= item.querySelector(".case__state").textContent;
  item.querySelector(".case__state").textContent = name;
};

const unmark = (item, state) => {
  count(item.dataset.state, -1);
  count(state, 1);
  delete item.dataset.done;
  item.dataset.state = state;
  item.querySelector(".case__state").textContent = item.dataset.stood;
};

const decide = async (item, act, stroke) => {
  if (!item || item.dataset.done) return;
  const before = item.dataset.state;
  const rest = open();
  const next = rest[rest.indexOf(item) + 1] ?? rest[rest.indexOf(item) - 1];
  mark(item, STATES[act], NAMES[act]);
  stroke.push(item);
  go(next ?? item);
  try {
    await send(item, act);
    reported(item, -1);
  } catch (error) {
    unmark(item, before);
    stroke.splice(stroke.indexOf(item), 1);
    said.textContent = error.message;
    go(item);
  }
};

// A decision settles the reports about a comment.
const reported = (item, by) => {
  if (item.querySelector(".case__reports")) {
    const place = document.querySelector('[data-queue="reported"]');
    if (place) place.textContent = String(Math.max(0, Number(place.textContent) + by));
  }
};

const takeBack = async (item) => {
  try {
    const { done } = await send(item, "undo");
    unmark(item, done[0].state);
    return true;
  } catch (error) {
    said.textContent = error.message;
    return false;
  }
};

/** The one that has the focus, else all of the last stroke. */
const undo = async () => {
  const one = current()?.dataset.done ? current() : null;
  const last = strokes.findLastIndex((stroke) => stroke.some((item) => item.dataset.done && (!one || item === one)));
  if (last < 0) return;
  const items = strokes.splice(last, 1)[0].filter((item) => item.dataset.done);
  const results = await Promise.all(items.map(takeBack));
  if (results.every(Boolean)) said.textContent = items.length > 1 ? `${items.length} taken back.` : "Taken back.";
  go(items[0]);
};

/** Decides about the selected ones, else about the one that has the focus. */
const each = (act) => {
  const chosen = open().filter((item) => item.querySelector("input[name=id]")?.checked);
  for (const item of chosen) item.querySelector("input[name=id]").checked = false;
  const stroke = [];
  strokes.push(stroke);
  for (const item of chosen.length ? chosen : [current()]) decide(item, act, stroke);
  if (chosen.length > 1) said.textContent = `${chosen.length} ${TOLD[act]}. u takes them back.`;
};

const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => each("approve"),
  r: () => each("reject"),
  s: () => each("spam"),
  u: undo,
  e: () => {
    const id = current()?.dataset.id;
    if (id) location.href = `/newsroom/comments/${id}#edit`;
  },
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
};

if (list) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  // The buttons of one comment do the same, without leaving the page.
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=one]");
    if (!button) return;
    event.preventDefault();
    const [act] = button.value.split(":");
    const item = button.closest(".case");
    if (act === "undo") {
      item.focus();
      undo();
    } else {
      const stroke = [];
      strokes.push(stroke);
      decide(item, act, stroke);
    }
  });
  document.getElementById("queue-all")?.addEventListener("change", ({ target }) => {
    for (const box of list.querySelectorAll("input[name=id]")) box.checked = target.checked;
  });
  go(cases()[0]);
}
// On one comment's page: straight to its words.
const words = document.getElementById("file-text");
if (words) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea")) return;
    event.preventDefault();
    words.focus();
  });
  if (location.hash === "#edit") words.focus();
}
document.documentElement.dataset.newsroom = "awake";
