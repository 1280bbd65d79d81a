import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const text = readFileSync(new URL("../../docker-compose.langfuse.yml", import.meta.url), "utf8");
const serviceSchema = z.object({
  image: z.string(),
  restart: z.string(),
  command: z.array(z.string()).optional(),
  mem_limit: z.string(),
  healthcheck: z.object({ test: z.array(z.string()) }),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.null()) })
  .parse(parse(text, { merge: true }));

const stores = ["postgres", "clickhouse", "redis", "minio"];
const apps = ["langfuse-web", "langfuse-worker"];

describe("docker-compose.langfuse.yml", () => {
  it("has the six services of server v4, each of a named version, with a limit and a health check", () => {
    expect(Object.keys(services).toSorted()).toEqual([...apps, ...stores].toSorted());
    const tag = (name: string) => services[name]?.image.split(":").at(-1);
    expect([tag("langfuse-web"), tag("langfuse-worker")]).toEqual(["4", "4"]);
    expect(Number(tag("clickhouse"))).toBeGreaterThanOrEqual(25.12);
    expect(Number(tag("postgres"))).toBeGreaterThanOrEqual(15);
    expect(Number(tag("redis"))).toBeGreaterThanOrEqual(7);
    expect(tag("minio")).toMatch(/^RELEASE\./);
  });

  it("listens on 127.0.0.1 alone; only the web UI can be told otherwise", () => {
    for (const [name, { ports }] of Object.entries(services)) {
      for (const port of ports) {
        const address = name === "langfuse-web" ? /^\$\{LANGFUSE_BIND:-127\.0\.0\.1\}:/ : /^127\.0\.0\.1:/;
        expect(port).toMatch(address);
      }
    }
  });

  it("starts web and worker when all stores are healthy", () => {
    for (const name of apps) {
      const waitsFor = Object.entries(services[name]?.depends_on ?? {});
      expect(waitsFor.map(([store]) => store).toSorted()).toEqual(stores.toSorted());
      expect(waitsFor.every(([, { condition }]) => condition === "service_healthy")).toBe(true);
    }
  });

  it("gives web and worker what server v4 needs, with telemetry off", () => {
    for (const name of apps) {
      expect(services[name]?.environment).toMatchObject({
        TELEMETRY_ENABLED: "false",
        CLICKHOUSE_URL: "http://clickhouse:8123",
        CLICKHOUSE_MIGRATION_URL: "clickhouse://clickhouse:9000",
        CLICKHOUSE_CLUSTER_ENABLED: "false",
        LANGFUSE_S3_EVENT_UPLOAD_FORCE_PATH_STYLE: "true",
        DATABASE_URL: expect.stringMatching(/^postgresql:/),
        SALT: expect.any(String),
        ENCRYPTION_KEY: expect.stringMatching(/:-[0-9a-f]{64}\}$/),
        REDIS_AUTH: expect.any(String),
      });
    }
  });

  it("makes project and keys at the first start, without a sign-up", () => {
    expect(services["langfuse-web"]?.environment).toMatchObject({
      AUTH_DISABLE_SIGNUP: "true",
      LANGFUSE_INIT_ORG_ID: "sidetrace",
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: expect.stringMatching(
        /^\$\{LANGFUSE_PUBLIC_KEY:-pk-lf-sidetrace-local\}$/,
      ),
      LANGFUSE_INIT_PROJECT_SECRET_KEY: expect.stringMatching(
        /^\$\{LANGFUSE_SECRET_KEY:-sk-lf-sidetrace-local\}$/,
      ),
    });
  });

  it("takes every secret from a variable", () => {
    const secrets = Object.values(services)
      .flatMap(({ environment }) => Object.entries(environment))
      .filter(([name]) => /PASSWORD|SECRET|SALT|ENCRYPTION_KEY|PUBLIC_KEY|AUTH$|DATABASE_URL/.test(name));
    expect(secrets.length).toBeGreaterThan(15);
    for (const [name, value] of secrets) expect(value, name).toMatch(/\$\{\w+:-[^}]+\}/);
  });

  it("keeps the stores' data in named volumes, and never evicts from the queue", () => {
    const used = stores.flatMap((name) => services[name]?.volumes.map((line) => line.split(":")[0]) ?? []);
    expect(used.toSorted()).toEqual(Object.keys(volumes).toSorted());
    for (const name of stores) expect(services[name]?.volumes.length, name).toBeGreaterThan(0);
    expect(services.redis?.command?.join(" ")).toContain("--maxmemory-policy noeviction");
  });
});
