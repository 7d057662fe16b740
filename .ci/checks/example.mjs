// The example outputs of the pages: a ```text block, and the command in the shell block above it. Where that starts no server,
// <!-- server OPTIONS --> before the output says which one it is of.
import { readFileSync, writeFileSync } from "node:fs";
import { assert } from "./check.mjs";

const blocks = /```sh\n([\s\S]*?)```|(?:<!-- server (.*?) -->\n)?```text\n([\s\S]*?)```/g;
const file = (page) => new URL(`../../${page}`, import.meta.url);

/** The example of a page: what it shows, the options of the server that it is of, and the command that prints it. */
export function exampleOf(page) {
  let above = "";
  for (const [, commands, options, text] of readFileSync(file(page), "utf8").matchAll(blocks)) {
    if (commands !== undefined) above = commands;
    else return { text, ...parsed(above, options) };
  }
  return assert.fail(`${page} has no text block.`);
}

/** Takes what a command printed for the example of a page. */
export function accept(page, text) {
  const whole = readFileSync(file(page), "utf8");
  writeFileSync(file(page), whole.replace(/(```text\n)[\s\S]*?```/, (_, start) => `${start}${text}\`\`\``));
}

/** The lines without what no two runs share: numbers, and how far a column is from the next. */
export const alike = (text) => text.trimEnd().split("\n").map((line) => line
  .replaceAll(/wss?:\/\/\S+/g, "URL").replaceAll(/[-+−]?\$?\d[\d.,]*/g, "0").replaceAll(/ \(0 %\)/g, "").replaceAll(/\bm?s\b/g, "s")
  .replaceAll(/\s+/g, " ").trim());

// The server's options stand in the first command where the page starts one, else in the marker.
function parsed(commands, options) {
  const lines = commands.replaceAll("\\\n", "").split("\n").map((line) => line.replace(/\s#.*$/, "").trim()).filter(Boolean);
  const server = lines.map((line) => /--project TargetServer -- (.*)$/.exec(line)?.[1]).find(Boolean) ?? options ?? "";
  const settings = Object.fromEntries([...lines.at(-1).matchAll(/\b((?:CAPACITY|NUM)_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  return { server: server.split(" "), settings };
}
