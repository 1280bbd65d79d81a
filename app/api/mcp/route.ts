import { messageOf } from "@/lib/events/in-span";
import { auditRead } from "@/lib/http/audit-read";
import { routes } from "@/lib/http/routes";
import { createMcpHandler } from "@/lib/mcp/create-mcp-handler";
import { getRuntime } from "@/lib/runtime";
import { requireRole } from "@/lib/security/access";
import { version } from "@/package.json";

const answer = createMcpHandler({
  ports: getRuntime,
  version,
  onFault: (error) =>
    void getRuntime().then(({ log }) => log.error({ error: messageOf(error) }, "mcp tool failed")),
});

/** What coding agents ask for, over MCP: the debug data, read only. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST({ request, caller, runtime }) {
    requireRole(caller, "debug");
    return answer(request, (requestId, tool) => auditRead(caller, requestId, tool, runtime));
  },
});
