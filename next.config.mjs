import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // gzip would hold back the frames of a streamed answer; a reverse proxy compresses assets better.
  compress: false,
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
