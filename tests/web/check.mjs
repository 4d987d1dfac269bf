// Opens reports in a browser and checks what only a browser can tell: accessibility in light and dark, wide and narrow;
// that nothing is requested, nothing overflows, the page reads without script, and the script does what it should.
//
//   retold report examples/harbour -o build/harbour.html
//   node tests/web/check.mjs build/harbour.html [more.html ...]
//
// CHROMIUM names the browser (default /usr/bin/chromium).
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const files = process.argv.slice(2);
if (!files.length) {
  console.error("usage: node tests/web/check.mjs REPORT.html...");
  process.exit(2);
}

let failures = 0;
const tell = (ok, what) => {
  if (!ok) failures += 1;
  console.log(`${ok ? "ok  " : "FAIL"} ${what}`);
};

async function opened(browser, file, options, work) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const asked = [];
  const errors = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("pageerror", (error) => errors.push(error.message));
  const address = pathToFileURL(resolve(file)).href;
  await page.goto(address);
  await work(page, address);
  tell(asked.every((url) => url.split("#")[0] === address), `no other request (${asked.length} in all)`);
  tell(!errors.length, `no error ${errors.slice(0, 3).join(" / ")}`);
  await context.close();
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(
    (tags) => axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
    STANDARD,
  );
  for (const rule of found.violations) {
    console.log(`     ${rule.id} (${rule.impact}): ${rule.help}, ${rule.nodes.length} places, first ${rule.nodes[0].target}`);
    console.log(`     ${rule.nodes[0].failureSummary.replace(/\s+/g, " ").slice(0, 300)}`);
  }
  tell(!found.violations.length, `axe: ${what}`);
}

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function scripted(page) {
  const quiet = page.locator("tr.quiet").first();
  if (await quiet.count()) {
    const filter = page.locator('input[data-filter="quiet"]').first();
    await filter.check();
    tell(await quiet.isHidden(), "the filter hides what is trivial");
    await filter.uncheck();
    tell(await quiet.isVisible(), "and shows it again");
  }
  const edge = page.locator("a.edge").first();
  if (await edge.count()) {
    await edge.focus();
    const panel = page.locator(".lineage", { has: edge }).first().locator(".evidence");
    tell(await panel.isVisible(), "an edge shows its evidence on focus");
  }
}

async function keyboard(page, address) {
  await page.keyboard.press("Tab");
  tell((await page.evaluate(() => document.activeElement.className)) === "skip", "the first stop skips to the story");
  const link = page.locator('.timeline a.to[href^="#"]').first();
  if (!(await link.count())) return;
  const to = await link.getAttribute("href");
  await link.focus();
  await page.keyboard.press("Enter");
  const target = page.locator(`[id="${to.slice(1)}"]`);
  tell(await target.isVisible(), "a statement opens its sentence");
  const way = page.locator(`[id="${to.slice(1)}"] + .back a, [id="${to.slice(1)}"] > .back a`).first();
  if (await way.count()) tell(await way.isVisible(), "and the sentence leads back");
  await page.goto(address);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: QUIET });
for (const file of files) {
  console.log(file);
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1400, 390]) {
      await opened(browser, file, { colorScheme, viewport: { width, height: 900 } }, async (page) => {
        await page.evaluate(() => { for (const closed of document.querySelectorAll("details")) closed.open = true; });
        await accessible(page, `${colorScheme}, ${width} wide`);
        tell((await overflow(page)) <= 0, `nothing overflows, ${width} wide`);
      });
    }
  }
  await opened(browser, file, { viewport: { width: 320, height: 900 } }, async (page) => {
    await page.evaluate(() => { for (const closed of document.querySelectorAll("details")) closed.open = true; });
    tell((await overflow(page)) <= 0, "nothing overflows, 320 wide");
  });
  await opened(browser, file, { viewport: { width: 1400, height: 900 } }, async (page, address) => {
    await keyboard(page, address);
    await scripted(page);
    tell((await page.pdf({ format: "A4" })).length > 10_000, "it prints");
  });
  await opened(browser, file, { javaScriptEnabled: false, viewport: { width: 1400, height: 900 } }, async (page) => {
    const parts = await page.locator(".card, .part, .report").all();
    const shown = await Promise.all(parts.map((part) => part.isVisible()));
    tell(parts.length > 2 && shown.every(Boolean), `it reads without script (${parts.length} parts)`);
  });
}
await browser.close();
console.log(failures ? `${failures} failed` : "all well");
process.exit(failures ? 1 : 0);
