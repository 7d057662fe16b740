// capacity.json against its schema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const formats = require("ajv-formats").default;

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
formats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(new URL("../../docs/capacity.schema.json", import.meta.url), "utf8")));

/** One sentence for each place that does not meet the schema. */
export function schemaProblems(report) {
  return validate(report) ? [] : validate.errors.map((error) => `${error.instancePath || "/"} ${error.message}`);
}
