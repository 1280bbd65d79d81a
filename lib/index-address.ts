import type { Settings } from "./env";
import type { IndexAddress } from "./retrieval/open-retrieval";

type AddressSettings = Pick<
  Settings,
  | "INDEX_URI"
  | "AWS_ENDPOINT_URL"
  | "AWS_REGION"
  | "AWS_DEFAULT_REGION"
  | "AWS_ACCESS_KEY_ID"
  | "AWS_SECRET_ACCESS_KEY"
  | "AWS_SESSION_TOKEN"
>;

/** Servers that speak S3 ignore the region, but a request is signed with one. */
const ANY_REGION = "us-east-1";

/**
 * Where the index is, out of the settings; null: in the folder of this process. Without keys the engine asks
 * the usual places of AWS, such as the role of the machine.
 */
export function indexAddress(settings: AddressSettings): IndexAddress | null {
  if (settings.INDEX_URI === undefined) return null;
  const endpoint = settings.AWS_ENDPOINT_URL;
  const region = settings.AWS_REGION ?? settings.AWS_DEFAULT_REGION ?? (endpoint && ANY_REGION);
  const options = {
    aws_endpoint: endpoint,
    allow_http: endpoint?.startsWith("http:") ? "true" : undefined,
    aws_region: region,
    aws_access_key_id: settings.AWS_ACCESS_KEY_ID,
    aws_secret_access_key: settings.AWS_SECRET_ACCESS_KEY,
    aws_session_token: settings.AWS_SESSION_TOKEN,
  };
  const given = Object.entries(options).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { uri: settings.INDEX_URI, storageOptions: Object.fromEntries(given) };
}
