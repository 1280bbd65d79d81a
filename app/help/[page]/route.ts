import { AppError } from "@/lib/errors";
import { routes } from "@/lib/http/routes";
import { chooseLocale } from "@/lib/i18n/choose-locale";
import { DEFAULT_LOCALE, LOCALE_COOKIE, type Locale } from "@/lib/i18n/locale";

const HANDBOOK = "sidetrace";

/** A page of the handbook by its file name, in the reader's language or else English: `/help/langfuse`. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ page: string }>({
  async GET({ request, params, runtime }) {
    const chosen = new RegExp(`${LOCALE_COOKIE}=([\\w-]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
    const locale = chooseLocale(chosen, request.headers.get("accept-language"));
    const documents = await runtime.index.documents(HANDBOOK);
    const pageIn = (language: Locale) =>
      documents.find(({ name }) => name === `${language}/${params.page}.md`);
    const page = pageIn(locale) ?? pageIn(DEFAULT_LOCALE);
    if (!page) throw new AppError("not_found", "The handbook has no such page.");
    const location = `/documents/${encodeURIComponent(page.document_id)}`;
    return new Response(null, { status: 303, headers: { location } });
  },
});
