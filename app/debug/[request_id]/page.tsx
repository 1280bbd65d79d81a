import { forbidden, notFound } from "next/navigation";
import { DebugPage } from "@/components/chat/page/debug-page";
import { findRunPage } from "@/lib/debug/find-run-page";
import { runIdSchema } from "@/lib/domain/ids";
import { pageCaller } from "@/lib/http/page-caller";
import { getRuntime } from "@/lib/runtime";

/** Where `X-Debug-Url` leads: one request on a page of its own, whoever's conversation it is from. */
export default async function RequestDebugPage({ params }: { params: Promise<{ request_id: string }> }) {
  const runtime = await getRuntime();
  const caller = await pageCaller(runtime);
  if (!caller.roles.includes("debug")) forbidden();
  const requestId = runIdSchema.safeParse((await params).request_id);
  if (!requestId.success) notFound();
  const found = await findRunPage(requestId.data, caller.browserId, runtime.debug);
  if (!found) notFound();
  return <DebugPage conversationPath={found.conversationPath} />;
}
