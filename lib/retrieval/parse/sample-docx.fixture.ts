import {
  Document,
  type FileChild,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from "docx";

export const docxTitle = (text: string) => new Paragraph({ text, heading: HeadingLevel.TITLE });
export const docxHeading = (depth: 1 | 2 | 3, text: string) =>
  new Paragraph({ text, heading: HeadingLevel[`HEADING_${depth}`] });
export const docxText = (text: string) => new Paragraph({ children: [new TextRun(text)] });
export const docxItem = (text: string) => new Paragraph({ text, bullet: { level: 0 } });
export const docxTable = (rows: readonly (readonly string[])[]) =>
  new Table({
    rows: rows.map(
      (cells) =>
        new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) }),
    ),
  });

/** A Word document. */
export async function sampleDocx(children: readonly FileChild[]): Promise<Uint8Array> {
  const packed = await Packer.toBuffer(new Document({ sections: [{ children: [...children] }] }));
  return new Uint8Array(packed);
}
