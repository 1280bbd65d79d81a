import { describe, expect, test } from "vitest";
import type { AcceptedJob } from "@/lib/domain/job";
import type { NamedFile } from "./send-files";
import { createUploadStore } from "./upload-store";

const named = (name: string, size = 3) => ({ name, file: new File(["x".repeat(size)], name) });
const many = (count: number, size?: number) =>
  Array.from({ length: count }, (_, n) => named(`${n}.md`, size));

interface Call extends PromiseWithResolvers<AcceptedJob[]> {
  kbPrefix: string;
  names: string[];
  onSent(bytes: number): void;
  accept(): void;
}

/** A server that answers when the test says so. */
function scriptedServer() {
  const calls: Call[] = [];
  const send = (kbPrefix: string, files: readonly NamedFile[], onSent: (bytes: number) => void) => {
    const answer = Promise.withResolvers<AcceptedJob[]>();
    const names = files.map(({ name }) => name);
    const accept = () => answer.resolve(names.map((name) => ({ job_id: `job-${name}`, name })));
    calls.push({ ...answer, kbPrefix, names, onSent, accept });
    return answer.promise;
  };
  const failureOf = (error: unknown) => ({ message: error instanceof Error ? error.message : null });
  return { calls, store: createUploadStore(send, failureOf) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("uploads", () => {
  test("go two requests at a time, in order, each upload ending as its job", async () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", many(50));
    expect(calls.map(({ names }) => names.length)).toEqual([20, 20]);
    calls[0]?.accept();
    await settled();
    expect(calls.map(({ names }) => names.length)).toEqual([20, 20, 10]);
    for (const call of calls) call.accept();
    await settled();
    expect(calls.flatMap(({ names }) => names)).toEqual(many(50).map(({ name }) => name));
    expect(store.list().map(({ state }) => state)).toEqual(
      many(50).map(({ name }) => ({ type: "accepted", jobId: `job-${name}` })),
    );
  });

  test("tell how much of each file has gone", () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", [named("a.md", 10), named("b.md", 10)]);
    calls[0]?.onSent(15);
    expect(store.list().map(({ state }) => state)).toEqual([
      { type: "sending", share: 1 },
      { type: "sending", share: 0.5 },
    ]);
  });

  test("of two knowledge bases are never in one request", async () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", many(40));
    store.add("lamp", [named("a.md")]);
    store.add("staff", [named("b.md")]);
    store.add("lamp", [named("c.md")]);
    calls[0]?.accept();
    calls[1]?.accept();
    await settled();
    expect(calls.slice(2).map(({ kbPrefix, names }) => [kbPrefix, ...names])).toEqual([
      ["lamp", "a.md", "c.md"],
      ["staff", "b.md"],
    ]);
  });

  test("that the server would refuse are not sent, the others are", () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", [named("a.exe"), named("b.md"), named("c.md", 0), named("noextension")]);
    expect(calls.map(({ names }) => names)).toEqual([["b.md"]]);
    expect(store.list().map(({ state }) => (state.type === "refused" ? state.problem : state.type))).toEqual([
      "type",
      "sending",
      "empty",
      "type",
    ]);
  });

  test("that failed are sent again when asked, and only they", async () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", [named("a.md")]);
    calls[0]?.reject(new Error("The disk is full."));
    await settled();
    const [upload] = store.list();
    expect(upload?.state).toEqual({ type: "failed", message: "The disk is full." });
    store.retry(upload?.id ?? 0);
    expect(calls).toHaveLength(2);
    calls[1]?.accept();
    await settled();
    expect(store.list()[0]?.state).toEqual({ type: "accepted", jobId: "job-a.md" });
  });

  test("a request that fails does not hold up the next ones", async () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", many(60));
    calls[0]?.reject(new Error("x"));
    calls[1]?.reject(new Error("x"));
    await settled();
    expect(calls).toHaveLength(3);
  });

  test("are forgotten when they have ended, of one knowledge base alone", async () => {
    const { calls, store } = scriptedServer();
    store.add("lamp", [named("a.md")]);
    store.add("staff", [named("b.md")]);
    calls[0]?.accept();
    calls[1]?.accept();
    await settled();
    store.add("lamp", [named("c.md")]);
    store.clear("lamp");
    expect(store.list().map(({ name }) => name)).toEqual(["b.md", "c.md"]);
  });

  test("give a new list for each change, and the same one in between", () => {
    const { store } = scriptedServer();
    const notified: number[] = [];
    const stop = store.subscribe(() => notified.push(store.list().length));
    const before = store.list();
    expect(store.list()).toBe(before);
    store.add("lamp", [named("a.md")]);
    expect(notified).toContain(1);
    expect(store.list()).not.toBe(before);
    stop();
    store.add("lamp", [named("b.md")]);
    expect(notified).not.toContain(2);
  });
});
