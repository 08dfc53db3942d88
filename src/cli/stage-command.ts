import { MissingTokenError } from "../errors/missing-token-error.ts";
import { defineCommand } from "./command.ts";
import { listenForInterrupt } from "./listen-for-interrupt.ts";
import { toModelDurationMs } from "./model-duration.ts";
import { openSession } from "./open-session.ts";
import { prepareTarget, toOutputTarget, writeImages } from "./output-target.ts";
import { readPhotoArgument } from "./photo-argument.ts";
import { toPlanText, toWarningLine } from "./plan-text.ts";
import { createProgressLine } from "./progress-line.ts";
import { toRunText } from "./run-text.ts";
import { stageOptions, toChoices } from "./stage-options.ts";
import { stageUntilInterrupted } from "./stage-until-interrupted.ts";
import { toStageRequest } from "./to-stage-request.ts";

// A usual staging takes about a second: long enough to see how it goes.
const simulationSpeed = 8;

/** `restage stage`: stages one photo. */
export const stageCommand = defineCommand({
  name: "stage",
  summary: "Stage a photo of a room",
  args: [{ name: "PHOTO", isRequired: true, description: "A jpeg, png, webp or gif: a path, or an https URL that Replicate can read" }],
  options: stageOptions,
  details: toChoices,
  examples: [
    ["restage stage room.jpg --room living_room --style scandinavian", "Stages the photo on Replicate into room-staged.webp"],
    ["restage stage room.jpg --room bedroom --simulate", "The same offline, with a drawn image"],
    ['restage stage room.jpg --room office --add "a standing desk" --avoid rug --dry-run', "Shows prompt, input, warnings and cost"],
    ['restage stage room.jpg --prompt "Turn this into a reading room" --model flux-kontext-pro', "Your own words, another model"],
    ["restage stage room.jpg --mode empty --set output_format=png --out staged/", "Clears the room, as png, into a directory"],
  ],
  async run({ args: [word = ""], options, terminal }) {
    const photo = await readPhotoArgument(word);
    const session = await openSession({ command: "stage", speed: options.simulate ? simulationSpeed : undefined, terminal });
    const listener = listenForInterrupt(terminal);
    try {
      const request = await toStageRequest(options, photo.image, session.storage.settings);
      const plan = await session.client.plan(request);
      if (options["dry-run"]) {
        terminal.print(options.json ? JSON.stringify(plan, null, 2) : toPlanText(plan, word, terminal.style));
        return 0;
      }
      const output = { force: options.force === true };
      const target = await toOutputTarget(options.out, photo.name);
      const { output_format: format } = plan.input;
      await prepareTarget(target, typeof format === "string" ? `.${format}` : undefined, plan.estimate.outputs, output);
      for (const warning of plan.warnings) terminal.note(toWarningLine(warning, terminal.noteStyle));
      if (session.isSimulated && plan.photo?.source === "url")
        terminal.note("notice: the simulator does not fetch photos; it stages an invented room");

      // The client asks for it, too; but then the folder is made, and time runs.
      if (!session.isSimulated && !process.env.REPLICATE_API_TOKEN) throw new MissingTokenError();
      await session.storage.prepare();
      const progress = createProgressLine(terminal, session.now);
      const run = await stageUntilInterrupted(session, request, plan.estimate, listener.signal, progress);
      const files = await writeImages(run.images, target, output, run.attempts.at(-1)?.outputUrls);
      const modelDurationMs = toModelDurationMs(run, session.speed);
      const result = { simulated: session.isSimulated, modelDurationMs, files, keptIn: session.storage.keptIn, run };
      terminal.print(options.json ? JSON.stringify(result, null, 2) : toRunText(result, terminal.style));
      return 0;
    } finally {
      listener.stop();
      await session.close();
    }
  },
});
