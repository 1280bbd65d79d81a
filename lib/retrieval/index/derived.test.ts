import { describe, expect, test } from "vitest";
import { createDerived, createDerivedByKey } from "./derived";

function makeSource() {
  const state = { version: 1, builds: 0, fails: false, gate: Promise.resolve() };
  const build = async () => {
    const { version } = state;
    state.builds += 1;
    await state.gate;
    if (state.fails) throw new Error("unreadable");
    return `built from ${version}`;
  };
  return { state, build, version: async () => state.version };
}

describe("createDerived", () => {
  test("builds once for all readers of a version", async () => {
    const { state, build, version } = makeSource();
    const read = createDerived(version, build, { whileStale: "wait" });
    expect(await Promise.all([read(), read()])).toEqual(["built from 1", "built from 1"]);
    await read();
    expect(state.builds).toBe(1);
  });

  test("with wait, nobody sees what an older version gave", async () => {
    const { state, build, version } = makeSource();
    const read = createDerived(version, build, { whileStale: "wait" });
    await read();
    state.version = 2;
    expect(await read()).toBe("built from 2");
  });

  test("with serve, the old value answers until the new one is there", async () => {
    const { state, build, version } = makeSource();
    const read = createDerived(version, build, { whileStale: "serve" });
    await read();
    const gate = Promise.withResolvers<void>();
    state.gate = gate.promise;
    state.version = 2;
    expect(await read()).toBe("built from 1");
    gate.resolve();
    await expect.poll(read, { timeout: 15_000 }).toBe("built from 2");
  });

  test("a failed build is tried again by the next reader", async () => {
    const { state, build, version } = makeSource();
    const read = createDerived(version, build, { whileStale: "serve" });
    state.fails = true;
    await expect(read()).rejects.toThrow("unreadable");
    state.fails = false;
    expect(await read()).toBe("built from 1");
  });

  test("with serve, a build is followed by nine times as long a rest", async () => {
    const { state, build, version } = makeSource();
    let time = 0;
    const slow = async () => {
      time += 100;
      return build();
    };
    const read = createDerived(version, slow, { whileStale: "serve", now: () => time });
    await read();
    state.version = 2;
    time += 899;
    await read();
    expect(state.builds).toBe(1);
    time += 1;
    await read();
    await expect.poll(read, { timeout: 15_000 }).toBe("built from 2");
    expect(state.builds).toBe(2);
  });

  test("an estimate answers until the first build is done, and nobody waits for that", async () => {
    const { state, build, version } = makeSource();
    const gate = Promise.withResolvers<void>();
    state.gate = gate.promise;
    const estimate = async () => "estimated";
    const read = createDerived(version, build, { whileStale: "serve", estimate });
    expect(await Promise.all([read(), read()])).toEqual(["estimated", "estimated"]);
    expect(state.builds).toBe(1);
    expect(await read()).toBe("estimated");
    gate.resolve();
    await expect.poll(read, { timeout: 15_000 }).toBe("built from 1");
    expect(state.builds).toBe(1);
  });
});

describe("createDerivedByKey", () => {
  test("builds what nobody waits for one after another, and at once what somebody waits for", async () => {
    const gate = Promise.withResolvers<void>();
    const begun: string[] = [];
    const build = async (key: string) => {
      begun.push(key);
      if (key.startsWith("large")) await gate.promise;
      return `built ${key}`;
    };
    const estimate = async (key: string) => (key.startsWith("large") ? "estimated" : null);
    const read = createDerivedByKey(async () => 1, build, estimate);
    expect(await Promise.all([read("large one"), read("large two")])).toEqual(["estimated", "estimated"]);
    expect(await read("small")).toBe("built small");
    expect(begun).toEqual(["large one", "small"]);
    gate.resolve();
    await expect.poll(() => read("large two"), { timeout: 15_000 }).toBe("built large two");
  });
});
