import { expect, test } from "vitest";
import { createSnapshots } from "./snapshots";

function makeTable() {
  const state = { version: 1, settled: true, opened: 0, time: 0, fails: false };
  const snapshot = createSnapshots({
    version: async () => state.version,
    isSettled: async () => state.settled,
    open: async (version) => {
      state.opened += 1;
      if (state.fails) throw new Error("unreadable");
      return `version ${version}`;
    },
    now: () => state.time,
  });
  return { state, snapshot };
}

test("opens a version once, and the next one when it is there", async () => {
  const { state, snapshot } = makeTable();
  expect([await snapshot(), await snapshot()]).toEqual(["version 1", "version 1"]);
  expect(state.opened).toBe(1);
  state.version = 2;
  expect(await snapshot()).toBe("version 2");
});

test("hands out the version before until the newest one is settled, but not for ever", async () => {
  const { state, snapshot } = makeTable();
  await snapshot();
  Object.assign(state, { version: 2, settled: false });
  expect(await snapshot()).toBe("version 1");
  state.time = 9_999;
  expect(await snapshot()).toBe("version 1");
  state.time = 10_000;
  expect(await snapshot()).toBe("version 2");
});

test("a version that follows an unsettled one is handed out when it is settled", async () => {
  const { state, snapshot } = makeTable();
  await snapshot();
  Object.assign(state, { version: 2, settled: false });
  await snapshot();
  Object.assign(state, { version: 3, settled: true });
  expect(await snapshot()).toBe("version 3");
  Object.assign(state, { version: 4, settled: false, time: 10_000 });
  expect(await snapshot()).toBe("version 3");
});

test("what could not be opened is tried again", async () => {
  const { state, snapshot } = makeTable();
  state.fails = true;
  await expect(snapshot()).rejects.toThrow("unreadable");
  state.fails = false;
  expect(await snapshot()).toBe("version 1");
});
