/** One thing that is wrong, where it is, and the way out. Never holds a prompt, an image or a token. */
export interface Problem {
  /** The field or place, in dots and brackets where nested: `safety_tolerance`, `furniture.add[2]`. */
  readonly field: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}
