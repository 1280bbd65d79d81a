import { InsightsPage } from "@/components/insights/insights-page";

/** Figures of all requests, for developers. */
export default function Page() {
  return <InsightsPage />;
}
