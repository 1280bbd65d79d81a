/** The directions of imports; `npm run check:imports` fails on any other. */

const ADAPTERS = ["retrieval", "llm", "store", "observability"];
/** What an adapter's folder offers to the others: its ports. */
const PORTS =
  "^lib/(late-turns|open-work|retrieval/(retriever|attachment-base|passage-index|page-documents|document-index|parse/parse-file)|llm/language-model|" +
  "store/(run-store|export-buffer|job-store|stream-store|conversation-store|debug-store|to-run-summary|run-filter)|" +
  "observability/(trace-sink|run-archive|datasets|prompt-source|metrics|experiments)|metrics/run-meter)\\.ts$";
const TESTS = "\\.(test|contract|fixture)\\.tsx?$|-test-server\\.ts$";
/** Puts a process of its own together. */
const CHILDREN = "-child\\.mjs$";

/** A folder of lib may import itself, packages, and what is listed. */
const only = (folder, allowed) => ({
  name: `lib-${folder}`,
  severity: "error",
  from: { path: `^lib/${folder}/`, pathNot: [TESTS, CHILDREN] },
  to: { path: "^(lib|app|components)/", pathNot: [`^lib/${folder}/`, ...allowed] },
});

/** A package that only the named files import. */
const sdk = (name, packages, files) => ({
  name: `sdk-${name}`,
  severity: "error",
  from: { pathNot: [files, TESTS, "^e2e/"] },
  to: { path: `^node_modules/${packages}/` },
});

const DOMAIN = "^lib/domain/";
const EVENTS = "^lib/events/";
const ERRORS = "^lib/errors\\.ts$";

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: { pathNot: "^node_modules" },
      to: { circular: true, viaOnly: { pathNot: "^node_modules" } },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\.css$|^lib/env\\.ts$" },
    },
    only("domain", []),
    only("events", [DOMAIN]),
    only("run-view", [DOMAIN, EVENTS]),
    only("security", [DOMAIN, EVENTS, ERRORS]),
    only("chat", [
      DOMAIN,
      EVENTS,
      ERRORS,
      PORTS,
      "^lib/run-view/",
      "^lib/security/(mask|mask-event|redaction|user-id|withhold-event)\\.ts$",
      "^lib/logger\\.ts$",
    ]),
    only("debug", [
      DOMAIN,
      EVENTS,
      ERRORS,
      PORTS,
      "^lib/run-view/",
      "^lib/chat/",
      "^lib/security/(mask-event|redaction|withhold-event)\\.ts$",
    ]),
    only("metrics", [DOMAIN, EVENTS]),
    only("self-hosting", []),
    only("supply-chain", []),
    only("data-life", [
      DOMAIN,
      PORTS,
      "^lib/(env|runtime)\\.ts$",
      "^lib/doctor/check-ports\\.ts$",
      "^lib/self-hosting/manifest-file\\.ts$",
      "^lib/ingest/(attachments|ingest-service)\\.ts$",
      "^lib/observability/eraser\\.ts$",
      "^lib/security/user-id\\.ts$",
      "^lib/store/",
    ]),
    only("doctor", [
      DOMAIN,
      "^lib/(env|index-address)\\.ts$",
      "^lib/(llm|observability|store)/",
      "^lib/retrieval/index/",
    ]),
    only("report", [DOMAIN, EVENTS, ERRORS, PORTS, "^lib/run-view/"]),
    only("ingest", [DOMAIN, ERRORS, PORTS, "^lib/logger\\.ts$"]),
    only("eval", [
      DOMAIN,
      EVENTS,
      PORTS,
      "^lib/chat/",
      "^lib/retrieval/",
      "^lib/llm/",
      "^lib/run-view/",
      "^lib/security/mask-event\\.ts$",
    ]),
    {
      name: "product-knows-no-evaluation",
      severity: "error",
      from: { pathNot: "^(lib/eval|scripts)/" },
      to: { path: "^lib/eval/" },
    },
    only("mcp", [
      DOMAIN,
      EVENTS,
      ERRORS,
      PORTS,
      "^lib/run-view/",
      "^lib/chat/",
      "^lib/debug/",
      "^lib/http/without-unset\\.ts$",
    ]),
    ...ADAPTERS.map((folder) => only(folder, [DOMAIN, EVENTS, ERRORS, PORTS])),
    {
      name: "components-know-no-server",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/((runtime|open-parts)\\.ts|ingest/|store/|observability/|http/|chat/|debug/|mcp/|report/|metrics/|retrieval/|llm/|security/|env\\.ts|logger\\.ts)",
      },
    },
    {
      name: "primitives-know-no-domain",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(lib/|components/(chat|debug|documents|knowledge)/)" },
    },
    sdk("openai", "openai", "^lib/llm/openai-client\\.ts$"),
    sdk("prometheus", "prom-client", "^lib/metrics/"),
    sdk("mcp", "@modelcontextprotocol/server", "^lib/mcp/create-mcp-handler\\.ts$"),
    sdk("ioredis", "ioredis", "^lib/store/redis-client\\.ts$"),
    sdk("lancedb", "@lancedb/lancedb", "^lib/retrieval/index/lance-(table|rows|kept-rows|indexes)\\.ts$"),
    sdk("langfuse", "(@langfuse|@opentelemetry)", "^lib/observability/"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
