import { expect, it } from "vitest";
import { createOpenWork } from "./open-work";

it("is waited for as far as it was added, whatever became of it", async () => {
  const work = createOpenWork();
  const [first, second, late] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  work.add(first?.promise ?? Promise.resolve());
  work.add(second?.promise ?? Promise.resolve());
  let isSettled = false;
  const settled = work.settled().then(() => {
    isSettled = true;
  });
  work.add(late?.promise ?? Promise.resolve());
  first?.resolve();
  await new Promise(setImmediate);
  expect(isSettled).toBe(false);
  second?.reject(new Error("failed"));
  await settled;
});

it("is nothing to wait for once it has ended", async () => {
  const work = createOpenWork();
  work.add(Promise.resolve());
  await work.settled();
  await work.settled();
});
