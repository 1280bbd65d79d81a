/** Stretches of Unicode that texts in Chinese, Japanese and Korean are written with. */
const STRETCHES = [
  [0x20, 0xff],
  [0x2000, 0x26ff],
  [0x3000, 0x33ff],
  [0x4e00, 0x9fff],
  [0xff00, 0xffef],
  [0xac00, 0xd7a3],
] as const;
/** Adobe's own glyph numbers end below; a number of ours is never one of those. */
const FIRST_CID = { GB1: 31_000, CNS1: 31_000, Japan1: 31_000, Korea1: 19_000 } as const;
const LAST_CID = 0xffff;
/** In all collections ASCII comes first, from 1 on. */
const ASCII_CIDS = 95;

type Collection = keyof typeof FIRST_CID;

/** Names of Adobe's character maps, the collection that each belongs to, and the encoding it reads. */
const MAPS: readonly (readonly [RegExp, Collection, string])[] = [
  [/^UniGB-(UCS2|UTF16)-/, "GB1", "utf-16be"],
  [/^UniCNS-(UCS2|UTF16)-/, "CNS1", "utf-16be"],
  [/^UniJIS2?0*4?-(UCS2|UTF16)-/, "Japan1", "utf-16be"],
  [/^UniKS-(UCS2|UTF16)-/, "Korea1", "utf-16be"],
  [/^GB(K|Kp|K2K|T|pc|)(-EUC)?-/, "GB1", "gb18030"],
  [/B5-/, "CNS1", "big5"],
  [/RKSJ-/, "Japan1", "shift_jis"],
  [/^KSC(ms|pc)?-(EUC|UHC)-/, "Korea1", "euc-kr"],
];

/**
 * Character maps for fonts that a PDF names and does not hold, as Chinese ones often are. The real maps lead
 * from a text's bytes to Adobe's glyph numbers, and others from those to Unicode: megabytes that only a
 * painter needs. For the text alone any numbers will do, so these are made up. Of Adobe's own numbers, which
 * some PDFs hold, only those of ASCII are known here: the others become U+FFFD and not some wrong character.
 */
export class PdfCharacterMaps {
  /** What pdf.js asks for by the map's name. Rejects what it cannot make, as pdf.js expects. */
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const map = /^Adobe-(GB1|CNS1|Japan1|Korea1)-UCS2$/.exec(filename)?.[1];
    const known = MAPS.find(([name]) => name.test(filename));
    if (isCollection(map)) return toBytes(unicodeMap(map));
    if (known) return toBytes(encodingMap(known[1], known[2], filename.endsWith("-V")));
    throw new Error("There is no such character map.");
  }
}

function isCollection(name: string | undefined): name is Collection {
  return name !== undefined && name in FIRST_CID;
}

/** Our number of each character. */
function numbersOf(collection: Collection): Map<number, number> {
  const numbers = new Map<number, number>();
  let cid: number = FIRST_CID[collection];
  for (const [first, last] of STRETCHES) {
    for (let code = first; code <= last && cid <= LAST_CID; code += 1) {
      numbers.set(code, cid);
      cid += 1;
    }
  }
  return numbers;
}

function unicodeMap(collection: Collection): string {
  const adobes = Array.from({ length: FIRST_CID[collection] - 1 }, (_, at): [number, number] => [
    at < ASCII_CIDS ? 0x20 + at : 0xfffd,
    at + 1,
  ]);
  const all = [...adobes, ...numbersOf(collection)];
  const lines = all.map(([code, cid]) => `<${hex(cid, 2)}> <${hex(code, 2)}>`);
  return cmap(["<0000> <ffff>"], "bfchar", lines, false);
}

function encodingMap(collection: Collection, encoding: string, isVertical: boolean): string {
  const numbers = numbersOf(collection);
  if (encoding === "utf-16be") {
    const lines = [...numbers].map(([code, cid]) => `<${hex(code, 2)}> ${cid}`);
    return cmap(["<0000> <ffff>"], "cidchar", lines, isVertical);
  }
  const codes = [...codesOf(encoding)];
  const lines = codes.flatMap(([bytes, code]) =>
    numbers.has(code) ? [`<${bytes}> ${numbers.get(code)}`] : [],
  );
  const leads = new Set(codes.map(([bytes]) => bytes.slice(0, 2) + (bytes.length > 2 ? "**" : "")));
  const spaces = [...leads].map((lead) => `<${lead.replace("**", "40")}> <${lead.replace("**", "fe")}>`);
  return cmap(spaces, "cidchar", lines, isVertical);
}

/** Each code of one or two bytes, in hex, and the character that it stands for. */
function* codesOf(encoding: string): Generator<[string, number]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (...bytes: number[]) => {
    try {
      return decoder.decode(new Uint8Array(bytes)).codePointAt(0) ?? null;
    } catch {
      return null;
    }
  };
  for (let lead = 0x20; lead <= 0xfe; lead += 1) {
    const single = decode(lead);
    if (single !== null) yield [hex(lead, 1), single];
    for (let trail = 0x40; single === null && trail <= 0xfe; trail += 1) {
      const code = decode(lead, trail);
      if (code !== null) yield [hex(lead, 1) + hex(trail, 1), code];
    }
  }
}

function cmap(
  spaces: readonly string[],
  kind: "cidchar" | "bfchar",
  lines: readonly string[],
  isVertical: boolean,
) {
  return [
    "begincmap",
    `/WMode ${isVertical ? 1 : 0} def`,
    `${spaces.length} begincodespacerange`,
    ...spaces,
    "endcodespacerange",
    `${lines.length} begin${kind}`,
    ...lines,
    `end${kind}`,
    "endcmap",
  ].join("\n");
}

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, "0");
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
