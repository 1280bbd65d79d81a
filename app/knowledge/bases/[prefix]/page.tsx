import { notFound } from "next/navigation";
import { BaseView } from "@/components/knowledge/documents/base-view";
import { AdminGate } from "@/components/knowledge/page/gates";
import { kbPrefixSchema } from "@/lib/domain/knowledge-base";

/** One knowledge base, for administrators. */
export default async function KnowledgeBasePage({ params }: { params: Promise<{ prefix: string }> }) {
  const { prefix } = await params;
  if (!kbPrefixSchema.safeParse(prefix).success) notFound();
  return (
    <AdminGate>
      <BaseView key={prefix} prefix={prefix} />
    </AdminGate>
  );
}
