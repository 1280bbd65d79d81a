import { expect, test } from "vitest";
import type { Runtime } from "@/lib/runtime";
import { auditRead } from "./audit-read";

const RUN = "0190b7a2-0000-7000-8000-000000000000";
const roles = ["user", "debug"] as const;

function listen(findVersion: Runtime["conversations"]["findVersion"]) {
  const lines: object[] = [];
  const log = { info: (line: object) => lines.push(line) };
  return { ports: { conversations: { findVersion }, log } as unknown as Runtime, lines };
}

const ownedBy = (owner: string) => async () => ({ session_id: "s", message_id: "m", owner });

test("somebody else's run gives one line, without a word of who it belongs to", async () => {
  const { ports, lines } = listen(ownedBy("browser-of-ann"));
  await auditRead({ roles, browserId: "browser-of-bob" }, RUN, "record", ports);
  await auditRead({ roles, browserId: null }, RUN, "payload", ports);
  expect(lines).toEqual([
    { audit: "record", role: "debug", request_id: RUN },
    { audit: "payload", role: "debug", request_id: RUN },
  ]);
});

test("one's own run gives none", async () => {
  const { ports, lines } = listen(ownedBy("browser-of-ann"));
  await auditRead({ roles, browserId: "browser-of-ann" }, RUN, "events", ports);
  expect(lines).toEqual([]);
});

test("a run of which nobody knows whose it is gives one, and so does a store that is away", async () => {
  const nobody = listen(async () => null);
  await auditRead({ roles, browserId: "browser-of-ann" }, RUN, "events", nobody.ports);
  const away = listen(() => Promise.reject(new Error("away")));
  await auditRead({ roles, browserId: "browser-of-ann" }, RUN, "events", away.ports);
  expect([nobody.lines.length, away.lines.length]).toEqual([1, 1]);
});
