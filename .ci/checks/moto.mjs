// A real moto_server (the emulator of AWS's APIs) on a free loopback port, and the AWS CLI led to it.
import { spawn, spawnSync } from "node:child_process";
import { assert } from "./check.mjs";

const region = "eu-west-1";
const startsWithinMilliseconds = 60_000;

// It ends with its standard input, so that not even a killed script leaves it behind.
const command = 'moto_server -H 127.0.0.1 -p 0 2>&1 & server=$!; cat >/dev/null; kill -9 "$server" 2>/dev/null';

/** Runs one while the body runs; the body gets `aws`, which gives a command's answer, and the variables that any process finds it by. */
export async function withMoto(body) {
  const server = spawn("/bin/sh", ["-c", command], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => server.on("exit", done));
  try {
    const environment = variables(await listening(server));
    await body({ environment, aws: (...words) => aws(environment, words) });
  } finally {
    server.stdin.end();
    await ended;
  }
}

const variables = (url) => ({
  AWS_ENDPOINT_URL: url, AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test",
  AWS_EC2_METADATA_DISABLED: "true", AWS_DISABLE_REQUEST_COMPRESSION: "true", AWS_MAX_ATTEMPTS: "1", AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_PAGER: "",
});

function aws(environment, words) {
  const done = spawnSync("aws", [...words, "--output", "json"], { env: { ...process.env, ...environment }, encoding: "utf8", timeout: 120_000 });
  assert.equal(done.status, 0, `aws ${words.join(" ")}: ${done.stderr ?? done.error}`);
  return done.stdout.trim() === "" ? null : JSON.parse(done.stdout);
}

function listening(server) {
  let text = "";
  return new Promise((found, failed) => {
    const deadline = setTimeout(() => failed(new Error(`moto_server did not start: ${text}`)), startsWithinMilliseconds);
    server.on("exit", (code) => failed(new Error(`moto_server ended with ${code}: ${text}`)));
    server.stdout.setEncoding("utf8").on("data", (data) => {
      text += data;
      const line = text.match(/Running on (http:\/\/127\.0\.0\.1:\d+)/);
      if (!line) return;
      clearTimeout(deadline);
      found(line[1]);
    });
  });
}
