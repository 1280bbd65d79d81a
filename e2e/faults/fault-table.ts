import { type Language, logPhrase, recoveryPhrase, sidebarPhrase, userPhrase } from "./fault-phrases";
import type { FaultFacts, FaultGroup } from "./fault-row";

const HEAD: Record<Language, readonly string[]> = {
  en: [
    "fault",
    "how the test makes it",
    "the person sees",
    "the sidebar says",
    "the log says",
    "works again",
  ],
  zh: ["故障", "测试如何制造", "用户看到", "侧边栏显示", "日志记录", "恢复"],
};

/** A group's faults as a Markdown table. `facts` are by the row's id; a row without them is left out. */
export function faultTable(
  { rows }: FaultGroup,
  facts: Readonly<Record<string, FaultFacts>>,
  language: Language,
): string {
  const lines = Object.entries(rows).flatMap(([id, { fault, made }]) => {
    const found = facts[id];
    if (!found) return [];
    const cells = [
      fault[language],
      made[language],
      userPhrase(found.user, language),
      sidebarPhrase(found.sidebar, language),
      logPhrase(found.log, language),
      recoveryPhrase(found.recovery, language),
    ];
    return [toLine(cells)];
  });
  return [toLine(HEAD[language]), toLine(HEAD[language].map(() => "---")), ...lines].join("\n");
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The page with each group's table in the place of the one below its heading. Throws where there is none. */
export function withTables(page: string, groups: readonly FaultGroup[], tables: readonly string[]): string {
  const language: Language = page.includes(`## ${groups[0]?.title.en}\n`) ? "en" : "zh";
  return groups.reduce((text, { title }, index) => {
    const heading = `## ${title[language]}\n`;
    const start = text.indexOf(heading);
    const from = start < 0 ? -1 : text.indexOf("\n| ", start);
    if (from < 0) throw new Error(`The page has no table below "${title[language]}".`);
    const to = text.indexOf("\n\n", from + 1);
    return `${text.slice(0, from + 1)}${tables[index] ?? ""}${to < 0 ? "\n" : text.slice(to)}`;
  }, page);
}
