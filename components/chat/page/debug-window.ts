import type { DebugWindowMessage } from "./debug-window-message";

const NAME = "sidetrace-debug-";
const TAB_KEY = "sidetrace.tab";

/** The name of this chat's debug window, the same after a reload: it finds the window, and is their channel. */
export function ownWindowName(): string {
  const id = window.sessionStorage.getItem(TAB_KEY) ?? Math.random().toString(36).slice(2);
  window.sessionStorage.setItem(TAB_KEY, id);
  return `${NAME}${id}`;
}

/** Whether this window was opened by a chat that is still there; a page that was opened by its address was not. */
export function hasChat(): boolean {
  const opener: Window | null = window.opener;
  return window.name.startsWith(NAME) && opener !== null && !opener.closed;
}

/** Null without a network: nothing is heard then, and the other side goes on by itself. */
const loadMessages = () => import("./debug-window-message").catch(() => null);

/** Listens to the other side until the channel is closed; messages of another version are ignored. */
export function openChannel(name: string, onMessage: (message: DebugWindowMessage) => void) {
  const channel = new BroadcastChannel(name);
  let closed = false;
  // Who opens a channel is about to be spoken to.
  void loadMessages();
  channel.onmessage = async ({ data }) => {
    const loaded = await loadMessages();
    const message = loaded?.debugWindowMessageSchema.safeParse(data);
    if (message?.success && !closed) onMessage(message.data);
  };
  return {
    post: (message: DebugWindowMessage) => channel.postMessage(message),
    close() {
      closed = true;
      channel.close();
    },
  };
}

export type DebugChannel = ReturnType<typeof openChannel>;

const KEPT_PARAMETERS = ["tab", "span", "compare"];

/** Where a request has a page of its own, looked at as the query of this page says. */
export function debugPath(requestId: string, search: string): string {
  const query = keptParameters(search).toString();
  return `/debug/${encodeURIComponent(requestId)}${query && `?${query}`}`;
}

/** The query that shows a request beside a chat, looked at as the query of this page says. */
export function dockedSearch(requestId: string, search: string): string {
  return `?${new URLSearchParams([["debug", requestId], ...keptParameters(search)])}`;
}

function keptParameters(search: string): URLSearchParams {
  const query = new URLSearchParams(search);
  return new URLSearchParams([...query].filter(([name]) => KEPT_PARAMETERS.includes(name)));
}
