import type { ServerFacts } from "./server-facts";

/** The server's major version, which decides its routes; one that does not tell is taken for a current one. */
export async function readServerMajor(facts: Pick<ServerFacts, "version">): Promise<number> {
  return Number.parseInt((await facts.version()) ?? "4", 10);
}
