import { ModelId } from "../../src/models/index.ts";

/** The model of every staging: its keys are `prompt` and `image`, which all of these clients can send. */
export const comparedModel = ModelId.QwenImageEdit;
