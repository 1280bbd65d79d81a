/** A PDF of these objects, numbered from 1. Its reader has to find them: it has no table of them. */
export function pdfOf(objects: readonly (string | Buffer)[]): Uint8Array {
  const parts = objects.flatMap((object, at) => [`${at + 1} 0 obj\n`, object, "\nendobj\n"]);
  const all = ["%PDF-1.7\n", ...parts, "trailer<</Root 1 0 R>>\n%%EOF\n"];
  return new Uint8Array(Buffer.concat(all.map((part) => Buffer.from(part))));
}

/** One line of text, given as bytes in hex, in a Chinese font that the PDF names and does not hold. */
export function namedFontPdf(encoding: string, hexText: string): Uint8Array {
  const content = `BT /F1 12 Tf 72 700 Td <${hexText}> Tj ET`;
  return pdfOf([
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    `<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/${encoding}/DescendantFonts[6 0 R]>>`,
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R" +
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0" +
      "/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
  ]);
}
