import { BaseList } from "@/components/knowledge/bases/base-list";
import { AdminGate } from "@/components/knowledge/page/gates";

/** All knowledge bases, for administrators. */
export default function KnowledgePage() {
  return (
    <AdminGate>
      <BaseList />
    </AdminGate>
  );
}
