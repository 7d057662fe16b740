// XML as a tree; anything that is not well-formed throws.
import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";

/** The root element of a file: { name, attributes, children, text }, text with that of its children. */
export function readXml(path) {
  const root = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const say = (text) => open.forEach((element) => (element.text += text));
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw new Error(`${path} is not well-formed: ${error.message}`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: "" };
    open.at(-1).children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", say);
  parser.on("cdata", say);
  parser.write(readFileSync(path, "utf8").replace(/^\uFEFF/, "")).close();
  return root.children[0];
}

/** All elements of that name, at any depth, in document order. */
export function elementsOf(element, name) {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}
