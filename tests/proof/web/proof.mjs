// Drives a browser through every screen of a server: axe-core finds no serious fault, nothing of a document runs, the
// keyboard is enough, nothing is wider than the window, and reading and searching need no script.
//
// node proof.mjs MODULES BROWSER ADDRESS FOLDER [ADDRESS OF HOSTILE DOCUMENTS] [ADDRESS OF A SERVER THAT BUILDS]
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, browserPath, address, folder, hostile, building] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(folder, { recursive: true });

const WIDTHS = [390, 1280];
const THEMES = ["light", "dark"];
let faults = 0;
const fault = (where, what) => {
  faults += 1;
  console.log(`FAULT ${where}: ${what}`);
};

const json = async (base, path) => (await fetch(base + path)).json();
const screens = async (base, words) => {
  const listed = await json(base, "/v1/documents?limit=3");
  const ids = listed.items.map((entry) => entry.id);
  const q = encodeURIComponent(words);
  return [
    ["pile", "/"],
    ["pile-sorted", "/?sort=-date"],
    ...ids.slice(0, 2).map((id, at) => [`reader-${at + 1}`, `/documents/${id}`]),
    ["reader-clean", `/documents/${ids[0]}?view=clean`],
    ["reader-layer", `/documents/${ids[0]}?layer=name`],
    ["search-empty", "/search"],
    ["search", `/search?q=${q}`],
    ["search-kwic", `/search?q=${q}&view=kwic&sort=R1&in=all`],
    ["search-chips", `/search?q=${q}+said&in=all`],
    ["search-nothing", "/search?q=xyzzyplugh"],
    ["timeline", "/timeline"],
    ["timeline-lane", "/timeline?lane=statement&from=2000&to=2030"],
    ["people", "/people"],
    ["people-outlets", "/people?kind=outlet"],
    ["statements", "/statements"],
    ["statements-topic", "/statements?by=topic"],
    ["statements-list", "/statements?by=list"],
    ["statements-agreements", "/statements?by=agreement"],
    ["compare", `/compare?q=${q}`],
    ["compare-two", `/compare?old=${ids[0]}&new=${ids[1] ?? ids[0]}`],
    ["docs", "/docs"],
    ["refused", "/documents/nothing"],
  ];
};

const browser = await puppeteer.launch({
  executablePath: browserPath,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
  ],
});

/** A page on which anything that must not happen is a fault. */
const open = async (where) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  page.on("dialog", async (dialog) => {
    fault(where(), `a script of a document ran: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("pageerror", (error) => fault(where(), `script failed: ${error}`));
  page.on("console", (message) => {
    // A refused page is a 4xx, which the browser notes as an error.
    const text = message.text();
    if (message.type() === "error" && !text.includes("status of 4")) fault(where(), `console: ${text}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && !url.startsWith("http://127.0.0.1:")) fault(where(), `asked for ${url}`);
  });
  return page;
};

const judge = async (page, name) => {
  // The policy of the page forbids strings as code, so the tool comes in by the protocol of the browser.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) {
    const grave = ["serious", "critical"].includes(violation.impact);
    const at = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
    if (grave) fault(name, `${violation.impact} ${violation.id} (${violation.nodes.length}): ${at}`);
    else console.log(`note  ${name}: ${violation.impact} ${violation.id} (${violation.nodes.length}): ${at}`);
  }
};

const walk = async (base, words, prefix, shoots) => {
  let now = "";
  const page = await open(() => now);
  for (const theme of THEMES) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: width < 500 ? 844 : 900 });
      for (const [name, path] of await screens(base, words)) {
        now = `${prefix}${name} ${theme} ${width}`;
        const answer = await page.goto(base + path, { waitUntil: "load" });
        if (answer.status() >= 500) fault(now, `status ${answer.status()}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) fault(now, `${wide} px wider than the window`);
        const strange = await page.evaluate(
          () => [...document.querySelectorAll("script, style, iframe, object, embed, img, [onload], [onerror], [onclick]")]
            .filter((node) => node.getAttribute("src") !== "/assets/page.js").length,
        );
        if (strange) fault(now, `${strange} elements that the page does not make`);
        await judge(page, now);
        if (shoots) await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
      }
    }
  }
  await page.close();
};

/** With the keyboard alone: from the pile to a document, from fact to fact, and to a search. */
const keyboard = async (base) => {
  const name = "keyboard";
  const page = await open(() => name);
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(base + "/");
  await page.keyboard.press("Tab");
  if ((await page.evaluate(() => document.activeElement.className)) !== "skip") fault(name, "the first stop is not the way to the content");
  let reached = false;
  for (let stop = 0; stop < 60 && !reached; stop += 1) {
    await page.keyboard.press("Tab");
    reached = await page.evaluate(() => document.activeElement.matches("table.pile a[href^='/documents/']"));
    const seen = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.width > 0 && box.height > 0;
    });
    if (!seen) fault(name, "the keyboard stops at something that is not seen");
  }
  if (!reached) return fault(name, "no document is reached by Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await page.keyboard.press("n");
  const facts = await page.evaluate(() => document.querySelectorAll("li.fact").length);
  const current = await page.evaluate(() => document.querySelectorAll("li.fact.current").length);
  if (facts && current !== 1) fault(name, "n does not go to a fact");
  await page.focus("#find");
  await page.keyboard.type("the");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if (!page.url().includes("/search?q=the")) fault(name, `Enter in the box led to ${page.url()}`);
  await page.close();
};

/** Every stop of the keyboard on every screen is seen, shows that it is the one, and leads on. */
const stops = async (base, words) => {
  let now = "";
  const page = await open(() => now);
  // What scrolls smoothly is not there yet when it is looked at.
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: width < 500 ? 844 : 900 });
    for (const [name, path] of await screens(base, words)) {
      now = `stops ${name} ${width}`;
      await page.goto(base + path, { waitUntil: "load" });
      let last = -1;
      for (let stop = 0; stop < 25; stop += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const node = document.activeElement;
          if (!node || node === document.body) return null;
          const box = node.getBoundingClientRect();
          const style = getComputedStyle(node);
          const all = [...document.querySelectorAll("a, button, input, select, summary, [tabindex]")];
          return {
            what: node.outerHTML.slice(0, 90),
            seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            order: all.indexOf(node),
            isFirst: node.matches(".skip"),
          };
        });
        if (!at || (stop > 0 && at.isFirst)) break;
        if (!at.seen) fault(now, `a stop that is not seen: ${at.what}`);
        if (!at.marked) fault(now, `a stop that is not marked: ${at.what}`);
        if (at.order <= last) fault(now, `a stop out of order: ${at.what}`);
        last = at.order;
      }
    }
  }
  await page.close();
};

/** In the reader: next and previous fact, none, and the citation under "why?". */
const reading = async (base) => {
  const name = "reader by keys";
  const page = await open(() => name);
  await page.setViewport({ width: 1280, height: 900 });
  const ids = (await json(base, "/v1/documents?limit=1")).items.map((entry) => entry.id);
  await page.goto(`${base}/documents/${ids[0]}`);
  const current = () => page.evaluate(() => [...document.querySelectorAll("li.fact")].findIndex((fact) => fact.matches(".current")));
  for (const [key, expected] of [["n", 0], ["n", 1], ["n", 2], ["p", 1], ["Escape", -1], ["n", 0]]) {
    await page.keyboard.press(key);
    if ((await current()) !== expected) fault(name, `${key} leads to fact ${await current()}, not ${expected}`);
  }
  const lit = await page.evaluate(() => [...(CSS.highlights.get("fact") ?? [])].map((range) => range.toString()).join());
  const words = await page.evaluate(() => document.querySelector("li.fact.current q").textContent);
  if (lit !== words) fault(name, `the fact says ${words}, the light lies on ${lit}`);
  const citation = await page.evaluate(() => document.querySelector("li.fact.current .cite bdi").textContent);
  if (!citation.includes(words) || !/line \d+\)$/.test(citation)) fault(name, `a citation without words or line: ${citation}`);
  await page.close();
};

/** A file sent by the page is built into the corpus, with script and without, and what is done is told. */
const sending = async (base) => {
  const name = "sending files";
  const page = await open(() => name);
  const file = join(folder, "sent.txt");
  for (const script of [true, false]) {
    writeFileSync(file, `The quay of Sundholm\n\nThe ferry ${script ? "Alma" : "Berta"} left the old quay on Monday, said Marta Oyelaran.\n`);
    const before = (await json(base, "/healthz")).documents;
    await page.setJavaScriptEnabled(script);
    await page.goto(base + "/");
    const input = await page.$("form.drop input[type=file]");
    await input.uploadFile(file);
    await Promise.all([page.waitForNavigation(), page.click("form.drop button")]);
    if (!script && !page.url().includes("/jobs/")) fault(name, `without script it led to ${page.url()}`);
    let after = before;
    for (let wait = 0; wait < 100 && after === before; wait += 1) {
      await new Promise((done) => setTimeout(done, 100));
      after = (await json(base, "/healthz")).documents;
    }
    if (after !== before + 1) fault(name, `${before} documents before, ${after} after`);
  }
  await page.close();
};

/** Without script: reading and searching. */
const plain = async (base, words) => {
  const name = "without script";
  const page = await open(() => name);
  await page.setJavaScriptEnabled(false);
  await page.goto(base + "/");
  await Promise.all([page.waitForNavigation(), page.click("table.pile a[href^='/documents/']")]);
  const text = await page.$$("div.block .words");
  if (!text.length) fault(name, "a document cannot be read");
  await page.type("#find", words);
  await Promise.all([page.waitForNavigation(), page.click(".find button")]);
  const hits = await page.$$("article.hit a");
  if (!hits.length) fault(name, "nothing is found");
  await page.goto(`${base}/search?q=${encodeURIComponent(words)}+said`);
  await page.click(".chips summary");
  await Promise.all([page.waitForNavigation(), page.click(".chips form button")]);
  if (!(await page.$$("article.hit a")).length) fault(name, "an edited part of a question finds nothing");
  await page.close();
};

await walk(address, "the", "", true);
await stops(address, "the");
await keyboard(address);
await reading(address);
if (building) await sending(building);
await plain(address, "the");
if (hostile) await walk(hostile, "harbour", "hostile ", false);
await browser.close();
console.log(faults ? `${faults} faults` : "no fault");
process.exit(faults ? 1 : 0);
