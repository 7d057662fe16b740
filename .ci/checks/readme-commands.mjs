// node readme-commands.mjs: the commands of the README that CI runs, one a line: those in shell blocks after <!-- run -->.
import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
const commands = blocks.flatMap((block) => block.split("\n")).map((line) => line.replace(/\s+#.*$/, "").trim()).filter(Boolean);
console.log(commands.join("\n"));
