import { describe, expect, test } from "vitest";
import { parseSettings } from "./env";
import { indexAddress } from "./index-address";

describe("indexAddress", () => {
  test("is null without INDEX_URI, whatever keys there are", () => {
    expect(indexAddress(parseSettings({ AWS_ACCESS_KEY_ID: "a", AWS_REGION: "eu-west-1" }))).toBeNull();
  });

  test("hands on what is set and nothing else", () => {
    expect(indexAddress(parseSettings({ INDEX_URI: "s3://bucket/prefix" }))).toEqual({
      uri: "s3://bucket/prefix",
      storageOptions: {},
    });
  });

  test("reaches a server of one's own without further settings", () => {
    const settings = parseSettings({
      INDEX_URI: "s3://bucket",
      AWS_ENDPOINT_URL: "http://localhost:9000",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    expect(indexAddress(settings)?.storageOptions).toEqual({
      aws_endpoint: "http://localhost:9000",
      allow_http: "true",
      aws_region: "us-east-1",
      aws_access_key_id: "key",
      aws_secret_access_key: "secret",
    });
  });
});
