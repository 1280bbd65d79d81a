import { AppError } from "@/lib/errors";
import { routes } from "@/lib/http/routes";

/** A passage between its neighbours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ passage_id: string }>({
  async GET({ params, runtime }) {
    const passage = await runtime.index.passage(params.passage_id);
    if (!passage) throw new AppError("not_found", "This passage is no longer there.");
    return Response.json(passage);
  },
});
