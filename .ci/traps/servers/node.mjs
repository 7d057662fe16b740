// node node.mjs <kind> <port>: the servers that are written for Node.
import { createServer } from "node:http";
import { setInterval } from "node:timers";
import { WebSocketServer } from "ws";

const [kind, port] = process.argv.slice(2);
const http = createServer((_, response) => response.end("ok"));
const kinds = { echo, deflate, shedding, crash, socketio, graphql };

await kinds[kind]();
http.listen(Number(port), "127.0.0.1", 4096);

function echo(options = { perMessageDeflate: false }) {
  const sockets = new WebSocketServer({ server: http, ...options });
  sockets.on("connection", (socket) => {
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on("error", () => {});
  });
  return sockets;
}

function deflate() {
  echo({ perMessageDeflate: true });
}

// Each upgrade takes 8 ms of the loop, and while the loop is late it sheds load.
function shedding() {
  const sockets = new WebSocketServer({ noServer: true });
  let before = performance.now();
  let late = 0;
  setInterval(() => {
    late = performance.now() - before - 10;
    before = performance.now();
  }, 10);
  http.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    if (late > 50) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    const until = performance.now() + 8;
    while (performance.now() < until);
    sockets.handleUpgrade(request, socket, head, (opened) => opened.on("error", () => {}));
  });
}

function crash() {
  const sockets = echo();
  sockets.on("connection", () => {
    if (sockets.clients.size >= 150) process.exit(134);
  });
}

async function socketio() {
  const { Server } = await import("socket.io");
  new Server(http);
}

async function graphql() {
  const { GraphQLSchema, GraphQLObjectType, GraphQLString } = await import("graphql");
  const { useServer } = await import("graphql-ws/use/ws");
  const query = new GraphQLObjectType({ name: "Query", fields: { hello: { type: GraphQLString, resolve: () => "world" } } });
  useServer({ schema: new GraphQLSchema({ query }) }, new WebSocketServer({ server: http, path: "/graphql" }));
}
