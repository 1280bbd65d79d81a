import type chat from "@/messages/en/chat.json";
import type debug from "@/messages/en/debug.json";
import type insights from "@/messages/en/insights.json";
import type knowledge from "@/messages/en/knowledge.json";
import type settings from "@/messages/en/settings.json";
import type { Locale } from "./locale";

/** English is the shape that every other language has to fill. */
export type ChatMessages = typeof chat;
export type DebugMessages = typeof debug;
export type KnowledgeMessages = typeof knowledge;
export type InsightsMessages = typeof insights;
export type SettingsMessages = typeof settings;
export type Messages = ChatMessages & DebugMessages & KnowledgeMessages & InsightsMessages & SettingsMessages;

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

/** Texts of the page of settings, sent with it alone. */
export async function loadSettingsMessages(locale: Locale): Promise<SettingsMessages> {
  return (await import(`@/messages/${locale}/settings.json`)).default;
}

export async function loadMessages(locale: Locale): Promise<Messages> {
  const parts = [
    loadChatMessages(locale),
    loadDebugMessages(locale),
    loadKnowledgeMessages(locale),
    loadInsightsMessages(locale),
    loadSettingsMessages(locale),
  ] as const;
  const [chat, debug, knowledge, insights, settings] = await Promise.all(parts);
  return { ...chat, ...debug, ...knowledge, ...insights, ...settings };
}
