import type { ReactNode } from "react";
import { ChatApp } from "@/components/chat/page/chat-app";

/** The whole page lives here, so that it stays as it is when the address goes from `/` to `/c/<session_id>`. */
export default function ChatLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ChatApp />
      {children}
    </>
  );
}
