import { join } from "node:path";
import { defineCommand } from "../command.ts";
import { formatCount } from "../format.ts";
import { readPlace } from "../storage/open-connection.ts";
import { writeFiles } from "../write-files.ts";
import { schemaOption } from "./define-migrate-command.ts";
import { toFilesText } from "./migrate-text.ts";
import { migrationFormats, toMigrationFiles } from "./to-migration-files.ts";

/** `restage migrate print`: the migrations as files for another runner. */
export const migratePrintCommand = defineCommand({
  name: "migrate print",
  summary: "Write the migrations as files for the runner that you have; needs no database",
  args: [],
  options: {
    ...schemaOption,
    format: { type: "string", placeholder: "FORMAT", description: `${migrationFormats.join(", ")}; default ${migrationFormats[0]}` },
    from: { type: "string", placeholder: "NUMBER", description: "The number of the first file, with its leading zeros; default 0015" },
    out: { type: "string", placeholder: "DIRECTORY", description: "Where the files go; default: standard output" },
    force: { type: "boolean", description: "Overwrite existing files" },
  },
  examples: [
    ["restage migrate print --out migrations/", "Pairs of files for golang-migrate"],
    ["restage migrate print --format dbmate --from 20261121000000", "To look at, for dbmate"],
  ],
  async run({ options, terminal }) {
    const { format, from, schema = readPlace().schema, out, force, json } = options;
    const files = toMigrationFiles({ schema, ...(format !== undefined && { format }), ...(from !== undefined && { from }) });
    if (out === undefined) {
      terminal.print(json ? JSON.stringify(files, null, 2) : toFilesText(files));
      return 0;
    }
    const written = files.map(({ name, content }) => ({ path: join(out, name), content }));
    await writeFiles(written, force);
    const paths = written.map(({ path }) => path);
    terminal.print(json ? JSON.stringify(paths, null, 2) : `${paths.join("\n")}\n${formatCount(paths.length, "file")} written`);
    return 0;
  },
});
