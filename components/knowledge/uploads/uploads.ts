import { ApiFailure } from "@/components/chat/data/api-client";
import { sendFiles } from "./send-files";
import { createUploadStore, isOnItsWay } from "./upload-store";

/** The uploads of this tab. */
export const uploads = createUploadStore(sendFiles, (error) => {
  if (!(error instanceof ApiFailure)) return { message: null };
  return { message: error.message, ...(error.limit && { limit: error.limit }) };
});

/** Leaving the site ends what is on its way: the browser asks first. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

uploads.subscribe(() => {
  if (uploads.list().some(isOnItsWay)) window.addEventListener("beforeunload", warn);
  else window.removeEventListener("beforeunload", warn);
});
