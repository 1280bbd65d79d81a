import { notFound } from "next/navigation";
import { sessionIdSchema } from "@/lib/domain/ids";

/** A conversation; the layout shows it. */
export default async function ConversationPage({ params }: { params: Promise<{ session_id: string }> }) {
  const { session_id } = await params;
  if (!sessionIdSchema.safeParse(session_id).success) notFound();
  return null;
}
