import type { AnyValue, KeyValue, OtlpRequest, OtlpSpan } from "./otlp-request";

/**
 * OTLP's binary form read into its JSON form: as much of the wire format (varints, fixed64, length-delimited
 * fields) and of `ExportTraceServiceRequest` as a trace receiver needs. Field numbers are those of
 * opentelemetry/proto/trace/v1/trace.proto.
 */
export function decodeProtobuf(body: Uint8Array): OtlpRequest {
  const resourceSpans = messages(readFields(body), 1).map((resource) => ({
    scopeSpans: messages(resource, 2).map((scope) => ({ spans: messages(scope, 2).map(toSpan) })),
  }));
  return { resourceSpans };
}

type Field = bigint | Uint8Array;
type Fields = ReadonlyMap<number, readonly Field[]>;

function toSpan(fields: Fields): OtlpSpan {
  const status = messages(fields, 15)[0];
  const parentSpanId = hex(fields, 4);
  return {
    traceId: hex(fields, 1),
    spanId: hex(fields, 2),
    ...(parentSpanId !== "" && { parentSpanId }),
    name: text(fields, 5),
    startTimeUnixNano: String(integer(fields, 7)),
    endTimeUnixNano: String(integer(fields, 8)),
    attributes: messages(fields, 9).map(toKeyValue),
    status: { code: Number(status ? integer(status, 3) : 0n) },
  };
}

function toKeyValue(fields: Fields): KeyValue {
  return { key: text(fields, 1), value: toAnyValue(messages(fields, 2)[0] ?? new Map()) };
}

function toAnyValue(fields: Fields): AnyValue {
  if (fields.has(1)) return { stringValue: text(fields, 1) };
  if (fields.has(2)) return { boolValue: integer(fields, 2) !== 0n };
  if (fields.has(3)) return { intValue: String(BigInt.asIntN(64, integer(fields, 3))) };
  if (fields.has(4)) return { doubleValue: toDouble(integer(fields, 4)) };
  if (fields.has(5)) {
    return {
      arrayValue: { values: messages(fields, 5).flatMap((list) => messages(list, 1).map(toAnyValue)) },
    };
  }
  return {};
}

/** All fields of one message; a repeated field has several values. Throws RangeError at a cut body. */
function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, Field[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  function take(length: number): Uint8Array {
    if (at + length > bytes.byteLength) throw new RangeError("the message is cut off");
    at += length;
    return bytes.subarray(at - length, at);
  }
  function value(wireType: number): Field {
    if (wireType === 0) return varint();
    if (wireType === 2) return take(Number(varint()));
    const fixed = take(wireType === 1 ? 8 : 4);
    const fixedView = new DataView(fixed.buffer, fixed.byteOffset, fixed.byteLength);
    return wireType === 1 ? fixedView.getBigUint64(0, true) : BigInt(fixedView.getUint32(0, true));
  }
  while (at < bytes.byteLength) {
    const tag = Number(varint());
    const number = tag >> 3;
    fields.set(number, [...(fields.get(number) ?? []), value(tag & 7)]);
  }
  return fields;
}

function messages(fields: Fields, number: number): Fields[] {
  return (fields.get(number) ?? []).flatMap((field) =>
    field instanceof Uint8Array ? [readFields(field)] : [],
  );
}

function bytesOf(fields: Fields, number: number): Uint8Array {
  const field = fields.get(number)?.[0];
  return field instanceof Uint8Array ? field : new Uint8Array();
}

const text = (fields: Fields, number: number) => new TextDecoder().decode(bytesOf(fields, number));
const hex = (fields: Fields, number: number) => Buffer.from(bytesOf(fields, number)).toString("hex");

function integer(fields: Fields, number: number): bigint {
  const field = fields.get(number)?.[0];
  return typeof field === "bigint" ? field : 0n;
}

function toDouble(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}
