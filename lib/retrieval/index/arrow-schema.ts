import {
  Bool,
  type DataType,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int32,
  Schema,
  Utf8,
} from "apache-arrow";
import type { ColumnType } from "./index-table";

/** The table schema in Arrow's types. */
export function toArrowSchema(columns: Record<string, ColumnType>): Schema {
  const fields = Object.entries(columns);
  return new Schema(fields.map(([name, type]) => new Field(name, toArrowType(type), type === "int?")));
}

function toArrowType(type: ColumnType): DataType {
  if (typeof type === "object") return new FixedSizeList(type.vector, new Field("item", new Float32(), true));
  if (type === "text") return new Utf8();
  if (type === "float") return new Float64();
  return type === "bool" ? new Bool() : new Int32();
}
