import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Bilingual, LogFact, Recovery, SidebarFact, UserFact } from "./fault-row";

export type Language = keyof Bilingual;

const pageTextsSchema = z.object({
  chat: z.object({ error: z.record(z.string(), z.string()) }),
});

/** What the page shows for a code of an `error` frame. */
function pageText(code: string, language: Language): string {
  const texts = pageTextsSchema.parse(JSON.parse(readFileSync(`messages/${language}.json`, "utf8")));
  return texts.chat.error[code] ?? "";
}

export function userPhrase(fact: UserFact, language: Language): string {
  const say = (en: string, zh: string) => (language === "en" ? en : zh);
  switch (fact.kind) {
    case "answer":
      return say("the whole answer", "完整的回答");
    case "stopped":
      return say("what there was of the answer, marked as stopped", "已写出的部分，标记为已停止");
    case "refused":
      return say(
        `no answer: HTTP ${fact.status} \`${fact.code}\``,
        `没有回答：HTTP ${fact.status} \`${fact.code}\``,
      );
    case "job":
      return fact.state === "done"
        ? say("the files are indexed", "文件已入索引")
        : say("the upload is marked as failed, with Retry", "上传标记为失败，可重试");
    case "error": {
      const before = fact.partial
        ? say("the first part of the answer, then ", "回答的前一部分，然后是 ")
        : "";
      return `${before}\`${fact.code}\`: ${pageText(fact.code, language)}`;
    }
  }
}

export function sidebarPhrase(fact: SidebarFact | null, language: Language): string {
  const say = (en: string, zh: string) => (language === "en" ? en : zh);
  if (fact === null) return say("no record of a request", "没有请求记录");
  const { status, error, source, degraded, trace } = fact;
  return [
    `\`${status}\``,
    ...(error ? [`\`${error}\``] : []),
    say(`from \`${source}\``, `来自 \`${source}\``),
    ...(degraded ? ["`degraded`"] : []),
    ...(trace ? [say(`trace \`${trace.state}\``, `链路 \`${trace.state}\``)] : []),
    ...(trace?.reason ? [`“${trace.reason}”`] : []),
  ].join(say(", ", "，"));
}

/** Log lines are never translated. */
export function logPhrase(fact: LogFact | null, language: Language): string {
  if (fact === null) return language === "en" ? "nothing: the process is dead" : "没有：进程已死";
  const { level, msg, fields, request } = fact;
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return `\`${[level, `"${msg}"`, ...shown, ...(request ? ["request_id"] : [])].join(" ")}\``;
}

const RECOVERY: Record<Recovery, Bilingual> = {
  alone: { en: "by itself", zh: "自行恢复" },
  restart: { en: "at the next start", zh: "下次启动时" },
  backup: { en: "at the next start, with a backup of the index", zh: "放回索引的备份，下次启动时" },
};

export function recoveryPhrase(recovery: Recovery, language: Language): string {
  return RECOVERY[recovery][language];
}
