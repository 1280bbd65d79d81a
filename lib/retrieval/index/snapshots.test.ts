import { expect, test } from "vitest";
import { createSnapshots } from "./snapshots";

function makeTable() {
  const state = { version: 1, settled: true, settledUpTo: 0, opened: 0, time: 0, fails: false };
  const snapshot = createSnapshots<string>({
    version: async () => state.version,
    isSettled: async (table) => state.settled || Number(table.split(" ")[1]) <= state.settledUpTo,
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

test("who begins to read while a writer is at work gets the last version that was settled", async () => {
  const { state, snapshot } = makeTable();
  Object.assign(state, { version: 5, settled: false, settledUpTo: 3 });
  expect([await snapshot(), await snapshot()]).toEqual(["version 3", "version 3"]);
  expect(state.opened).toBe(3);
  state.time = 10_000;
  expect(await snapshot()).toBe("version 5");
});

test("where no settled version is near, the newest is handed out", async () => {
  const { state, snapshot } = makeTable();
  Object.assign(state, { version: 50, settled: false, settledUpTo: 20 });
  expect(await snapshot()).toBe("version 50");
});

test("what could not be opened is tried again", async () => {
  const { state, snapshot } = makeTable();
  state.fails = true;
  await expect(snapshot()).rejects.toThrow("unreadable");
  state.fails = false;
  expect(await snapshot()).toBe("version 1");
});
