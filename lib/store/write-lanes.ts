export interface LaneLimits {
  /** Limits of everything that waits. */
  maxItems: number;
  maxBytes: number;
  /** Limits of what one write carries; a single larger item is written on its own. */
  batchItems: number;
  batchBytes: number;
}

export interface WriteLanesOptions<Item> {
  limits: LaneLimits;
  sizeOf(item: Item): number;
  /** What to leave in the place of a key's items for which there is no room; without it they are dropped. */
  condense: ((items: readonly Item[]) => Item) | undefined;
  onDrop(key: string, items: readonly Item[]): void;
  /** Hears of every item that has left its lane, for whatever reason. */
  onLeave(key: string, count: number): void;
}

interface Lane<Item> {
  items: { item: Item; size: number }[];
  /** How many of the first items are on their way; these are never moved. */
  inFlight: number;
}

/** What waits to be written: one lane per key, first in first out, all of them within common limits. */
export function createWriteLanes<Item>({
  limits,
  sizeOf,
  condense,
  onDrop,
  onLeave,
}: WriteLanesOptions<Item>) {
  /** The lane that was served last is the last one. */
  const lanes = new Map<string, Lane<Item>>();
  const total = { items: 0, bytes: 0 };

  function put(key: string, item: Item): void {
    const size = sizeOf(item);
    const lane = lanes.get(key) ?? { items: [], inFlight: 0 };
    lanes.set(key, lane);
    lane.items.push({ item, size });
    total.items += 1;
    total.bytes += size;
  }

  function take(key: string, start: number, count: number): Item[] {
    const lane = lanes.get(key);
    if (lane === undefined) return [];
    const taken = lane.items.splice(start, count);
    if (lane.items.length === 0) lanes.delete(key);
    total.items -= taken.length;
    total.bytes -= taken.reduce((sum, { size }) => sum + size, 0);
    if (taken.length > 0) onLeave(key, taken.length);
    return taken.map(({ item }) => item);
  }

  function takeWaiting(key: string): Item[] {
    return take(key, lanes.get(key)?.inFlight ?? 0, Number.POSITIVE_INFINITY);
  }

  /** Every turn leaves fewer items, so this ends. The newest key gives way last. */
  function makeRoom(newest: string): void {
    while (total.items > limits.maxItems || total.bytes > limits.maxBytes) {
      const victim = victimFor(newest);
      const items = takeWaiting(victim);
      if (items.length === 0) return;
      if (condense && items.length > 1) put(victim, condense(items));
      else onDrop(victim, items);
    }
  }

  /** The key that has waited longest; where items can be condensed, one in which that saves something. */
  function victimFor(newest: string): string {
    const longest = (least: number) => lanes.keys().find((key) => key !== newest && waiting(key) >= least);
    if (!condense) return longest(1) ?? newest;
    return longest(2) ?? (waiting(newest) > 1 ? newest : (longest(1) ?? newest));
  }

  function waiting(key: string): number {
    const lane = lanes.get(key);
    return lane === undefined ? 0 : lane.items.length - lane.inFlight;
  }

  function batchLength(lane: Lane<Item>): number {
    let bytes = 0;
    let count = 0;
    for (const { size } of lane.items) {
      bytes += size;
      if (count > 0 && (count >= limits.batchItems || bytes > limits.batchBytes)) break;
      count += 1;
    }
    return count;
  }

  return {
    push(key: string, item: Item): void {
      put(key, item);
      makeRoom(key);
    },
    takeWaiting,
    /** Items that one write should carry; they stay in the lane until `finish`. */
    begin(key: string): Item[] {
      const lane = lanes.get(key);
      if (lane === undefined) return [];
      lane.inFlight = batchLength(lane);
      return lane.items.slice(0, lane.inFlight).map(({ item }) => item);
    },
    /** Ends what `begin` began: the items leave or stay, and the key goes behind the others. */
    finish(key: string, isDone: boolean): void {
      const lane = lanes.get(key);
      if (lane === undefined) return;
      const count = lane.inFlight;
      lane.inFlight = 0;
      if (isDone) take(key, 0, count);
      if (lanes.delete(key)) lanes.set(key, lane);
    },
    keys: (): string[] => [...lanes.keys()],
    items: (key: string): number => lanes.get(key)?.items.length ?? 0,
    total: (): number => total.items,
  };
}
