import { BaseList } from "@/components/knowledge/bases/base-list";
import { RoleGate } from "@/components/knowledge/page/role-gate";

/** All knowledge bases, for administrators. */
export default function KnowledgePage() {
  return (
    <RoleGate needs="admin">
      <BaseList />
    </RoleGate>
  );
}
