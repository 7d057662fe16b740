// One row a server: its setup, the truth, and what a run must say of it.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, opened, servers } from "./place.mjs";
import * as files from "./proxies.mjs";

const short = { CAPACITY_LADDER_STEPS: "10,25,50,100,200" };
const steps = (list, hold, more = {}) => ({ CAPACITY_LADDER_STEPS: list, CAPACITY_LADDER_HOLD: hold, ...more });

// A timer ends every connection, however many there are: nothing is held, and no number is claimed.
const timer = { code: 1, outcome: "failed", reliable: [0, 0], safe: 0, kind: "none" };

/** A cap that is hard: found exactly, and 80 % of it safe. */
const cap = (count) => ({
  code: 0, outcome: "passed", reliable: [count - 2, count], safe: Math.floor(count * 0.8), kind: "exact", side: /server/,
});

async function node(here, kind) {
  const port = await freePort();
  await here.node(kind, port);
  return port;
}

async function kestrel(here, kind, number) {
  const port = await freePort();
  await here.start(port, ["dotnet", join(here.built, "kestrel.dll"), kind, port, number].map(String));
  return port;
}

/** A server of Python; PORT in its command line stands for the port. */
async function python(here, command) {
  const port = await freePort();
  await here.start(port, command.replace("PORT", port).split(" "), { cwd: servers, env: { PYTHONDONTWRITEBYTECODE: "1" } });
  return port;
}

async function nginx(here, setup) {
  const [port, behind] = [await freePort(), await node(here, "echo")];
  here.write("nginx.conf", files.nginx({ port, behind, ...setup }));
  await here.start(port, ["nginx", "-p", here.folder, "-c", "nginx.conf", "-e", "nginx.log"]);
  return port;
}

async function caddy(here) {
  const [port, admin, behind] = [await freePort(), await freePort(), await node(here, "echo")];
  const home = { env: { HOME: here.folder, XDG_DATA_HOME: here.folder, XDG_CONFIG_HOME: here.folder } };
  const file = here.write("Caddyfile", files.caddy({ port, behind, admin }));
  await here.start(port, ["caddy", "run", "--config", file, "--adapter", "caddyfile"], home);
  const reload = async () => {
    here.write("Caddyfile", files.caddy({ port, behind, admin, comment: "second" }));
    await here.run(["caddy", "reload", "--config", file, "--adapter", "caddyfile", "--address", `127.0.0.1:${admin}`], home);
  };
  return { port, reload };
}

async function tomcat(here) {
  const port = await freePort();
  here.write("conf/server.xml", files.tomcat({ port }));
  here.write("conf/web.xml", files.tomcatApplication);
  const home = "/usr/share/tomcat10";
  await here.start(port, [
    "java", "-Xmx512m", "-cp", `${home}/bin/bootstrap.jar:${home}/bin/tomcat-juli.jar`, `-Dcatalina.home=${home}`,
    `-Dcatalina.base=${here.folder}`, `-Djava.io.tmpdir=${here.folder}`, "org.apache.catalina.startup.Bootstrap", "start",
  ]);
  return port;
}

async function rabbitmq(here) {
  const [port, amqp, epmd, distribution] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const env = {
    HOME: here.folder, ERL_EPMD_PORT: String(epmd), ERL_EPMD_ADDRESS: "127.0.0.1", RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_NODENAME: "traps@localhost", RABBITMQ_CONFIG_FILE: here.write("rabbitmq.conf", files.rabbitmq({ port, amqp })),
    RABBITMQ_MNESIA_BASE: join(here.folder, "mnesia"), RABBITMQ_LOG_BASE: here.folder, RABBITMQ_PID_FILE: join(here.folder, "rabbitmq.pid"),
    RABBITMQ_ENABLED_PLUGINS_FILE: here.write("enabled_plugins", "[rabbitmq_web_stomp].\n"),
  };
  const programs = "/usr/lib/rabbitmq/bin";
  await here.start(port, [`${programs}/rabbitmq-server`], { env });
  await here.run([`${programs}/rabbitmqctl`, "set_vhost_limits", "-p", "/", '{"max-connections": 50}'], { env });
  // Erlang's name server leaves the group that it was started in.
  here.after = () => here.run(["epmd", "-port", String(epmd), "-kill"], { env }).catch(() => {});
  return port;
}

const url = (port, path = "/") => `ws://127.0.0.1:${port}${path}`;

/** Each: `start` gives the address and what happens during the run; `expect` is what the run must say. */
export const rows = [
  {
    name: "shedding", truth: "no cap, 1,000 at 60 a second", settings: steps("10,25,50,100,200,500", "1s"),
    start: async (here) => ({ url: url(await node(here, "shedding")) }),
    expect: { code: 0, outcome: "passed", safe: 800, kind: "opening", opening: "rate", side: /server/, next: /Pool\.Rate=\d/, plan: false },
  },
  {
    name: "rabbitmq", truth: "50 sessions of STOMP", settings: short,
    start: async (here) => ({ url: url(await rabbitmq(here), "/ws"), settings: { CAPACITY_TARGET_SUBPROTOCOL: "v12.stomp" } }),
    expect: { code: 0, outcome: "passed", reliable: [200, 200], safe: 160, kind: "bound", unproven: "applicationMessages" },
  },
  {
    name: "uvicorn", truth: "no cap; plain HTTP answers 503 from 49 on", settings: short,
    start: async (here) => ({
      url: url(await python(here, "/usr/bin/python3 -m uvicorn asgi:quick --host 127.0.0.1 --port PORT --limit-concurrency 50")),
    }),
    expect: { code: 0, outcome: "passed", reliable: [200, 200], safe: 160, kind: "bound", unproven: "healthChecks" },
  },
  {
    name: "deflate", truth: "500; with compression each needs 265 KiB after one message", settings: steps("10,25,50,100,200,500", "1s"),
    start: async (here) => ({ url: url(await node(here, "deflate")) }),
    expect: { code: 0, outcome: "passed", reliable: [500, 500], safe: 400, kind: "bound", unproven: "compression" },
  },
  {
    name: "nginx-workers", truth: "varies, 98 to 196", settings: short,
    start: async (here) => ({ url: url(await nginx(here, { workers: 2, connections: 200 })) }),
    expect: {
      code: 0, outcome: "passed", reliable: [30, 197], safe: 157, kind: /interval|exact/, side: /server/, next: /reuseport|worker_connections/,
    },
  },
  {
    name: "nginx-reload", truth: "no cap: one reload cut 50", settings: steps("25,50,75", "20s"),
    start: async (here) => {
      const port = await nginx(here, { main: "worker_shutdown_timeout 5s;" });
      return { url: url(port), during: async () => {
        await opened(port, 50);
        await sleep(6000);
        await here.run(["nginx", "-p", here.folder, "-c", "nginx.conf", "-e", "nginx.log", "-s", "reload"]);
      } };
    },
    expect: { code: 0, outcome: "passed", reliable: [75, 75], safe: 60, kind: "bound", finding: "Steps.Event" },
  },
  {
    // It gives up what waits longer than 5 s: that is 100 handshakes at once, more or less.
    name: "daphne", truth: "no cap: 600 at 15 a second", settings: steps("10,25,50,100,200,500", "1s", { CAPACITY_POOL_INFLIGHT: "250" }),
    start: async (here) => ({ url: url(await python(here, "daphne -b 127.0.0.1 -p PORT asgi:slow")) }),
    expect: {
      code: 0, outcome: "passed", opening: /rate|inFlight/, safe: 480, plan: false, next: /Pool\.(Rate|InFlight)=\d/, side: /server/,
    },
  },
  {
    name: "kestrel-connections", truth: "no cap: 20 not yet upgraded", settings: short,
    start: async (here) => ({ url: url(await kestrel(here, "connections", 20), "/ws") }),
    expect: {
      code: 0, outcome: "passed", kind: "opening", opening: "inFlight", safe: 1600, next: /Pool\.InFlight/, notNext: /scheme/,
      plan: false, side: /server/,
    },
  },
  {
    name: "nginx-address", truth: "50 for each address", settings: short,
    start: async (here) => ({
      url: url(await nginx(here, { http: "limit_conn_zone $binary_remote_addr zone=each:10m;", location: "limit_conn each 50;" })),
    }),
    expect: {
      code: 0, outcome: "passed", reliable: [49, 50], safe: 40, opening: "perAddress", next: /Pool\.SourceAddresses/, plan: false, side: /server/,
    },
  },
  {
    name: "tomcat", truth: "100", settings: short,
    start: async (here) => ({ url: url(await tomcat(here), "/examples/websocket/echoProgrammatic") }),
    expect: { ...cap(100), notNext: /Raise its backlog/, resource: "its own cap" },
  },
  {
    name: "socketio", truth: "each closed after 45 s", settings: steps("10,25,50", "50s"),
    start: async (here) => ({ url: url(await node(here, "socketio"), "/socket.io/?EIO=4&transport=websocket") }),
    expect: { ...timer, next: /handshake|login/ },
  },
  {
    name: "signalr", truth: "each closed after 15 s", settings: steps("10,25,50", "20s"),
    start: async (here) => ({ url: url(await kestrel(here, "signalr", 0), "/hub") }),
    expect: { ...timer, next: /handshake|login/ },
  },
  {
    name: "graphql", truth: "each closed after 3 s", settings: steps("10,25,50", "5s"),
    start: async (here) => ({ url: url(await node(here, "graphql"), "/graphql"), settings: { CAPACITY_TARGET_SUBPROTOCOL: "graphql-transport-ws" } }),
    expect: { ...timer, next: /handshake|login/ },
  },
  {
    name: "keepalive", truth: "199; the 200th blocks the loop, and its keepalive gives up", settings: steps("50,100,200", "8s"),
    start: async (here) => ({ url: url(await python(here, "/usr/bin/python3 blocked.py PORT")) }),
    // No more than three holds of 8 s: half of what lies between is left.
    expect: {
      code: 0, outcome: "passed", reliable: [175, 199], safe: 159, kind: /bound|exact/, side: /server/, cause: /1011|keepalive/,
      next: /event loop|blocked/,
    },
  },
  {
    name: "caddy-reload", truth: "no cap: one reload cut 100", settings: steps("50,100,150", "5s"),
    start: async (here) => {
      const { port, reload } = await caddy(here);
      return { url: url(port), during: async () => {
        await opened(port, 100);
        await sleep(2000);
        await reload();
      } };
    },
    expect: { code: 0, outcome: "passed", reliable: [150, 150], safe: 120, kind: "bound", finding: "Steps.Event" },
  },
  {
    name: "haproxy", truth: "each cut after 10 idle s", settings: steps("10,25,50", "15s"),
    start: async (here) => {
      const [port, behind] = [await freePort(), await node(here, "echo")];
      await here.start(port, ["haproxy", "-db", "-f", here.write("haproxy.cfg", files.haproxy({ port, behind }))]);
      return { url: url(port) };
    },
    expect: { ...timer, cause: /idle|last byte/, resource: "idle timeout" },
  },
  {
    name: "nginx-timeout", truth: "each cut after 5 idle s", settings: steps("10,25,50", "8s"),
    start: async (here) => ({ url: url(await nginx(here, { location: "proxy_read_timeout 5s;" })) }),
    expect: { ...timer, cause: /idle|last byte/, resource: "idle timeout" },
  },
  {
    name: "yarp", truth: "each cut after 5 idle s", settings: steps("10,25,50", "8s"),
    start: async (here) => ({ url: url(await kestrel(here, "yarp", await node(here, "echo"))) }),
    expect: { ...timer, cause: /idle|last byte/, resource: "idle timeout" },
  },
  {
    name: "kestrel-upgraded", truth: "120", settings: short,
    start: async (here) => ({ url: url(await kestrel(here, "upgraded", 120), "/ws") }),
    expect: cap(120),
  },
  {
    name: "kestrel-counted", truth: "120", settings: short,
    start: async (here) => ({ url: url(await kestrel(here, "counted", 120), "/ws") }),
    expect: { ...cap(120), resource: "its own cap" },
  },
  {
    name: "apache", truth: "50", settings: short,
    start: async (here) => {
      const [port, behind] = [await freePort(), await node(here, "echo")];
      here.write("apache.conf", files.apache({ port, behind, folder: here.folder }));
      await here.start(port, ["apache2", "-DFOREGROUND", "-f", join(here.folder, "apache.conf")]);
      return { url: url(port) };
    },
    expect: cap(50),
  },
  {
    name: "gunicorn", truth: "50", settings: short,
    start: async (here) => ({
      url: url(await python(here, "gunicorn -k eventlet -w 1 --worker-connections 50 -b 127.0.0.1:PORT eventlet_app:application")),
    }),
    expect: cap(50),
  },
  {
    name: "crash", truth: "dies at the 150th", settings: short,
    start: async (here) => ({ url: url(await node(here, "crash")) }),
    expect: { code: 1, outcome: "failed", reliable: [100, 149], safe: 119, cause: /crash|no longer|gone|went away|refuses/ },
  },
];
