import { type ModelCall, requestBody } from "./model-call";

/**
 * The model call as a script for Node 18 and later, without any package: save it as `call.mjs`, or pipe it to
 * `node --input-type=module`. Key and address come from the environment, as in the cURL command.
 */
export function buildNodeCall(call: ModelCall): string {
  return `const base = process.env.OPENAI_BASE_URL ?? "https://api.openai.com/v1";
const response = await fetch(\`\${base}/chat/completions\`, {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.OPENAI_API_KEY}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${requestBody(call)}),
});
for await (const chunk of response.body) process.stdout.write(chunk);
`;
}
