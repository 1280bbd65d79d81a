/** An address that cannot be a conversation's: the layout shows a new one, with nothing below it. */
export default function ConversationNotFound() {
  return null;
}
