// Proof of work (ALTCHA, version 2 of its protocol) while somebody writes: the form's
// challenge is solved by the browser's own cryptography, beside the page's thread. The
// form carries it along as `proof`; who can't solve it (no encrypted connection) sends
// none, and an editor reads the comment first.
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve(challenge) {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const start = bytes(nonce);
  const password = new Uint8Array(start.length + 4);
  password.set(start);
  const counted = new DataView(password.buffer);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  for (let counter = 0; ; counter += 1) {
    counted.setUint32(start.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  }
}

const form = document.getElementById("reply");
const field = form?.elements.namedItem("proof");
let asked = "";

function begin() {
  const { challenge } = form.dataset;
  if (!challenge || challenge === asked) return;
  asked = challenge;
  field.value = "";
  // The conversation's island waits for this before it sends. (A form's property with a
  // field's name is that field.)
  form.proving = solve(JSON.parse(challenge)).then(
    (proof) => (asked === challenge ? (field.value = proof) : form.proving),
    () => "",
  );
}

if (field && crypto.subtle) {
  begin();
  new MutationObserver(begin).observe(form, { attributeFilter: ["data-challenge"] });
  // A page without the island sends by itself, once the proof is there. The island's own
  // listener, on the form, has been called before this one.
  let waiting = false;
  addEventListener("submit", async (event) => {
    if (event.target !== form || event.defaultPrevented || field.value || !form.proving || event.submitter?.name) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    document.getElementById("reply-outcome").textContent = form.dataset.sending;
    await form.proving;
    form.submit();
  });
}
