import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Documents of two small invented knowledge bases, English and Chinese. */
const DOCUMENTS: Record<string, string> = {
  "lamp/en/setup.md": `# Setting up the Glow lamp

Screw the Glow lamp to the desk with the clamp. The cable has a switch.

## Pairing with the app

Hold the brass button for five seconds until the ring blinks. Then open the Glow app and choose **Add lamp**.
The pairing code is printed below the foot. If pairing fails, set \`GLOW_BRIDGE_HOST\` to the address of the bridge.

## Keyboard shortcuts

Press \`Ctrl+.\` in the desktop app to dim all lamps. The parameter \`lamp_id\` names one lamp.
`,
  "lamp/en/faults.md": `# When the lamp misbehaves

## The ring blinks red

Red blinking means overheating. Let the lamp cool for ten minutes and clean the ventilation slots.

## Firmware updates

Updates come over the bridge at night. Error code E-417 means that the checksum of the firmware was wrong;
restart the bridge and try again.

## Where the bridge was made

The bridge is manufactured by Harlan Foundry.
`,
  "lamp/zh/anzhuang.md": `# 安装台灯

## 配对应用

按住黄铜按钮五秒，直到灯环闪烁，然后打开应用并选择添加台灯。配对码印在底座下面。

## 红灯闪烁

红色闪烁表示过热。请让台灯冷却十分钟，并清洁散热孔。
`,
  "staff/leave.md": `# Leave and holidays

## Vacation days

Everybody has 27 vacation days a year. Up to five unused days may be carried over until the end of March.

## Parental leave

Parental leave is approved by Odile Brandt. Hand in the form eight weeks before it begins.
`,
  "staff/travel.md": `# Travel and expenses

## Hotels

Book hotels through the travel desk. The limit is 140 euros a night.

## Receipts

Send receipts within thirty days. Expenses are reimbursed with the next salary.
`,
  "staff/people.md": `# Who is who

## Personnel office

Odile Brandt leads the personnel office and sits in the harbour building, room 12.

## Suppliers

Harlan Foundry casts metal parts in the town of Veldhoven.
`,
  "staff/zh/nianjia.md": `# 休假制度

## 年假

每位员工每年有二十七天年假，未休完的年假最多可以结转五天到三月底。

## 报销

出差的酒店费用每晚不超过一百四十欧元，发票须在三十天内提交。
`,
};

const BASES = [
  {
    prefix: "lamp",
    title: "Glow lamp",
    description: "Manual of the Glow desk lamp.",
    keywords: ["glow", "lamp", "台灯"],
    suggested: ["How do I pair the lamp?"],
    folders: ["lamp"],
  },
  {
    prefix: "staff",
    title: "Staff rules",
    description: "Rules for the staff.",
    keywords: ["vacation", "parental leave", "年假"],
    suggested: [],
    folders: ["staff"],
  },
];

/** A folder with documents and one for data, removed when the `using` block ends. */
export interface Workplace extends AsyncDisposable {
  docsDir: string;
  dataDir: string;
  /** Writes a document; the name is relative to the documents' folder. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Writes both knowledge bases into a new folder. */
export async function createWorkplace(): Promise<Workplace> {
  const root = await mkdtemp(join(tmpdir(), "retrieval-test-"));
  const docsDir = join(root, "docs");
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(docsDir, name)), { recursive: true });
    await writeFile(join(docsDir, name), text);
  };
  for (const [name, text] of Object.entries(DOCUMENTS)) await write(name, text);
  await write("knowledge-bases.json", JSON.stringify(BASES));
  return {
    docsDir,
    dataDir: join(root, "data"),
    write,
    remove: (name) => rm(join(docsDir, name)),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
