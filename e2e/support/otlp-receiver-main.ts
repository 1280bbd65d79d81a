import { registerHooks } from "node:module";

/**
 * The receiver as a process of its own: `node e2e/support/otlp-receiver-main.ts [port] [version]` prints
 * one line of JSON with its address and keys and serves until it is stopped. Node runs the TypeScript as
 * it is; the hook adds what the compiler takes for granted, file endings and the `@/` alias.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const local = specifier.startsWith("@/")
      ? new URL(`../../${specifier.slice(2)}`, import.meta.url).href
      : specifier;
    const complete = /^(\.|file:)/.test(local) && !/\.\w+$/.test(local) ? `${local}.ts` : local;
    return nextResolve(complete, context);
  },
});

const { startOtlpReceiver } = await import("./otlp-receiver");
const [port = "0", version = "4.16.0"] = process.argv.slice(2);
const { url, publicKey, secretKey, projectId, ...receiver } = await startOtlpReceiver({
  port: Number(port),
  version,
});
console.log(JSON.stringify({ url, port: receiver.port, publicKey, secretKey, projectId, version }));
