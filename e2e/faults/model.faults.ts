import { afterAll, beforeAll } from "vitest";
import { type AppServer, startApp } from "../support/app-server";
import { type ModelScript, type ModelServer, startModelServer } from "../support/model-server";
import { describeFaults, type FaultTest } from "./describe-faults";
import type { FaultFacts, FaultRow } from "./fault-row";
import { createFaultWorld, type FaultWorld } from "./fault-world";
import { readLog } from "./log-reader";
import { modelFaults } from "./model-rows";

const KEY = "key-of-the-model-server";
const WELL: ModelScript = { pieces: ["It is kept ", "for an hour."] };
const STALL = new Promise<void>(() => {});
/** One token each. */
const LONG = Array.from({ length: 100_000 }, (_, n) => ` w${n % 1000}`);
const FAST = { pieces: Array.from({ length: 200 }, () => " token".repeat(20)), pauseMs: 10 };

let model: ModelServer;
let app: AppServer;
let world: FaultWorld;

beforeAll(async () => {
  model = await startModelServer(WELL);
  app = await startApp({
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: KEY,
    CHAT_MODEL: "gpt-4o-mini",
    MODEL_TIMEOUT_SECONDS: "1",
    LOG_LEVEL: "info",
  });
  world = createFaultWorld(app, [KEY, model.url]);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
});

async function look({ facts }: FaultRow, isWhole = (_text: string) => true): Promise<FaultFacts> {
  const log = readLog(app);
  const { requestId, user, text } = await world.ask();
  if (!isWhole(text)) throw new Error(`The answer has ${text.length} characters.`);
  const sidebar = await world.sidebar(requestId);
  return { user, sidebar, log: facts.log && (await log.expect(facts.log, requestId)), recovery: "alone" };
}

/** A model that answers like this until the row has been looked at. */
function answering(script: ModelScript): FaultTest {
  const whole = (script.pieces ?? []).join("");
  const isCut = script.cutAfter ?? script.garbleAfter ?? script.holdAt;
  return {
    async run(row) {
      model.script(script);
      const facts = await look(row, (text) => isCut !== undefined || text === whole).finally(() =>
        model.script(WELL),
      );
      await world.expectWell();
      return facts;
    },
  };
}

describeFaults(modelFaults, {
  refused: {
    async run(row) {
      await model.refuse();
      const facts = await look(row);
      await model.listen();
      await world.expectWell();
      return facts;
    },
  },
  unauthorized: answering({ status: 401 }),
  rateLimited: answering({ status: 429 }),
  serverError: answering({ status: 500 }),
  stallBefore: answering({ pieces: ["Never"], holdAt: { index: 0, until: STALL } }),
  stallWithin: answering({ pieces: ["Half", " more"], holdAt: { index: 1, until: STALL } }),
  cut: answering({ pieces: ["Half", " more"], cutAfter: 1 }),
  garbled: answering({ pieces: ["Half", " more"], garbleAfter: 1 }),
  empty: answering({ pieces: [] }),
  long: answering({ pieces: LONG }),
  fast: answering(FAST),
});
