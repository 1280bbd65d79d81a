/** The part of OTLP's `ExportTraceServiceRequest` (JSON form) that matters here. */
export interface OtlpRequest {
  resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** Nanoseconds, too large for a number. */
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status: { code: number };
}

export interface KeyValue {
  key: string;
  value: AnyValue;
}

export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number;
  arrayValue?: { values: AnyValue[] };
}

/** All spans of a request. */
export function spansOf(request: OtlpRequest): OtlpSpan[] {
  return request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

/** An attribute's value as JavaScript has it. */
export function toValue(value: AnyValue): unknown {
  if (value.arrayValue) return value.arrayValue.values.map(toValue);
  return (
    value.stringValue ??
    value.boolValue ??
    value.doubleValue ??
    (value.intValue === undefined ? null : Number(value.intValue))
  );
}
