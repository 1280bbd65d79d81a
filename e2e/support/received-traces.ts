import { decodeSpan, type ReceivedTrace } from "./otlp-decode";
import { type OtlpSpan, toValue } from "./otlp-request";

/** Traces put together out of spans: a span that comes again replaces itself. */
export function createReceivedTraces() {
  const traces = new Map<string, ReceivedTrace>();
  const spansReceived: SpanAttributes[] = [];

  function add(spans: readonly OtlpSpan[]): void {
    spansReceived.push(...spans.map(toSpanAttributes));
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
    /** Every span in the order of its arrival, with its attributes as they were sent. */
    spans: (): readonly SpanAttributes[] => spansReceived,
    all: () => [...traces.values()],
    delete: (id: string) => traces.delete(id),
    clear: () => traces.clear(),
  };
}

export interface SpanAttributes {
  traceId: string;
  spanId: string;
  attributes: Readonly<Record<string, unknown>>;
}

function toSpanAttributes({ traceId, spanId, attributes }: OtlpSpan): SpanAttributes {
  return {
    traceId,
    spanId,
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, toValue(value)])),
  };
}
