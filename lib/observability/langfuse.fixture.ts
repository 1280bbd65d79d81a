import type { OtlpReceiver } from "@/e2e/support/otlp-receiver";
import { systemClock } from "@/lib/domain/clock";
import { type Langfuse, openLangfuse } from "./open-langfuse";

/** A connection to a server that plays Langfuse. */
export function openTestLangfuse(
  { publicKey, secretKey, url }: OtlpReceiver,
  changes: Partial<Parameters<typeof openLangfuse>[0]> = {},
): Langfuse {
  const langfuse = openLangfuse({
    enabled: true,
    publicKey,
    secretKey,
    host: url,
    publicUrl: "https://langfuse.example",
    projectId: null,
    release: null,
    clock: systemClock,
    log: () => {},
    promptLabel: null,
    ...changes,
  });
  if (!langfuse) throw new Error("Langfuse is off");
  return langfuse;
}
