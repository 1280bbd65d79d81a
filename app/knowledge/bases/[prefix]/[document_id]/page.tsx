import { notFound } from "next/navigation";
import { AdminGate } from "@/components/knowledge/page/gates";
import { DocumentAdmin } from "@/components/knowledge/passages/document-admin";
import { kbPrefixSchema } from "@/lib/domain/knowledge-base";

interface DocumentAdminPageProps {
  params: Promise<{ prefix: string; document_id: string }>;
}

/** One document and its passages, for administrators. */
export default async function DocumentAdminPage({ params }: DocumentAdminPageProps) {
  const { prefix, document_id } = await params;
  if (!kbPrefixSchema.safeParse(prefix).success || !/^[a-z0-9]+$/.test(document_id)) notFound();
  return (
    <AdminGate>
      <DocumentAdmin key={document_id} kbPrefix={prefix} documentId={document_id} />
    </AdminGate>
  );
}
