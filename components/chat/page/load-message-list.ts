/** The list of messages is a chunk of its own: an empty page does without it. Call early to have it in time. */
export async function loadMessageList() {
  const { MessageList } = await import("./message-list");
  return MessageList;
}
