import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SharedConversation } from "@/components/share/shared-conversation";
import { readShared } from "@/lib/chat/share-conversation";
import { getRuntime } from "@/lib/runtime";

interface SharePageProps {
  params: Promise<{ share_id: string }>;
}

export async function generateMetadata({ params }: SharePageProps): Promise<Metadata> {
  const shared = await findShared(params);
  const title = shared ? `${shared.title} · Sidetrace` : "Sidetrace";
  return { title, robots: { index: false, follow: false }, referrer: "no-referrer" };
}

/** A conversation that was shared by its link. */
export default async function SharePage({ params }: SharePageProps) {
  const shared = await findShared(params);
  if (!shared) notFound();
  return <SharedConversation {...shared} />;
}

async function findShared(params: SharePageProps["params"]) {
  const { conversations } = await getRuntime();
  return readShared((await params).share_id, conversations);
}
