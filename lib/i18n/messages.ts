import type chat from "@/messages/en/chat.json";
import type debug from "@/messages/en/debug.json";
import type insights from "@/messages/en/insights.json";
import type knowledge from "@/messages/en/knowledge.json";
import type { Locale } from "./locale";

/** English is the shape that every other language has to fill. */
export type ChatMessages = typeof chat;
export type DebugMessages = typeof debug;
export type KnowledgeMessages = typeof knowledge;
export type InsightsMessages = typeof insights;
export type Messages = ChatMessages & DebugMessages & KnowledgeMessages & InsightsMessages;

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** Texts of the chat page: all that a browser without the debug role is ever sent. */
export async function loadChatMessages(locale: Locale): Promise<ChatMessages> {
  return (await import(`@/messages/${locale}/chat.json`)).default;
}

/** Texts of the debug panel, a chunk of their own. */
export async function loadDebugMessages(locale: Locale): Promise<DebugMessages> {
  return (await import(`@/messages/${locale}/debug.json`)).default;
}

/** Texts of the administration of knowledge bases, sent with its pages alone. */
export async function loadKnowledgeMessages(locale: Locale): Promise<KnowledgeMessages> {
  return (await import(`@/messages/${locale}/knowledge.json`)).default;
}

/** Texts of the page with figures. */
export async function loadInsightsMessages(locale: Locale): Promise<InsightsMessages> {
  return (await import(`@/messages/${locale}/insights.json`)).default;
}

export async function loadMessages(locale: Locale): Promise<Messages> {
  const parts = [
    loadChatMessages(locale),
    loadDebugMessages(locale),
    loadKnowledgeMessages(locale),
    loadInsightsMessages(locale),
  ] as const;
  const [chat, debug, knowledge, insights] = await Promise.all(parts);
  return { ...chat, ...debug, ...knowledge, ...insights };
}
