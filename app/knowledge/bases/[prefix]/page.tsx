import { notFound } from "next/navigation";
import { BaseView } from "@/components/knowledge/documents/base-view";
import { RoleGate } from "@/components/knowledge/page/role-gate";
import { kbPrefixSchema } from "@/lib/domain/knowledge-base";

/** One knowledge base, for administrators. */
export default async function KnowledgeBasePage({ params }: { params: Promise<{ prefix: string }> }) {
  const { prefix } = await params;
  if (!kbPrefixSchema.safeParse(prefix).success) notFound();
  return (
    <RoleGate needs="admin">
      <BaseView key={prefix} prefix={prefix} />
    </RoleGate>
  );
}
