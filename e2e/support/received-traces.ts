import { decodeSpan, type ReceivedTrace } from "./otlp-decode";
import type { OtlpSpan } from "./otlp-request";

/** Traces put together out of spans: a span that comes again replaces itself. */
export function createReceivedTraces() {
  const traces = new Map<string, ReceivedTrace>();

  function add(spans: readonly OtlpSpan[]): void {
    for (const { trace, observation } of spans.map(decodeSpan)) {
      const known = traces.get(trace.id);
      const others = known?.observations ?? [];
      const again = others.findIndex(({ id }) => id === observation.id);
      if (again === -1) others.push(observation);
      else others[again] = observation;
      const metadata = { ...known?.metadata, ...trace.metadata };
      traces.set(trace.id, { ...trace, metadata, observations: others });
    }
  }

  return {
    add,
    get: (id: string) => traces.get(id),
    all: () => [...traces.values()],
    clear: () => traces.clear(),
  };
}
