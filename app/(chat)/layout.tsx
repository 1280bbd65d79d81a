import type { ReactNode } from "react";
import { SWRConfig } from "swr";
import { ChatApp } from "@/components/chat/page/chat-app";
import { getRuntime } from "@/lib/runtime";

/** The whole page lives here, so that it stays as it is when the address goes from `/` to `/c/<session_id>`. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const { index } = await getRuntime();
  // Suggested questions come with the page: on a slow line a reader would have them seconds later.
  const fallback = { "/api/knowledge-bases": await index.knowledgeBases() };
  return (
    <SWRConfig value={{ fallback }}>
      <ChatApp />
      {children}
    </SWRConfig>
  );
}
