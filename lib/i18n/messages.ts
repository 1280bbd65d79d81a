import type english from "@/messages/en.json";
import type { Locale } from "./locale";

/** English is the shape that every other language has to fill. */
export type Messages = typeof english;

/** Parts of a language that are sent with their own pages alone. */
type OwnPart = "debug" | "knowledge" | "insights";
type PageMessages = Omit<Messages, OwnPart>;

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** All texts of a language. In the browser a chunk of its own, which only the debug panel asks for. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await import(`../../messages/${locale}.json`)).default;
}

/** Texts that every page has: all that a browser without a role is ever sent. */
export async function loadPageMessages(locale: Locale): Promise<PageMessages> {
  const { debug: _debug, knowledge: _knowledge, insights: _insights, ...page } = await loadMessages(locale);
  return page;
}

/** The same with those of the administration of knowledge bases. */
export async function loadKnowledgeMessages(locale: Locale): Promise<Omit<Messages, "debug" | "insights">> {
  const { debug: _debug, insights: _insights, ...messages } = await loadMessages(locale);
  return messages;
}

/** The same with those of the page of figures. */
export async function loadInsightsMessages(locale: Locale): Promise<Omit<Messages, "debug" | "knowledge">> {
  const { debug: _debug, knowledge: _knowledge, ...messages } = await loadMessages(locale);
  return messages;
}
