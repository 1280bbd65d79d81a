import { test as base } from "@playwright/test";
import { type AppServer, startApp } from "./app-server";
import { type ModelServer, startModelServer } from "./model-server";

interface Apps {
  /** The app as it starts for a newcomer: offline model, memory, no Langfuse. */
  app: AppServer;
  /** A model server that does what the test says, and an app that uses it. */
  scripted: { app: AppServer; model: ModelServer };
}

/** Apps are shared by the tests of a worker; each test talks to them as a new browser. */
export const test = base.extend<object, Apps>({
  app: [
    async ({}, use) => {
      await using app = await startApp();
      await use(app);
    },
    { scope: "worker" },
  ],
  scripted: [
    async ({}, use) => {
      await using model = await startModelServer({ pieces: ["Hello."] });
      const settings = { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "test-key", CHAT_MODEL: "gpt-4o-mini" };
      await using app = await startApp({
        ...settings,
        STREAM_GRACE_SECONDS: "5",
        MODEL_TIMEOUT_SECONDS: "20",
      });
      await use({ app, model });
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
