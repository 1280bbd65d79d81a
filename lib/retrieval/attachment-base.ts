import { createHash } from "node:crypto";

/** No prefix that an administrator may choose begins so: it is in no list and in no request. */
const MARK = "@";
const PARTS = /^@([0-9a-f-]{36})\.([0-9a-f]{32})$/;

/**
 * The hidden knowledge base with the files of one conversation. The browser is part of its name: nobody else
 * comes by it, also where a conversation has not begun yet.
 */
export function attachmentBase(sessionId: string, browserId: string): string {
  return `${MARK}${sessionId}.${proof(sessionId, browserId)}`;
}

/** Whether a knowledge base holds the files of a conversation. */
export function isAttachmentBase(kbPrefix: string): boolean {
  return kbPrefix.startsWith(MARK);
}

/** The conversation whose files it holds; null for what is no such knowledge base. */
export function sessionOfAttachments(kbPrefix: string): string | null {
  return PARTS.exec(kbPrefix)?.[1] ?? null;
}

/** Whether a browser may read what is in a knowledge base: anybody where it holds no conversation's files. */
export function mayRead(kbPrefix: string, browserId: string | null): boolean {
  if (!isAttachmentBase(kbPrefix)) return true;
  const sessionId = sessionOfAttachments(kbPrefix);
  return sessionId !== null && browserId !== null && kbPrefix === attachmentBase(sessionId, browserId);
}

function proof(sessionId: string, browserId: string): string {
  return createHash("sha256")
    .update(JSON.stringify([sessionId, browserId]))
    .digest("hex")
    .slice(0, 32);
}
