import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntrySample {
  name: string;
  content: Uint8Array;
  /** What the archive says it inflates to; the truth where it is left out. */
  declaredSize?: number;
}

/** A ZIP archive, which may lie. */
export function zipOf(entries: readonly ZipEntrySample[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const packed = deflateRawSync(entry.content);
    const facts = factsOf(entry, packed.length, name.length);
    const local = Buffer.concat([hex("504b0304"), hex("1400"), facts, hex("0000"), name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([hex("504b0102"), hex("14001400"), facts, hex("0000"), place, name]));
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  return new Uint8Array(Buffer.concat([...locals, ...directory, endOf(entries.length, size, offset)]));
}

/** Flags, method, time, checksum, sizes, length of the name: the same in both headers of an entry. */
function factsOf({ content, declaredSize }: ZipEntrySample, packedSize: number, nameLength: number): Buffer {
  const facts = Buffer.alloc(22);
  facts.writeUInt16LE(8, 2);
  facts.writeUInt32LE(crc32(content), 8);
  facts.writeUInt32LE(packedSize, 12);
  facts.writeUInt32LE(declaredSize ?? content.length, 16);
  facts.writeUInt16LE(nameLength, 20);
  return facts;
}

function endOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([hex("504b0506"), end]);
}

function hex(bytes: string): Buffer {
  return Buffer.from(bytes, "hex");
}
