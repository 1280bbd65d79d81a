import { z } from "zod";
import type { LangfuseApi } from "@/lib/observability/langfuse-api";
import { type Finding, fail, ok, warn } from "./finding";

export const ASK_TIMEOUT_MS = 5000;
const healthSchema = z.object({ version: z.string() });
/** From here on OpenTelemetry traces carry what our packages send. */
const OLDEST = [3, 63] as const;
const NEWEST_MAJOR = 4;
const START = "docker compose -f docker-compose.langfuse.yml --profile full up -d --wait";

/** Whether the address is that of a Langfuse that we can talk to. */
export async function checkLangfuseServer(api: LangfuseApi): Promise<Finding> {
  const answer = await api.call({ method: "GET", path: "/api/public/health", timeoutMs: ASK_TIMEOUT_MS });
  if (answer.kind === "unreachable") {
    return fail(
      "langfuse",
      "nothing answers at LANGFUSE_HOST",
      `start it (${START}), or correct LANGFUSE_HOST`,
    );
  }
  if (answer.kind === "timeout") {
    return fail(
      "langfuse",
      "no answer from LANGFUSE_HOST in time",
      "wait for its start (2 to 3 minutes), then look at its log",
    );
  }
  if (answer.status >= 500) {
    return fail("langfuse", `Langfuse is not healthy (${answer.status})`, "look at the log of langfuse-web");
  }
  const version = healthSchema.safeParse(answer.body).data?.version;
  if (version === undefined) {
    const todo =
      "another program has the port: correct LANGFUSE_HOST, or set LANGFUSE_PORT and start Langfuse again";
    return fail("langfuse", "what answers at LANGFUSE_HOST is not Langfuse", todo);
  }
  return judgeVersion(version);
}

function judgeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  if (major < oldestMajor) {
    return fail(
      "langfuse",
      `version ${version} takes no OpenTelemetry traces`,
      "upgrade Langfuse to version 4",
    );
  }
  if (major === oldestMajor && minor < oldestMinor) {
    return warn(
      "langfuse",
      `version ${version} is older than ${OLDEST.join(".")}`,
      "upgrade Langfuse: attributes may be missing",
    );
  }
  if (major > NEWEST_MAJOR) {
    return warn("langfuse", `version ${version} is newer than this Sidetrace`, "look for a newer Sidetrace");
  }
  return ok("langfuse", `version ${version}`);
}
