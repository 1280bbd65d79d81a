import { runRecordJsonSchema } from "@/lib/domain/run-record-json-schema";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** The JSON Schema of an exported run, and of what `?view=record` answers. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET({ caller }) {
    requireRole(caller, "debug");
    const headers = { "content-type": "application/schema+json" };
    return new Response(JSON.stringify(runRecordJsonSchema()), { headers });
  },
});
