import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { createPrometheusMeter } from "./prometheus-meter";
import type { RunMeter } from "./run-meter";

/** What is read at the moment that somebody asks. What cannot be read is left out. */
interface MeteredPorts {
  /** Counts of the trace exporter. */
  exports(): Promise<{ exported: number; failed: number; pending: number; dropped: number }>;
  /** Jobs of ingest that are open, and passages of the index. */
  openJobs(): Promise<number>;
  passages(): Promise<number>;
  /** Writes that wait for Redis, by store; null without Redis. */
  waitingWrites(): Readonly<Record<string, number>> | null;
  /** How each part is: `ok`, `degraded`, `down` or `disabled`. */
  states(): Promise<Readonly<Record<string, string>>>;
}

export interface Metrics {
  meter: RunMeter;
  /** Counts writes to a store that were given up. */
  dropped(store: string, count: number): void;
  /** All of them in Prometheus' text format, and its content type. */
  text(): Promise<{ body: string; contentType: string }>;
}

/** Metrics of this process, its memory, event loop and collections of garbage included. */
export function createMetrics(ports: MeteredPorts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addGauges(registry, ports);
  addStoreGauges(registry, ports);
  const dropped = new Counter({
    name: "sidetrace_dropped_writes_total",
    help: "Writes to a store that were given up.",
    labelNames: ["store"],
    registers: [registry],
  });
  return {
    meter: createPrometheusMeter(registry),
    dropped: (store, count) => dropped.inc({ store }, count),
    text: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
  };
}

function addGauges(registry: Registry, ports: MeteredPorts): void {
  new Gauge({
    name: "sidetrace_trace_exports",
    help: "Traces by what became of them.",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      this.reset();
      const counts = await ports.exports().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  addAsked(registry, "sidetrace_open_jobs", "Documents that wait for ingest or are in it.", ports.openJobs);
  addAsked(registry, "sidetrace_passages", "Passages in the index.", ports.passages);
}

function addStoreGauges(registry: Registry, ports: MeteredPorts): void {
  new Gauge({
    name: "sidetrace_waiting_writes",
    help: "Writes that wait for Redis.",
    labelNames: ["store"],
    registers: [registry],
    collect() {
      for (const [store, count] of Object.entries(ports.waitingWrites() ?? {})) this.set({ store }, count);
    },
  });
  new Gauge({
    name: "sidetrace_state",
    help: "1 for the state that a part is in.",
    labelNames: ["part", "state"],
    registers: [registry],
    async collect() {
      this.reset();
      const states = await ports.states().catch(() => ({}));
      for (const [part, state] of Object.entries(states)) this.set({ part, state }, 1);
    },
  });
}

/** A gauge that is left out where its value cannot be read, since 0 would be a statement. */
function addAsked(registry: Registry, name: string, help: string, ask: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.reset();
      const value = await ask().catch(() => null);
      if (value === null) this.remove();
      else this.set(value);
    },
  });
}
