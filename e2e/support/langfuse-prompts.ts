import { z } from "zod";
import type { Reply } from "./langfuse-reply";

const promptBody = z.strictObject({
  name: z.string(),
  type: z.literal("text"),
  prompt: z.string(),
  labels: z.array(z.string()).default([]),
});

/** The versions of one prompt, the newest last; a label belongs to one version. */
export type KeptPrompts = Map<string, { version: number; prompt: string; labels: string[] }[]>;

/** Null: not one of these routes. */
export function answerPrompts(prompts: KeptPrompts, method: string, url: URL, body: Buffer): Reply | null {
  const path = url.pathname.replace("/api/public/v2/prompts", "");
  if (path === url.pathname) return null;
  if (path === "" && method === "POST") return createPrompt(prompts, body);
  if (method !== "GET") return null;
  const name = decodeURIComponent(path.slice(1));
  const label = url.searchParams.get("label") ?? "production";
  const found = prompts.get(name)?.findLast(({ labels }) => labels.includes(label));
  if (!found) return { status: 404, json: { message: "Prompt not found", error: "LangfuseNotFoundError" } };
  return { status: 200, json: { name, type: "text", config: {}, tags: [], ...found } };
}

function createPrompt(prompts: KeptPrompts, body: Buffer): Reply {
  const { data, error } = promptBody.safeParse(JSON.parse(body.toString("utf8")));
  if (error) return { status: 400, json: { message: error.message } };
  const { name, prompt, labels } = data;
  const before = prompts.get(name) ?? [];
  const version = before.length + 1;
  const unlabelled = before.map((old) => ({
    ...old,
    labels: old.labels.filter((label) => !labels.includes(label)),
  }));
  prompts.set(name, [...unlabelled, { version, prompt, labels }]);
  return { status: 200, json: { name, type: "text", version, prompt, labels } };
}
