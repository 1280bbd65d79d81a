"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { debugPath, dockedSearch } from "./debug-window";
import { useChatLink } from "./use-chat-link";
import { usePassages } from "./use-passages";

const LocalizedDebugPanel = dynamic(() => import("./localized-debug-panel"), { ssr: false });

interface DebugPageProps {
  /** The address of the conversation, when it belongs to this browser. */
  conversationPath: string | null;
}

/** One request in a window of its own. Another request that is chosen changes the address, without a step back. */
export function DebugPage({ conversationPath }: DebugPageProps) {
  const t = useTranslations();
  const requestId = decodeURIComponent(usePathname().split("/").at(-1) ?? "");
  const show = (id: string) =>
    window.history.replaceState(null, "", debugPath(id, withoutSpan(window.location.search)));
  const chat = useChatLink(requestId, show);
  const passages = usePassages(requestId);
  const select = (passageId: string | null) => {
    passages.choose(passageId === null ? null : { requestId, passageId });
    chat?.point(passageId);
  };
  const goToChat = () =>
    window.location.assign(`${conversationPath ?? "/"}${dockedSearch(requestId, window.location.search)}`);
  return (
    <>
      <title>{`${t("chat.debug")} ${requestId.slice(0, 8)} · ${t("common.app")}`}</title>
      <div className="h-dvh overflow-hidden">
        <LocalizedDebugPanel
          requestId={requestId}
          requestIds={null}
          onSelectRequest={show}
          onClose={null}
          placement={{ kind: "dock", run: chat?.dock ?? goToChat }}
          highlightedPassageId={chat?.passageId ?? passages.highlighted}
          onHighlightPassage={chat?.point ?? passages.hover}
          selectedPassageId={passages.selected}
          onSelectPassage={select}
          mode="page"
        />
      </div>
    </>
  );
}

/** A span belongs to one request; the tab is kept. */
function withoutSpan(search: string): string {
  const query = new URLSearchParams(search);
  query.delete("span");
  return query.toString();
}
