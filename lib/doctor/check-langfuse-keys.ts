import { z } from "zod";
import type { LangfuseApi } from "@/lib/observability/langfuse-api";
import { ASK_TIMEOUT_MS } from "./check-langfuse-server";
import { type Finding, fail, ok, warn } from "./finding";

const projectsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Whether the keys open a project, and the one that links are made for. */
export async function checkLangfuseKeys(api: LangfuseApi, projectId: string | null): Promise<Finding> {
  const answer = await api.call({ method: "GET", path: "/api/public/projects", timeoutMs: ASK_TIMEOUT_MS });
  if (answer.kind !== "answered" || answer.status >= 500) {
    return fail(
      "langfuse_keys",
      "Langfuse could not look the keys up",
      "look at the log of langfuse-web: PostgreSQL may be away",
    );
  }
  if (answer.status === 401 || answer.status === 403) {
    return fail(
      "langfuse_keys",
      `Langfuse refused the keys (${answer.status})`,
      "copy both keys of one pair from the project's settings; those of .env are made with an empty database only",
    );
  }
  const found = projectsSchema.safeParse(answer.body).data?.data[0]?.id;
  if (found === undefined) {
    return fail(
      "langfuse_keys",
      "the keys belong to no project",
      "use the key pair of a project, not of an organization",
    );
  }
  if (projectId !== null && projectId !== found) {
    const message = "LANGFUSE_PROJECT_ID is not the project of the keys: links open the wrong one";
    return warn("langfuse_keys", message, "remove LANGFUSE_PROJECT_ID; Langfuse is asked for it");
  }
  return ok("langfuse_keys", `valid, project ${found}`);
}
