/** Builds the runtime before the first request; a malformed setting stops the start with one line. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getRuntime } = await import("./lib/runtime");
  await getRuntime();
}
