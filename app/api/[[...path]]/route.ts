import { AppError } from "@/lib/errors";
import { routes } from "@/lib/http/routes";

const unknown = () => {
  throw new AppError("not_found", "There is no such address in this API.");
};

/** Every other address below /api. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: unknown,
  POST: unknown,
  PUT: unknown,
  PATCH: unknown,
  DELETE: unknown,
});
