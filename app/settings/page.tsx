import { SettingsPage } from "@/components/settings/settings-page";

/** How this server is set up, for developers and administrators. */
export default function Settings() {
  return <SettingsPage />;
}
