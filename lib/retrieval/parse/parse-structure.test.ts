import { describe, expect, test } from "vitest";
import { chunkDocument } from "@/lib/retrieval/ingest/chunk-document";
import { namedFontPdf } from "./bare-pdf.fixture";
import { parseBytes } from "./parse-bytes";
import { docxHeading, docxItem, docxTable, docxText, docxTitle, sampleDocx } from "./sample-docx.fixture";
import { samplePdf } from "./sample-pdf.fixture";

const count = (text: string) => Math.ceil(text.length / 4);

async function parse(name: string, content: string | Uint8Array) {
  const parsed = await parseBytes({ name, bytes: Buffer.from(content) });
  const { chunks } = chunkDocument(parsed.markdown, count);
  return { ...parsed, chunks, passages: chunks.map(({ heading, text }) => [heading, text]) };
}

describe("a PDF", () => {
  test("keeps the path of headings and the page of each passage", async () => {
    const { title, chunks, pages } = await parse(
      "lamp.pdf",
      await samplePdf({
        content: [
          { text: "The Glow lamp", size: 24 },
          { text: "Setting up", size: 16 },
          { text: "Screw the lamp to the desk. The cable has a switch.", size: 11 },
          "page",
          { text: "When it misbehaves", size: 16 },
          { text: "The ring blinks red", size: 13 },
          { text: "Red means overheating.", size: 11 },
        ],
      }),
    );
    const pageAt = (start: number) => pages.findLast((page) => page.start <= start)?.page;
    expect(title).toBe("The Glow lamp");
    expect(chunks.map(({ heading, text, start }) => [heading, text, pageAt(start)])).toEqual([
      ["Setting up", "Screw the lamp to the desk. The cable has a switch.", 1],
      ["When it misbehaves › The ring blinks red", "Red means overheating.", 2],
    ]);
  });

  test("joins lines, parted words and paragraphs that go on on the next page", async () => {
    const { passages, pages, markdown } = await parse(
      "a.pdf",
      await samplePdf({
        content: [
          { text: "The lamp is very ventil-", size: 11, at: [72, 100] },
          { text: "ated, and always stays", size: 11, at: [72, 114] },
          "page",
          { text: "cool at night.", size: 11, at: [72, 100] },
          { text: "A new paragraph.", size: 11, at: [72, 160] },
        ],
      }),
    );
    expect(passages).toEqual([
      ["", "The lamp is very ventilated, and always stays cool at night.\n\nA new paragraph."],
    ]);
    expect(markdown.slice(pages[1]?.start)).toMatch(/^cool at night/);
  });

  test("keeps the ends of lines that were ended on purpose, and no others", async () => {
    const at = (text: string, y: number, x = 72) => ({ text, size: 11, at: [x, y] as const });
    const content = [
      at("A line of running text that reaches to the right edge of its page", 100),
      at("and goes on in the next one.", 114),
      at("Switch it off", 200, 90),
      at("Wait ten minutes", 214, 90),
    ];
    expect((await parse("a.pdf", await samplePdf({ content }))).markdown).toBe(
      "A line of running text that reaches to the right edge of its page and goes on in the next one.\n\n" +
        "Switch it off\nWait ten minutes\n",
    );
  });

  test.for([
    ["UniGB-UCS2-H", Buffer.from("红灯表示过热 A1", "utf16le").swap16().toString("hex")],
    ["UniGB-UTF16-H", Buffer.from("红灯表示过热 A1", "utf16le").swap16().toString("hex")],
    ["GBK-EUC-H", "baecb5c6b1edcabeb9fdc8c8204131"],
    ["GB-EUC-H", "baecb5c6b1edcabeb9fdc8c8204131"],
  ] as const)("in a font that it does not hold is read in %s", async ([encoding, hexText]) => {
    const { markdown } = await parse("a.pdf", namedFontPdf(encoding, hexText));
    expect(markdown).toBe("红灯表示过热 A1\n");
  });

  test("that holds glyph numbers and not what they mean is not read as something else", async () => {
    const parsed = parse("a.pdf", namedFontPdf("Identity-H", "0401100011000987"));
    await expect(parsed).rejects.toMatchObject({ code: "no_text" });
    expect((await parse("a.pdf", namedFontPdf("Identity-H", "0022002300240012"))).markdown).toBe("ABC1\n");
  });

  test("drops the lines that its pages repeat at their edges, whatever their number", async () => {
    const page = (number: number) => [
      { text: "Glow handbook", size: 9, at: [72, 30] as const },
      { text: `Step ${number} is different.`, size: 11, at: [72, 300] as const },
      { text: `Page ${number} of 4`, size: 9, at: [72, 770] as const },
    ];
    const content = [...page(1), "page", ...page(2), "page", ...page(3), "page", ...page(4)] as const;
    const { markdown } = await parse("a.pdf", await samplePdf({ content }));
    expect(markdown).not.toMatch(/handbook|Page/);
    expect(markdown.match(/is different/g)).toHaveLength(4);
  });

  test("takes its title from its properties where no heading gives one", async () => {
    const content = [{ text: "Red means overheating.", size: 11 }];
    expect((await parse("a.pdf", await samplePdf({ content, title: "Faults" }))).title).toBe("Faults");
    expect(
      (await parse("a.pdf", await samplePdf({ content, title: "Microsoft Word - x" }))).title,
    ).toBeNull();
  });
});

describe("a Word document", () => {
  test("keeps headings, lists and tables, below its title", async () => {
    const { title, passages } = await parse(
      "a.docx",
      await sampleDocx([
        docxTitle("台灯手册"),
        docxHeading(1, "安装"),
        docxText("把灯夹在桌上。"),
        docxHeading(2, "配对"),
        docxItem("按住按钮"),
        docxItem("等五秒"),
        docxHeading(1, "Prices"),
        docxTable([
          ["Lamp", "Price"],
          ["Glow", "12 | 13"],
        ]),
      ]),
    );
    expect(title).toBe("台灯手册");
    expect(passages).toEqual([
      ["安装", "把灯夹在桌上。"],
      ["安装 › 配对", "- 按住按钮\n- 等五秒"],
      ["Prices", "| Lamp | Price |\n| - | - |\n| Glow | 12 \\| 13 |"],
    ]);
  });

  test("has the rows of a table that is larger than a passage as text, none of them cut", async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [
      `Lamp ${at}`,
      `${"It is warm. ".repeat(9)}No ${at}.`,
    ]);
    const table = docxTable([["Lamp", "Remark"], ...rows]);
    const { chunks } = await parse(
      "a.docx",
      await sampleDocx([docxTitle("Lamps"), docxHeading(1, "All"), table]),
    );
    expect(chunks.length).toBeGreaterThan(3);
    for (const { heading, text } of chunks) {
      expect(heading).toBe("All");
      expect(text).toMatch(/^- Lamp: Lamp \d+\n {2}Remark: [\s\S]*No \d+\.$/);
    }
    for (const [lamp = "", remark = ""] of rows) {
      const row = `- Lamp: ${lamp}\n  Remark: ${remark}`;
      expect(chunks.filter(({ text }) => text.includes(row))).toHaveLength(1);
    }
  });

  test("that has chapters and no title loses none of them from the path", async () => {
    const { title, passages } = await parse(
      "a.docx",
      await sampleDocx([docxHeading(1, "One"), docxText("A."), docxHeading(1, "Two"), docxText("B.")]),
    );
    expect([title, ...passages]).toEqual([null, ["One", "A."], ["Two", "B."]]);
  });
});

describe("a web page", () => {
  test("leaves its main content: no navigation, script or footer", async () => {
    const { title, passages } = await parse(
      "a.html",
      `<!doctype html><title>Lamp – Glow</title><nav><a href=/>Home</a></nav><main><h1>Lamp <a href=#l>#</a></h1>
       <p>It is <a href=https://glow.example/warm>warm</a>, see <a href=/more>more</a>.</p><h2>Code</h2>
       <pre><code class=language-js>let a = 1;\n\n# no heading</code></pre><h2>Prices</h2>
       <table><tr><td>Lamp<td>Price<tr><td>Glow<td>12</table><script>track()</script></main><footer>©</footer>`,
    );
    expect(title).toBe("Lamp");
    expect(passages).toEqual([
      ["", "It is [warm](https://glow.example/warm), see more."],
      ["Code", "```js\nlet a = 1;\n\n# no heading\n```"],
      ["Prices", "| Lamp | Price |\n| - | - |\n| Glow | 12 |"],
    ]);
  });

  test("is read to a depth that no page has, and refused below it", async () => {
    const nested = (depth: number) => `${"<div>".repeat(depth)}deep`;
    expect((await parse("a.html", nested(300))).markdown).toBe("deep\n");
    await expect(parse("a.html", nested(450))).rejects.toMatchObject({ code: "too_complex" });
  });

  test("is read in the encoding that it declares", async () => {
    const bytes = Buffer.concat([
      Buffer.from('<meta charset="gbk"><p>'),
      Buffer.from("c4e3bac3a3accac0bde7", "hex"),
      Buffer.from("</p>"),
    ]);
    expect((await parse("a.html", bytes)).markdown).toBe("你好，世界\n");
  });
});

describe("a table", () => {
  test.for([
    ["commas and a byte order mark", '\ufeffLamp,Price\nGlow,12\n"Sun, big","13\n14"\n'],
    ["semicolons", 'Lamp;Price\nGlow;12\nSun, big;"13\n14"\n'],
    ["tabs", 'Lamp\tPrice\r\nGlow\t12\r\n\r\nSun, big\t"13\n14"\r\n'],
  ])("with %s has rows with the names of its columns", async ([, content = ""]) => {
    const { markdown } = await parse("a.csv", content);
    expect(markdown).toBe("- Lamp: Glow\n  Price: 12\n- Lamp: Sun, big\n  Price: 13\n  14\n");
  });

  test("of too many rows or columns is refused", async () => {
    const rows = parse("a.csv", `a\n${"1\n".repeat(100_001)}`);
    await expect(rows).rejects.toMatchObject({ code: "too_complex", message: expect.stringMatching(/rows/) });
    const columns = parse("a.csv", `${"a,".repeat(1_001)}\n1`);
    await expect(columns).rejects.toMatchObject({ message: expect.stringMatching(/columns/) });
  });

  test("is cut between rows only, however long they are", async () => {
    const answers = [5, 40, 300, 10, 10, 900, 20, 60].map(
      (length, at) => `Row ${at}. ${"It is warm. ".repeat(length)}`,
    );
    const { chunks } = await parse(
      "a.csv",
      `question,answer\n${answers.map((answer, at) => `Why ${at}?,${answer}`).join("\n")}`,
    );
    for (const [at, answer] of answers.entries()) {
      const holders = chunks.filter(({ text }) => text.includes(`Why ${at}?`));
      expect(holders).toHaveLength(1);
      expect(holders[0]?.text.replace(/\n\s*/g, "\n")).toContain(
        `question: Why ${at}?\nanswer: ${answer.trim()}`,
      );
    }
  });
});

describe("MDX", () => {
  test("leaves the text and the titles of components, with code whole", async () => {
    const { title, passages } = await parse(
      "a.mdx",
      `---\ntitle: Start\n---\nimport { Tab } from "tabs";\n\nexport const x = 1;\n\n## Use {/* soon */}\n\n<Tabs>\n  <Tab title="Python">
    Call it_like <b>this</b>:\n\n    \`\`\`py\n    import lamp\n    \`\`\`\n  </Tab>\n</Tabs>\n`,
    );
    expect(title).toBe("Start");
    expect(passages).toEqual([["Use", "**Python**\n\nCall it_like this:\n\n```py\nimport lamp\n```"]]);
  });

  test("that is not valid is read as Markdown, without its imports", async () => {
    const { passages } = await parse(
      "a.mdx",
      'import A from "a"\n\n<!-- note -->\n\nText {x.\n\n```js\nimport B from "b"\n```',
    );
    expect(passages).toEqual([["", '<!-- note -->\n\nText {x.\n\n```js\nimport B from "b"\n```']]);
  });
});

describe("text", () => {
  test("is taken for nothing but text", async () => {
    const content =
      "# no heading\n- no item\n\n    no code\n\n| a | b |\n|---|---|\n\n*x* <b> [y](z) snake_case https://a.b/c_d";
    const { markdown, passages } = await parse("a.txt", content);
    expect(chunkDocument(markdown, count).title).toBeNull();
    expect(passages).toEqual([["", expect.stringContaining("\\# no heading")]]);
    expect(markdown).toContain("snake_case https://a.b/c_d");
  });
});
