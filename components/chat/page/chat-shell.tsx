"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useDrafts } from "../composer/use-draft";
import { useMe } from "../data/use-me";
import { NavPanel } from "../nav/nav-panel";
import { NavRail } from "../nav/nav-rail";
import { UndoBar } from "../nav/undo-bar";
import { useNav } from "../nav/use-nav";
import type { Shortcut } from "../shortcuts";
import { Conversation } from "./conversation";
import type { ActiveSession } from "./use-active-session";
import { useChatActions } from "./use-chat-actions";
import { useDebugUrl } from "./use-debug-url";
import { useShortcuts } from "./use-shortcuts";

const NavDrawer = dynamic(() => import("../nav/nav-drawer"), { ssr: false });
const SearchDialog = dynamic(() => import("../nav/search-dialog"), { ssr: false });
const ShareDialog = dynamic(() => import("../nav/share-dialog"), { ssr: false });
const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog"), { ssr: false });

/** Navigation, conversation and dialogs, and the keys that reach all of them. */
export function ChatShell({ session }: { session: ActiveSession }) {
  const t = useTranslations("common");
  const isDeveloper = useMe()?.roles.includes("debug") === true;
  const debugOpen = useDebugUrl().inspected !== null && isDeveloper;
  const nav = useNav(debugOpen);
  const [dialog, setDialog] = useState<"search" | "keys" | null>(null);
  const [sharedId, setShared] = useState<string | null>(null);
  const actions = useChatActions(session);
  const composerRef = useRef<HTMLTextAreaElement>(null);
  const drafts = useDrafts();

  const focusComposer = () => requestAnimationFrame(() => composerRef.current?.focus());
  const shortcuts: Partial<Record<Shortcut | "escape", () => void>> = {
    newChat: actions.startNew,
    focus: focusComposer,
    search: () => setDialog("search"),
    all: () => setDialog("keys"),
  };
  useShortcuts((shortcut) => {
    shortcuts[shortcut]?.();
    return shortcut in shortcuts;
  });

  const navProps = {
    currentId: session.stored ? session.sessionId : null,
    hiddenId: actions.deleted?.session_id ?? null,
    onNewChat: actions.startNew,
    onSearch: () => setDialog("search"),
    onOpen: actions.open,
    onDelete: actions.remove,
    onShare: setShared,
  };
  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#conversation"
        className="-top-12 absolute left-2 z-50 rounded-row bg-ink px-3 py-2 font-medium text-on-ink focus:top-2"
      >
        {t("skip")}
      </a>
      <NavRail hidden={nav.hidden}>
        <NavPanel {...navProps} onCollapse={nav.hide} />
      </NavRail>
      {nav.drawer ? <NavDrawer {...navProps} onClose={nav.hide} /> : null}
      {/* Before the conversation, so that the keyboard has few steps to it from the list. */}
      <UndoBar
        deleted={actions.deleted}
        onUndo={actions.undoRemove}
        onHold={actions.hold}
        onLetGo={actions.letGo}
      />
      <Conversation
        key={session.sessionId}
        sessionId={session.sessionId}
        stored={session.stored}
        navHidden={nav.hidden}
        onShowNav={nav.show}
        onNewChat={actions.startNew}
        composerRef={composerRef}
        autoFocus={actions.focusedId === session.sessionId}
        drafts={drafts}
      />
      {sharedId ? <ShareDialog sessionId={sharedId} onClose={() => setShared(null)} /> : null}
      {dialog === "search" ? (
        <SearchDialog onOpen={actions.openAndFocus} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "keys" ? <ShortcutsDialog debug={isDeveloper} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}
