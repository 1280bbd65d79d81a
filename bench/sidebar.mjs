// Measures what the sidebar does without a browser: npm exec -- node bench/sidebar.mjs
// Folding a long run, and what one poll of a long run costs beside one of a short run. With REDIS_URL set the
// events lie in that Redis (under ids of their own, deleted afterwards), else in memory.
import { largeRunEvents } from "./large-run.mjs";

const { systemClock } = await import("@/lib/domain/clock");
const { advanceFeed } = await import("@/lib/run-view/run-feed");
const { buildSpanTree, toSpanRows } = await import("@/lib/run-view/span-tree");
const { emptyRecord, reduceEvents } = await import("@/lib/run-view/reduce-run");
const { createMemoryRunStore } = await import("@/lib/store/memory-run-store");

const ROUNDS = 400;
const SPANS = 2000;
/** Events that are new at a poll. */
const FRESH = 5;

measureFold();
await measurePolls();

function measureFold() {
  const events = largeRunEvents("fold", SPANS);
  const fold = times(60, () => reduceEvents(emptyRecord("fold"), events));
  const { spans } = reduceEvents(emptyRecord("fold"), events);
  const tree = times(60, () =>
    toSpanRows(buildSpanTree(spans), { collapsed: new Set(), matches: () => true }),
  );
  console.log(`fold ${spans.length} spans, ${events.length} events: ${describe(fold)}`);
  console.log(`tree of ${spans.length} spans: ${describe(tree)}`);
}

async function measurePolls() {
  const { store, close } = await openStore();
  const short = await openPolled(store, 100);
  const long = await openPolled(store, 10_000);
  const samples = { short: [], long: [] };
  // In turn, so that neither profits from a quieter moment of the machine.
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.short.push(await pollOnce(store, short));
    samples.long.push(await pollOnce(store, long));
  }
  for (const part of ["read", "fold", "both"]) {
    const [a, b] = [samples.short, samples.long].map((all) => median(all.map((sample) => sample[part])));
    console.log(`poll, ${part}: 100 events ${ms(a)}, 10,000 events ${ms(b)}, ratio ${(b / a).toFixed(2)}`);
  }
  await close([short.requestId, long.requestId]);
}

/** A run of so many events in the store, and what a page has folded of it but for the last ones. */
async function openPolled(store, count) {
  const requestId = `bench-${count}-${process.pid}`;
  const all = largeRunEvents(requestId, count);
  const events = all.slice(0, count);
  const last = events.at(-1).seq;
  const head = { request_id: requestId, session_id: "s", status: "running", started_at: 0 };
  await store.append({ ...head, truncated: 0, dropped: 0, payloads: [] }, events);
  const before = events.slice(0, -FRESH);
  const feed = advanceFeed(null, toAnswer(requestId, before), 0);
  return { requestId, feed, after: last - FRESH };
}

async function pollOnce(store, { requestId, feed, after }) {
  const start = performance.now();
  const slice = await store.read(requestId, after);
  const answer = JSON.parse(JSON.stringify(toAnswer(requestId, slice.events)));
  const read = performance.now() - start;
  advanceFeed(feed, answer, 0);
  const both = performance.now() - start;
  return { read, fold: both - read, both };
}

function toAnswer(request_id, events) {
  const trace = { state: "disabled", url: null, reason: null, observation_base: null };
  const rest = { source: "memory", degraded: false, truncated: 0, dropped: 0, payloads: [], trace };
  const cursor = String(events.at(-1)?.seq ?? 0);
  return { request_id, session_id: "s", status: "running", started_at: 0, cursor, events, ...rest };
}

async function openStore() {
  if (!process.env.REDIS_URL) {
    const limits = { maxRuns: 10, maxBytes: 256 * 1024 * 1024 };
    return {
      store: createMemoryRunStore({ clock: systemClock, ttlSeconds: 600, ...limits }),
      close: async () => {},
    };
  }
  const { createRedisClient } = await import("@/lib/store/redis-client");
  const { createRedisRunStore } = await import("@/lib/store/redis-run-store");
  const redis = createRedisClient(process.env.REDIS_URL, { clock: systemClock, onState: () => {} });
  while (!redis.isReady()) await new Promise((resolve) => setTimeout(resolve, 20));
  const store = createRedisRunStore({ redis, ttlSeconds: 600 });
  const close = async (ids) => {
    for (const id of ids) await store.delete(id);
    redis.close();
  };
  return { store, close };
}

function times(rounds, work) {
  for (let warm = 0; warm < 5; warm += 1) work();
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function describe(samples) {
  return `median ${ms(median(samples))}, p95 ${ms(quantile(samples, 0.95))}, worst ${ms(Math.max(...samples))}`;
}

function median(samples) {
  return quantile(samples, 0.5);
}

function quantile(samples, q) {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

function ms(value) {
  return `${value.toFixed(value < 1 ? 3 : 1)} ms`;
}
