/** Where changes of the settings in a schema are told: payloads are `{"key": "…", "version": 3}`. */
export function toChannel(schema: string): string {
  return schema === "public" ? "restage_settings" : `restage_settings_${schema}`;
}
