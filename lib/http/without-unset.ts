type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

/** The same keys, but none that may be present and undefined. */
type Given<T> = Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> & Pick<T, RequiredKeys<T>>;

/** The object without the keys whose value is undefined: "not given" and "given as nothing" are one here. */
export function withoutUnset<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Given<T>;
}
