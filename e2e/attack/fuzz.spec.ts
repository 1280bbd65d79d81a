import { connect } from "node:net";
import fc from "fast-check";
import { ADMIN_TOKEN, DEBUG_TOKEN, startApp } from "../support/app-server";
import { createClient } from "../support/ask";
import { createDocuments } from "../support/documents";
import { expect, test } from "../support/fixtures";
import { findLeaks } from "./find-leaks";
import { type FuzzRequest, fuzzRequests } from "./fuzz-requests";
import { asRole, send } from "./send";

const REQUESTS = 10_000;
const AT_ONCE = 16;
const SILENT_MS = 400;
const MAX_MS = 180_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const SESSION_SECRET = "fuzz-session-secret-that-nobody-may-read";
const LANGFUSE_SECRET = "sk-lf-fuzz-secret-that-nobody-may-read";

interface Outcome {
  status: number;
  text: string;
}

/** Sends bytes and waits for the first line of an answer; there need be none. */
function sendBytes(url: string, bytes: Uint8Array): Promise<Outcome> {
  const { port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ host: "localhost", port: Number(port) });
    const end = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(SILENT_MS, end);
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("error", end);
    socket.on("close", end);
    socket.write(bytes);
  });
}

async function perform(url: string, request: FuzzRequest): Promise<Outcome> {
  if (request.kind === "bytes") return sendBytes(url, request.bytes);
  const { method, path, role, headers, body } = request;
  // A server may hang up on what it does not want to read; that it does not answer at all is a fault.
  return send(url, path, { method, headers: { ...headers, ...asRole(role) }, body }).catch(
    (error: Error) => ({
      status: /ECONNRESET|EPIPE|socket hang up/.test(String(error)) ? 0 : 599,
      text: "",
    }),
  );
}

/** Langfuse is off here, and what needs it says so. */
const isOff = ({ status, text }: Outcome) => status === 503 && text.includes("Langfuse is off");

function faultOf(request: FuzzRequest, outcome: Outcome, secrets: readonly string[]): string | null {
  const leaks = findLeaks(outcome.text, request.kind === "http" ? request.role : "none", secrets);
  const failed = outcome.status >= 500 && !isOff(outcome);
  if (!failed && leaks.length === 0) return null;
  const shown = request.kind === "bytes" ? Buffer.from(request.bytes).toString() : request;
  return JSON.stringify({ status: outcome.status, leaks, shown, answer: outcome.text.slice(0, 300) });
}

test("the eyes of the fuzz see a stack, a folder, a key and a prompt", () => {
  const leak = (text: string, secrets: string[] = []) => findLeaks(text, "none", secrets).length;
  expect(leak("Error: x\n    at answer (file:///srv/app/lib/x.ts:3:7)")).toBe(1);
  expect(leak("Error: x\n    at Object.open (node:fs:1:2)")).toBe(1);
  expect(leak("ENOENT /srv/node_modules/x/y.js")).toBe(1);
  expect(leak(`in ${process.cwd()}/lib`, [process.cwd()])).toBe(1);
  expect(leak("You answer questions from the passages in the user's message.")).toBe(1);
  expect(leak("The file was opened at 10:20:30 (see node:fs).")).toBe(0);
});

test(`${REQUESTS} random requests give no 5xx, and no answer shows the server's inside`, async () => {
  test.setTimeout(MAX_MS + 60_000);
  await using app = await startApp({
    SESSION_SECRETS: SESSION_SECRET,
    LANGFUSE_SECRET_KEY: LANGFUSE_SECRET,
    DEBUG_COLLECT: "all",
  });
  const documents = createDocuments(createClient(app.url, "admin"));
  await documents.createBase("fuzz");
  await documents.ended((await documents.send("fuzz", { "fuzz.md": "# Fuzz\n\nNothing is here.\n" })).jobs);
  const { requestId, frames } = await createClient(app.url).answer({ message: "Hello!" });
  const start = frames.find((frame) => frame.status === "start");
  const session = start?.status === "start" ? start.session_id : "";
  const secrets = [process.cwd(), DEBUG_TOKEN, ADMIN_TOKEN, SESSION_SECRET, LANGFUSE_SECRET];

  console.log(`fuzz: seed ${SEED}; FUZZ_SEED=${SEED} does the same again`);
  const requests = fc.sample(fuzzRequests([requestId, session, "fuzz"]), { numRuns: REQUESTS, seed: SEED });
  const started = Date.now();
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const queue = requests.values();
  const lane = async () => {
    for (const request of queue) {
      if (Date.now() - started > MAX_MS) return;
      const outcome = await perform(app.url, request);
      statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1);
      const fault = faultOf(request, outcome, secrets);
      if (fault !== null) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`fuzz: ${sent} requests in ${Date.now() - started} ms; ${counts.join(", ")}`);

  expect(faults.slice(0, 20)).toEqual([]);
  expect(sent).toBe(REQUESTS);
  for (const status of [200, 400, 401, 403, 404, 405])
    expect(statuses.get(status), `${status}`).toBeGreaterThan(50);
  const answer = await createClient(app.url).answer({ message: "Hello!" });
  expect(answer.frames.at(-1)).toMatchObject({ finish_reason: "stop" });
  expect(app.output()).not.toMatch(/"level":"error"|unhandled/i);
  for (const secret of [DEBUG_TOKEN, ADMIN_TOKEN, SESSION_SECRET, LANGFUSE_SECRET])
    expect(app.output()).not.toContain(secret);
});
