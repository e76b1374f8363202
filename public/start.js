// Lets the browser answer whoever clicks or types in between.
const pause = () => window.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));

// Loads the islands once the page has come to rest, and wakes each of them, an
// outer one before those inside it.
const start = async () => {
  const islands = document.querySelectorAll("leptos-island");
  if (!islands.length) return;
  const module = await import("./pressroom.js");
  await module.default({ module_or_path: new URL("./pressroom.wasm", import.meta.url) });
  await pause();
  module.hydrate();
  for (const island of islands) {
    await pause();
    // Content that an outer island was given belongs to that island's owner.
    island.parentElement?.closest("leptos-children")?.$$on_hydrate?.();
    await module[island.dataset.component]?.(island);
  }
  document.documentElement.dataset.islands = "awake";
};

// Not before the page's own pictures are there and painted: they are what readers wait
// for. The second frame begins when the first has been handed over.
const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 1500 }) : start());
const later = () => painted(idle);
if (document.readyState === "complete") later();
else addEventListener("load", later, { once: true });

// Whoever tabs out of the open drawer leaves it: focus never stands behind it.
document.getElementById("drawer")?.addEventListener("focusout", ({ currentTarget, relatedTarget }) => {
  const left = relatedTarget && !currentTarget.contains(relatedTarget);
  if (left && currentTarget.matches(":popover-open")) currentTarget.hidePopover();
});

// A page that was fetched ahead is read when it is shown, and not before.
const [opened] = performance.getEntriesByType("navigation");
const tell = () => navigator.sendBeacon("/read", location.pathname);
if (document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
else if (opened?.deliveryType === "navigational-prefetch") tell();
