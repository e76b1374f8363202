// The HTML checker has nothing to say about one page of each kind.
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { test, expect, KINDS, origin } = require("./helper");

test("valid HTML on every kind of page", async ({ request }) => {
  test.setTimeout(120_000);
  const folder = path.join(__dirname, "results", "html");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const save = async (name, response) => fs.writeFileSync(path.join(folder, `${name.replace(/\W+/g, "-")}.html`), await response.body());
  for (const kind of KINDS) {
    const response = await request.get(origin + kind.path);
    expect(response.status(), kind.path).toBe(kind.status ?? 200);
    await save(kind.name, response);
  }
  const headers = { origin };
  await save("contact refused", await request.post(`${origin}/contact`, { headers, form: { name: "", email: "x", text: '</textarea><b>"&' } }));
  const text = '</textarea></blockquote><b>"&';
  await save("comment lost", await request.post(`${origin}/comments`, { headers, form: { article: "a", text } }));
  await save("comment refused", await request.post(`${origin}/comments`, { headers, form: { article: "who-pays-a-tariff", text } }));
  const whole = { article: "who-pays-a-tariff", text, name: "A", email: "a@b.co" };
  await save("comment to be sent", await request.post(`${origin}/comments`, { headers, form: whole }));
  await save("comment held", await request.get(`${origin}/comments/held?article=who-pays-a-tariff`));
  await save("signed up", await request.post(`${origin}/newsletter`, { headers, form: { email: "a@b.co" } }));
  await save("wrong method", await request.delete(`${origin}/news`, { headers }));

  execFileSync("java", ["-version"], { stdio: "ignore" });
  const jar = path.join(__dirname, "node_modules/vnu-jar/build/dist/vnu.jar");
  const ran = spawnSync("java", ["-Xss8m", "-jar", jar, "--format", "json", "--errors-only", "--exit-zero-always", folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const { messages } = JSON.parse(ran.stderr || ran.stdout);
  const told = new Set(messages.map((m) => `${path.basename(m.url ?? "")}: ${m.message} … ${m.extract?.trim().slice(0, 160) ?? ""}`));
  expect([...told]).toEqual([]);
});
