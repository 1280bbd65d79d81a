import type { ReactNode } from "react";

interface NoticePageProps {
  title: string;
  text: string;
  /** What a person can do from here. */
  children: ReactNode;
}

/** A page that has only one thing to say. */
export function NoticePage({ title, text, children }: NoticePageProps) {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-1 p-6 text-center">
      <h1 className="font-semibold text-title">{title}</h1>
      <p className="mb-4 text-chat text-fg1">{text}</p>
      <div className="flex flex-wrap justify-center gap-2">{children}</div>
    </main>
  );
}
