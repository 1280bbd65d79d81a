import { request, sendJson } from "@/components/chat/data/api-client";
import type { KnowledgeBase, KnowledgeBasePatch } from "@/lib/domain/knowledge-base";
import { refreshBases } from "./use-base-list";

export async function createBase(base: KnowledgeBase): Promise<void> {
  await sendJson("POST", "/api/knowledge-bases", base);
  await refreshBases();
}

export async function updateBase(prefix: string, patch: KnowledgeBasePatch): Promise<void> {
  await sendJson("PATCH", `/api/knowledge-bases/${prefix}`, patch);
  await refreshBases();
}

export async function deleteBase(prefix: string): Promise<void> {
  await request(`/api/knowledge-bases/${prefix}`, { method: "DELETE" });
  // Not waited for: the page of what is gone is left first.
  void refreshBases();
}
