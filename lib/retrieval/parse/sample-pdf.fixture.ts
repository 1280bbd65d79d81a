import Pdf from "pdfkit";

export interface PdfSample {
  /** Text with its size in points; "page" begins a new page. */
  content: readonly ("page" | { text: string; size: number; at?: readonly [number, number] })[];
  title?: string;
  userPassword?: string;
}

/** A PDF as a word processor would write it. */
export function samplePdf({ content, title, userPassword }: PdfSample): Promise<Uint8Array> {
  const document = new Pdf({
    compress: true,
    ...(title && { info: { Title: title } }),
    ...(userPassword && { userPassword }),
  });
  for (const part of content) {
    if (part === "page") document.addPage();
    else if (part.at) document.fontSize(part.size).text(part.text, ...part.at, { lineBreak: false });
    else document.fontSize(part.size).text(part.text, { paragraphGap: part.size });
  }
  return ended(document);
}

/** Pages that are pictures. */
export function scannedPdf(): Promise<Uint8Array> {
  const document = new Pdf();
  document.image(ONE_PIXEL, 50, 50, { width: 400 });
  return ended(document);
}

/** A PNG of one pixel. */
export const ONE_PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function ended(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on("data", (part: Buffer) => parts.push(part));
    document.on("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
    document.on("error", reject);
    document.end();
  });
}
