import Link from "next/link";
import { getTranslations } from "next-intl/server";

export default async function DocumentNotFound() {
  const t = await getTranslations("document");
  return (
    <main className="mx-auto flex max-w-[760px] flex-col gap-2 px-4 py-16">
      <h1 className="font-semibold text-title">{t("missing")}</h1>
      <p className="text-fg1">{t("missingText")}</p>
      <Link className="text-accent hover:underline" href="/">
        {t("back")}
      </Link>
    </main>
  );
}
