import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { interpolate } from "./interpolate.fixture";
import { missingSettings, type Profile } from "./langfuse-settings";

const text = readFileSync(new URL("../../docker-compose.langfuse.yml", import.meta.url), "utf8");
const document: unknown = parse(text, { merge: true });
const dependency = z.record(z.string(), z.object({ condition: z.literal("service_healthy") }));
const serviceSchema = z.object({
  image: z.string(),
  profiles: z.array(z.string()).min(1),
  command: z.array(z.string()).default([]),
  user: z.string().optional(),
  network_mode: z.string().optional(),
  restart: z.string().optional(),
  mem_limit: z.string().regex(/^\d+[gm]$/),
  cpus: z.number().positive(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  environment: z.record(z.string(), z.string().nullable()).default({}),
  depends_on: dependency.default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  extra_hosts: z.array(z.string()).default([]),
});
const fileSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});
type Service = z.infer<typeof serviceSchema>;

let count = 0;
const random = (bytes: number) => (count++).toString(16).padStart(bytes * 2, "0");
const secrets = missingSettings({}, "full", random);

/** The services that a profile starts, as Compose reads them with these variables. */
function servicesOf(profile: Profile, changes: Record<string, string> = {}): Record<string, Service> {
  const { services } = fileSchema.parse(interpolate(document, { ...secrets, ...changes }));
  const started = Object.entries(services).filter(([, { profiles }]) => profiles.includes(profile));
  return Object.fromEntries(started);
}

/** Environment of a service without what Compose leaves out: names without a value of their own or in .env. */
const environmentOf = ({ environment }: Service, variables: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value ?? variables[name]] as const)
      .filter(([, value]) => value !== undefined),
  );

const profiles: Profile[] = ["full", "simplified"];
const stores = {
  full: ["clickhouse", "minio", "postgres", "langfuse-redis"],
  simplified: ["clickhouse", "minio"],
};
const apps = {
  full: { web: "langfuse-web", worker: "langfuse-worker" },
  simplified: { web: "langfuse-web-simplified", worker: "langfuse-worker-simplified" },
};

const url = (protocol: RegExp) => z.url({ protocol });
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const filled = z.string().min(1);
/** What both containers of server v3 do not start without. */
const v3Schema = z
  .looseObject({
    DATABASE_URL: url(/^postgres(ql)?$/),
    SALT: filled,
    ENCRYPTION_KEY: hex64,
    CLICKHOUSE_URL: url(/^https?$/),
    CLICKHOUSE_MIGRATION_URL: url(/^clickhouse$/),
    CLICKHOUSE_USER: filled,
    CLICKHOUSE_PASSWORD: filled,
    // A single node has no cluster; the default would ask for one.
    CLICKHOUSE_CLUSTER_ENABLED: z.literal("false"),
    LANGFUSE_S3_EVENT_UPLOAD_BUCKET: filled,
    LANGFUSE_S3_EVENT_UPLOAD_ENDPOINT: url(/^https?$/),
    LANGFUSE_S3_EVENT_UPLOAD_REGION: filled,
    LANGFUSE_S3_EVENT_UPLOAD_ACCESS_KEY_ID: filled,
    LANGFUSE_S3_EVENT_UPLOAD_SECRET_ACCESS_KEY: z.string().min(8),
    LANGFUSE_S3_EVENT_UPLOAD_FORCE_PATH_STYLE: z.literal("true"),
    TELEMETRY_ENABLED: z.literal("false"),
  })
  .and(
    z.union([
      z.looseObject({ REDIS_CONNECTION_STRING: url(/^rediss?$/) }),
      z.looseObject({ REDIS_HOST: filled, REDIS_PORT: z.string().regex(/^\d+$/), REDIS_AUTH: filled }),
    ]),
  );
/** Version 4 wants the public address in the worker too, and knows these modes. */
const v4Schema = v3Schema.and(
  z.looseObject({
    NEXTAUTH_URL: url(/^https?$/),
    LANGFUSE_MIGRATION_V4_WRITE_MODE: z.enum(["legacy", "dual", "events_only"]).optional(),
  }),
);
const webSchema = z.looseObject({ NEXTAUTH_URL: url(/^https?$/), NEXTAUTH_SECRET: filled });

describe("docker-compose.langfuse.yml", () => {
  let validate: (value: unknown) => string[];
  beforeAll(() => {
    const folder = import.meta.resolve("dclint/package.json");
    const { $schema: _, ...schema } = z
      .looseObject({ $schema: z.string() })
      .parse(JSON.parse(readFileSync(new URL("schemas/compose.schema.json", folder), "utf8")));
    const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate = (value) => {
      check(value);
      return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    };
  });

  it("follows the Compose specification, as it is written and with its variables", () => {
    expect(validate(document)).toEqual([]);
    expect(validate(interpolate(document, secrets))).toEqual([]);
    expect(validate(parse(text.replaceAll("healthcheck:", "healthchecks:"), { merge: true }))).not.toEqual(
      [],
    );
  });

  it.each(profiles)("starts nothing of %s while a secret is missing, and says how to make it", (profile) => {
    const required = Object.keys(secrets).filter((name) => text.includes(`\${${name}:?`));
    expect(required.length).toBeGreaterThanOrEqual(11);
    for (const name of required) {
      const message = `required variable ${name} is missing a value: run npm run langfuse:init`;
      expect(() => servicesOf(profile, { [name]: "" })).toThrow(message);
    }
  });

  it("needs no other secret than those that langfuse:init makes for either size", () => {
    const required = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    for (const profile of profiles) {
      expect(Object.keys(missingSettings({}, profile, random))).toEqual(expect.arrayContaining(required));
    }
  });

  it("has no password of its own: each comes from a variable without a default", () => {
    const raw = fileSchema.parse(document).services;
    const given = Object.values(raw).flatMap(({ environment }) => Object.entries(environment));
    const secret = given.filter(([name]) =>
      /PASSWORD|SECRET|SALT|ENCRYPTION_KEY|PUBLIC_KEY|AUTH$/.test(name),
    );
    expect(secret.length).toBeGreaterThan(20);
    for (const [name, value] of secret) expect(value, name).toMatch(/^\$\{\w+:\?[^}]+\}$/);
  });

  it("has all six services of Langfuse and a Redis for Sidetrace in the size full", () => {
    const { web, worker } = apps.full;
    expect(Object.keys(servicesOf("full")).toSorted()).toEqual(
      [web, worker, ...stores.full, "sidetrace-redis"].toSorted(),
    );
  });

  it("takes PostgreSQL and Redis from the host in the size simplified, on Linux too", () => {
    const { web, worker } = apps.simplified;
    const services = servicesOf("simplified");
    expect(Object.keys(services).toSorted()).toEqual([web, worker, ...stores.simplified].toSorted());
    for (const name of [web, worker]) {
      expect(services[name]?.extra_hosts).toEqual(["host.docker.internal:host-gateway"]);
      expect(services[name]?.environment).toMatchObject({
        DATABASE_URL: `postgresql://langfuse:${secrets.LANGFUSE_POSTGRES_PASSWORD}@host.docker.internal:5432/langfuse`,
        REDIS_CONNECTION_STRING: "redis://host.docker.internal:6379/1",
      });
    }
    const elsewhere = servicesOf("simplified", {
      LANGFUSE_DATABASE_URL: "postgresql://db.example/lf",
      LANGFUSE_REDIS_URL: "redis://redis.example:6379/3",
    });
    expect(elsewhere[worker]?.environment).toMatchObject({
      DATABASE_URL: "postgresql://db.example/lf",
      REDIS_CONNECTION_STRING: "redis://redis.example:6379/3",
    });
  });

  it.each(profiles)("gives web and worker of %s what server v3 and server v4 need", (profile) => {
    const services = servicesOf(profile);
    const { web, worker } = apps[profile];
    for (const name of [web, worker]) {
      const environment = environmentOf(services[name] ?? serviceSchema.parse({}));
      for (const schema of [v3Schema, v4Schema])
        expect(schema.safeParse(environment).error?.issues).toBe(undefined);
    }
    const webEnvironment = environmentOf(services[web] ?? serviceSchema.parse({}));
    expect(webSchema.safeParse(webEnvironment).success).toBe(true);
  });

  it.each(profiles)(
    "hands the modes of the migration on to %s when they are set, and no empty ones",
    (profile) => {
      const mode = { LANGFUSE_MIGRATION_V4_WRITE_MODE: "dual" };
      for (const name of Object.values(apps[profile])) {
        const service = servicesOf(profile)[name] ?? serviceSchema.parse({});
        expect(environmentOf(service, mode)).toMatchObject(mode);
        expect(Object.keys(environmentOf(service)).filter((key) => key.includes("MIGRATION_V4"))).toEqual([]);
        expect(
          v4Schema.safeParse(environmentOf(service, { ...mode, LANGFUSE_MIGRATION_V4_WRITE_MODE: "both" }))
            .success,
        ).toBe(false);
      }
    },
  );

  it.each(profiles)("starts web and worker of %s when all stores of that size are healthy", (profile) => {
    const services = servicesOf(profile);
    for (const name of Object.values(apps[profile])) {
      expect(Object.keys(services[name]?.depends_on ?? {}).toSorted()).toEqual(stores[profile].toSorted());
    }
    for (const [name, { depends_on, healthcheck }] of Object.entries(services)) {
      expect(healthcheck, name).toBeDefined();
      for (const other of Object.keys(depends_on))
        expect(services, `${name} waits for ${other}`).toHaveProperty(other);
    }
  });

  it.each(profiles)("listens on 127.0.0.1 alone in %s; only the web UI can be told otherwise", (profile) => {
    const published = (changes: Record<string, string>) =>
      Object.entries(servicesOf(profile, changes)).flatMap(([name, { ports }]) =>
        ports.map((port) => [name, port]),
      );
    for (const [, port] of published({})) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const opened = published({ LANGFUSE_BIND: "0.0.0.0" }).filter(
      ([, port]) => !port?.startsWith("127.0.0.1:"),
    );
    expect(opened).toEqual([[apps[profile].web, "0.0.0.0:3000:3000"]]);
  });

  it("runs named versions, no newer major than is asked for, and version 3 when told", () => {
    const tag = (name: string, changes = {}) => servicesOf("full", changes)[name]?.image.split(":").at(-1);
    expect([tag("langfuse-web"), tag("langfuse-worker")]).toEqual(["4", "4"]);
    expect(tag("langfuse-web", { LANGFUSE_VERSION: "3" })).toBe("3");
    expect(tag("langfuse-worker", { LANGFUSE_VERSION: "3" })).toBe("3");
    expect(Number(tag("clickhouse"))).toBeGreaterThanOrEqual(25.12);
    expect(Number(tag("postgres"))).toBeGreaterThanOrEqual(15);
    expect(Number(tag("langfuse-redis"))).toBeGreaterThanOrEqual(7);
    expect(tag("minio")).toMatch(/^RELEASE\./);
  });

  it("fits a machine of 16 GiB, and asks no container for more cores than two", () => {
    for (const profile of profiles) {
      const services = Object.values(servicesOf(profile));
      const gib = services.map(
        ({ mem_limit }) => Number.parseInt(mem_limit, 10) / (mem_limit.endsWith("g") ? 1 : 1024),
      );
      expect(gib.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(14);
      // Docker refuses a limit that is above the machine's cores.
      expect(Math.max(...services.map(({ cpus }) => cpus))).toBeLessThanOrEqual(2);
      expect(services.every(({ restart }) => restart === "unless-stopped")).toBe(true);
    }
  });

  it("makes project and keys at the first start, those that Sidetrace reads, and lets nobody sign up", () => {
    for (const profile of profiles) {
      expect(servicesOf(profile)[apps[profile].web]?.environment).toMatchObject({
        AUTH_DISABLE_SIGNUP: "true",
        LANGFUSE_INIT_ORG_ID: "sidetrace",
        LANGFUSE_INIT_PROJECT_ID: "sidetrace",
        LANGFUSE_INIT_PROJECT_PUBLIC_KEY: secrets.LANGFUSE_PUBLIC_KEY,
        LANGFUSE_INIT_PROJECT_SECRET_KEY: secrets.LANGFUSE_SECRET_KEY,
        LANGFUSE_INIT_USER_EMAIL: "admin@example.com",
        LANGFUSE_INIT_USER_PASSWORD: secrets.LANGFUSE_ADMIN_PASSWORD,
        NEXTAUTH_URL: "http://localhost:3000",
      });
      const moved = servicesOf(profile, { LANGFUSE_PORT: "3001" });
      expect(moved[apps[profile].web]?.environment.NEXTAUTH_URL).toBe("http://localhost:3001");
    }
  });

  it("keeps what is stored in named volumes, each in use", () => {
    const { services, volumes } = fileSchema.parse(document);
    const used = Object.values(services).flatMap((service) =>
      service.volumes.map((line) => line.split(":")[0]),
    );
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(volumes).toSorted());
    for (const name of [...stores.full, "sidetrace-redis"])
      expect(services[name]?.volumes.length).toBeGreaterThan(0);
  });

  it("never evicts from Langfuse's queue, and from Sidetrace's Redis what would expire first", () => {
    const { "langfuse-redis": queue, "sidetrace-redis": own } = servicesOf("full");
    expect(queue?.command.join(" ")).toMatch(/--maxmemory-policy noeviction .*--appendonly yes/);
    expect(own?.command.join(" ")).toMatch(
      /--maxmemory 768mb --maxmemory-policy volatile-ttl .*--appendonly yes/,
    );
    expect(own?.ports[0]).toBe("127.0.0.1:6379:6379");
    expect(secrets.REDIS_URL).toContain(secrets.SIDETRACE_REDIS_PASSWORD);
  });

  it("starts the container for backups with no size, and gives it no network", () => {
    const archive = fileSchema.parse(document).services["bucket-archive"];
    expect(archive?.profiles).toEqual(["backup"]);
    expect(archive?.network_mode).toBe("none");
    for (const profile of profiles) expect(servicesOf(profile)).not.toHaveProperty("bucket-archive");
  });
});
