// Serves the app: checks Node, the settings and the port, builds when the sources changed, then answers
// until SIGTERM or SIGINT, which lets running answers end. `--dev` serves the sources with reloading.
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { guardRequests } from "./guard-requests.mjs";
import { requireNode } from "./require-node.mjs";

// Nothing leaves the machine that nobody asked for.
process.env.NEXT_TELEMETRY_DISABLED = "1";
const LAST_BYTES_MS = 3000;
/** V8 goes by the memory of the machine, where it has much: garbage may then be three times what is in use. */
const MOST_GARBAGE_PERCENT = 50;
const dev = process.argv.includes("--dev");

requireNode();
setFlagsFromString(`--heap-growing-percent=${MOST_GARBAGE_PERCENT}`);
if (existsSync(".env")) process.loadEnvFile(".env");
const settings = await readSettings();
requireWritable(settings.DATA_DIR);
await requireFreePort(settings.HOST, settings.PORT);
if (!dev) await import("./build.mjs");

const { default: next } = await import("next");
const server = createServer();
const app = next({
  dev,
  dir: process.cwd(),
  hostname: settings.HOST,
  port: settings.PORT,
  httpServer: server,
});
let runtime = null;
server.on("request", guardRequests(settings, app.getRequestHandler(), warnOfHost));
await app.prepare();
await new Promise((resolve) => server.listen(settings.PORT, settings.HOST, resolve));
const { port } = server.address();
runtime = await startRuntime();
announce();
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void shutDown());

function announce() {
  const host = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(settings.HOST) ? "localhost" : settings.HOST;
  const address = `http://${host}:${port}/`;
  const { debug, admin } = runtime.tokens;
  console.log(`\n  Sidetrace  ${address}`);
  if (debug && !settings.DEBUG_TOKEN) console.log(`  with the debug sidebar  ${address}?token=${debug}`);
  if (admin && !settings.ADMIN_TOKEN) console.log(`  as administrator        ${address}?token=${admin}`);
  if (!debug && !admin)
    console.log("  debug and admin roles are off: set DEBUG_TOKEN and ADMIN_TOKEN to switch them on");
  console.log("");
}

function warnOfHost(host) {
  runtime?.log.warn({ host }, "refused a request for a name that is not in ALLOWED_HOSTS");
}

/** The first request makes Next load its handlers, and with them the runtime, before anybody waits for it. */
async function startRuntime() {
  const host = ["0.0.0.0", "::"].includes(settings.HOST) ? "localhost" : settings.HOST;
  await fetch(`http://${host.includes(":") ? `[${host}]` : host}:${port}/api/health`).catch(() => undefined);
  try {
    const started = await globalThis[Symbol.for("sidetrace.runtime")];
    return started ?? stop("The app did not start; what it printed says why.");
  } catch (error) {
    return stop(error.message);
  }
}

/** New chats are refused while the running ones end; the port stays open so that this can be said. */
async function shutDown() {
  await runtime.shutDown();
  await closeServer();
  process.exit(0);
}

/** Readers who are slow get what is on its way to them; those who take nothing are cut off. */
async function closeServer() {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), LAST_BYTES_MS);
  await closed;
  clearTimeout(late);
}

async function readSettings() {
  const { readSettings: read } = await import("../lib/env.ts");
  try {
    return read();
  } catch (error) {
    return stop(error.message);
  }
}

function requireWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    stop(`DATA_DIR cannot be used: ${error.code ?? error.message}. Set it to a folder that can be written.`);
  }
}

function requireFreePort(host, port) {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", (error) => {
      const reason =
        error.code === "EADDRINUSE" ? "is in use: stop what listens there, or set PORT" : error.message;
      stop(`Port ${port} on ${host} ${reason}.`);
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
