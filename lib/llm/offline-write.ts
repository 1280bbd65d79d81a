import type { PHRASES } from "./offline-phrases";
import type { Section, Unit } from "./offline-sections";
import type { Selection } from "./offline-select";

type Phrases = (typeof PHRASES)["en"];

/** Writes a selection as Markdown: a paragraph that answers, then lists; every statement with its `[n]`. */
export function writeAnswer({ lead, main, after, further }: Selection, phrases: Phrases): string {
  const needsLead = lead.length === 0 && main.length > 1 && main[0]?.kind !== "sentence";
  const paragraphs = [
    needsLead && main[0] ? phrases.underHeading(headingOf(main[0].section)) : writeParagraph(lead, phrases),
    writeUnits(main, { isAlone: lead.length === 0 && main.length === 1, phrases }),
    writeUnits(after, { isAlone: false, phrases }),
    further.length > 0 ? phrases.further : "",
    further.map((unit) => `- ${cite(statementOf(unit, phrases), unit)}`).join("\n"),
  ];
  return paragraphs.filter(Boolean).join("\n\n");
}

/** Units of one block, as what they are: sentences run on, items and rows are lines. */
function writeUnits(
  units: readonly Unit[],
  { isAlone, phrases }: { isAlone: boolean; phrases: Phrases },
): string {
  const kind = units[0]?.kind;
  if (kind === "code") return units.map((unit) => unit.text).join("\n\n");
  if (kind === "sentence") return writeParagraph(units, phrases);
  if (isAlone)
    return units.map((unit) => [writeParagraph([unit], phrases), ...codeOf(unit)].join("\n\n")).join("");
  return units.map((unit) => writeLine(unit, phrases)).join("\n");
}

/** Statements one after the other; Chinese needs no space between them. */
function writeParagraph(units: readonly Unit[], phrases: Phrases): string {
  return units
    .map((unit) => cite(statementOf(unit, phrases), unit))
    .reduce(
      (text, sentence) =>
        text ? `${text}${/(?:[。！？]\[\d+\]|：)$/.test(text) ? "" : " "}${sentence}` : sentence,
      "",
    );
}

/** A step keeps its number, and its code with it. */
function writeLine(unit: Unit, phrases: Phrases): string {
  const number = itemOf(unit)?.number ?? null;
  const mark = number === null ? "-" : `${number}.`;
  const indent = " ".repeat(mark.length + 1);
  const code = codeOf(unit).map((block) => `\n\n${block.replace(/^/gm, indent)}\n`);
  return `${mark} ${cite(statementOf(unit, phrases), unit)}${code.join("")}`;
}

function itemOf({ section, block, index }: Unit) {
  const list = section.blocks[block];
  return list?.kind === "list" ? list.items[index] : undefined;
}

function codeOf(unit: Unit): string[] {
  return itemOf(unit)?.code ?? [];
}

function statementOf(unit: Unit, phrases: Phrases): string {
  const block = unit.section.blocks[unit.block];
  return block?.kind === "table" ? writeRow(block.header, block.rows[unit.index] ?? [], phrases) : unit.text;
}

/** A row as a line: its first cell, then the others, by their column's name where there are several. */
function writeRow(header: readonly string[], row: readonly string[], { colon, semicolon }: Phrases): string {
  const [label = "", ...cells] = row;
  const named = cells.map((cell, index) => {
    const name = header[index + 1];
    return cells.length > 1 && name && cell ? `${name}${colon}${cell}` : cell;
  });
  const bold = label ? `**${label.replaceAll("**", "")}**` : "";
  return [bold, named.filter(Boolean).join(semicolon)].filter(Boolean).join(" — ");
}

function headingOf({ heading, title }: Section): string {
  return heading.split(" › ").at(-1) || title;
}

/** Puts `[n]` directly behind a statement, "… for one hour.[1]", but before a colon that leads on. */
function cite(text: string, { section: { n } }: Unit): string {
  const [, body = text, colon = ""] = /^([\s\S]*[^:：])([:：])$/.exec(text) ?? [];
  return `${body}[${n}]${colon}`;
}
