import { once } from "node:events";
import { createServer } from "node:net";
import { z } from "zod";
import { type Finding, fail, ok } from "./finding";

const ASK_TIMEOUT_MS = 3000;
const readySchema = z.object({ status: z.string(), checks: z.object({ debug_store: z.object({}) }) });

/** Whether Sidetrace can listen where it is told to, or does so already. */
export async function checkPorts({ HOST, PORT }: { HOST: string; PORT: number }): Promise<Finding> {
  const refused = await tryToListen(HOST, PORT);
  if (refused === null) return ok("ports", PORT === 0 ? "any free port is used" : `${PORT} is free`);
  if (refused === "EACCES") {
    return fail("ports", `${PORT} is not open to this user`, "set PORT to 1024 or above");
  }
  if (refused !== "EADDRINUSE") {
    return fail(
      "ports",
      `HOST is no address of this machine (${refused})`,
      "set HOST to 127.0.0.1 or 0.0.0.0",
    );
  }
  if (await isSidetrace(HOST, PORT)) return ok("ports", `${PORT} is Sidetrace's, which runs`);
  return fail("ports", `${PORT} is taken by another program`, "end that program, or set PORT");
}

/** The error's code, or null when the port is free. */
async function tryToListen(host: string, port: number): Promise<string | null> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, "listening");
    probe.close();
    await once(probe, "close");
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  }
}

/** Whether a Sidetrace answers there. */
export async function isSidetrace(host: string, port: number): Promise<boolean> {
  const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const address = `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}/api/ready`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    return readySchema.safeParse(await response.json()).success;
  } catch {
    return false;
  }
}
