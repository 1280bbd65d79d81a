type Set<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without the keys whose value is undefined: "not given" and "given as nothing" are one here. */
export function withoutUnset<T extends object>(value: T): Partial<Set<T>> & Pick<T, RequiredKeys<T>> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as ReturnType<
    typeof withoutUnset<T>
  >;
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];
