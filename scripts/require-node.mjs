const MIN_MAJOR = 22;
const MIN_MINOR = 18;

/** Stops with what to do when this Node is too old: older ones cannot run the sources and the libraries. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > MIN_MAJOR || (major === MIN_MAJOR && minor >= MIN_MINOR)) return;
  console.error(
    `Sidetrace needs Node ${MIN_MAJOR}.${MIN_MINOR} or newer, this is ${version}. ` +
      "On Linux `npm ci` (with optional dependencies) brings Node 24 for the npm scripts; elsewhere install it from nodejs.org.",
  );
  process.exit(1);
}
