import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { ChatFrame } from "@/lib/events/chat-frame";
import { encodeFrame, PING } from "@/lib/events/sse";
import { type Ask, isRunning } from "./live-turn";
import { createStreamHub } from "./stream-hub";

const REQUEST = "0198c0de-0000-7000-8000-000000000001";
const ASK: Ask = {
  sessionId: "s1",
  message: "Why?",
  kbPrefix: "auto",
  agentType: "auto",
  regenerateOf: null,
  continueOf: null,
  private: false,
  known: [],
};
const FRAMES: ChatFrame[] = [
  { status: "start", request_id: REQUEST, session_id: "s1", message_id: "m1" },
  { status: "sources", content: [] },
  { status: "token", content: "Be" },
  { status: "token", content: "cause" },
  { status: "done", request_id: REQUEST, finish_reason: "stop", usage: null },
];
const bytes = (from: number, to: number) =>
  FRAMES.slice(from, to)
    .map((frame, index) => encodeFrame({ id: from + index + 1, frame }))
    .join("");

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real server that answers the n-th request with the n-th handler, and a hub that talks to it. */
async function serve(...handlers: Handler[]) {
  /** Times without a network that have still to be waited for. */
  const outages: string[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const handler = handlers.shift();
    if (handler) handler(request, response);
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const said: string[] = [];
  const links: string[] = [];
  const hub = createStreamHub({
    fetch: (path, init) => fetch(`${origin}${path}`, init),
    now: () => 7,
    pause: async () => undefined,
    waitForNetwork: async () => outages.pop() !== undefined,
    schedule: (notify) => notify(),
    onStarted: (sessionId) => said.push(`started ${sessionId}`),
    onEnded: (sessionId) => said.push(`ended ${sessionId}`),
  });
  hub.subscribe(() => links.push(hub.turns().get("s1")?.link ?? "none"));
  const until = async (holds: () => boolean) => {
    for (let i = 0; i < 500 && !holds(); i += 1) await wait(10);
    expect(holds()).toBe(true);
  };
  const settled = () => until(() => !isRunning(hub.turns().get("s1") ?? null));
  return { hub, outages, seen, said, links, until, settled, turn: () => hub.turns().get("s1") };
}

const stream = (response: ServerResponse) =>
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": REQUEST });
const whole: Handler = (_, response) => void stream(response).end(`${PING}${bytes(0, 5)}`);

test("a question becomes an answer, and both ends are told once", async () => {
  const { hub, said, settled, turn } = await serve(whole);
  hub.ask(ASK);
  await settled();
  expect(turn()?.turn.text).toBe("Because");
  expect(turn()?.turn.finishReason).toBe("stop");
  expect(turn()?.failure).toBeNull();
  expect(said).toEqual(["started s1", "ended s1"]);
});

test("a connection that breaks in the middle goes on after the last frame, without gap or duplicate", async () => {
  const { hub, seen, links, settled, turn } = await serve(
    (_, response) => {
      stream(response).write(bytes(0, 3), () => response.destroy());
    },
    (_, response) => void response.writeHead(503).end(),
    (_, response) => void stream(response).end(bytes(3, 5)),
  );
  hub.ask(ASK);
  await settled();
  expect(turn()?.turn.text).toBe("Because");
  expect(seen.slice(1)).toEqual(Array(2).fill(`GET /api/chat/${REQUEST}/stream?after=3`));
  expect(links).toContain("reconnecting");
});

test("a server that never has frames again is given up after a bounded number of tries", async () => {
  const { hub, seen, settled, turn } = await serve((_, response) => {
    stream(response).write(bytes(0, 3), () => response.destroy());
  });
  hub.ask(ASK);
  await settled();
  expect(turn()?.failure?.code).toBe("lost");
  expect(turn()?.turn.text).toBe("Be");
  expect(seen.length).toBe(10);
});

test("time without a network does not count, however often it is away", async () => {
  const breaks: Handler[] = Array.from({ length: 14 }, () => (request) => request.destroy());
  const { hub, outages, settled, turn } = await serve(
    (_, response) => {
      stream(response).write(bytes(0, 3), () => response.destroy());
    },
    ...breaks,
    (_, response) => void stream(response).end(bytes(3, 5)),
  );
  outages.push(...breaks.map(() => "tunnel"));
  hub.ask(ASK);
  await settled();
  expect(turn()?.turn.text).toBe("Because");
});

test("an answer that was out of reach is followed again once it is known to run", async () => {
  const { hub, seen, settled, turn } = await serve(
    (_, response) => {
      stream(response).write(bytes(0, 3), () => response.destroy());
    },
    ...Array.from({ length: 9 }, (): Handler => (request) => request.destroy()),
    whole,
  );
  hub.ask(ASK);
  await settled();
  expect(turn()?.failure).toMatchObject({ code: "lost", gone: false });
  hub.resume("s1", REQUEST);
  await settled();
  expect(turn()?.turn.text).toBe("Because");
  expect(seen.length).toBe(11);
});

test("a refused question says so with the server's sentence, and can be sent again", async () => {
  const { hub, said, settled, turn } = await serve((_, response) => {
    const error = { code: "rate_limited", message: "Wait 5 s." };
    response.writeHead(429, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  }, whole);
  hub.ask(ASK);
  await settled();
  expect(turn()?.failure).toEqual({ code: "rate_limited", message: "Wait 5 s." });
  expect(said).toEqual([]);
  hub.retry("s1");
  await settled();
  expect(turn()?.turn.text).toBe("Because");
});

test("a server that cannot be reached is a failure of the network", async () => {
  const { hub, settled, turn } = await serve((request) => request.destroy());
  hub.ask(ASK);
  await settled();
  expect(turn()?.failure?.code).toBe("network");
});

/** The conversation with one answer to a question. */
const holding = (question: string): Handler => {
  const answer = { request_id: REQUEST, content: "Be", status: "running", sources: [] };
  const version = { ...answer, feedback: null, stats: null, error: null };
  const messages = [
    { role: "user", message_id: "u1", content: question, at: 1 },
    { role: "assistant", message_id: "a1", at: 2, active: 0, versions: [version] },
  ];
  const conversation = { session_id: "s1", title: "", private: false, messages };
  return (_, response) => void response.end(JSON.stringify(conversation));
};

test("a question that arrived although nothing came back is not asked twice", async () => {
  const { hub, seen, settled, turn } = await serve((request) => request.destroy(), holding("Why?"), whole);
  hub.ask(ASK);
  await settled();
  hub.retry("s1");
  await settled();
  expect(seen.slice(1)).toEqual(["GET /api/sessions/s1", `GET /api/chat/${REQUEST}/stream?after=0`]);
  expect(turn()?.turn.text).toBe("Because");
});

test.each([
  [
    "has not got it",
    (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end("{}"),
  ],
  ["has another one", holding("Who?")],
  ["cannot say", (_request: IncomingMessage, response: ServerResponse) => void response.end("<html>")],
])("a question that got no word back is asked again where the server %s", async (_name, answer) => {
  const { hub, seen, settled, turn } = await serve((request) => request.destroy(), answer, whole);
  hub.ask(ASK);
  await settled();
  hub.retry("s1");
  await settled();
  expect(seen.at(-1)).toBe("POST /api/chat");
  expect(turn()?.turn.text).toBe("Because");
});

test("an answer that the page knew already is none to a question that got no word back", async () => {
  const { hub, seen, settled } = await serve((request) => request.destroy(), holding("Why?"), whole);
  hub.ask({ ...ASK, known: [REQUEST] });
  await settled();
  hub.retry("s1");
  await settled();
  expect(seen.at(-1)).toBe("POST /api/chat");
});

test("an answer found running is read from its first frame", async () => {
  const { hub, seen, settled, turn } = await serve(whole);
  hub.resume("s1", REQUEST);
  await settled();
  expect(seen).toEqual([`GET /api/chat/${REQUEST}/stream?after=0`]);
  expect(turn()?.turn.text).toBe("Because");
});

test("a stream that is gone is asked for once", async () => {
  const { hub, seen, said, settled } = await serve((_, response) => void response.writeHead(404).end("{}"));
  hub.resume("s1", REQUEST);
  await settled();
  hub.drop("s1");
  hub.resume("s1", REQUEST);
  expect(hub.turns().has("s1")).toBe(false);
  expect(seen.length).toBe(1);
  expect(said).toEqual(["ended s1"]);
});

test("stop before the answer has an id is sent as soon as it has one", async () => {
  let go = () => {};
  const { hub, seen, settled, until } = await serve(
    (_, response) => {
      go = () => void stream(response).write(bytes(0, 1));
    },
    (_, response) => void response.writeHead(202).end(),
    whole,
  );
  hub.ask(ASK);
  await until(() => seen.length === 1);
  hub.stop("s1");
  hub.stop("s1");
  go();
  await until(() => seen.length === 2);
  expect(seen[1]).toBe(`POST /api/chat/${REQUEST}/stop`);
  expect(hub.turns().get("s1")?.stopping).toBe(true);
  for (const close of closers.splice(0)) close();
  await settled();
});

test("one conversation has one answer at a time", async () => {
  const { hub, seen, settled } = await serve(whole, whole);
  hub.ask(ASK);
  hub.ask(ASK);
  await settled();
  expect(seen.length).toBe(1);
});
