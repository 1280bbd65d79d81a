import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDelivery, type DeliveryLimits } from "./delivery";
import { refused, type Verdict } from "./failure-reason";

const limits: DeliveryLimits = {
  maxParcels: 3,
  maxBytes: 1000,
  maxAttempts: 5,
  maxFailuresInRow: 20,
  firstDelayMs: 1000,
  maxDelayMs: 5000,
  concurrency: 2,
};
const taken: Verdict = { taken: true, note: null };
const later = (retryAfterMs: number | null = null): Verdict => ({
  taken: false,
  reason: "later",
  retryable: true,
  retryAfterMs,
  blame: "server",
});
const never = refused("never", "run");

/** Lets everything run that waits for nothing but promises. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A delivery whose waits are written down and end when the test says so. */
function setup(changes: Partial<DeliveryLimits> = {}) {
  const waits: { ms: number; end: () => void }[] = [];
  const delivery = createDelivery(
    { ...limits, ...changes },
    (ms) => new Promise((resolve) => waits.push({ ms, end: resolve })),
  );
  function parcel(verdicts: (Verdict | Promise<Verdict>)[], bytes = 1) {
    const heard: [Verdict, boolean][] = [];
    const left = [...verdicts];
    const put = () =>
      delivery.put({
        bytes,
        send: async () => left.shift() ?? taken,
        onVerdict: (verdict, last) => heard.push([verdict, last]),
      });
    return { put, heard };
  }
  return { delivery, waits, parcel };
}

describe("a parcel", () => {
  it("is tried again after 1, 2, 4 and 5 seconds, and five times in all", async () => {
    const { delivery, waits, parcel } = setup();
    const { put, heard } = parcel(Array.from({ length: 9 }, () => later()));
    put();
    for (let n = 0; n < 4; n += 1) {
      await settle();
      waits[n]?.end();
    }
    await settle();
    expect(waits.map(({ ms }) => ms)).toEqual([1000, 2000, 4000, 5000]);
    expect(heard.map(([, last]) => last)).toEqual([false, false, false, false, true]);
    expect(delivery.open()).toBe(0);
  });

  it("waits as long as the server asked, within bounds", async () => {
    const { waits, parcel } = setup();
    parcel([later(3000)]).put();
    parcel([later(99_000)]).put();
    await settle();
    expect(waits.map(({ ms }) => ms)).toEqual([3000, 5000]);
  });

  it("that is refused for good is not tried again", async () => {
    const { waits, parcel } = setup();
    const { put, heard } = parcel([never]);
    put();
    await settle();
    expect(heard).toEqual([[never, true]]);
    expect(waits).toEqual([]);
  });

  it("has one try while the server is down, and all of them again once it took one", async () => {
    const { waits, parcel } = setup({ maxFailuresInRow: 2, maxParcels: 9 });
    parcel([later()]).put();
    parcel([later()]).put();
    await settle();
    expect(waits).toHaveLength(2);
    const inOutage = parcel([later()]);
    inOutage.put();
    await settle();
    expect(inOutage.heard).toEqual([[later(), true]]);
    waits[0]?.end();
    await settle();
    parcel([later()]).put();
    await settle();
    expect(waits).toHaveLength(3);
  });

  it("that the server itself refuses does not count as its outage", async () => {
    const { waits, parcel } = setup({ maxFailuresInRow: 0, maxParcels: 9 });
    const refusedLater: Verdict = {
      taken: false,
      reason: "no",
      retryable: true,
      retryAfterMs: null,
      blame: "run",
    };
    parcel([refusedLater]).put();
    await settle();
    expect(waits).toHaveLength(1);
  });

  it("that waits for its next try keeps no place on the wire", async () => {
    const { parcel } = setup({ concurrency: 1 });
    parcel([later()]).put();
    const { put, heard } = parcel([taken]);
    put();
    await settle();
    expect(heard).toEqual([[taken, true]]);
  });
});

describe("the queue", () => {
  it("takes no more parcels and bytes than it may, and again once there is room", async () => {
    const { parcel } = setup();
    const gate = Promise.withResolvers<Verdict>();
    expect(parcel([gate.promise], 600).put()).toBe(true);
    expect(parcel([taken], 600).put()).toBe(false);
    expect(parcel([gate.promise]).put()).toBe(true);
    expect(parcel([gate.promise]).put()).toBe(true);
    expect(parcel([taken]).put()).toBe(false);
    gate.resolve(taken);
    await settle();
    expect(parcel([taken], 600).put()).toBe(true);
  });

  it("has no more requests on their way than it may, whatever comes when", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { maxLength: 20 }),
        async (scheduler, outcomes) => {
          let now = 0;
          let most = 0;
          const delivery = createDelivery({ ...limits, maxParcels: 100 }, () =>
            scheduler.schedule(Promise.resolve()),
          );
          let settled = 0;
          for (const succeeds of outcomes) {
            delivery.put({
              bytes: 1,
              async send() {
                now += 1;
                most = Math.max(most, now);
                await scheduler.schedule(Promise.resolve());
                now -= 1;
                return succeeds ? taken : later();
              },
              onVerdict(_verdict, last) {
                if (last) settled += 1;
              },
            });
          }
          await scheduler.waitFor(
            (async () => {
              while (delivery.open() > 0) await scheduler.schedule(Promise.resolve());
            })(),
          );
          expect(most).toBeLessThanOrEqual(limits.concurrency);
          expect(settled).toBe(outcomes.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("flush", () => {
  it("tries what rests now and ends when each has had its try", async () => {
    const { delivery, parcel } = setup();
    const good = parcel([later()]);
    const bad = parcel([later(), later()]);
    good.put();
    bad.put();
    await settle();
    await delivery.flush(60_000);
    expect(good.heard.at(-1)).toEqual([taken, true]);
    expect(bad.heard).toHaveLength(2);
    expect(delivery.open()).toBe(1);
  });

  it("ends at its limit", async () => {
    const { delivery, parcel, waits } = setup();
    parcel([Promise.withResolvers<Verdict>().promise]).put();
    const flushed = delivery.flush(250);
    expect(waits.map(({ ms }) => ms)).toEqual([250]);
    waits[0]?.end();
    await flushed;
    expect(delivery.open()).toBe(1);
  });

  it("is not confused by the end of a wait that it cut short", async () => {
    const { delivery, waits, parcel } = setup();
    const gate = Promise.withResolvers<Verdict>();
    parcel([later(), gate.promise]).put();
    await settle();
    let flushed = false;
    void delivery.flush(60_000).then(() => {
      flushed = true;
    });
    await settle();
    waits[0]?.end();
    await settle();
    gate.resolve(later());
    await settle();
    expect(flushed).toBe(true);
  });

  it("works again for a parcel that was woken before and rests again", async () => {
    const { delivery, waits, parcel } = setup();
    const { put, heard } = parcel([later(), later(), later()]);
    put();
    await settle();
    await delivery.flush(60_000);
    waits[0]?.end();
    await settle();
    expect(heard).toHaveLength(2);
    await delivery.flush(60_000);
    expect(heard).toHaveLength(3);
  });
});
