import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  // Texts are parsed by the build, so that no browser loads the parser.
  experimental: { messages: { path: "./messages", locales: "infer", format: "json", precompile: true } },
});

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Streams of answers are left alone: they say `no-transform`.
  compress: true,
  devIndicators: false,
  // A page that needs a role answers 403, as the routes do.
  experimental: { authInterrupts: true },
  // `npm run check` proves the types; a start need not wait for it a second time.
  typescript: { ignoreBuildErrors: true },
  // Native modules and libraries that read files beside themselves stay outside the bundle.
  serverExternalPackages: [
    "@lancedb/lancedb",
    "@node-rs/jieba",
    "wink-nlp",
    "wink-eng-lite-web-model",
    "ioredis",
    "pino",
    "prom-client",
    "re2js",
    "zod",
    "gpt-tokenizer",
    "apache-arrow",
    "rate-limiter-flexible",
    "@pydantic/genai-prices",
    "openai",
    "@langfuse/client",
    "@langfuse/otel",
    "@langfuse/tracing",
    "@opentelemetry/api",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/sdk-trace-base",
  ],
};

export default withNextIntl(config);
