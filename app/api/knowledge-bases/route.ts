import { routes } from "@/lib/http/routes";

/** The knowledge bases that can be asked. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ runtime }) {
    return Response.json(await runtime.index.knowledgeBases());
  },
});
