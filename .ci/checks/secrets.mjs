// node secrets.mjs <folder for the runs>
// A server that sends back what it was sent: in close reasons, status lines, a Location, and as an echo. None of six secrets may be in
// the reports folder (the TRX and Allure's results are in it) or on the screen: plain, percent-encoded, in base64, or as a piece.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { assert, check } from "./check.mjs";
import { runSuite } from "./processes.mjs";

const root = resolve(process.argv[2]);
mkdirSync(root, { recursive: true });

const base64 = (text) => Buffer.from(text).toString("base64");
const secrets = {
  bearer: "eyJhbGciOiJ.b34r3rT0k3nQ.s1gnatur3",
  user: "gr4ceH0pper",
  password: "p4ss/w0rd+x=y",
  header: "k3y of two words",
  cookie: "c00kieV4lueZ",
  query: "qu3ry/t0ken+&x",
};
const settings = {
  CAPACITY_TARGET_HEADERS: [
    `Authorization: Bearer ${secrets.bearer}`, `Proxy-Authorization: Basic ${base64(`${secrets.user}:${secrets.password}`)}`,
    `X-Key: ${secrets.header}`, `Cookie: session=${secrets.cookie}; theme=dark`,
  ].join("\\n"),
  CAPACITY_SEARCH_EXACT: "false", CAPACITY_LADDER_PAUSE: "0s", CAPACITY_LADDER_HOLD: "0s",
};

const percent = (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join("");
const forms = {
  plain: (text) => text,
  "percent-encoded": encodeURIComponent,
  "percent-encoded in full": percent,
  base64,
  "base64 of more": (text) => base64(`a: ${text}!`),
};
const sent = Object.values(secrets).flatMap((secret) => Object.values(forms).map((form) => form(secret)));
const hostile = "\u202e\u2066\u200b\x1b[31m";

/** What a server answers, by the number of the handshake; each secret in each form has a class of failure of its own. */
const behaviours = {
  status: (socket, _, number) => socket.end(`HTTP/1.1 ${400 + (number % sent.length)} no ${hostile}${sent[number % sent.length]} here\r\n\r\n`),
  allAtOnce: (socket) => socket.end(`HTTP/1.1 401 ${sent.join(" ")}\r\n\r\n`),
  location: (socket, _, number) => socket.end(`HTTP/1.1 ${301 + (number % 2)} Found\r\nLocation: https://${encodeURIComponent(secrets.user)}:`
    + `${encodeURIComponent(secrets.password)}@elsewhere.test/in?t=${encodeURIComponent(secrets.query)}#${secrets.bearer}${hostile}\r\n\r\n`),
  echo: (socket, request) => socket.end(request),
  echoOfMore: (socket, request) => socket.end(`you said: ${request}`),
  echoInHead: (socket, request) => socket.end(`HTTP/1.1 499 ${request.replaceAll("\r\n", " ")}\r\n\r\n`),
  close: (socket, request, number) => {
    upgrade(socket, request);
    const reason = Buffer.from(`no ${hostile}${sent[number % sent.length]}`).subarray(0, 123);
    socket.end(Buffer.concat([Buffer.from([0x88, 2 + reason.length, (4000 + (number % sent.length)) >> 8, (4000 + (number % sent.length)) & 255]), reason]));
  },
  good: (socket, request) => {
    upgrade(socket, request);
    // Every ping of the suite has four bytes; its frames are masked.
    socket.on("data", (frame) => {
      if (frame[0] === 0x89) socket.write(Buffer.from([0x8a, 4, ...[0, 1, 2, 3].map((at) => frame[6 + at] ^ frame[2 + at])]));
      else if (frame[0] === 0x88) socket.end(Buffer.from([0x88, 0]));
    });
  },
};

function upgrade(socket, request) {
  const key = request.match(/^Sec-WebSocket-Key: (.*)\r$/m)[1];
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
}

/** Runs the suite against a server; gives all that it wrote and printed, what was escaped for JSON, XML or HTML read back as well. */
async function run(name, behave, more) {
  let number = 0;
  const server = createServer((socket) => {
    let request = "";
    socket.on("error", () => {}).on("data", function read(data) {
      request += data.toString("latin1");
      if (!request.includes("\r\n\r\n")) return;
      socket.off("data", read);
      // The suite asks any server for its counts.
      if (request.startsWith("GET /stats ")) socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      else behave(number++)(socket, request, number);
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const reports = join(root, name);
  mkdirSync(reports, { recursive: true });
  const url = `ws://127.0.0.1:${server.address().port}/chat?room=7&token=${encodeURIComponent(secrets.query)}`;
  const { screen } = await runSuite({ ...settings, ...more, CAPACITY_TARGET_URL: url, CAPACITY_REPORTS_DIRECTORY: reports });
  server.close();
  writeFileSync(join(root, `${name}.log`), screen);
  const files = readdirSync(reports, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), "utf8") }));
  return { screen, json: JSON.parse(files.find((file) => file.name === "capacity.json").text), files, all: [...files, { name: "the screen", text: screen }] };
}

// Markdown puts a zero-width space of its own where a link would begin.
const unescaped = (text) => text.replaceAll("&#8203;", "")
  .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)))
  .replaceAll(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replaceAll("&amp;", "&").replaceAll("&quot;", '"');

/** Pieces of 8 characters: none of them stands in a report by itself. */
const pieces = sent.flatMap((text) => Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8)));

function assertNothingIsTold({ files, all }) {
  assert.ok(files.some((file) => file.name === "capacity.trx") && files.some((file) => file.name.endsWith("-result.json")), "TRX and Allure's results are there");
  const found = all.flatMap(({ name, text }) => {
    const texts = [text, unescaped(text), unescaped(text).replaceAll("\\", "")];
    return pieces.filter((piece) => texts.some((one) => one.toLowerCase().includes(piece.toLowerCase()))).map((piece) => `${name}: ${piece}`);
  });
  assert.deepEqual([...new Set(found)], []);
  const steering = all.filter(({ text }) => /[\u200b\u202a-\u202e\u2066-\u2069\x1b]/.test(unescaped(text))).map(({ name }) => name);
  assert.deepEqual(steering, [], "nothing that steers a terminal or reorders a text");
}

const kinds = ["status", "location", "echo", "echoOfMore", "echoInHead", "close"];

await check("a run whose server sends six secrets back in every way tells none", async () => {
  const sessions = kinds.length * sent.length;
  const told = await run("mixed", (number) => (number < 2 || number % 7 === 6 ? behaviours.good : behaviours[kinds[number % 7]]), { CAPACITY_LADDER_STEPS: String(sessions) });
  assertNothingIsTold(told);
  const examples = told.json.steps[0].examples;
  const hidden = Object.keys(examples).filter((name) => examples[name].includes("***"));
  for (const kind of [/^HandshakeRejected\(4\d\d\)$/, /^HandshakeRejected\(30[12]\)$/, /^ClosedByPeer\(40\d\d\)$/])
    assert.ok(hidden.some((name) => kind.test(name)), `${kind} among ${hidden.join()}`);
});

// The handshake before the ladder fails: the check tells of it, on the screen and everywhere.
await Promise.all(["allAtOnce", ...kinds].map((kind) => check(`a server that sends secrets back at once (${kind}): the failed check tells none`, async () => {
  const told = await run(kind, () => behaviours[kind], { CAPACITY_LADDER_STEPS: "5" });
  assertNothingIsTold(told);
  assert.match(told.screen, /HandshakeRejected|HandshakeProtocol|ClosedByPeer/);
})));
