import { describe, expect, it } from "vitest";
import { createRedisEpoch } from "./redis-epoch";
import { until } from "./until";

/** A Redis that keeps one mark, and forgets it, goes away and comes back as the test says. */
function makeRedis() {
  const world = { ready: true, connections: 1, mark: null as unknown, refuses: false, asked: 0 };
  const redis = {
    async pipeline(commands: readonly (readonly (string | number)[])[]) {
      world.asked += 1;
      if (world.refuses) throw new Error("OOM");
      world.mark ??= commands[0]?.[2];
      return ["OK", world.mark];
    },
    isReady: () => world.ready,
    connections: () => world.connections,
  };
  return { redis, world };
}

/** A Redis that was known and has come back, empty or not. */
async function makeReturned({ isEmpty }: { isEmpty: boolean }) {
  const { redis, world } = makeRedis();
  const restored = Promise.withResolvers<void>();
  let losses = 0;
  const onLoss = () => {
    losses += 1;
    return restored.promise;
  };
  const epoch = createRedisEpoch({ redis, onLoss });
  epoch.isReady();
  await until(() => world.mark !== null);
  await new Promise((resolve) => setImmediate(resolve));
  world.connections += 1;
  if (isEmpty) world.mark = null;
  return { epoch, world, restored, losses: () => losses };
}

describe("the epoch of Redis", () => {
  it("is ready from the first connection on: nothing can have been lost", () => {
    const { redis, world } = makeRedis();
    const epoch = createRedisEpoch({ redis, onLoss: async () => {} });
    expect(epoch.isReady()).toBe(true);
    world.ready = false;
    expect(epoch.isReady()).toBe(false);
  });

  it("is not ready before what an empty Redis lost has been put back, and that is done once", async () => {
    const { epoch, restored, losses } = await makeReturned({ isEmpty: true });
    expect(epoch.isReady()).toBe(false);
    await until(() => losses() === 1);
    expect(epoch.isReady()).toBe(false);
    restored.resolve();
    await until(epoch.isReady);
    await epoch.known();
    expect(losses()).toBe(1);
  });

  it("puts nothing back into a Redis that has its mark", async () => {
    const { epoch, losses } = await makeReturned({ isEmpty: false });
    await epoch.known();
    expect(epoch.isReady()).toBe(true);
    expect(losses()).toBe(0);
  });

  it("looks again when it could not look, and holds up nobody meanwhile", async () => {
    const { epoch, world, restored, losses } = await makeReturned({ isEmpty: true });
    world.refuses = true;
    await epoch.known();
    expect(epoch.isReady()).toBe(false);
    world.refuses = false;
    restored.resolve();
    await until(epoch.isReady);
    expect(losses()).toBe(1);
  });

  it("asks nothing while nothing has changed", async () => {
    const { epoch, world } = await makeReturned({ isEmpty: false });
    await epoch.known();
    const before = world.asked;
    for (let n = 0; n < 5; n += 1) epoch.isReady();
    await epoch.known();
    expect(world.asked).toBe(before);
  });
});
