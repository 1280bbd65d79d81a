import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocumentView } from "@/components/documents/document-view";
import { pageCaller } from "@/lib/http/page-caller";
import { getRuntime } from "@/lib/runtime";

interface DocumentPageProps {
  params: Promise<{ document_id: string }>;
}

export async function generateMetadata({ params }: DocumentPageProps): Promise<Metadata> {
  const found = await findDocument(params);
  return { title: found ? `${found.document.title} · Sidetrace` : "Sidetrace" };
}

/** A document in its reading order; the passage that the address names with `#` is marked. */
export default async function DocumentPage({ params }: DocumentPageProps) {
  const found = await findDocument(params);
  if (!found) notFound();
  return <DocumentView title={found.document.title} name={found.document.name} passages={found.passages} />;
}

async function findDocument(params: DocumentPageProps["params"]) {
  const runtime = await getRuntime();
  const { browserId } = await pageCaller(runtime);
  return runtime.index.document(decodeURIComponent((await params).document_id), browserId);
}
