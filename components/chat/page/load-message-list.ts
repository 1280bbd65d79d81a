/** The list of messages is a chunk of its own: an empty page does without it. */
export async function loadMessageList() {
  const { MessageList } = await import("./message-list");
  return MessageList;
}

/** Loads what a first answer needs: called when a question is begun, it is there in time. */
export function prepareAnswer(): void {
  void Promise.allSettled([loadMessageList(), import("@/lib/events/chat-frame")]);
}
